"""The rail: the answers given so far, by section; a row opens its question again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.rows import Line, PressRow
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.room import RailRow, RailSection

_MARKS = {
    "done": ("circle-check", "yes"),
    "now": ("circle-dot", "accent"),
    "ahead": ("circle", "text2"),
}


class Rail(Box):
    """Draws the sections; `edit` asks for a question."""

    edit = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(14, 16, 6, 12), gap=0)

    def draw(self, sections: Sequence[RailSection], short: Mapping[str, str]) -> None:
        """Show these answers and no others; `short` words long ones by question."""
        self.clear()
        self.add(Text(self.look, "Your answers", "h2", inset=3))
        self.add(Gap(self.look, 8))
        for section in sections:
            self.add(self._head(section))
            for given in section.rows:
                self.add(self._row(given, short.get(given.question, given.label)))
            self.add(Gap(self.look, 8))
        self.push()

    def _head(self, section: RailSection) -> Box:
        icon, ink = _MARKS[section.state]
        line = Box(self.look, across=True, gap=9, margins=(4, 2, 8, 2))
        line.add(Mark(self.look, icon, ink), top=True)
        tone = "text2" if section.state == "ahead" else "text"
        line.add(Text(self.look, section.title, "small-strong", ink=tone), 1)
        if section.state == "now":
            line.add(Text(self.look, "now", "caption", ink="text2", wraps=False))
        return line

    def _row(self, given: RailRow, label: str) -> Box:
        row = PressRow(
            self.look,
            Line(given.text, "caption", "text2"),
            Line("This question" if given.now else label, "small-medium"),
            act="" if given.now else "Change this answer",
        )
        if given.now:
            row.mark_now()
        row.clicked.connect(lambda: self.edit.emit(given.question))
        return Box(self.look, row, margins=(19, 0, 2, 0))
