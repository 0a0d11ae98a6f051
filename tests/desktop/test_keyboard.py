"""Everything can be done without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from ferpa_wizard.desktop.actions import ACTIONS
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import carry_on, show, stand_one
from tests.desktop.sample_pack import DONE, TUTORING


def test_from_home_to_a_saved_record_by_keys_alone(drive: Driver, desk: Desk) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert drive.title.startswith("Who wants the records?")
    drive.answer(1, 1, 2)
    drive.press(*[Key.Key_Tab] * 3, Key.Key_Space)  # past the search and the packet
    drive.press(*[Key.Key_Tab] * 3, Key.Key_Space, Key.Key_Return)
    assert drive.title.startswith("What is it for?")
    drive.answer(1, 2, 1)
    assert drive.title.startswith("Check your answers")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("FERPA allows this, after 2 steps")
    drive.press(Key.Key_Return)
    drive.press(Key.Key_2)
    drive.tab_to(QLineEdit, "Your name")
    drive.write("R. Osei")
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


def test_a_digit_typed_in_a_field_chooses_nothing(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return)
    drive.tab_to(QLineEdit, "Your name")
    drive.write("2")
    assert drive.chosen() == ""


def test_alt_left_goes_back_and_f1_opens_how_to_find_out(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, TUTORING)
    drive.press(Key.Key_F1)
    assert name_of(drive.focused) == "How to find out"
    assert drive.sees("Look for a contract or a data sharing form.")
    drive.press(Key.Key_Left, alt=True)
    assert drive.title.startswith("What is it for?")


def test_f6_goes_round_the_parts_of_the_window(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, TUTORING)
    visited = []
    for _ in range(6):
        drive.press(Key.Key_F6)
        visited.append(name_of(drive.focused))
    assert len(set(visited[:5])) == 5
    assert visited[5] == visited[0]
    drive.press(Key.Key_F6, shift=True)
    assert name_of(drive.focused) == visited[4]


def test_arrows_move_through_ticks_and_facts(drive: Driver, desk: Desk) -> None:
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


def test_a_key_right_after_tab_takes_the_place_of_what_stood_in_the_field(drive: Driver, desk: Desk) -> None:
    drive.window.desk_shell.show_uses(stand_one(desk))
    day = drive.find(QLineEdit, "Day")
    drive.find(QLineEdit, "File number").setFocus()
    QTest.keyClick(drive.focused, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert drive.focused is day
    QTest.keyClick(day, Key.Key_2)  # before the event loop had its turn
    settle()
    drive.write("026-01-31")
    assert day.text() == "2026-01-31"
