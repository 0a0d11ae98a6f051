"""Themes, text sizes, narrow windows; and what must not leak."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton, QWidget

from ferpa_wizard import paths
from ferpa_wizard.desktop.controls.keyed import Keyed
from ferpa_wizard.desktop.controls.text import COLUMN
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.remember import Kept, Memory
from ferpa_wizard.desktop.tokens import THEMES
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.errors import DraftError
from ferpa_wizard.ledger.own_files import SETTINGS as FILE
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, settle
from tests.desktop.pages import seal_one, show


def picture(window: QWidget) -> QImage:
    settle()
    return window.grab().toImage()


def test_a_switch_of_theme_leaves_no_colour_behind(drive: Driver, desk: Desk) -> None:
    drive.window.desk_shell.go("settings")
    show(drive, desk, "question")
    light = picture(drive.window)
    choose_theme(drive, "Dark")
    show(drive, desk, "question")
    dark = picture(drive.window)
    assert dark != light
    assert dark.pixelColor(600, 600) == QColor(THEMES["dark"]["canvas"])
    choose_theme(drive, "Light")
    show(drive, desk, "question")
    assert picture(drive.window) == light


def test_text_grows_on_the_page_that_is_open(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "question")
    for _ in range(10):
        drive.press(Key.Key_Plus, ctrl=True)
    settle()
    grown = [widget.size() for widget in drive.all(QRadioButton)]
    drive.window.request_shell.edit("control")
    assert [widget.size() for widget in drive.all(QRadioButton)] == grown


def test_a_wide_window_leaves_the_question_narrow_enough_to_read(drive: Driver, desk: Desk) -> None:
    drive.window.resize(1900, 900)
    show(drive, desk, "question")
    assert {option.width() for option in drive.all(QRadioButton)} == {COLUMN}


def test_a_keyed_column_keeps_what_it_has_and_the_order_it_is_told(window: Window) -> None:
    column = Keyed(window.desk_shell.look)

    def show_words(*words: str) -> list[QWidget]:
        column.show_entries([(word, QWidget) for word in words])
        cells = [column.cells.itemAt(place) for place in range(len(words))]
        return [widget for cell in cells if cell is not None and (widget := cell.widget()) is not None]

    first = show_words("a", "b", "c")
    second = show_words("c", "a", "d")
    assert second[:2] == [first[2], first[0]]
    assert second[2] not in first
    column.deleteLater()


def choose_theme(drive: Driver, name: str) -> None:
    drive.window.desk_shell.go("settings")
    drive.window.go_home()
    drive.press(Key.Key_Comma, ctrl=True)
    drive.find(QRadioButton, name).click()


def test_at_1024_by_600_question_options_and_continue_are_in_view(drive: Driver, desk: Desk) -> None:
    drive.window.resize(1024, 600)
    show(drive, desk, "question")
    for widget in (*drive.all(QRadioButton), drive.find(QPushButton, "Continue")):
        assert widget.visibleRegion().boundingRect() == widget.rect()


def test_at_1024_by_600_the_result_shows_verdict_and_first_step(drive: Driver, desk: Desk) -> None:
    drive.window.resize(1024, 600)
    show(drive, desk, "result")
    step = drive.find(QPushButton, "Change the answer: Put your school’s control in writing.")
    assert step.visibleRegion().boundingRect() == step.rect()


def test_narrow_windows_keep_answers_and_ways_behind_buttons(drive: Driver, desk: Desk) -> None:
    drive.window.resize(700, 600)
    show(drive, desk, "question")
    answers = [button for button in drive.all(QPushButton) if button.text().startswith("Your answers (")]
    assert len(answers) == 1
    assert not drive.sees("Your answers")
    answers[0].click()
    assert drive.sees("Your answers")
    drive.find(QPushButton, "2 ways still open").click()
    assert drive.sees("What this means so far")
    assert not drive.sees("Your answers")


def test_text_size_has_bounds_and_is_kept(drive: Driver, desk: Desk, qapp: QApplication) -> None:
    for _ in range(15):
        drive.press(Key.Key_Plus, ctrl=True)
    assert drive.sees("Text size 200 %.")
    drive.press(Key.Key_0, ctrl=True)
    assert drive.sees("Text size 100 %.")
    drive.press(Key.Key_Plus, ctrl=True)
    kept = (desk.home / "window.json").read_text(encoding="utf-8")
    assert '"percent": 110' in kept
    assert "Tutoring" not in kept


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_a_home_that_the_memory_makes_is_for_nobody_else(desk: Desk) -> None:
    Memory(desk.home).keep(theme="dark")
    assert [stat.S_IMODE(one.stat().st_mode) for one in (desk.home, desk.home / FILE)] == [0o700, 0o600]
    assert Memory(desk.home).kept.theme == "dark"


def test_a_damaged_memory_counts_as_none(desk: Desk, qapp: QApplication) -> None:
    desk.home.mkdir()
    for text in ("", "[]", "{", '{"percent": "big", "theme": 3}', "\u0000"):
        (desk.home / "window.json").write_text(text, encoding="utf-8")
        assert Memory(desk.home).kept == Kept()


def test_void_calls_of_qt_drop_no_reference_to_none(qapp: QApplication) -> None:
    # PySide6 6.12 drops one at each call that returns nothing, until Python 3.11 aborts.
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        widget.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 100
    widget.deleteLater()


def test_pages_that_were_left_are_let_go(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "question")
    shell = drive.window.request_shell
    for _ in range(3):
        shell.edit("purpose")
        shell.edit("control")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    few = len(shell.findChildren(QWidget))
    for _ in range(10):
        shell.edit("purpose")
        shell.edit("control")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(shell.findChildren(QWidget)) == few


def test_a_look_without_its_fonts_falls_back(qapp: QApplication, tmp_path: Path) -> None:
    look = Look(qapp, tmp_path)
    look.use("light", 100)
    assert look.font("body").pixelSize() == 15
    Look(qapp, paths.data() / "resources").use("light", 100)


def test_a_failure_is_told_calmly_and_logged(window: Window, drive: Driver, caplog: pytest.LogCaptureFixture) -> None:
    from PySide6.QtCore import Qt

    from ferpa_wizard.desktop.failures import Failures

    failures = Failures()
    failures.happened.connect(window.tell, Qt.ConnectionType.QueuedConnection)
    failures.watch()
    try:
        sys.excepthook(ValueError, ValueError("student Ann <b>"), None)
    finally:
        failures.unwatch()
    assert drive.sees("Something in this program did not work. Your answers are saved.")
    assert "uncaught" in caplog.text
    assert not drive.sees("Ann")
    caplog.clear()


def refuse(_drafts: Drafts, _draft: object) -> None:
    raise DraftError(Path("draft"), "The disk with draft is full.")


def test_saved_state_is_in_the_header(drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    show(drive, desk, "question")
    assert any(label.text().startswith("Draft saved ") for label in drive.all(QLabel))
    monkeypatch.setattr(Drafts, "save", refuse)
    drive.answer(1)
    assert drive.sees("The disk with draft is full.")


def test_sealing_shows_number_and_seal(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    assert drive.sees("Record 2026-0001")
    assert drive.sees(desk.record("2026-0001").seal[:8])
