"""Questions of one topic on one page: the next comes up under the one that was answered."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton, QRadioButton

from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, on_window
from tests.desktop.pages import carry_on, kept
from tests.desktop.sample_pack import TUTORING
from tests.desktop.test_questions import in_dialog, press_in

WORKS = "Does it work for the school?"
STUDENTS = "Which students is this about?"
ITEMS = "Which data do they need for this task?"


@pytest.fixture
def shared() -> bool:
    return True


def questions(drive: Driver) -> list[str]:
    page = drive.window.request_shell.page
    assert isinstance(page, QuestionPage)
    return [question.ask.id for question in page.questions]


def begin(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert questions(drive) == ["requester"]


def test_the_next_question_comes_up_and_enter_goes_to_it_then_on(drive: Driver, desk: Desk) -> None:
    begin(drive)
    drive.press(Key.Key_1)
    assert questions(drive) == ["requester", "works"]
    drive.press(Key.Key_Return)
    assert name_of(drive.focused) == WORKS
    assert not drive.title.startswith("Error")
    drive.press(Key.Key_1, Key.Key_Return)
    assert drive.title.startswith(STUDENTS)
    assert kept(desk) == {"requester": "group", "works": "yes"}


def test_it_is_seen_and_tab_reaches_it_before_continue(drive: Driver) -> None:
    begin(drive)
    drive.press(Key.Key_1)
    second = drive.find(QRadioButton, "Yes, it gives a service")
    view = on_window(drive.window.request_shell.scroller.viewport())
    assert view.contains(on_window(second))
    ring = [name_of(stop) for stop in drive.tab_ring()]
    assert ring.index(name_of(second)) < ring.index("Continue")


def test_an_answer_that_needs_no_more_takes_the_question_away(drive: Driver, desk: Desk) -> None:
    begin(drive)
    drive.press(Key.Key_1, Key.Key_2)
    assert questions(drive) == ["requester"]
    drive.press(Key.Key_Return)
    assert kept(desk) == {"requester": "press"}


def test_continue_without_the_second_answer_says_what_to_do(drive: Driver) -> None:
    begin(drive)
    drive.press(Key.Key_1)
    drive.find(QPushButton, "Continue").click()
    assert not drive.title.startswith("Error")  # first it is shown where to go on
    drive.find(QPushButton, "Continue").click()
    assert drive.title.startswith("Error")
    drive.press(Key.Key_1)  # a digit answers the question that is open
    assert drive.chosen() == "A community group"
    assert drive.find(QRadioButton, "Yes, it gives a service").isChecked()
    assert not drive.title.startswith("Error")


def test_a_second_answer_stays_while_the_first_is_changed_to_one_that_needs_it_too(drive: Driver) -> None:
    begin(drive)
    drive.answer(2)
    drive.press(Key.Key_2, Key.Key_Return)
    box = drive.find(QCheckBox, "Name")
    box.click()
    drive.find(QRadioButton, "One student").click()
    assert drive.find(QCheckBox, "Name").isChecked()
    assert questions(drive) == ["students", "items"]


def test_back_shows_the_whole_page_filled_in(drive: Driver) -> None:
    begin(drive)
    drive.answer(1, 1)
    drive.find(QPushButton, "Back").click()
    assert questions(drive) == ["requester", "works"]
    assert [name_of(one) for one in drive.all(QRadioButton) if one.isChecked()] == [
        "A community group", "Yes, it gives a service",
    ]  # fmt: skip
    drive.press(Key.Key_Return)
    assert drive.title.startswith(STUDENTS)


def test_a_page_is_undone_as_one(drive: Driver, desk: Desk) -> None:
    begin(drive)
    drive.answer(1, 1)
    drive.press(Key.Key_Z, ctrl=True)
    assert kept(desk) == {}
    assert questions(drive) == ["requester"]
    drive.press(Key.Key_Z, ctrl=True, shift=True)
    assert kept(desk) == {"requester": "group", "works": "yes"}


def test_half_a_page_of_a_draft_is_shown_whole(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, {"requester": "group"})
    assert questions(drive) == ["requester", "works"]
    assert name_of(drive.focused) == WORKS


def test_a_change_that_costs_answers_asks_once_for_the_page(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, TUTORING)
    drive.window.request_shell.edit("students")
    assert questions(drive) == ["students", "items"]
    drive.find(QRadioButton, "Numbers only, with no names").click()
    in_dialog(lambda sheet: press_in(sheet, "Change it"))
    drive.find(QPushButton, "Continue").click()
    assert kept(desk)["students"] == "none"
    assert "items" not in kept(desk)


def test_help_is_that_of_the_question_in_focus(drive: Driver) -> None:
    begin(drive)
    drive.press(Key.Key_1, Key.Key_Return, Key.Key_F1)
    page = drive.window.request_shell.page
    assert isinstance(page, QuestionPage)
    assert page.questions[1].isAncestorOf(drive.focused)


def test_the_second_question_is_named_for_a_screen_reader(drive: Driver) -> None:
    begin(drive)
    drive.press(Key.Key_1)
    page = drive.window.request_shell.page
    assert isinstance(page, QuestionPage)
    assert [name_of(question.options) for question in page.questions] == ["Who wants the records?", WORKS]


def test_the_next_page_opens_at_its_top_after_one_that_was_scrolled(drive: Driver) -> None:
    drive.window.resize(1024, 600)
    drive.window.desk_shell.look.use("light", 150)
    begin(drive)
    drive.answer(1, 1)
    drive.press(Key.Key_2, Key.Key_Return)
    drive.find(QCheckBox, "Name").click()
    assert drive.window.request_shell.scroller.verticalScrollBar().value() > 0
    drive.press(Key.Key_Return)
    assert drive.title.startswith("What is it for?")
    view = on_window(drive.window.request_shell.scroller.viewport())
    assert view.contains(on_window(drive.focused))
    assert drive.window.request_shell.scroller.verticalScrollBar().value() == 0
