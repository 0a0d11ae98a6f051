"""The sheets with fields: what was typed is not lost by Escape or Cancel."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton

from ferpa_wizard.desktop.form_sheet import FormSheet
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of
from tests.desktop.pages import carry_on, keep_agreements, seal_one, stand_one
from tests.desktop.sample_pack import DONE
from tests.desktop.test_questions import in_dialog, press_in

SHEETS = {
    "note": "Add a note",
    "date": "Add a date",
    "stand": "Let this decision stand",
    "agreement": "Change",
    "details": "Details",
}


def opener(drive: Driver, desk: Desk, sheet: str) -> QPushButton:
    """The button that opens the sheet."""
    if sheet == "details":
        carry_on(drive, desk, DONE)
    elif sheet == "agreement":
        keep_agreements(desk)
        drive.window.desk_shell.show_agreement("bright-path")
    elif sheet == "stand":
        number = stand_one(desk)
        desk.standing.end(number, by="R. Osei")
        drive.window.desk_shell.show_record(number)
    else:
        seal_one(drive, desk)
        drive.window.go_home()
        drive.window.desk_shell.show_record("2026-0001")
    return drive.find(QPushButton, SHEETS[sheet])


def escape(sheet: QDialog) -> None:
    QTest.keyClick(sheet.focusWidget(), Key.Key_Escape)


def press_enter(sheet: QDialog) -> None:
    QTest.keyClick(sheet, Key.Key_Return)


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("name", SHEETS)
def test_escape_asks_before_what_was_typed_is_lost(drive: Driver, desk: Desk, name: str) -> None:
    seen: list[bool] = []

    def act(sheet: QDialog) -> None:
        assert isinstance(sheet, FormSheet)
        field = sheet.focusWidget()
        assert isinstance(field, QLineEdit | QPlainTextEdit)
        QTest.keyClicks(field, "Oak")
        typed = text_of(field)
        in_dialog(press_enter)
        escape(sheet)
        seen.append(sheet.isVisible() and text_of(field) == typed)
        in_dialog(lambda asked: press_in(asked, "Close without keeping it"))
        press_in(sheet, "Cancel")
        seen.append(not sheet.isVisible())

    in_dialog(act)
    opener(drive, desk, name).click()
    assert seen == [True, True]


@pytest.mark.parametrize(("name", "tick"), [("details", "Keep this request out of lists"), ("date", "It is done")])
def test_a_tick_counts_as_typed(drive: Driver, desk: Desk, name: str, tick: str) -> None:
    seen: list[bool] = []

    def act(sheet: QDialog) -> None:
        next(box for box in sheet.findChildren(QCheckBox) if name_of(box) == tick).click()
        in_dialog(press_enter)
        escape(sheet)
        seen.append(sheet.isVisible())

    in_dialog(act)
    opener(drive, desk, name).click()
    assert seen == [True]
