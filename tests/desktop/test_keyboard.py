"""Everything can be done without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from ferpa_wizard.desktop.actions import ACTIONS
from tests.desktop.driving import Driver, Key, name_of, on_window
from tests.desktop.fake_desk import DONE, TUTORING, FakeDesk


def test_from_home_to_a_saved_record_by_keys_alone(drive: Driver, desk: FakeDesk) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert drive.title.startswith("Who wants the records?")
    drive.answer(1, 1, 2)
    drive.press(*[Key.Key_Tab] * 2, Key.Key_Space, Key.Key_Return)  # past the search, tick, go on
    drive.answer(1, 2, 1)
    assert drive.title.startswith("Check your answers")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("FERPA allows this, after 1 step")
    drive.press(Key.Key_Return)
    drive.press(Key.Key_2)
    drive.tab_to(QLineEdit, "Your name")
    drive.type("R. Osei")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved")
    assert [row.label for row in desk.recent()] == ["Share after the steps"]
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Home")


def test_page_opens_with_the_question_in_focus_and_two_keys_answer_it(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert isinstance(drive.focused, QLabel)
    assert name_of(drive.focused) == "Who wants the records?"
    drive.press(Key.Key_2)
    assert drive.chosen() == "The press"
    drive.press(Key.Key_Return)
    assert name_of(drive.focused) == "Which students is this about?"


def test_danger_is_one_key_away(drive: Driver) -> None:
    drive.press(Key.Key_D, ctrl=True)
    assert drive.title.startswith("Does it work for the school?")


def test_a_digit_typed_in_a_field_chooses_nothing(drive: Driver, desk: FakeDesk) -> None:
    open_draft(drive, desk, DONE)
    drive.press(Key.Key_Return)
    drive.tab_to(QLineEdit, "Your name")
    drive.type("2")
    assert drive.chosen() == ""


def test_alt_left_goes_back_and_f1_opens_how_to_find_out(drive: Driver, desk: FakeDesk) -> None:
    open_draft(drive, desk, TUTORING)
    drive.press(Key.Key_F1)
    assert name_of(drive.focused) == "How to find out"
    assert drive.sees("Look for a contract or a data sharing form.")
    drive.press(Key.Key_Left, alt=True)
    assert drive.title.startswith("What is it for?")


def test_f6_goes_round_the_parts_of_the_window(drive: Driver, desk: FakeDesk) -> None:
    open_draft(drive, desk, TUTORING)
    visited = []
    for _ in range(6):
        drive.press(Key.Key_F6)
        visited.append(name_of(drive.focused))
    assert len(set(visited[:5])) == 5
    assert visited[5] == visited[0]
    drive.press(Key.Key_F6, shift=True)
    assert name_of(drive.focused) == visited[4]


def open_draft(drive: Driver, desk: FakeDesk, answers: dict[str, object]) -> None:
    drive.window.carry_on(desk.new(answers).id)


PAGES = ("home", "log", "settings", "about", "record", "question", "items", "checklist", "date", "check", "result", "decision")


def show(drive: Driver, desk: FakeDesk, page: str) -> None:
    if page in ("home", "log", "settings", "about", "record"):
        for answers in ({"who": "press"}, DONE):
            desk.new(answers)
        drive.window.carry_on(desk.new(DONE).id)
        drive.press(Key.Key_Return, Key.Key_2)
        drive.tab_to(QLineEdit, "Your name")
        drive.type("R. Osei")
        drive.press(Key.Key_Return)
        assert drive.title.startswith("Decision saved")
        drive.window.go_home()
        if page == "record":
            drive.window.desk_shell.show_record("2026-0001")
        else:
            drive.window.desk_shell.go(page)
        return
    answers: dict[str, object] = {
        "items": {name: TUTORING[name] for name in ("who", "works", "students")},
        "checklist": {**TUTORING, "control": "spoken"},
        "date": {**TUTORING, "purpose": "research"},
        "question": TUTORING,
    }.get(page, DONE)
    open_draft(drive, desk, answers)
    if page == "check":
        drive.press(Key.Key_R, ctrl=True)
    if page == "decision":
        drive.press(Key.Key_Return)


@pytest.mark.parametrize("page", PAGES)
def test_tab_visits_everything_once_and_comes_back(drive: Driver, desk: FakeDesk, page: str) -> None:
    show(drive, desk, page)
    ring = list(drive.tab_ring())
    assert len(ring) == len(set(ring)), "something is visited twice"
    missed = [name_of(widget) or repr(widget) for widget in drive.tab_stops() if widget not in ring]
    assert not missed


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (1366, 768, 200)])
@pytest.mark.parametrize("page", ("home", "question", "items", "check", "result", "decision"))
def test_what_has_the_focus_is_in_full_view(
    drive: Driver, desk: FakeDesk, page: str, *, width: int, height: int, percent: int
) -> None:
    drive.window.resize(width, height)
    for _ in range((percent - 100) // 10):
        drive.press(Key.Key_Plus, ctrl=True)
    show(drive, desk, page)
    for widget in drive.tab_ring():
        around = widget.visibleRegion().boundingRect()
        assert around == widget.rect(), f"{name_of(widget)!r} is cut: {around} of {widget.rect()}"
        assert drive.window.rect().contains(on_window(widget))


def test_arrows_move_through_ticks_and_facts(drive: Driver, desk: FakeDesk) -> None:
    show(drive, desk, "checklist")
    drive.press(Key.Key_Down, Key.Key_Space, Key.Key_Down, Key.Key_Space)
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Check your answers")
    assert desk.drafts()[0].says == "Result ready"
    drive.press(Key.Key_Return)
    fact = next(widget for widget in drive.tab_ring() if name_of(widget).startswith("FERPA. "))
    drive.press(Key.Key_Backtab)
    fact.setFocus()
    drive.press(Key.Key_Down)
    assert name_of(drive.focused).startswith("Other federal law. ")


def test_no_two_actions_share_a_key() -> None:
    keys = [QKeySequence(key).toString() for act in ACTIONS if act.id for key in act.keys]
    assert len(keys) == len(set(keys))


def test_every_page_has_a_primary_action_on_enter(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert [name_of(one) for one in drive.all(QPushButton)].count("Continue") == 1
    drive.press(Key.Key_Down)
    assert isinstance(drive.focused, QRadioButton)
    assert isinstance(drive.focused, QWidget)
