"""The result, the decision, the saved record."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
)  # fmt: skip

from ferpa_wizard.desktop import papers
from ferpa_wizard.desktop.controls.rows import FactRow
from ferpa_wizard.desktop.intake import IntakeSheet
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of
from tests.desktop.pages import carry_on, kept, seal_one, show
from tests.desktop.sample_pack import DONE
from tests.desktop.test_questions import in_dialog, press_in
from tests.desktop.test_todos import fill

REFERENCE = "How will you find this again?"
LAYERS = ("FERPA", "Other federal law", "State law", "District policy", "Practical")


def rows_starting(drive: Driver, *starts: str) -> list[str]:
    every = [label.text() for label in drive.all(QLabel)]
    return [text for start in starts for text in every if text.startswith(f"{start}. ")]


def test_who_says_no_has_five_rows_in_order_and_none_is_green_unasked(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "result")
    places = [
        label.mapTo(drive.window, label.rect().topLeft()).y()
        for name in LAYERS
        for label in drive.all(QLabel)
        if label.text().startswith(f"{name}. ")
    ]
    assert len(places) == 5
    assert places == sorted(places)
    assert rows_starting(drive, "State law") == ["State law. In words. Not covered here"]


def test_the_verdict_takes_the_focus_and_is_read_whole(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "result")
    said = name_of(drive.focused)
    assert said.startswith("You can share grades and name with the community group once 2 things are done")
    assert "Not checked here:" in said


def test_a_step_takes_an_item_off_and_undo_brings_it_back(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "result")
    drive.find(QPushButton, "Remove meal status").click()
    assert drive.title.startswith("FERPA allows this, after 1 step")
    assert "meal" not in kept(desk)["items"]
    drive.find(QPushButton, "Undo").click()
    assert drive.title.startswith("FERPA allows this, after 2 steps")


def test_the_way_back_is_not_offered_in_the_next_request(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "result")
    drive.find(QPushButton, "Remove meal status").click()
    drive.press(Key.Key_N, ctrl=True)
    assert "Undo" not in map(name_of, drive.all(QPushButton))


def test_the_last_step_done_flips_the_verdict(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "result")
    drive.find(QPushButton, "Remove meal status").click()
    drive.find(QPushButton, "Change the answer: Put your school’s control in writing.").click()
    drive.answer(1)
    assert drive.title == "FERPA allows this - FERPA Wizard"


def test_answers_changed_after_the_result_are_in_the_record(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.find(QPushButton, "Remove meal status").click()
    drive.press(Key.Key_Return, Key.Key_2)
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.press(Key.Key_Return)
    assert desk.record("2026-0001").body["changed_after_result"] == ["items"]


def test_an_unsure_fact_leads_to_its_question(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, {**DONE, "control": "unsure"})
    drive.find(QPushButton, "Answer it: Does your school control how the group uses these records?").click()
    assert drive.chosen() == "I am not sure"


def test_how_we_got_here_lists_answers_and_every_basis(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "trail")
    assert name_of(drive.focused) == "How we got here"
    assert rows_starting(drive, "Studies") == [
        "Studies. You said it is not for research. 34 CFR 99.31(a)(6). Ruled out"
    ]


def test_blaming_ferpa_shows_the_correction_and_taking_it_back_hides_it(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "reasons")
    sentence = "FERPA does not stop this."
    assert not drive.sees(sentence)
    drive.find(QCheckBox, "FERPA").click()
    assert drive.sees(sentence)
    drive.find(QCheckBox, "FERPA").click()
    assert not drive.sees(sentence)


def test_both_the_blame_and_its_correction_are_in_the_record(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "reasons")
    drive.find(QCheckBox, "FERPA").click()
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.find(QPlainTextEdit, "In your words").setPlainText("Not without counsel.")
    drive.find(QLineEdit, "Name of who agreed").setText("J. Moreau")
    drive.find(QPushButton, "Save the decision").click()
    decision: Any = desk.record("2026-0001").body["decision"]
    assert decision["reasons"] == ["ferpa"]
    assert decision["correction"] == "FERPA does not stop this."


@pytest.mark.parametrize(
    "keys", [{"alt": Key.Key_Left}, {"ctrl": Key.Key_R}, {"ctrl": Key.Key_W}, {"ctrl": Key.Key_L}, {"ctrl": Key.Key_N}]
)
def test_a_decision_that_was_begun_is_there_again(drive: Driver, desk: Desk, keys: dict[str, Qt.Key]) -> None:
    show(drive, desk, "reasons")
    draft = drive.window.request_shell.request.id
    drive.find(QCheckBox, "Practical").click()
    typed = {"Your name": "R. Osei", REFERENCE: "A-17", "Name of who agreed": "J. Moreau"}
    for name, text in typed.items():
        drive.find(QLineEdit, name).setText(text)
    drive.find(QPlainTextEdit, "In your words").setPlainText("Too much work now.")
    for held, key in keys.items():
        drive.press(key, **{held: True})
    assert not drive.title.startswith("What did you decide?")
    drive.window.carry_on(draft)
    drive.find(QPushButton, "Record a decision").click()
    assert drive.chosen() == "Do not share"
    assert drive.find(QCheckBox, "Practical").isChecked()
    assert {name: drive.find(QLineEdit, name).text() for name in typed} == typed
    assert drive.find(QPlainTextEdit, "In your words").toPlainText() == "Too much work now."


def test_a_reference_noted_after_the_page_was_left_is_the_one_that_counts(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "decision")
    drive.find(QLineEdit, REFERENCE).setText("B-2")
    drive.find(QPushButton, "Back").click()
    drive.find(QPushButton, "Record a decision").click()
    assert drive.find(QLineEdit, REFERENCE).text() == "B-2"
    drive.find(QPushButton, "Back").click()
    in_dialog(fill({"File or ticket number": "A-17"}))
    drive.find(QPushButton, "Details").click()
    drive.find(QPushButton, "Record a decision").click()
    assert drive.find(QLineEdit, REFERENCE).text() == "A-17"


def test_undo_does_not_lead_away_from_a_decision(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, {name: answer for name, answer in DONE.items() if name != "papers-provider"})
    drive.press(Key.Key_1, Key.Key_2, Key.Key_Return, Key.Key_Return)
    drive.find(QPushButton, "Record a decision").click()
    before = kept(desk)
    drive.find(QPlainTextEdit, "In your words").setPlainText("Too much work now.")
    drive.find(QPushButton, "Save the decision").setFocus()
    drive.press(Key.Key_Z, ctrl=True)
    assert drive.title.startswith("What did you decide?")
    assert kept(desk) == before


def test_a_reference_noted_meanwhile_in_the_details_is_in_the_record(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "decision")
    drive.find(QLineEdit, REFERENCE).setText("B-2")
    in_dialog(fill({"Who asks": "Library"}))
    drive.find(QPushButton, "Details").click()
    assert drive.find(QLineEdit, REFERENCE).text() == "B-2"
    in_dialog(fill({"File or ticket number": "A-17"}))
    drive.find(QPushButton, "Details").click()
    assert drive.find(QLineEdit, REFERENCE).text() == "A-17"
    drive.find(QRadioButton, "Share after the steps").click()
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.find(QPushButton, "Save the decision").click()
    request: Any = desk.record("2026-0001").body["request"]
    assert request["reference"] == "A-17"


def test_a_reference_that_is_too_long_is_told_at_its_field_and_nothing_is_sealed(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "decision")
    drive.press(Key.Key_2)
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    reference = drive.find(QLineEdit, REFERENCE)
    reference.setText("T" * 300)
    drive.find(QPushButton, "Save the decision").click()
    assert desk.recent() == []
    assert drive.title.startswith("Error: What did you decide?")
    said = reference.accessibleDescription()
    drive.find(QPushButton, said).click()
    assert drive.focused is reference
    reference.setText("T" * 30)
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved")


def test_what_a_decision_lacks_is_listed_and_nothing_is_lost(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "reasons")
    drive.find(QPlainTextEdit, "In your words").setPlainText("Too much work now.")
    drive.find(QPushButton, "Save the decision").click()
    assert drive.title.startswith("Error: What did you decide?")
    drive.find(QPushButton, "Tick the real reason. More than one may hold.").click()
    assert name_of(drive.focused) == "FERPA"
    drive.find(QPushButton, "Name the person who decided.").click()
    assert name_of(drive.focused) == "Your name"
    assert drive.find(QPlainTextEdit, "In your words").toPlainText() == "Too much work now."
    assert drive.chosen() == "Do not share"
    assert not desk.recent()


def test_reasons_are_asked_only_when_it_is_a_no(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "decision")
    assert not drive.all(QCheckBox)
    drive.press(Key.Key_3)
    assert len(drive.all(QCheckBox)) == 5
    drive.press(Key.Key_2)
    assert not drive.all(QCheckBox)


def test_a_choice_that_differs_says_so_beforehand(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "decision")
    assert drive.find(QRadioButton, "Share now").accessibleDescription().startswith("This differs from the result.")
    assert drive.find(QRadioButton, "Share after the steps").accessibleDescription() == ""


def test_name_and_role_are_remembered_for_the_next_decision(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return)
    assert drive.find(QRadioButton, "R. Osei").isChecked()


def test_papers_are_written_where_people_say(
    drive: Driver, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = []

    def write(
        _sealed: object, folder: Path, formats: tuple[str, ...], *, kinds: tuple[str, ...], files: tuple[str, ...],
        home: Path,
    ) -> list[Path]:  # fmt: skip
        assert home == desk.home
        asked.append((folder, formats, kinds, files))
        written = [folder / f"record.{suffix}" for suffix in formats]
        for file in written:
            file.touch()
        return written

    monkeypatch.setattr(papers, "write_papers", write)
    seal_one(drive, desk)
    wanted = ("Decision record", "Entry for", "Web page")
    for tick in drive.all(QCheckBox):
        tick.setChecked(name_of(tick).startswith(wanted))
    drive.find(QPlainTextEdit, "File numbers, if you want a slip for each student").setPlainText("F1, F2\nF1")
    drive.find(QPushButton, "Save to a folder…").click()
    assert drive.sees("Saved 1 file: record.html")
    assert asked == [(tmp_path, ("html",), ("record", "entry"), ("F1", "F2"))]
    assert drive.find(QPushButton, "Open the folder").isEnabled()


def test_papers_without_a_format_are_refused_in_words(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    for name in ("PDF, to print or send", "Web page, for screen readers"):
        drive.find(QCheckBox, name).click()
    drive.find(QPushButton, "Save to a folder…").click()
    assert drive.sees("Tick a form first, like PDF.")


def test_the_papers_are_copied_as_text(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    drive.find(QPushButton, "Copy as text").click()
    assert "2026-0001" in QApplication.clipboard().text()


def test_no_widget_can_change_a_record(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "record")
    assert not drive.all(QLineEdit)
    assert all("File numbers" in name_of(field) for field in drive.all(QPlainTextEdit))  # kept nowhere
    assert drive.sees("Decision: Share after the steps")


def test_effective_sharing_is_asked_only_when_data_is_to_go_and_is_in_the_record(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return, Key.Key_3)
    assert not drive.sees("What will change?")
    drive.press(Key.Key_2)
    drive.find(QLineEdit, "What will change?").setText("Tutors plan the week.")
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.press(Key.Key_Return)
    kept = cast("list[dict[str, object]]", desk.record("2026-0001").body["principles"])
    assert [row["notes"] for row in kept] == [[{"ask": "What will change?", "note": "Tutors plan the week."}]]


def test_details_of_the_request_are_kept_by_keys_alone(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)

    def fill() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, IntakeSheet)
        drive.find(QLineEdit, "Came in on", sheet).setText("1 Nov")
        sheet.submit()
        assert sheet.isVisible()  # a day that cannot be read is refused at its field
        drive.find(QLineEdit, "Came in on", sheet).setText("2026-11-01")
        sheet.submit()

    QTimer.singleShot(0, fill)
    drive.press(Key.Key_I, ctrl=True)
    assert drive.window.request_shell.request.intake.received == "2026-11-01"


def test_a_record_is_looked_at_under_the_rules_of_today(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "record")
    drive.find(QPushButton, "Look at it under today's rules").click()
    assert drive.sees(desk.rerun("2026-0001").says)


def test_text_that_names_a_student_is_questioned_once_and_may_stay(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return, Key.Key_2)
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.find(QPlainTextEdit, "In your words").setPlainText("The mother is at 555-201-7788.")
    drive.press(Key.Key_Return, ctrl=True)
    assert drive.sees("There is a problem")
    assert desk.recent() == []
    drive.press(Key.Key_Return, ctrl=True)
    assert drive.title.startswith("Decision saved")


def test_an_answer_can_be_given_without_a_record(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    in_dialog(lambda sheet: press_in(sheet, "Go on"))
    drive.find(QPushButton, "Answer only, no record").click()
    assert drive.find(QPushButton, "Record a decision").isEnabled()
    in_dialog(lambda sheet: press_in(sheet, "Close without a record"))
    drive.find(QPushButton, "Answer only, no record").click()
    assert drive.title.startswith("Home")
    assert desk.drafts() == [] and desk.recent() == []
    assert desk.verify().count == 1


def test_what_to_say_on_the_phone_is_one_press_from_home(drive: Driver) -> None:
    seen: list[int] = []

    def look(sheet: QDialog) -> None:
        seen.append(len(sheet.findChildren(FactRow)))
        press_in(sheet, "Close")

    in_dialog(look)
    drive.find(QPushButton, "What do I say right now?").click()
    assert seen == [4]
