"""Reviews of decisions, of this desk and of others: each an entry in the own ledger, naming record and seal."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ferpa_wizard.core import review as core
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.later import SUPERSEDE, superseded_in
from ferpa_wizard.core.review import Review
from ferpa_wizard.ledger.chains import copies
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.ledger.export_scope import is_restricted
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.decided import DECISION, decided
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.following import Following
from ferpa_wizard.requests.other_desks import chain_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A review with the moment at which it was written."""

    review: Review
    at: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """A record to be reviewed; `installation` is empty for one of this desk."""

    installation: str
    number: str
    state: str
    at: datetime


class Reviews:
    """Reads and notes them in the own ledger."""

    def __init__(self, home: Path, entries: Entries) -> None:
        self._home, self._entries = home, entries
        self._kept: dict[str, list[Kept]] = {}  # by the seal of the record
        self._replaced: set[str] = set()  # of the own records
        self._following = Following(entries, self._forget, core.KIND, SUPERSEDE)

    def act(self, number: str, act: str, words: str = "", *, by: str, installation: str = "") -> Review:
        """Keep a review. Raises DecisionError with what to mend or why it is refused, LedgerError, RequestsError."""
        own = self._own(installation)
        with self._chain(own) as chain:
            decision = decided(chain, number)
            entry = chain.get(decision.number)
            state = self._state(entry, self._replaced_in(chain, own))
        review = Review(decision.number, own, entry.seal, act, words.strip(), by.strip())
        if wrong := core.problems(review):
            raise DecisionError(wrong)
        if refused := core.refusal(state, act):
            raise DecisionError([("act", refused)])
        restricted = decision.body["restricted"] is True
        self._entries.append(core.KIND, core.entry_of_review(review, restricted=restricted))
        return review

    def history(self, number: str, installation: str = "") -> list[Kept]:
        """All reviews of a record, the oldest first. Raises LedgerError, RequestsError."""
        with self._chain(self._own(installation)) as chain:
            seal = chain.get(decided(chain, number).number).seal
        self._catch_up()
        return list(self._kept.get(seal, ()))

    def state(self, number: str, installation: str = "") -> str:
        """One of the states of core/review.py. Raises as `history` does."""
        own = self._own(installation)
        with self._chain(own) as chain:
            entry = chain.get(decided(chain, number).number)
            return self._state(entry, self._replaced_in(chain, own))

    def state_of(self, decision: Entry) -> str:
        """The state of an own decision that is at hand. Raises LedgerError."""
        self._catch_up()
        return self._state(decision, self._replaced)

    def due(self) -> Iterator[Open]:
        """What nobody has agreed to yet, this desk first, each from the oldest on; none that is restricted or purged.

        Raises LedgerError, RequestsError.
        """
        others = (chain.installation for chain in copies(self._home) if not self._is_own(chain.installation))
        for installation in ("", *others):
            try:
                with self._chain(installation) as chain:
                    yield from self._due(chain, installation)
            except LedgerMissing:
                continue  # nothing was decided here yet

    def _due(self, chain: Ledger, installation: str) -> Iterator[Open]:
        replaced = self._replaced_in(chain, installation)
        for entry in chain.every(DECISION):
            state = self._state(entry, replaced)
            if entry.text is not None and not is_restricted(entry) and state not in (core.AGREED, core.REPLACED):
                yield Open(installation, entry.number, state, entry.at)

    def _state(self, entry: Entry, replaced: Container[str]) -> str:
        """By its seal, so that no review counts for a record that somebody put in the place of another."""
        acts = (one.review.act for one in self._kept.get(entry.seal, ()))
        return core.state(acts, replaced=entry.number in replaced)

    def _replaced_in(self, chain: Ledger, installation: str) -> Container[str]:
        """The records of a chain of which there is a new version, once all reviews are read."""
        self._catch_up()
        if not installation:
            return self._replaced
        pairs = (superseded_in(entry.body or {}) for entry in chain.every(SUPERSEDE))
        return {pair[0] for pair in pairs if pair}

    def _catch_up(self) -> None:
        with suppress(LedgerMissing):  # who only looks at other desks has no ledger yet
            for entry in self._following.new():
                body = entry.body or {}
                if (review := core.review_in(body)) is not None:
                    self._kept.setdefault(review.seal, []).append(Kept(review, entry.at))
                elif (pair := superseded_in(body)) is not None:
                    self._replaced.add(pair[0])

    def _forget(self) -> None:
        self._kept.clear()
        self._replaced.clear()

    def _own(self, installation: str) -> str:
        """The installation as entries name it: not at all where it is this desk's own."""
        return "" if installation and self._is_own(installation) else installation

    def _is_own(self, installation: str) -> bool:
        try:
            return self._entries.opened(False).installation == installation
        except LedgerMissing:
            return False

    @contextmanager
    def _chain(self, installation: str) -> Iterator[Ledger]:
        if not installation:
            yield self._entries.opened(False)
            return
        with chain_of(self._home, installation, now=self._entries.now()) as chain:
            yield chain
