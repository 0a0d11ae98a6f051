"""Joins the card of legal holds on one record to the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from ferpa_wizard.desktop.form_sheet import Problems
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.hold_card import HoldCard, kept_in_words
from ferpa_wizard.desktop.remember import Memory, Person
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.desktop.words_sheet import WhoField, WordsSheet
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.holds import Held
from ferpa_wizard.requests.sealed import Sealed

_HOLDS = "While it is held no schedule lets it go. The hold stands beside the record in the log."
_ENDS = "One hold ends. If others stand on the record, it stays held."
_WHY_HELD = ("Why it is held", "The lawsuit, the audit, the request. Leave out names of students.")
_WHY_ENDS = ("Why the hold ends", "Leave out names of students.")
Note = Callable[..., Held]


class HoldsOf(QObject):
    """The card is its parent. `tell` says what was done, or went wrong."""

    def __init__(self, card: HoldCard, sealed: Sealed, desk: Desk, memory: Memory, tell: Callable[[str], None]) -> None:
        super().__init__(card)
        self._card, self._sealed, self._desk, self._memory, self._tell = card, sealed, desk, memory, tell
        card.hold.connect(self._hold)
        card.release.connect(self._release)
        self.draw()

    def draw(self) -> None:
        """Show how things stand."""
        try:
            held = self._desk.keeping.holds.of(self._sealed.number)
            self._card.draw(held, self._kept())
        except STORE_ERRORS as error:
            self._tell(str(error))

    def _kept(self) -> str:
        try:
            return kept_in_words(self._desk.keeping.retention.of(self._sealed.number), self._desk.today)
        except RULES_ERRORS as error:
            return without_rules(error)

    def _hold(self) -> None:
        sheet = self._sheet("Hold this record", self._desk.keeping.holds.hold, [_HOLDS], _WHY_HELD)
        self._ask(sheet, f"Record {self._sealed.number} is on legal hold.")

    def _release(self) -> None:
        sheet = self._sheet("End a hold", self._desk.keeping.holds.release, [_ENDS], _WHY_ENDS)
        self._ask(sheet, f"A hold on record {self._sealed.number} has ended.")

    def _sheet(self, title: str, note: Note, says: list[str], words: tuple[str, str]) -> WordsSheet:
        look: Look = self._card.look
        who = WhoField(look, "Who says so?", self._memory.kept.people)
        keep = partial(self._keep, note)
        return WordsSheet(look, self._card.window(), title, keep, says=says, words=words, who=who)

    def _ask(self, sheet: WordsSheet, says: str) -> None:
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self.draw()
            self._tell(says)
        sheet.deleteLater()

    def _keep(self, note: Note, words: str, who: Person) -> Problems:
        name, role = who
        try:
            note(self._sealed.number, words, by=name)
        except DecisionError as error:
            return error.problems
        except STORE_ERRORS as error:
            return [("words", str(error))]
        if not self._sealed.body["restricted"]:  # what was typed for such a one comes up in no other
            self._memory.met(name, role)
        return []
