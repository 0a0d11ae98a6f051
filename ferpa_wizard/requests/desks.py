"""The desks whose chains a home holds, as a list shows them: how far each is, and whether somebody has to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard.core.entry import parse_time
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.ledger.chains import Chain, chains, copies
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.pulled import BROKEN, DUPLICATE, FORK, GAP, HARMLESS, REWIND, SILENT_DAYS, Pulled, load
from ferpa_wizard.ledger.push import last_push

SILENT, NEW, UP_TO_DATE, WAITING = "silent", "new", "up-to-date", "waiting"
_GRAVEST_FIRST = (FORK, REWIND, BROKEN, GAP, SILENT, DUPLICATE, NEW, UP_TO_DATE)
_NEED_NOBODY = HARMLESS | {NEW, UP_TO_DATE, WAITING}


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One desk. `states` is all that holds for it, the gravest first; `says` tells it in sentences.

    `silent_since` is the day of the last contact where that is too long ago, and `contact` its time.
    """

    installation: str
    name: str
    own: bool
    count: int
    new: int
    contact: datetime | None
    silent_since: str
    program: str
    pack: str
    pack_version: str
    states: tuple[str, ...]
    says: str

    @property
    def state(self) -> str:
        """The gravest."""
        return self.states[0]

    @property
    def needs_person(self) -> bool:
        return self.state not in _NEED_NOBODY


def desks(home: Path, *, now: datetime, days: int = SILENT_DAYS) -> list[DeskRow]:
    """Every chain of the home, the own one first. A desk is silent after so many days. Raises LedgerError."""
    own, others = [], []
    for chain in chains(home):
        if chain.home == home:
            own.append(_own(chain, now))
        else:
            others.append(load(chain.home, chain.installation))
    return own + rows(others, now=now, days=days)


def names(home: Path) -> dict[str, str]:
    """What the desks are called whose copies are here, by installation; no ledger is read. Raises LedgerError.

    Two of one name are told apart.
    """
    found = {chain.installation: load(chain.home, chain.installation).name for chain in copies(home)}
    shared = Counter(found.values())
    return {
        installation: f"{name} ({installation[:8]})" if shared[name] > 1 else name
        for installation, name in found.items()
        if name
    }


def rows(found: Iterable[Pulled], *, now: datetime, days: int = SILENT_DAYS) -> list[DeskRow]:
    """What a pull found, for people."""
    known = list(found)
    names = Counter(one.name for one in known if one.name)
    return [_row(one, now, days, shares_name=names[one.name] > 1) for one in known]


def _row(one: Pulled, now: datetime, days: int, *, shares_name: bool) -> DeskRow:
    since = one.heard.astimezone(UTC).date().isoformat() if one.heard and one.is_silent(now, days) else ""
    progress = [NEW] if one.new else [] if one.needs_person else [UP_TO_DATE]
    states = {*progress, *(fault.kind for fault in one.faults), *([SILENT] if since else [])}
    return DeskRow(
        installation=one.installation,
        name=one.name or one.installation,
        own=False,
        count=one.count,
        new=one.new,
        contact=one.heard,
        silent_since=since,
        program=one.program,
        pack=one.pack,
        pack_version=one.pack_version,
        states=tuple(state for state in _GRAVEST_FIRST if state in states),
        says=" ".join(_sentences(one, since, shares_name=shares_name)),
    )


def _sentences(one: Pulled, since: str, *, shares_name: bool) -> Iterable[str]:
    if one.new:
        yield f"{counted(one.new, 'entry', 'entries')} new, {one.count} in all."
    else:
        yield (
            f"{counted(one.count, 'entry', 'entries')} here."
            if one.needs_person
            else f"Up to date with {counted(one.count, 'entry', 'entries')}."
        )
    if since:
        yield f"Silent since {since}."
    if since and shares_name:
        yield "Another desk has the same name: was that computer set up anew?"
    yield from (fault.says for fault in one.faults)


def _own(chain: Chain, now: datetime) -> DeskRow:
    with Ledger.open(chain.home, now=now, readonly=True) as ledger:
        count = ledger.count()
    card = last_push(chain.home)
    waiting = count - (card.count if card else 0)
    return DeskRow(
        installation=chain.installation,
        name=card.name if card else "",
        own=True,
        count=count,
        new=0,
        contact=parse_time(card.contact) if card else None,
        silent_since="",
        program=card.program if card else "",
        pack=card.pack if card else "",
        pack_version=card.pack_version if card else "",
        states=(WAITING if waiting else UP_TO_DATE,),
        says=_own_says(count, waiting, pushed=card is not None),
    )


def _own_says(count: int, waiting: int, *, pushed: bool) -> str:
    if not pushed:
        return f"This computer has {counted(count, 'entry', 'entries')} and has not pushed yet."
    if waiting:
        return f"{counted(waiting, 'entry', 'entries')} of {count} wait for the next push."
    return f"All {counted(count, 'entry', 'entries')} of this computer are pushed."


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")
