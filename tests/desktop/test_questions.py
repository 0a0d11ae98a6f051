"""Answering, going back, changing, undoing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from ferpa_wizard.desktop.controls.rows import PressRow
from ferpa_wizard.desktop.rail import THIS
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, on_window
from tests.desktop.pages import carry_on, kept
from tests.desktop.sample_pack import DONE, MARKUP, TUTORING

PANEL = "What this means so far"


def in_dialog(act: Callable[[QDialog], None]) -> None:
    """Do this once the next dialog is open; the dialog is closed whatever happens in it."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if not isinstance(found, QDialog):
            return
        clock.stop()
        try:
            act(found)
        finally:
            if found.isVisible():
                found.done(QDialog.DialogCode.Rejected)  # asks nothing

    clock = QTimer(QApplication.instance())
    clock.timeout.connect(look)
    clock.start(5)


def press_in(dialog: QDialog, name: str) -> None:
    next(one for one in dialog.findChildren(QPushButton) if name_of(one) == name).click()


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


# -- no answer yet ---------------------------------------------------------------------------


def test_continue_without_an_answer_says_what_to_do_and_takes_the_focus(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    continue_button = drive.find(QPushButton, "Continue")
    assert continue_button.isEnabled()
    continue_button.click()
    assert drive.title.startswith("Error: Who wants the records?")
    assert name_of(drive.focused).startswith("There is a problem. Choose one answer to go on.")


def test_a_line_of_the_problems_leads_to_its_field_and_keeps_what_was_typed(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, {**TUTORING, "purpose": "research"})
    for text in ("2", "31", "2027"):
        drive.press(Key.Key_Tab)
        drive.write(text)
    drive.press(Key.Key_Return)
    sentence = "Write a day that exists: month, day, and a year with four digits."
    assert drive.title.startswith("Error:")
    drive.find(QPushButton, sentence).click()
    assert name_of(drive.focused) == "Month"
    typed = [drive.find(QLineEdit, name).text() for name in ("Month", "Day", "Year")]
    assert typed == ["2", "31", "2027"]
    drive.find(QLineEdit, "Day").setText("28")
    drive.press(Key.Key_Return)
    assert kept(desk)["until"] == "2027-02-28"
    assert not drive.title.startswith("Error:")


def test_the_error_goes_away_with_a_good_answer(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    drive.press(Key.Key_Return, Key.Key_1, Key.Key_Return)
    assert drive.title.startswith("Does it work for the school?")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Error:")
    drive.answer(2)
    assert drive.title.startswith("Which students is this about?")


# -- back and change -------------------------------------------------------------------------


def test_back_keeps_the_answer_and_chooses_it_again(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    drive.answer(2)
    drive.find(QPushButton, "Back").click()
    assert drive.title.startswith("Who wants the records?")
    assert drive.chosen() == "The press"
    assert name_of(drive.focused) == "The press"


def test_nothing_is_chosen_before_a_person_chooses(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert drive.chosen() == ""


def test_a_change_without_effect_returns_to_the_page_that_was_left(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_R, ctrl=True)
    drive.find(QPushButton, "Change: Does your school control how the group uses these records?").click()
    drive.answer(1)
    assert drive.title.startswith("Check your answers")
    drive.press(Key.Key_Return)
    drive.find(QPushButton, "Does it work for the school? Yes, it gives a service. Change this answer").click()
    drive.answer(1)
    assert drive.find(QPushButton, "Record a decision").isVisible()


def test_back_from_a_change_returns_without_changing(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_R, ctrl=True)
    drive.find(QPushButton, "Change: What is it for?").click()
    drive.press(Key.Key_Left, alt=True)
    assert drive.title.startswith("Check your answers")
    assert kept(desk) == DONE


def test_a_change_that_drops_answers_lists_exactly_those_first(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.window.request_shell.edit("purpose")
    seen: list[str] = []

    def look_and_keep(dialog: QDialog) -> None:
        seen.append(words_of(dialog))
        drive.press(Key.Key_Return)  # the default keeps the answer

    in_dialog(look_and_keep)
    drive.answer(2)
    assert "After-school tutoring  →  Research" in seen[0]
    assert "2 later answers no longer fit:" in seen[0]
    assert "Does your school control how the group uses these records? Yes, but not in writing" in seen[0]
    assert "Which data do they need" not in seen[0]
    assert kept(desk) == DONE
    assert drive.chosen() == "After-school tutoring"


def test_a_change_that_is_wanted_asks_only_what_is_new(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.window.request_shell.edit("purpose")
    in_dialog(lambda dialog: press_in(dialog, "Change it"))
    drive.answer(2)
    assert drive.title.startswith("Until when do they need the records?")


def test_undo_and_redo_say_what_they_did(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    drive.answer(2, 1)
    drive.press(Key.Key_Z, ctrl=True)
    assert drive.title.startswith("Which students is this about?")
    assert drive.sees("Undone: Answer to")
    drive.press(Key.Key_Z, ctrl=True, shift=True)
    assert drive.title.startswith("Which data do they need")
    drive.press(Key.Key_Z, ctrl=True)
    drive.press(Key.Key_Z, ctrl=True)
    drive.press(Key.Key_Z, ctrl=True)
    assert drive.sees("There is nothing to undo.")


# -- panel and rail --------------------------------------------------------------------------


def panel_says(drive: Driver) -> str:
    panel = next(one for one in drive.all(QLabel) if one.text() == PANEL).parentWidget()
    assert panel is not None
    around = panel.parentWidget()
    assert around is not None
    rows = [name_of(one) for one in drive.all(QPushButton, around)]
    return words_of(around) + " ".join(rows)


def test_the_panel_changes_on_continue_and_not_before(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    drive.find(QPushButton, "Show the ways").click()
    before = panel_says(drive)
    drive.find(QRadioButton, "A community group").setFocus()
    drive.press(Key.Key_1)
    drive.press(Key.Key_Down)
    drive.press(Key.Key_1)
    assert panel_says(drive) == before
    drive.press(Key.Key_Return)
    assert "Way 1 for the press. It is not the press that asks." in panel_says(drive)


def test_what_is_ruled_out_leads_to_the_answer_that_did_it(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, TUTORING)
    drive.find(QPushButton, "Show the ways").click()
    drive.find(QPushButton, "Show 2 more").click()
    drive.find(QPushButton, "Studies. You said it is not for research. Change this answer").click()
    assert drive.title.startswith("What is it for?")


def test_the_panel_is_one_line_until_it_is_opened_and_stays_as_it_was_left(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert not drive.sees("Still possible")
    drive.find(QPushButton, "Show the ways").click()
    assert drive.sees("Still possible")
    assert name_of(drive.focused) == "Hide the ways"
    drive.window.go_home()
    drive.press(Key.Key_N, ctrl=True)
    assert drive.sees("Still possible")
    drive.find(QPushButton, "Hide the ways").click()
    assert not drive.sees("Still possible")


def test_a_row_of_the_rail_opens_its_question(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, TUTORING)
    drive.find(QPushButton, "Which students is this about? A few named students. Change this answer").click()
    assert drive.chosen() == "A few named students"


def test_the_question_that_is_open_is_seen_in_the_rail(drive: Driver, desk: Desk) -> None:
    drive.window.resize(1100, 420)
    carry_on(drive, desk, TUTORING)
    for digit in (2, 1):
        row = next(one for one in drive.all(PressRow) if THIS in name_of(one))
        assert on_window(row).bottom() < on_window(drive.find(QPushButton, "Check all answers")).top()
        drive.answer(digit)


# -- kinds of question -----------------------------------------------------------------------


def test_none_of_these_clears_the_ticks_and_a_tick_clears_it(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, {**TUTORING, "control": "spoken"})
    limits = drive.find(QCheckBox, "They know the limits: only this job, not passed on")
    none = drive.find(QCheckBox, "None of these yet")
    drive.press(Key.Key_2, Key.Key_3)
    assert none.isChecked()
    assert not limits.isChecked()
    drive.press(Key.Key_2)
    assert limits.isChecked()
    assert not none.isChecked()
    drive.press(Key.Key_2, Key.Key_Return)
    assert drive.title.startswith("Error:")
    drive.press(Key.Key_Tab)
    drive.find(QCheckBox, "None of these yet").click()
    drive.find(QPushButton, "Continue").click()
    assert kept(desk)["papers-provider"] == ()


def test_search_finds_items_and_forgets_no_tick(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, {"requester": "press", "students": "few"})
    drive.find(QCheckBox, "Grades").click()
    drive.press(Key.Key_Tab)
    drive.find(QLineEdit, "Find a data item").setFocus()
    drive.write("meal")
    assert [name_of(one) for one in drive.all(QCheckBox)] == ["Meal status"]
    drive.find(QCheckBox, "Meal status").click()
    drive.find(QLineEdit, "Find a data item").setText("no such thing")
    assert drive.sees("No data item has these words.")
    drive.press(Key.Key_Return)
    assert set(kept(desk)["items"]) == {"grades", "meal"}


def test_items_say_what_guards_them(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, {"requester": "press", "students": "few"})
    said = {name_of(one): one.accessibleDescription() for one in drive.all(QCheckBox)}
    assert said["Name"] == "Directory"
    assert said["Meal status"] == "Other law"
    assert said["Section 504 plan"] == "Sensitive"
    assert said["Grades"] == ""


def test_markup_in_an_option_is_shown_as_it_is(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert name_of(drive.find(QRadioButton, MARKUP)) == MARKUP
    drive.press(Key.Key_3, Key.Key_Return)
    assert drive.find(QPushButton, f"Who wants the records? {MARKUP}. Change this answer").isEnabled()
