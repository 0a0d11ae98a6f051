"""Settings that the organization set: seen in the window, and changed by nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton

from ferpa_wizard.core.settings import Policy
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from tests.desktop.conftest import opened
from tests.desktop.driving import Driver, Key, name_of
from tests.desktop.test_accessibility import cut_texts


@pytest.fixture
def window(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Window]:
    desk.policy = Policy({"theme": "dark", "text_size": 120, "school": "Lincoln High", "rules_keys": ("k1", "k2")}, "p")
    with opened(qapp, desk, tmp_path) as made:
        yield made


def test_nothing_in_the_window_changes_what_is_set(drive: Driver, desk: Desk) -> None:
    look = drive.window.desk_shell.look
    drive.window.desk_shell.go("settings")
    assert (look.mode, look.percent) == ("dark", 120)
    themes = drive.all(QRadioButton)
    assert [name_of(one) for one in themes if one.isChecked()] == ["Dark"]
    for control in (*themes, drive.find(QPushButton, "Larger text"), drive.find(QPushButton, "Smaller text")):
        assert not control.isEnabled()
        control.click()
    for key in (Key.Key_Plus, Key.Key_Minus, Key.Key_0):
        drive.press(key, ctrl=True)
    for digit in (Key.Key_1, Key.Key_2, Key.Key_4):
        drive.press(digit)
    assert (look.mode, look.percent) == ("dark", 120)
    assert not (desk.home / "window.json").exists()


def test_the_page_names_what_is_set_and_by_whom(drive: Driver) -> None:
    drive.window.desk_shell.go("settings")
    for says in ("Set by your organization", "Lincoln High", "k1, k2"):
        assert drive.sees(says)
    assert cut_texts(drive) == []


def test_the_name_of_the_school_that_is_set_stands_in_its_profile_and_stays(drive: Driver, desk: Desk) -> None:
    drive.window.desk_shell.go("school")
    field = drive.find(QLineEdit, "Name of the school or district")
    assert (field.text(), field.isReadOnly()) == ("Lincoln High", True)
    field.setFocus()
    QTest.keyClicks(field, "Another")
    drive.find(QPushButton, "Save").click()
    assert "Lincoln High" in (desk.home / "profile.yaml").read_text(encoding="utf-8")
