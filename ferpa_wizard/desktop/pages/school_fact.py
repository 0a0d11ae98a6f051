"""One standing fact of the school: a row that opens its question in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.desktop.controls.box import Box, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.kinds import question_of
from ferpa_wizard.desktop.pages.question import Answer, Question
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.requests.school import StandingFact

SET_BY_DISTRICT = "Set by your district"


class FactLine(Box):
    """Shows question, answer and day; pressed, it asks the question as a request does."""

    opened = Signal(object)
    kept = Signal(object)
    taken_out = Signal(object)

    def __init__(self, look: Look, fact: StandingFact, *, memory: Memory, pack: Pack) -> None:
        super().__init__(look)
        self.fact, self._memory, self._pack = fact, memory, pack
        self._question: Question | None = None
        self.head = PressRow(look, *_lines(fact), icon=_icon(fact), act="Change this answer")
        self.head.clicked.connect(self._open)
        self._editor = Box(look, margins=(RING, 4, RING, 14), gap=6)
        self._editor.hide()
        self.add(self.head)
        self.add(self._editor)

    def shut(self) -> None:
        """Put the question away; opened again, it is as it was left."""
        self._editor.hide()
        self.head.show()

    @property
    def begun(self) -> bool:
        """Was it opened, and neither kept nor cancelled since?"""
        return self._question is not None

    def forget(self) -> None:
        """Put the question away, and what was not kept with it."""
        self.shut()
        self._editor.clear()
        self._question = None

    def answer(self) -> tuple[Answer, str]:
        """The answer and the day as they stand. Raises AnswerError while there is none."""
        value = self._question.value() if self._question is not None else None
        if self._question is None or value is None:
            raise AnswerError(self._question.nothing_yet() if self._question is not None else "")
        return value, self._until.text().strip()

    def wrong(self, sentence: str, *, day: bool = False) -> None:
        """Say what to mend: the day, else the answer."""
        self._day.wrong(sentence if day else "")
        self._problem.say("" if day else sentence)
        self._problem.setVisible(not day)
        field = self._until if day or self._question is None else self._question.first_field()
        (field or self._until).setFocus()

    def _open(self) -> None:
        question = self._question or self._ask()
        self._editor.show()
        QTimer.singleShot(0, question, lambda: self._begin(question))  # once it has its place, so that it is seen
        self.opened.emit(self)

    def _ask(self) -> Question:
        look, fact = self.look, self.fact
        made = question_of(look, fact.ask, given=fact.answer, memory=self._memory, style="next", pack=self._pack)
        self._question = made
        self._problem = Text(look, "", "small-strong", ink="no", inset=RING)
        self._problem.hide()
        self._until = LineField(look, fact.until if fact.own else "")
        self._day = Labelled(look, "Holds until", self._until, hint="As 2027-07-31. Empty: until the day of review.")
        for part in (self._problem, made, self._day, self._buttons()):
            self._editor.add(part)
        self._problem.hide()
        return made

    def _begin(self, question: Question) -> None:
        question.opening().setFocus()
        self.head.hide()  # the question stands in its place

    def _buttons(self) -> Flow:
        keep = Button(self.look, "Keep", "primary")
        keep.clicked.connect(lambda: self.kept.emit(self))
        cancel = Button(self.look, "Cancel")
        cancel.clicked.connect(self._cancel)
        out = Button(self.look, "Ask staff each time", "quiet", icon="x")
        out.clicked.connect(lambda: self.taken_out.emit(self))
        return Flow(self.look, keep, cancel, *([out] if self.fact.answer is not None else []), gap=4)

    def _cancel(self) -> None:
        self.forget()
        self.head.setFocus()


def district_card(look: Look, facts: Sequence[StandingFact]) -> Box:
    """The facts that the district sets, to read: nobody changes them here."""
    rows = [FactRow(look, *_lines(fact), icon=_icon(fact)) for fact in facts]
    says = Text(look, "These hold in your school. Ask your district to change them.", "small", ink="text2", inset=RING)
    return card(look, Title(look, SET_BY_DISTRICT), says, Facts(look, *rows), gap=4)


def _lines(fact: StandingFact) -> list[Line]:
    lines = [Line(fact.ask.text, "small", "text2"), Line(fact.label or "Not answered", "small-medium")]
    if fact.until:
        says = f"overdue since {day_of(fact.until)}" if fact.lapsed else f"until {day_of(fact.until)}"
        lines.append(Line(says, "caption", "no" if fact.lapsed else "text2"))
    return lines


def _icon(fact: StandingFact) -> tuple[str, str]:
    if fact.lapsed:
        return ("circle-alert", "no")
    return ("circle-check", "yes") if fact.answer is not None else ("circle", "text2")
