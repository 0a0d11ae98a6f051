"""Notes on records, and new versions of them: kept in the ledger beside the record, which nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ferpa_wizard.core import later as core
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.later import Note
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.decided import decided
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.todos import with_todos


def along(decision: Entry) -> Iterable[tuple[str, Mapping[str, object]]]:
    """The entries that go into the ledger along with a decision: its clocks, and which record it takes the place of."""
    replaced = core.superseding(decision.number, decision.body or {})
    return [*with_todos(decision), *((core.SUPERSEDE, one) for one in replaced)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A note with the moment at which it was written."""

    note: Note
    at: datetime


class Later:
    """Reads and notes them; `opened` gives the ledger, for writing or not."""

    def __init__(self, opened: Callable[[bool], Ledger], now: Callable[[], datetime]) -> None:
        self._opened, self._now = opened, now
        self._read = {core.NOTE: 0, core.SUPERSEDE: 0}
        self._notes: list[Kept] = []
        self._replaced: dict[str, str] = {}

    def notes(self, number: str) -> list[Kept]:
        """The notes on a record, oldest first. Raises LedgerError."""
        self._catch_up()
        record = self._opened(False).get(number).number
        return [one for one in self._notes if one.note.record == record]

    def replaced_by(self, number: str) -> str:
        """The record that took the place of this one; empty while none did. Raises LedgerError."""
        self._catch_up()
        return self._replaced.get(self._opened(False).get(number).number, "")

    def note(self, number: str, says: str, *, by: str) -> None:
        """Keep a note on a record. Raises DecisionError with what to mend, LedgerError, RequestsError."""
        decision = decided(self._opened(False), number)
        note = Note(decision.number, says.strip(), by.strip())
        if wrong := core.problems(note):
            raise DecisionError(wrong)
        restricted = decision.body["restricted"] is True
        self._opened(True).append(core.NOTE, core.entry_of_note(note, restricted=restricted), at=self._now())

    def answers(self, number: str) -> dict[str, Answer]:
        """What was answered in a record, to start its new version with.

        Raises LedgerError, and RequestsError where another record has taken its place already.
        """
        from ferpa_wizard.core.rerun import given_in

        decision = decided(self._opened(False), number)
        if newer := self.replaced_by(number):
            raise RequestsError(f"Record {newer} took the place of this one. Make the new version from that one.")
        return given_in(decision.body)

    def _catch_up(self) -> None:
        for kind in self._read:
            for entry in self._opened(False).every(kind, after=self._read[kind]):
                self._read[kind] = entry.sequence
                body = entry.body or {}
                if (note := core.note_in(body)) is not None:
                    self._notes.append(Kept(note, entry.at))
                elif (pair := core.superseded_in(body)) is not None:
                    self._replaced[pair[0]] = pair[1]
