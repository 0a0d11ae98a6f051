"""Clicks and keys by chance in a window with the shipped rules: whatever is pressed, each record is honest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QLineEdit, QPlainTextEdit, QRadioButton

from ferpa_wizard import paths
from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.desktop.app import open_window
from ferpa_wizard.desktop.dialogs import Sheet
from ferpa_wizard.desktop.pages.check import CheckPage
from ferpa_wizard.desktop.pages.decision import DecisionPage
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.desktop.pages.result import ResultPage
from ferpa_wizard.desktop.pages.saved import SavedPage
from ferpa_wizard.desktop.request_shell import RequestShell
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, settle
from tests.requests.honesty import wrongs

SEEDS = range(15)
STEPS = 16  # by chance; then the request is brought to its end
MOST = 60  # pages until it is
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
TEXTS = ("", "N", "R. Osei", "FERPA says no.")
KEYS: tuple[tuple[Key, dict[str, bool]], ...] = (
    (Key.Key_Left, {"alt": True}),
    (Key.Key_Z, {"ctrl": True}),
    (Key.Key_Z, {"ctrl": True, "shift": True}),
    (Key.Key_R, {"ctrl": True}),
    (Key.Key_I, {"ctrl": True}),
    (Key.Key_S, {"ctrl": True}),
    (Key.Key_F6, {}),
    (Key.Key_Tab, {}),
    (Key.Key_Space, {}),
    (Key.Key_Return, {}),
    *((Key(Key.Key_1 + n), {}) for n in range(6)),
)


@pytest.fixture
def desk(real_desk: Desk) -> Desk:
    return real_desk


@pytest.fixture
def window(qapp: QApplication, desk: Desk) -> Iterator[Window]:
    """Not shown as the other tests do: a window that is never painted is walked faster."""
    made = open_window(qapp, desk, paths.data() / "resources")
    made.resize(1024, 700)
    made.show()
    yield made
    made.close()
    made.deleteLater()


class Visitor:
    """Somebody who presses what is there."""

    def __init__(self, drive: Driver, chance: random.Random) -> None:
        self.drive, self.chance = drive, chance

    @property
    def shell(self) -> RequestShell:
        return self.drive.window.request_shell

    @property
    def page(self) -> Any:
        return self.shell.page

    def in_request(self) -> bool:
        return self.shell.isVisible() and not isinstance(self.page, SavedPage)

    def step(self) -> None:
        """One thing by chance: a key, a click, or what the page is for."""
        if not self.in_request():
            return self.begin()
        act = self.chance.choice((self.key, self.click, self.go_on, self.go_on))
        act()
        return settle()

    def begin(self) -> None:
        """A new request, or a draft that is there."""
        drafts = self.drive.window.desk_shell._desk.drafts()  # what Home lists
        if drafts and self.chance.random() < 0.5:
            self.drive.window.carry_on(self.chance.choice(drafts).id)
        else:
            starts = [None, *self.drive.window.desk_shell._desk.quick_starts]
            self.drive.window.start(self.chance.choice(starts))

    def key(self) -> None:
        key, held = self.chance.choice(KEYS)
        self.drive.press(key, **held)

    def click(self) -> None:
        buttons = [one for one in self.shell.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
        self.chance.choice(buttons).click()

    def go_on(self) -> None:
        """Answer, or press the button that leads on."""
        page = self.page
        if isinstance(page, DecisionPage):
            self.decide(page, self.chance.choice(TEXTS))
        elif isinstance(page, QuestionPage):
            self.answer(page)
        page.submit()

    def answer(self, page: QuestionPage) -> None:
        """Choose in each question, those that come up included, until none is without an answer."""
        for _ in range(8):
            before = len(page.questions)
            for question in page.questions[-1:] if page.values() else page.questions:
                self.tick(question)
            if len(page.questions) == before:
                return

    def tick(self, within: Any) -> None:
        radios = [one for one in within.findChildren(QRadioButton) if one.isVisibleTo(within)]
        boxes = within.findChildren(QCheckBox)  # of the data items some are in groups that are closed
        if radios:
            self.chance.choice(radios).click()
        for box in self.chance.sample(boxes, min(len(boxes), self.chance.randint(0, 3))):
            box.click()
        for field in within.findChildren(QLineEdit):
            field.setText("2026-11-24")

    def decide(self, page: DecisionPage, name: str) -> None:
        self.tick(page)
        for field in page.findChildren(QLineEdit):
            field.setText(name)
        for words in page.findChildren(QPlainTextEdit):
            words.setPlainText(self.chance.choice(TEXTS))

    def finish(self) -> None:
        """Bring the request in work to its record, and name FERPA if it is a no."""
        for _ in range(MOST):
            page = self.page
            if isinstance(page, SavedPage):
                return
            if isinstance(page, DecisionPage):
                self.decline(page)
            elif isinstance(page, QuestionPage):
                self.answer(page)
            else:
                assert isinstance(page, (CheckPage, ResultPage))
            page.submit()
            settle()
        raise AssertionError(f"no end: {self.drive.title}")

    def decline(self, page: DecisionPage) -> None:
        self.decide(page, "R. Osei")
        page.options.buttons[self.chance.choice((2, 3))].click()
        for card in page.findChildren(QCheckBox):
            card.setChecked(card.text() == "FERPA" or self.chance.random() < 0.2)
        for words in page.findChildren(QPlainTextEdit):
            words.setPlainText("Because.")


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """The dialogs answer themselves, by chance."""
    chance = random.Random(0)
    codes = (QDialog.DialogCode.Accepted, QDialog.DialogCode.Rejected)
    monkeypatch.setattr(Sheet, "exec", lambda _sheet: chance.choice(codes))
    return chance


@pytest.mark.parametrize("seed", SEEDS)
def test_a_walk_by_chance_seals_only_honest_records(
    seed: int, window: Window, desk: Desk, sheets: random.Random
) -> None:
    sheets.seed(seed)
    visitor = Visitor(Driver(window), random.Random(seed))
    for _ in range(STEPS):
        visitor.step()
    if not visitor.in_request():
        visitor.begin()
    visitor.finish()
    with desk._open(writing=False) as ledger:  # lists leave out the restricted ones
        bodies: list[dict[str, Any]] = [dict(entry.body or {}) for entry in ledger.every("decision")]
    for body in bodies:
        assert wrongs(body) == [], body["answers"]
    last = bodies[-1]["decision"]
    assert last["choice"] in DECLINES
    assert "ferpa" in last["reasons"]
