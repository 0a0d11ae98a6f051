"""Something typed: words, a number, a date in three fields."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.cards import CheckCard
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.pages.question import Answer, Question

UNSURE = "unsure"
DATE = "Write a day that exists: month, day, and a year with four digits."


class FieldQuestion(Question):
    """One field, or three for a date; and `I am not sure` where the question allows it."""

    def offer(self) -> None:
        shapes = self._shapes()
        self._lines = [LineField(self.look, places=places) for _label, places, _hint in shapes]
        self._fields = [
            Labelled(self.look, label, line, hint=hint)
            for (label, _places, hint), line in zip(shapes, self._lines, strict=True)
        ]
        line = Box(self.look, *self._fields, across=True, gap=4)
        if self.ask.kind != "text":
            line.push()
        self.options.cells.addWidget(line)
        self._unsure = self._offer_unsure()

    def fill(self, given: Answer) -> None:
        if given == UNSURE and self._unsure is not None:
            self._unsure.setChecked(True)
        elif self.ask.kind == "date" and isinstance(given, str):
            year, month, day = (*given.split("-"), "", "", "")[:3]
            for line, part in zip(self._lines, (month, day, year), strict=True):
                line.setText(part.lstrip("0"))
        elif isinstance(given, str):
            self._lines[0].setText(given)

    def value(self) -> Answer | None:
        if self._unsure is not None and self._unsure.isChecked():
            return UNSURE
        typed = [line.text().strip() for line in self._lines]
        if not any(typed):
            return None
        if self.ask.kind != "date":
            return typed[0]
        month, day, year = typed
        return f"{year:0>4}-{month:0>2}-{day:0>2}"

    def nothing_yet(self) -> str:
        what = {"date": "Fill in the date", "number": "Fill in a number"}
        sentence = what.get(self.ask.kind, "Fill in the field")
        unsure = " or tick “I am not sure”" if self._unsure is not None else ""
        return f"{sentence}{unsure} to go on."

    def refused(self, sentence: str) -> str:
        if self.ask.kind == "date" and any(line.text().strip() for line in self._lines):
            # The room speaks of one text; here the date stands in three fields.
            sentence = DATE
        self._fields[0].wrong(sentence)
        return sentence

    def mended(self) -> None:
        self._fields[0].wrong("")

    def first_field(self) -> QWidget | None:
        return self._lines[0]

    def opening(self) -> QWidget:
        return self.options.heading if self.given is None else self._lines[0]

    def key_hint(self) -> str:
        return "Press Enter to go on"

    def _shapes(self) -> tuple[tuple[str, int, str], ...]:
        if self.ask.kind == "date":
            return (("Month", 2, "1 to 12"), ("Day", 2, "1 to 31"), ("Year", 4, "Such as 2026"))
        if self.ask.kind == "number":
            return (("Number", 8, ""),)
        return (("Your answer", 0, ""),)

    def _offer_unsure(self) -> CheckCard | None:
        for option in self.ask.options:
            if option.id == UNSURE:
                card = CheckCard(self.look, option.label, hint=option.hint)
                self.options.offer(card)
                return card
        return None
