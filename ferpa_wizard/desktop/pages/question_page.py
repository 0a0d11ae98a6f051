"""A page of questions: the first, and under it those that its answers bring up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.walk import Ask
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import COLUMN, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.question import Answer, Question
from ferpa_wizard.desktop.pages.ticks import Ticks

HIDE_ABOVE = 6  # a bound larger than this helps nobody
FOLLOWING = "next"
Make = Callable[[Ask, str], Question]  # by the question and the style of its heading


class QuestionPage(Page):
    """Section, questions, Continue and Back; `answered` has the answers by question, in the order of the page."""

    answered = Signal(dict)
    changed = Signal()
    back = Signal()
    width_limit = COLUMN

    def __init__(self, look: Look, asks: Sequence[Ask], *, section: str, make: Make, inside: QWidget) -> None:
        super().__init__(look, asks[0].text, gap=4)
        self.setParent(inside)  # before it is filled: to move all that is in it costs as much as to make it
        self._make = make
        self.questions: list[Question] = []
        self._section_line(section, asks[0].at_most_more)
        self._place = Box(look, gap=4)
        self.add(self._place)
        self.add(Gap(look, 6))
        self._footer()
        self.show_asks(asks)

    # -- the questions ---------------------------------------------------------------------

    def show_asks(self, asks: Sequence[Ask]) -> None:
        """Show these questions; what stands there already and is among them stays as it is."""
        same = 0
        while same < min(len(asks), len(self.questions)) and self.questions[same].puts(asks[same]):
            same += 1
        gone, self.questions = self.questions[same:], self.questions[:same]
        for question in gone:
            question.hide()
            question.deleteLater()
        for ask in asks[same:]:
            self._put(ask)
        for before, question in pairwise(self.questions):
            question.comes_after(before.in_words(before.value() or ()))
        self._hint.say(self.questions[-1].key_hint())
        if self.isVisible() and (gone or len(asks) > same):
            self.grew.emit(self.questions[-1])
            if len(asks) > same:
                announce(self, f"One more question on this page: {asks[-1].text}")

    def values(self) -> dict[str, Answer]:
        """The answers so far, up to the first question that has none."""
        found: dict[str, Answer] = {}
        for question in self.questions:
            value = question.value()
            if value is None:
                break
            found[question.ask.id] = value
        return found

    def changed_answers(self) -> list[tuple[Question, Answer, Answer]]:
        """The questions that had another answer, with that one and the new one."""
        values = self.values()
        return [
            (question, question.given, values[question.ask.id])
            for question in self.questions
            if question.given is not None and question.given != values.get(question.ask.id, question.given)
        ]

    def _put(self, ask: Ask) -> None:
        question = self._make(ask, FOLLOWING if self.questions else "h1")
        if self.questions:
            question.margins((0, 18, 0, 0))
        question.changed.connect(self._on_change)
        question.grew.connect(lambda: self.grew.emit(self.opening()))
        self.questions.append(question)
        self._place.add(question)
        question.show()

    def _on_change(self) -> None:
        self.mended()
        self.changed.emit()
        self._hint.say(self.questions[-1].key_hint())

    # -- the page --------------------------------------------------------------------------

    def opening(self) -> QWidget:
        return self._next().opening()

    def submit(self) -> None:
        question = self._next()
        if question.value() is not None:
            self.mended()
            self.answered.emit(self.values())
        elif question is not self.questions[0] and self._answering() is not question:
            question.opening().setFocus()  # Enter after one question goes to the next
        else:
            self.refuse(question.nothing_yet())

    def refuse(self, sentence: str) -> None:
        """Say what to do; the answers were not taken."""
        question = self._next()
        self.wrong([(question.refused(sentence), question.first_field())])

    def mended(self) -> None:
        for question in self.questions:
            question.mended()
        super().mended()

    def refill(self) -> None:
        """Show again the answers that stand."""
        for question in self.questions:
            question.refill()
        self.questions[0].opening().setFocus()

    def help(self) -> bool:
        return (self._answering() or self.questions[0]).help()

    def undo(self) -> str:
        return self._told(Ticks.undo)

    def redo(self) -> str:
        return self._told(Ticks.redo)

    def _told(self, act: Callable[[Ticks], str]) -> str:
        """What one of the questions has to say of it: the one that holds the focus, else the last that can."""
        order = (self._answering(), *reversed(self.questions))
        ticked = (one.ticks for one in order if one is not None and one.ticks is not None)
        return next(filter(None, map(act, ticked)), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A digit chooses also from the problems, which stand above the question.
        if self._answering() or not self._next().options.take_digit(event):
            super().keyPressEvent(event)

    def _next(self) -> Question:
        """The first question without an answer, else the last."""
        return next((one for one in self.questions if one.value() is None), self.questions[-1])

    def _answering(self) -> Question | None:
        """The question that holds the focus."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is None:
            return None
        return next((one for one in self.questions if one.isAncestorOf(focused)), None)

    # -- parts -----------------------------------------------------------------------------

    def _section_line(self, section: str, more: int) -> None:
        line = Box(self.look, across=True, gap=10, margins=(RING, 0, 0, 0))
        line.add(Text(self.look, section, "small-strong", ink="accent", wraps=False))
        if more <= HIDE_ABOVE:
            line.add(Text(self.look, _more(more), "small", ink="text2", wraps=False))
        line.push()
        self.add(line)

    def _footer(self) -> None:
        onward = Button(self.look, "Continue", "primary", trailing="arrow-right")
        onward.clicked.connect(self.submit)
        back = Button(self.look, "Back")
        back.clicked.connect(self.back)
        self._hint = Text(self.look, "", "small", ink="text2", wraps=False)
        self.footer.add(onward)
        self.footer.add(back)
        self.footer.push()
        self.footer.add(self._hint)


def _more(more: int) -> str:
    if not more:
        return "Last question"
    return f"At most {counted(more, 'more question')}"
