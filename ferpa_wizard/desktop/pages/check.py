"""Check your answers: every answer that counts, with Change beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ferpa_wizard.desktop.controls.box import Box, Gap, Rule, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Heading, Mark, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.shown import SOURCES
from ferpa_wizard.requests.views import RailRow, RailSection

AT_ONCE = 3  # sections that the page comes up with; the others, mostly out of sight, follow once it is painted


class CheckPage(Page):
    """Short statements by section; the facts nobody was asked are there too."""

    change = Signal(str)
    go_on = Signal()
    back = Signal()
    width_limit = 860

    def __init__(self, look: Look, sections: Sequence[RailSection], unsure: Sequence[str], *, done: bool) -> None:
        super().__init__(look, "Check your answers", gap=10)
        self._done = done
        heading = "Check your answers before you see the result" if done else "Your answers so far"
        self._heading = Heading(look, heading, inset=RING)
        self.add(self._heading)
        lead = "The result depends on these facts. You can change any of them."
        self.add(Text(look, lead, "lead", ink="text2", inset=RING))
        if unsure:
            self.add(self._unsure(unsure))
        filled = [section for section in sections if section.rows]
        self._put(filled[:AT_ONCE])
        self.once_painted(lambda: self._put_the_rest(filled[AT_ONCE:]))
        self._footer()

    def opening(self) -> QWidget:
        return self._heading

    def submit(self) -> None:
        self.go_on.emit()

    def _put(self, sections: Sequence[RailSection]) -> None:
        for section in sections:
            self.add(self._section(section))

    def _put_the_rest(self, sections: Sequence[RailSection]) -> None:
        self._put(sections)
        if sections:
            self.grew.emit(self._heading)

    def _unsure(self, unsure: Sequence[str]) -> Box:
        many = len(unsure) > 1
        count = f"{len(unsure)} answers are" if many else "1 answer is"
        says = f"{count} marked not sure. You can go on. We will show what would change."
        words = Box(self.look, Text(self.look, says, "small-strong"), gap=2)
        for sentence in unsure:
            words.add(Text(self.look, sentence, "small"))
        block = Box(self.look, across=True, margins=(16, 12, 16, 12), gap=10)
        block.ground("ask_t", line="ask")
        block.add(Mark(self.look, "circle-question-mark", "ask"), top=True)
        block.add(words, 1)
        return block

    def _section(self, section: RailSection) -> Box:
        block = card(self.look, gap=0, margins=(18, 12, 12, 8))
        block.add(Text(self.look, section.title, "h2"))
        block.add(Gap(self.look, 4))
        block.add(_Rows(self.look, section.rows, self.change.emit))
        return block

    def _footer(self) -> None:
        words = "See the result" if self._done else "Go on with the questions"
        onward = Button(self.look, words, "primary", trailing="arrow-right")
        onward.clicked.connect(self.go_on)
        back = Button(self.look, "Back")
        back.clicked.connect(self.back)
        self.footer.add(onward)
        self.footer.add(back)
        self.footer.push()


class _Rows(QWidget):
    """Question, answer and Change of each row, in one grid: rows of their own would be laid out one by one."""

    def __init__(self, look: Look, rows: Sequence[RailRow], change: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._grid = QGridLayout(self)
        for column, stretch in enumerate((5, 6, 0)):
            self._grid.setColumnStretch(column, stretch)
        for place, row in enumerate(rows):
            if place:
                self._grid.addWidget(Rule(look), place * 2 - 1, 0, 1, 3)
            self._put(row, place * 2, change)
        self.rescale()

    def rescale(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(self._look.px(2))
        self._grid.setHorizontalSpacing(self._look.px(14))

    def _put(self, row: RailRow, place: int, change: Callable[[str], None]) -> None:
        look, top = self._look, Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(Text(look, row.text, "small", ink="text2", over=7), place, 0, top)
        answer: QWidget = Text(look, row.label, "small-medium", over=7)
        source = row.origin or SOURCES.get(row.source, "")
        if source:
            answer = Box(look, answer, Text(look, source, "caption", ink="text2"), margins=(0, 0, 0, 7))
        self._grid.addWidget(answer, place, 1, top)
        link = Button(look, "Change", "link")
        link.setAccessibleName(f"Change: {row.text}")
        link.setAccessibleDescription(row.label)
        link.clicked.connect(lambda: change(row.question))
        self._grid.addWidget(link, place, 2, top)
