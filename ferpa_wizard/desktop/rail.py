"""The rail: the answers given so far, by section; a row opens its question again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.keyed import Entry, Keyed
from ferpa_wizard.desktop.controls.rows import Line, PressRow
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.views import RailRow, RailSection

_MARKS = {
    "done": ("circle-check", "yes"),
    "now": ("circle-dot", "accent"),
    "ahead": ("circle", "text2"),
}

THIS = "This question"
AGREED = "From the agreement"  # with whom and until when is told on Check answers: there is room for it


class Rail(Keyed):
    """Draws the sections; `edit` asks for a question."""

    edit = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(14, 16, 6, 12))
        self.now: QWidget | None = None  # the row of the question in the middle of the window

    def draw(self, sections: Sequence[RailSection], short: Mapping[str, str]) -> None:
        """Show these answers and no others; `short` words long ones by question."""
        self.now = None
        entries: list[Entry] = [("title", self._title)]
        for section in sections:
            entries.extend(self._section(section, short))
        self.show_entries(entries)
        here = [given for section in sections for given in section.rows if given.now]
        self.now = self.shown((here[0], THIS)) if here else None

    def _section(self, section: RailSection, short: Mapping[str, str]) -> Iterator[Entry]:
        yield (section.id, section.state), lambda: self._head(section)
        for given in section.rows:
            label = THIS if given.now else short.get(given.question, given.label)
            yield (given, label), partial(self._row, given, label)
        yield ("gap", section.id), lambda: Gap(self.look, 8)

    def _title(self) -> QWidget:
        return Box(self.look, Text(self.look, "Your answers", "h2", inset=3), margins=(0, 0, 0, 8))

    def _head(self, section: RailSection) -> QWidget:
        icon, ink = _MARKS[section.state]
        line = Box(self.look, across=True, gap=9, margins=(4, 2, 8, 2))
        line.add(Mark(self.look, icon, ink), top=True)
        tone = "text2" if section.state == "ahead" else "text"
        line.add(Text(self.look, section.title, "small-strong", ink=tone), 1)
        if section.state == "now":
            line.add(Text(self.look, "now", "caption", ink="text2", wraps=False))
        return line

    def _row(self, given: RailRow, label: str) -> QWidget:
        row = PressRow(
            self.look,
            Line(given.text, "caption", "text2"),
            Line(label, "small-medium"),
            Line(AGREED if given.source == "agreement" else "", "caption", "text2"),
            act="" if given.now else "Change this answer",
        )
        if given.now:
            row.mark_now()
        row.clicked.connect(lambda: self.edit.emit(given.question))
        return Box(self.look, row, margins=(19, 0, 2, 0))


def shortened(request: Request) -> dict[str, str]:
    """Long lists of ticks in few words: the first two and how many more."""
    found = {}
    for given in request.walk.trail:
        if not isinstance(given.answer, tuple) or len(given.answer) < 2:
            continue
        if given.ask.page == "checklist":
            found[given.ask.id] = f"{len(given.answer)} of {len(given.ask.options)} in place"
        elif len(given.answer) > 3:
            labels = {option.id: option.label for option in given.ask.options}
            first = ", ".join(labels.get(name, name) for name in given.answer[:2])
            found[given.ask.id] = f"{first} and {len(given.answer) - 2} more"
    return found
