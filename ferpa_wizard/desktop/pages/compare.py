"""Compare your answer: what a practice request came to beside the worked one, and which answers differ."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.box import Box, Gap, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Heading, Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.shown import VERDICTS
from ferpa_wizard.requests.practice import Comparison, Differing, Outcome

NOT_ASKED = "This question did not come up."


class ComparePage(Page):
    """Both results side by side, then question by question what was answered otherwise."""

    edit = Signal(str)
    back = Signal()
    width_limit = 860

    def __init__(self, look: Look, found: Comparison) -> None:
        super().__init__(look, "Compare your answer", gap=12)
        self._heading = Heading(look, "Compare your answer", inset=RING)
        self.add(Box(look, self._heading, Text(look, _says(found), "lead", ink="text2", inset=RING), gap=4))
        beside = Box(look, across=True, gap=12)
        beside.add(self._outcome("Your answer", found.yours), 1, top=True)
        beside.add(self._outcome("The worked answer", found.worked), 1, top=True)
        self.add(beside)
        for differing in found.differing:
            self.add(self._differing(differing))
        self._footer()

    def opening(self) -> QWidget:
        return self._heading

    def submit(self) -> None:
        self.back.emit()

    def _outcome(self, title: str, outcome: Outcome) -> Box:
        small, look = "small", self.look
        icon = VERDICTS.get(outcome.verdict, ("circle-question-mark", "ask"))
        result = FactRow(look, Line("Result", small, "text2"), Line(outcome.label, "small-medium"), icon=icon)
        basis = outcome.basis or "None"
        rests = FactRow(
            look,
            Line("Basis", small, "text2"),
            Line(basis, "small-medium"),
            Line(outcome.cite, small, "text2"),
            icon=("scale", "text2"),
        )
        items = ", ".join(outcome.items) or "None"
        goes = FactRow(
            look, Line("Data that may go now", small, "text2"), Line(items, "small-medium"), icon=("file-text", "text2")
        )
        return card(look, Title(look, title), Facts(look, result, rests, goes, gap=6), gap=6)

    def _differing(self, one: Differing) -> Box:
        look = self.look
        titles = ("Only in your answer", "Only in the worked answer") if one.ticks else ("You", "Worked answer")
        said = [both for both in zip(titles, (one.yours, one.worked), strict=True) if both[1] != ()]
        facts = Facts(look, *(self._answer(title, labels) for title, labels in said))
        block = card(look, Title(look, one.text, "small-strong"), Gap(look, 2), facts, gap=2)
        if one.yours is not None:
            link = Button(look, "Open this question again", "link", icon="pencil")
            link.setAccessibleName(f"Open this question again: {one.text}")
            link.clicked.connect(lambda: self.edit.emit(one.question))
            block.add(row(look, link))
        return block

    def _answer(self, title: str, labels: tuple[str, ...] | None) -> FactRow:
        said = (NOT_ASKED,) if labels is None else labels
        return FactRow(self.look, Line(title, "small", "text2"), *(Line(label, "small-medium") for label in said))

    def _footer(self) -> None:
        back = Button(self.look, "Back", "primary", icon="arrow-left")
        back.clicked.connect(self.back)
        self.footer.add(back)
        self.footer.push()


def _says(found: Comparison) -> str:
    """One or two sentences on what is the same and what is not, with the basis to read where it is not."""
    if not found.differing:
        return "Your answers are those of the worked request, so the result is the same."
    differ = f"{counted(len(found.differing), 'answer')} {'differs' if len(found.differing) == 1 else 'differ'}."
    if found.same_outcome:
        return f"The result is the same. {differ}"
    cite = found.worked.cite
    return f"The result is not the same. {differ}" + (f" The worked answer rests on {cite}." if cite else "")
