"""Joins the card of notes and versions of one record to the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.desktop.controls.fields import Labelled, LineField, WordsField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.form_sheet import FormSheet
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.later_card import LaterCard
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.sealed import Sealed

Keep = Callable[[str, str], Sequence[tuple[str, str]]]
Tell = Callable[..., None]


class NoteSheet(FormSheet):
    """Asks for a note and who writes it."""

    def __init__(self, look: Look, parent: QWidget, keep: Keep, *, by: str) -> None:
        super().__init__(look, parent, "Add a note", lambda: keep(*self._typed()), self._typed)
        lead = "The record itself stays as it is. The note stands beside it in the log."
        self.body.add(Text(look, lead, "small", ink="text2", inset=RING))
        self._words, self._by = WordsField(look), LineField(look, by)
        self.put("says", Labelled(look, "Your note", self._words, hint="Leave out names of students."))
        self.put("by", Labelled(look, "Your name", self._by))
        self.ready(480)

    def _typed(self) -> tuple[str, str]:
        return self._words.toPlainText(), self._by.text()


def keep_note(desk: Desk, memory: Memory, number: str, says: str, by: str) -> Sequence[tuple[str, str]]:
    """Keep a note on a record of this desk; what to mend, by field, where it is not taken."""
    try:
        restricted = desk.record(number).body["restricted"]
        desk.later.note(number, says, by=by)
    except DecisionError as error:
        return error.problems
    except STORE_ERRORS as error:
        return [("says", str(error))]
    if not restricted:  # what was typed for such a one comes up in no other
        memory.met(by.strip())
    return []


class LaterOf(QObject):
    """The card is its parent. `tell` says what was done, or went wrong; `begin` a new version of a record."""

    def __init__(
        self, card: LaterCard, sealed: Sealed, desk: Desk, memory: Memory, *, tell: Tell,
        begin: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__(card)
        self._card, self._sealed, self._desk, self._memory = card, sealed, desk, memory
        self._tell = tell
        card.note.connect(self._ask)
        card.version.connect(lambda: begin(sealed.number))
        self._draw()

    def _draw(self) -> None:
        number, later = self._sealed.number, self._desk.later
        replaces = str(self._sealed.body.get("replaces", ""))
        try:
            self._card.draw(later.notes(number), replaces=replaces, replaced_by=later.replaced_by(number))
        except STORE_ERRORS as error:
            self._tell(str(error))

    def _ask(self) -> None:
        keep = partial(keep_note, self._desk, self._memory, self._sealed.number)
        sheet = NoteSheet(self._card.look, self._card.window(), keep, by=self._memory.only[0])
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self._draw()
            self._tell("The note is kept in the log.")
        sheet.deleteLater()
