"""Notes on records, and new versions of them: kept in the ledger beside the record, which nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from ferpa_wizard.core import later as core
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.intake import intake_in
from ferpa_wizard.core.later import Note
from ferpa_wizard.requests.draft import Draft, same_answers
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.following import Following
from ferpa_wizard.requests.todos import with_todos


@dataclass(frozen=True, slots=True)
class Kept:
    """A note with the moment at which it was written."""

    note: Note
    at: datetime


class Replaced(NamedTuple):
    """The record that took the place of another, and the day on which it did."""

    by: str
    day: str


class Later:
    """Reads and notes them."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._notes: list[Kept] = []
        self._replaced: dict[str, Replaced] = {}
        self._following = Following(entries, self._forget, core.NOTE, core.SUPERSEDE)

    def notes(self, number: str) -> list[Kept]:
        """The notes on a record, oldest first. Raises LedgerError."""
        self._catch_up()
        record = self._entries.number(number)
        return [one for one in self._notes if one.note.record == record]

    def replaced(self, record: str) -> Replaced | None:
        """What took the place of the record with just this number; None while nothing did. Raises LedgerError."""
        self._catch_up()
        return self._replaced.get(record)

    def replaced_by(self, number: str) -> str:
        """The record that took the place of this one; empty while none did. Raises LedgerError."""
        found = self.replaced(self._entries.number(number))
        return found.by if found else ""

    def note(self, number: str, says: str, *, by: str) -> None:
        """Keep a note on a record. Raises DecisionError with what to mend, LedgerError, RequestsError."""
        decision = self._entries.decided(number)
        note = Note(decision.number, says.strip(), by.strip())
        if wrong := core.problems(note):
            raise DecisionError(wrong)
        restricted = decision.body["restricted"] is True
        self._entries.append(core.NOTE, core.entry_of_note(note, restricted=restricted))

    def version(self, number: str, draft: Draft) -> Draft:
        """A draft as the new version of a record: with what was answered there, and what was known as it came in.

        A restricted record has a restricted new version, whatever is answered then. Raises LedgerError, and
        RequestsError where another record has taken its place already.
        """
        decision = self._entries.decided(number)
        if newer := self.replaced_by(number):
            raise RequestsError(f"Record {newer} took the place of this one. Make the new version from that one.")
        known = intake_in(decision.body["request"])
        keep_out = known.keep_out or decision.body["restricted"] is True
        intake = replace(known, keep_out=keep_out)
        return replace(same_answers(draft, decision.body), intake=intake, replaces=decision.number)

    def along(self, decision: Entry) -> Iterable[tuple[str, Mapping[str, object]]]:
        """The entries that go into the ledger along with a decision: its clocks, and which record it replaces.

        Called while nobody else can write. Raises DecisionError where another record has taken that place already.
        """
        replacing = core.superseding(decision.number, decision.body or {})
        for one in replacing:
            if newer := self.replaced(str(one["record"])):
                raise DecisionError([("", _taken(str(one["record"]), newer))])
        return [*with_todos(decision), *((core.SUPERSEDE, one) for one in replacing)]

    def _catch_up(self) -> None:
        for entry in self._following.new():
            body = entry.body or {}
            if (note := core.note_in(body)) is not None:
                self._notes.append(Kept(note, entry.at))
            elif (pair := core.superseded_in(body)) is not None:
                old, new = pair
                self._replaced.setdefault(old, Replaced(new, self._entries.day_of(entry)))

    def _forget(self) -> None:
        self._notes.clear()
        self._replaced.clear()


def _taken(old: str, newer: Replaced) -> str:
    return (
        f"Record {newer.by} took the place of record {old} on {newer.day}. Nothing was sealed, and this draft stays."
        f" Open record {newer.by}; if it is wrong, make its new version."
    )
