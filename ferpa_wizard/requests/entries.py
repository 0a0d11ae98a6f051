"""The ledger as the parts of a desk read and write it: what does not match its seal is left out, and told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.typed import LONGEST_LINE, unfit
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.decided import VERIFY, Decided, decided
from ferpa_wizard.requests.errors import DecisionError


class Entries:
    """`opened` gives the ledger, for writing or not; it raises LedgerMissing where there is none to read."""

    def __init__(self, opened: Callable[[bool], Ledger], now: Callable[[], datetime]) -> None:
        self.opened, self.now = opened, now
        self._altered: dict[int, Entry] = {}

    @property
    def today(self) -> str:
        return self.now().date().isoformat()

    def day_of(self, entry: Entry) -> str:
        """The day on which it was sealed, by the clock here; in summer by its summer time, whenever it is read."""
        return entry.at.astimezone().date().isoformat()

    def number(self, which: str) -> str:
        """The number of an entry as the ledger writes it. Raises LedgerError."""
        return self.opened(False).get(which).number

    def decided(self, which: str) -> Decided:
        """The decision with this number. Raises LedgerError, RequestsError."""
        return decided(self.opened(False), which)

    def append(self, kind: str, body: Mapping[str, object]) -> Entry:
        """Seal a new entry now. Raises LedgerError."""
        return self.opened(True).append(kind, body, at=self.now())

    def since(self, read: dict[str, int]) -> Iterator[Entry]:
        """The new ones of some kinds, oldest first; `read` holds the last sequence of each kind, and moves on."""
        for kind, last in read.items():
            for entry in self.opened(False).every(kind, after=last):
                read[kind] = entry.sequence
                yield from self.matching([entry])

    def matching(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Those that match their seal; the others are remembered, to be told."""
        for entry in entries:
            if entry.matches:
                yield entry
            else:
                self._altered[entry.sequence] = entry

    def altered(self, kinds: Iterable[str], *, after: int) -> list[str]:
        """The numbers of those of some kinds, after a sequence, that were met and do not match their seal."""
        held = tuple(kinds)
        return [one.number for one in self._altered.values() if one.kind in held and one.sequence > after]

    @property
    def warning(self) -> str:
        """A sentence that names those which do not match; empty while none was met."""
        names = ", ".join(self._altered[place].number for place in sorted(self._altered))
        return f"These entries changed after they were sealed, so they are left out: {names}. {VERIFY}" if names else ""


def signed(by: str) -> str:
    """The name of who does something, which may be left out. Raises DecisionError for one that no entry can keep."""
    if wrong := unfit(by.strip(), LONGEST_LINE):
        raise DecisionError([("by", f"Your name cannot be kept so. {wrong}")])
    return by.strip()
