"""Whole requests, one after the other, through one window: from Home to the saved record and back to Home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.core.examples import Example
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import LineField, WordsField
from ferpa_wizard.desktop.pages.decision import DecisionPage
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.question import Question
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.desktop.pages.saved import SavedPage
from ferpa_wizard.desktop.request_shell import RequestShell
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from tests import real

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
EXPORTED = '"as we agreed, 1."'  # one record, so that an export stays as long as it is
NAMES = ("R. Osei", "Pat Lee", "J. Moreau")
STRIDE = 37  # through the examples, so that neighbours of one file do not follow each other
SAME = 6  # requests: one more than Home shows
MOST_PAGES = 60  # a request that has more goes round in circles
EACH_PAINTED = 10  # requests of which one has every page grabbed
_TYPED = {"date": "2027-06-30", "number": "12", "text": "As agreed."}
Steps = Iterator[None]
Aside = Callable[["Walker"], Steps]


def desk_in(home: Path) -> Desk:
    """A desk with the shipped rules, always at the same moment: what Home shows depends on the day."""
    return Desk(home, lambda: (real.pack(), real.profiles()["example"]), now=lambda: NOW)


class Walker:
    """Works on requests as a person does; a generator gives the event loop its turns after each press.

    `asides` are done in between, each after the request of a cycle that has its place; `variety` is about how many
    examples are in use.
    """

    def __init__(
        self, app: QApplication, window: Window, desk: Desk, *, asides: dict[int, Aside], cycle: int, variety: int
    ) -> None:
        self.app, self.window, self.desk = app, window, desk
        self._asides, self._cycle = asides, cycle
        examples = [example for example in real.examples() if example.profile == "example"]
        self._examples = examples[:: max(1, len(examples) // variety)]
        self.number = 0  # of the request in work
        self.exported = EXPORTED
        self.wanted = QDialog.DialogCode.Rejected  # how sheets are left

    @property
    def shell(self) -> RequestShell:
        return self.window.request_shell

    def page(self, shell: RequestShell | None = None) -> Page:
        found = (shell or self.shell).page
        if found is None:
            raise LookupError("no page is up")
        return found

    def leave_sheet(self, sheet: QDialog) -> None:
        """How a sheet that comes up is answered."""
        sheet.grab()
        sheet.done(self.wanted)

    # -- one request -----------------------------------------------------------------------

    def one(self, number: int) -> Steps:
        """One request, and what has its place after it."""
        self.number = number
        yield from self.request()
        if (aside := self._asides.get(number % self._cycle)) is not None:
            yield from aside(self)
            self.window.go_home()
            yield

    def request(self) -> Steps:
        """From Home to the saved record and back."""
        self.window.start()
        yield
        yield from self.answer_all(self.example())
        yield from self.seal()

    def example(self, further: int = 0) -> Example:
        """The last ones of a cycle are always the same: what Home shows then is, too."""
        place = self.number % self._cycle
        at = place if place >= self._cycle - SAME else self.number * STRIDE + further
        return self._examples[at % len(self._examples)]

    def answer_all(self, example: Example, shell: RequestShell | None = None) -> Steps:
        """Each question as the example has it, else with its first answer."""
        for _ in range(MOST_PAGES):
            page = self.page(shell)
            if not isinstance(page, QuestionPage):
                return
            self.answer(page, example)
            yield from self.press(shell)
        raise RuntimeError(f"no end of questions in {example.id}")

    def answer(self, page: QuestionPage, example: Example) -> None:
        """Every question of a page, those that come up with the answers included."""
        answered: set[str] = set()
        while left := [question for question in page.questions if question.ask.id not in answered]:
            answered.add(left[0].ask.id)
            fill(left[0], example)

    def seal(self, shell: RequestShell | None = None) -> Steps:
        """Over check page, result and decision to the record, and home."""
        for _ in range(8):
            page = self.page(shell)
            if isinstance(page, SavedPage):
                yield from self.press(shell)
                return
            if isinstance(page, DecisionPage):
                self.decide(page)
            yield from self.press(shell)
        raise RuntimeError(f"not sealed: {self.window.windowTitle()}")

    def decide(self, page: DecisionPage) -> None:
        """The choices in turn; a no has its reason."""
        choices = page.request.choices()
        place = self.number % self._cycle % len(choices)
        page.options.buttons[place].click()
        page._who._options.buttons[-1].click()
        for field in page.findChildren(LineField):
            field.setText(self.name())
        if choices[place].id in DECLINES:
            page._reason_options.buttons[-1].setChecked(True)
        for words in page.findChildren(WordsField):
            words.setPlainText(self.words())

    def name(self) -> str:
        """Who decides."""
        return NAMES[self.number % len(NAMES)]

    def words(self) -> str:
        """What is written beside a decision."""
        return f"As we agreed, {self.number}."

    def press(self, shell: RequestShell | None = None) -> Steps:
        """The first button under the page."""
        page = self.page(shell)
        if self.number % EACH_PAINTED == 0:
            self.window.grab()
        page.footer.findChildren(Button)[0].click()
        yield


def fill(question: Question, example: Example) -> None:
    """Answer as the example does; what it leaves open, with the first of the answers."""
    ask = question.ask
    first = ask.options[0].id if ask.options else _TYPED[ask.kind]
    given = example.answers.get(ask.id) or ((first,) if ask.kind == "many" else first)
    question.options.setFocus()
    question.fill(given)
    if question.value() is None and ask.page != "checklist":
        raise ValueError(f"{given} is no answer to {ask.id} ({example.id})")
