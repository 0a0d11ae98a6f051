"""Practice in the window: the bar, the comparison, and that nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.record import Decision
from ferpa_wizard.desktop.journey import CHECK
from ferpa_wizard.desktop.pages.check import CheckPage
from ferpa_wizard.desktop.pages.compare import ComparePage
from ferpa_wizard.desktop.pages.decision import DecisionPage
from ferpa_wizard.desktop.pages.practice import PracticePage
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.desktop.pages.result import ResultPage
from ferpa_wizard.desktop.pages.saved import SavedPage
from ferpa_wizard.desktop.practice_shell import PracticeShell
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.practice import read_practice
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import seal_one

EXAMPLE = "subpoena-more-than-asked"
COMPARE = "Compare your answer"


@cache
def offered() -> list[Example]:
    return [example for group in read_practice().groups for example in group.examples]


def story() -> Example:
    return next(example for example in offered() if example.id == EXAMPLE)


def kept(home: Path) -> dict[str, bytes]:
    return {str(file.relative_to(home)): file.read_bytes() for file in home.rglob("*") if file.is_file()}


def begin(drive: Driver, example: Example) -> PracticeShell:
    """Press the example in the list of the desk."""
    drive.find(QPushButton, "Practice").click()
    next(row for row in drive.all(QPushButton) if name_of(row).startswith(example.title)).click()
    settle()
    return shell_of(drive)


def shell_of(drive: Driver) -> PracticeShell:
    (shell,) = drive.all(PracticeShell)
    return shell


def answer_all(shell: PracticeShell, answers: dict[str, Answer], see: Callable[[], object]) -> None:
    """Give these answers page by page until the result is up."""
    while not isinstance(shell.page, ResultPage):
        see()
        if isinstance(shell.page, CheckPage):
            shell.page.go_on.emit()
        else:
            assert isinstance(shell.page, QuestionPage)
            ask = shell.request.ask
            assert ask is not None
            shell.page.answered.emit({ask.id: answers.get(ask.id, "unsure")})
        settle()


def other(example: Example) -> dict[str, Answer]:
    """The answers of the example, with one fewer data item."""
    items = example.answers["items"]
    assert isinstance(items, tuple)
    return {**example.answers, "items": items[:1]}


def decide(drive: Driver) -> None:
    """Record a decision with the keyboard."""
    drive.find(QPushButton, "Record a decision").click()
    drive.press(Key.Key_1)
    drive.find(QLineEdit, "Your name").setText("Pat Practice")
    page = shell_of(drive).page
    assert isinstance(page, DecisionPage)
    page.save.emit(Decision("not-now", ("practical",), "Tomorrow.", "Pat Practice"))
    settle()


def test_the_list_has_every_request_with_its_story(drive: Driver) -> None:
    drive.find(QPushButton, "Practice").click()
    names = [name_of(row) for row in drive.all(QPushButton)]
    for example in offered():
        assert any(name.startswith(example.title) and example.story in name for name in names)


def test_a_practice_run_leaves_the_real_home_the_same(
    drive: Driver, desk: Desk, window: Window, tmp_path: Path
) -> None:
    seal_one(drive, desk)
    window.go_home()
    settle()
    before = kept(desk.home)
    assert any(name.startswith("ledger") for name in before)
    example, pages = story(), 0

    def see() -> None:
        nonlocal pages
        pages += 1
        assert drive.sees(f"Practice: {example.title}. ") and drive.sees(example.story)
        assert drive.title.startswith("Practice: ")

    shell = begin(drive, example)
    folder = window._practice[1].home if window._practice else desk.home
    answer_all(shell, dict(example.answers), see)
    see()
    decide(drive)
    assert isinstance(shell.page, SavedPage)
    see()
    drive.find(QPushButton, "Save to a folder…").click()
    settle()
    written = [file for file in tmp_path.iterdir() if file.suffix == ".html"]
    assert written and all("PRACTICE" in file.read_text(encoding="utf-8") for file in written)
    assert pages > 4
    assert folder.is_dir() and folder != desk.home
    drive.find(QPushButton, "Done").click()
    settle()
    assert not folder.exists()
    assert isinstance(window.desk_shell._page, PracticePage)
    assert kept(desk.home) == before
    assert "Pat Practice" not in [name for name, _ in window._memory.kept.people]


def test_the_same_answers_are_told_to_be_the_same(drive: Driver) -> None:
    shell = begin(drive, story())
    answer_all(shell, dict(story().answers), lambda: None)
    drive.find(QPushButton, COMPARE).click()
    assert isinstance(shell.page, ComparePage)
    assert not [one for one in drive.all(QPushButton) if name_of(one).startswith("Open this question again")]


def test_the_comparison_names_what_differs_and_opens_that_question(drive: Driver) -> None:
    shell = begin(drive, story())
    answer_all(shell, other(story()), lambda: None)
    drive.find(QPushButton, COMPARE).click()
    worked = shell._practice.worked()
    items = next(given.ask for given in worked.walk.trail if given.ask.id == "items")
    missing = [option.label for option in items.options if option.id in story().answers["items"][1:]]
    assert missing and all(drive.sees(label) for label in missing)
    assert worked.so_far.basis is not None
    assert drive.sees(worked.so_far.label) and drive.sees(worked.so_far.basis.cite)
    drive.find(QPushButton, f"Open this question again: {items.text}").click()
    assert isinstance(shell.page, QuestionPage)
    assert shell.request.ask is not None and shell.request.ask.id == "items"


def test_back_from_the_comparison_is_where_it_was_opened(drive: Driver) -> None:
    shell = begin(drive, story())
    answer_all(shell, dict(story().answers), lambda: None)
    for page in (ResultPage, SavedPage):
        if page is SavedPage:
            decide(drive)
        drive.find(QPushButton, COMPARE).click()
        drive.press(Key.Key_Left, alt=True)
        assert isinstance(shell.page, page)


def test_it_is_offered_at_the_result_and_not_before(drive: Driver) -> None:
    shell = begin(drive, story())
    answer_all(shell, dict(story().answers), lambda: _none_yet(drive))
    drive.find(QPushButton, COMPARE)
    shell._go(CHECK)
    _none_yet(drive)


def _none_yet(drive: Driver) -> None:
    assert COMPARE not in [name_of(one) for one in drive.all(QPushButton)]


def test_after_the_record_a_question_opens_in_a_new_request(drive: Driver) -> None:
    shell = begin(drive, story())
    answer_all(shell, other(story()), lambda: None)
    decide(drive)
    first = shell.request
    drive.find(QPushButton, COMPARE).click()
    next(one for one in drive.all(QPushButton) if name_of(one).startswith("Open this question again")).click()
    settle()
    assert shell.request is not first
    assert shell.request.ask is not None and shell.request.ask.id == "items"
    assert shell.request.given("items") == story().answers["items"][:1]


@pytest.mark.parametrize("way", ["home", "new", "close", "again"])
def test_each_way_out_deletes_the_folder(drive: Driver, window: Window, way: str) -> None:
    begin(drive, story())
    assert window._practice is not None
    folder = window._practice[1].home
    assert folder.is_dir()
    acts: dict[str, Callable[[], object]] = {
        "home": window.go_home,
        "new": window.start,
        "close": window.close,
        "again": lambda: window.practise(lambda: read_practice().desk(story())),
    }
    acts[way]()
    settle()
    assert not folder.exists()
    window.go_home()


def test_nothing_is_said_to_be_saved(drive: Driver) -> None:
    shell = begin(drive, story())
    answer_all(shell, dict(story().answers), lambda: None)
    assert not drive.sees("Draft saved")
    drive.press(Key.Key_S, ctrl=True)
    assert drive.sees("Nothing here is kept")
    assert not drive.sees("Draft saved")


def test_tab_visits_the_page_before_the_bar(drive: Driver) -> None:
    answer_all(begin(drive, story()), dict(story().answers), lambda: None)
    assert [name_of(one) for one in drive.tab_ring()][-1] == COMPARE


def test_rules_that_cannot_be_read_are_told(drive: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RulesError([Mistake("practice.yaml", 3, "There is no example “x”.", "")])

    monkeypatch.setattr("ferpa_wizard.desktop.pages.practice.read_practice", broken)
    drive.find(QPushButton, "Practice").click()
    assert drive.sees("There is no example “x”.")


def test_no_room_for_the_folder_is_one_sentence(drive: Driver, window: Window) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    window.practise(full)  # type: ignore[arg-type]
    assert drive.sees("Your work is safe")
    assert window._practice is None


def test_what_is_practised_is_passed_on_to_nobody(drive: Driver, tmp_path: Path) -> None:
    shell = begin(drive, story())
    answer_all(shell, dict(story().answers), lambda: None)
    drive.find(QPushButton, "Pass this on").click()
    assert not list(tmp_path.glob("*.json"))
    assert "practice" in shell.notice.findChildren(QLabel)[0].text()
