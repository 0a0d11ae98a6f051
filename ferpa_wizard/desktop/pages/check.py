"""Check your answers: every answer that counts, with Change beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box, Gap, Rule, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Heading, Mark, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.shown import SOURCES
from ferpa_wizard.requests.views import RailRow, RailSection


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
        for section in sections:
            if section.rows:
                self.add(self._section(section))
        self._footer()

    def opening(self) -> QWidget:
        return self._heading

    def submit(self) -> None:
        self.go_on.emit()

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
        for place, given in enumerate(section.rows):
            if place:
                block.add(Rule(self.look))
            block.add(self._row(given))
        return block

    def _row(self, given: RailRow) -> Box:
        line = Box(self.look, across=True, gap=14, margins=(0, 2, 0, 2))
        asked = Text(self.look, given.text, "small", ink="text2")
        line.add(Box(self.look, asked, margins=(0, 7, 0, 7)), 5, top=True)
        answer = Box(self.look, Text(self.look, given.label, "small-medium"), margins=(0, 7, 0, 7))
        source = given.origin or SOURCES.get(given.source, "")
        if source:
            answer.add(Text(self.look, source, "caption", ink="text2"))
        line.add(answer, 6, top=True)
        link = Button(self.look, "Change", "link")
        link.setAccessibleName(f"Change: {given.text}")
        link.setAccessibleDescription(given.label)
        link.clicked.connect(lambda: self.change.emit(given.question))
        line.add(link, top=True)
        return line

    def _footer(self) -> None:
        words = "See the result" if self._done else "Go on with the questions"
        onward = Button(self.look, words, "primary", trailing="arrow-right")
        onward.clicked.connect(self.go_on)
        back = Button(self.look, "Back")
        back.clicked.connect(self.back)
        self.footer.add(onward)
        self.footer.add(back)
        self.footer.push()
