"""Notes and new versions, in the window: the record stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton

from ferpa_wizard.core.record import Decision
from ferpa_wizard.desktop.pages.record import RecordPage
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import keep_agreements, seal_one
from tests.desktop.sample_pack import DONE
from tests.desktop.test_questions import in_dialog, press_in


@pytest.fixture
def record(drive: Driver, desk: Desk) -> str:
    """A record on the screen; its number."""
    seal_one(drive, desk)
    number = desk.recent(1)[0].number
    drive.window.go_home()
    drive.window.desk_shell.show_record(number)
    return number


def write(says: str, by: str) -> Callable[[QDialog], None]:
    def act(sheet: QDialog) -> None:
        sheet.findChildren(QPlainTextEdit)[0].setPlainText(says)
        sheet.findChildren(QLineEdit)[0].setText(by)
        press_in(sheet, "Keep")

    return act


def press(drive: Driver, name: str) -> None:
    drive.find(QPushButton, name).click()


def test_a_note_is_kept_and_shown_on_the_record(drive: Driver, desk: Desk, record: str) -> None:
    in_dialog(write("They called back.", "P. Lee"))
    press(drive, "Add a note")
    assert [one.note.says for one in desk.later.notes(record)] == ["They called back."]
    assert drive.sees("They called back.")


def test_an_empty_note_is_not_kept_and_the_sheet_stays(drive: Driver, desk: Desk, record: str) -> None:
    in_dialog(write(" ", "P. Lee"))
    press(drive, "Add a note")
    assert desk.later.notes(record) == []


def test_a_new_version_starts_with_the_same_answers_and_each_leads_to_the_other(
    drive: Driver, desk: Desk, record: str
) -> None:
    press(drive, "Make a new version")
    shell = drive.window.request_shell
    assert shell.request.draft.replaces == record
    new = shell.request.decide(Decision("ask-officer", (), "To be sure.", "R. Osei", second_name="P. Lee")).number
    assert desk.record(new).body["replaces"] == record
    drive.window.go_home()
    drive.window.desk_shell.show_record(record)
    names = [button.text() for button in drive.all(QPushButton, drive.all(RecordPage)[0].later)]
    assert f"Open record {new}" in names and "Make a new version" not in names
    press(drive, f"Open record {new}")
    assert drive.all(QPushButton, drive.all(RecordPage)[0].later)
    press(drive, f"Open record {record}")


@pytest.fixture
def restricted(drive: Driver, desk: Desk) -> str:
    """A record that is kept out of lists, on the screen; its number."""
    request = desk.new(DONE)
    request.note(replace(request.intake, keep_out=True, reference="A-17"))
    number = request.decide(Decision("share-after-steps", (), "Because.", "R. Osei")).number
    drive.window.desk_shell.show_record(number)
    return number


def test_a_new_version_of_a_restricted_record_stays_out_of_lists(drive: Driver, desk: Desk, restricted: str) -> None:
    press(drive, "Make a new version")
    request = drive.window.request_shell.request
    assert request.restricted
    assert request.intake.reference == "A-17"
    request.decide(Decision("share-after-steps", (), "Because.", "R. Osei"))
    assert desk.recent() == []


@pytest.mark.usefixtures("restricted")
def test_who_notes_something_on_a_restricted_record_is_not_remembered(drive: Driver, desk: Desk) -> None:
    in_dialog(write("Private.", "Secret Nurse"))
    press(drive, "Add a note")
    assert drive.sees("Private.")
    assert drive.window._memory.kept.people == ()


def test_who_notes_something_on_any_other_is_remembered(drive: Driver, record: str) -> None:
    in_dialog(write("They called back.", "P. Lee"))
    press(drive, "Add a note")
    assert ("P. Lee", "") in drive.window._memory.kept.people


@pytest.mark.parametrize("keeps", [True, False])
def test_the_focus_is_on_the_button_again_after_the_sheet(*, keeps: bool, drive: Driver, record: str) -> None:
    drive.tab_to(QPushButton, "Add a note")
    in_dialog(write("They called back.", "P. Lee") if keeps else QDialog.reject)
    drive.press(Key.Key_Space)
    drive.window.activateWindow()  # as a window system does when a sheet closes
    settle()
    assert name_of(drive.focused) == "Add a note"
    drive.press(Key.Key_Tab)
    assert name_of(drive.focused) == "Make a new version"


def test_what_is_started_again_goes_on_under_the_agreement_of_the_record(drive: Driver, desk: Desk) -> None:
    keep_agreements(desk)
    agreement = desk.agreements.find("bright-path")
    assert agreement is not None
    request = desk.new(agreement=agreement.id)
    while request.ask is not None:
        request.answer(DONE[request.ask.id])
    number = request.decide(Decision("ask-officer", (), "Because.", "R. Osei", second_name="P. Lee")).number
    drive.window.start_again(number)
    assert drive.window.request_shell.request.agreement == agreement
