"""What would have changed the answer: over the decisions of a search, each fix with the decisions that it clears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from ferpa_wizard.core.choices import ALL_YES
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.fixes import ALREADY, OPEN, SCHOOL, TRIED, Fix, Put, Tried, put_in, try_fixes
from ferpa_wizard.core.log_search import Filter, Search
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.ledger.columns import dig
from ferpa_wizard.ledger.errors import LedgerDamaged, NoSuchEntry
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.log_chains import Opened
from ferpa_wizard.requests.steps import Step


class Place(NamedTuple):
    """Where a record stands: the installation and its number."""

    installation: str
    number: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """A fix, and the decisions that would have been a plain yes with it alone."""

    fix: Fix
    records: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Fixes:
    """`of` decisions were no plain yes; `ranked` has each fix that clears one or more, those that clear most first.

    The others: `already` are a plain yes under the rules in use, which ask more of those that are `open`; the text of
    `unread` is gone or does not match its seal. `older` of those that were tried were decided under other rules.
    """

    of: int
    tried: int
    already: int
    open: int
    unread: int
    older: int
    ranked: tuple[Cleared, ...]

    def says(self) -> Iterator[str]:
        """What was counted and what was not, in sentences."""
        yield f"Run again, fix by fix: {self.tried:,} of {counted(self.of, 'decision')} without a plain yes."
        if self.older:
            yield f"{self.older:,} of them were decided under older rules and ran under those in use."
        if self.already:
            yield f"{self.already:,} are a plain yes under the rules in use, without any fix."
        if self.open:
            yield f"{self.open:,} could not be run: the rules in use ask one thing more."
        if self.unread:
            yield f"{self.unread:,} cannot be read any more, or do not match the seal."
        if self.tried and not self.ranked:
            yield "No fix alone would have made one of them a plain yes."

    def as_json(self) -> dict[str, object]:
        """The object that `log fixes --json` writes."""
        counts = {name: getattr(self, name) for name in ("of", "tried", "already", "open", "unread", "older")}
        fixes = [
            {**asdict(one.fix), "clears": len(one.records), "records": [place._asdict() for place in one.records]}
            for one in self.ranked
        ]
        return {**counts, "fixes": fixes}


class Fixing:
    """The decisions of a search that were no plain yes, run again under these rules with one thing put right."""

    def __init__(self, book: LogBook, pack: Pack, search: Search) -> None:
        self._book, self._pack = book, pack
        self._search = replace(search, filters=(*search.filters, Filter("verdict", ALL_YES, no=True)))
        self._known: dict[str, Tried] = {}  # equal requests are run once
        self._cleared: dict[Fix, list[Place]] = defaultdict(list)
        self._states = dict.fromkeys((TRIED, ALREADY, OPEN), 0)
        self._unread = self._older = 0

    def looking(self) -> Generator[Step, None, Fixes]:
        """Run them one after another; then what was found. Raises LedgerError."""
        queries = self._book.queries
        of, chains = queries.count(self._search), queries.chains()
        with self._book.chains.open(damaged={}) as ledgers:
            opened = {chain.installation: ledger for chain, ledger in ledgers.items()}
            for done, row in enumerate(queries.every(self._search), 1):
                installation = chains[row.chain]
                self._look(installation, _entry(opened.get(installation), row.sequence))
                yield Step(done, of, "Decision")
        return self.found()

    def found(self) -> Fixes:
        """What was found so far."""
        cleared = (Cleared(fix, tuple(places)) for fix, places in self._cleared.items())
        ranked = sorted(cleared, key=lambda one: (-len(one.records), one.fix.kind != SCHOOL, one.fix.do, one.fix.id))
        states = self._states
        of = sum(states.values()) + self._unread
        return Fixes(of, states[TRIED], states[ALREADY], states[OPEN], self._unread, self._older, tuple(ranked))

    def _look(self, installation: str, entry: Entry | None) -> None:
        put = _put(entry)
        if entry is None or entry.body is None or put is None:
            self._unread += 1
            return
        tried = self._known.get(put.key)
        if tried is None:
            tried = self._known[put.key] = try_fixes(self._pack, put, str(entry.body["on"]))
        self._states[tried.state] += 1
        self._older += tried.state == TRIED and dig(entry.body, "pack", "sha256") != self._pack.sha256
        for fix in tried.fixes:
            self._cleared[fix].append(Place(installation, entry.number))


def _entry(opened: Opened | None, sequence: int) -> Entry | None:
    """The entry; None where the chain went, got shorter or was damaged since the index read it."""
    try:
        return opened().get(sequence) if opened else None
    except (NoSuchEntry, LedgerDamaged):
        return None


def _put(entry: Entry | None) -> Put | None:
    """What the entry put to the rules; None where its text is gone, was changed, or is that of no decision of ours."""
    if entry is None or entry.body is None or not entry.matches:
        return None
    try:
        return put_in(entry.body)
    except (KeyError, TypeError, AttributeError):
        return None
