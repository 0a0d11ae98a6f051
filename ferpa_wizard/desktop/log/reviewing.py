"""Reviewing a record: who does it, what has to change, and a note; the same from the list and from the record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.core.review import AGREE, ASK_CHANGE, REOPEN
from ferpa_wizard.desktop.form_sheet import Problems
from ferpa_wizard.desktop.later import NoteSheet, keep_note
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.who import NOBODY
from ferpa_wizard.desktop.remember import Memory, Person
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.desktop.words_sheet import WhoField, WordsSheet
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError

NOTE = "note"
Undo = Callable[[], str]
_ELSEWHERE = "A note stands at the desk that made the record. Ask for a change here, and say why in your words."
_LEAD = "The record stays as it is. The review stands beside it in the log."
_TAKEN_BACK = "Agreed by mistake."


class About(NamedTuple):
    """The record that is reviewed; `mine` says that this desk made it."""

    number: str
    installation: str
    mine: bool


class Reviewing(QObject):
    """`done` has a sentence on what was kept, and what takes it back or None; `told` one on what cannot be done."""

    done = Signal(str, object)
    told = Signal(str)

    def __init__(self, parent: QWidget, look: Look, desk: Desk, memory: Memory) -> None:
        super().__init__(parent)
        self._parent, self._look, self._desk, self._memory = parent, look, desk, memory

    def act(self, act: str, about: About) -> None:
        """Do one of the acts of core/review.py, or NOTE; ask for what it needs."""
        {AGREE: self._agree, ASK_CHANGE: self._ask_change, REOPEN: self._reopen, NOTE: self._note}[act](about)

    def _agree(self, about: About) -> None:
        says = f"Agreed to record {about.number}."
        if not self._memory.reviewer:
            self._ask("Agree to this record", AGREE, about, says=says, undo=True)
            return
        if problems := self._keep(AGREE, about, "", (self._memory.reviewer, "")):
            self.told.emit(" ".join(sentence for _, sentence in problems))
        else:
            self.done.emit(says, partial(self._take_back, about))

    def _ask_change(self, about: About) -> None:
        words = ("What has to change", "Leave out names of students.")
        self._ask(
            "Ask for a change", ASK_CHANGE, about, says=f"Asked for a change of record {about.number}.", words=words
        )

    def _reopen(self, about: About) -> None:
        words = ("Why it is opened again", "The sign-off so far stays in the history.")
        self._ask(
            "Reopen the review", REOPEN, about, says=f"Reopened the review of record {about.number}.", words=words
        )

    def _note(self, about: About) -> None:
        if not about.mine:
            self.told.emit(_ELSEWHERE)
            return
        keep = partial(keep_note, self._desk, self._memory, about.number)
        sheet = NoteSheet(self._look, self._parent.window(), keep, by=self._memory.reviewer or self._memory.only[0])
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self.done.emit("The note is kept in the log.", None)
        sheet.deleteLater()

    def _ask(
        self, title: str, act: str, about: About, *, says: str, words: tuple[str, str] = ("", ""), undo: bool = False
    ) -> None:
        refused = self._why_not(act, about)
        if refused:
            self.told.emit(refused)
            return
        keep = partial(self._keep, act, about)
        sheet = WordsSheet(self._look, self._parent.window(), title, keep, says=[_LEAD], words=words, who=self._who())
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self.done.emit(says, partial(self._take_back, about) if undo else None)
        sheet.deleteLater()

    def _who(self) -> WhoField:
        people = self._memory.kept.people
        filled = next((one for one in people if one[0] == self._memory.reviewer), NOBODY)
        return WhoField(self._look, "Who reviews?", people, filled)

    def _why_not(self, act: str, about: About) -> str:
        """Why the act makes no sense now, before anything is typed; empty where it does."""
        from ferpa_wizard.core.review import refusal

        try:
            return refusal(self._desk.keeping.reviews.state(about.number, about.installation), act)
        except STORE_ERRORS as error:
            return str(error)

    def _keep(self, act: str, about: About, words: str, who: Person) -> Problems:
        name, role = who
        try:
            restricted = self._desk.record(about.number, about.installation).body["restricted"]
            self._desk.keeping.reviews.act(about.number, act, words, by=name, installation=about.installation)
        except DecisionError as error:
            return error.problems
        except STORE_ERRORS as error:
            return [("by", str(error))]
        if not restricted:  # what was typed for such a one comes up in no other
            self._memory.met(name, role)
        self._memory.reviewer = name
        return []

    def _take_back(self, about: About) -> str:
        problems = self._keep(REOPEN, about, _TAKEN_BACK, (self._memory.reviewer, ""))
        return " ".join(says for _, says in problems) or f"Record {about.number} is open for review again."
