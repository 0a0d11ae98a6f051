"""Packets on the page of data items: one press ticks, and can be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QPushButton

from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of
from tests.desktop.pages import kept, show
from tests.desktop.test_accessibility import cut_texts

PACKET = "Report card"


def ticked(drive: Driver) -> list[str]:
    return [name_of(box) for box in drive.all(QCheckBox) if box.isChecked()]


def test_a_packet_adds_to_what_is_ticked_and_becomes_the_answer(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "items")
    drive.find(QCheckBox, "Home address").click()
    drive.tab_to(QPushButton, PACKET)
    drive.press(Key.Key_Space)
    assert ticked(drive) == ["Name", "Home address", "Grades", "Attendance"]
    assert drive.sees("3 items ticked")
    assert name_of(drive.focused) == PACKET
    drive.find(QPushButton, "Continue").click()
    assert kept(desk)["items"] == ("name", "address", "grades", "attendance")


def test_taking_it_back_leaves_what_was_ticked_before(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "items")
    drive.find(QCheckBox, "Grades").click()
    drive.find(QPushButton, PACKET).click()
    assert drive.sees("2 items ticked")
    drive.find(QPushButton, "Undo").click()
    assert ticked(drive) == ["Grades"]
    assert name_of(drive.focused) == PACKET


def test_what_it_says_fits_at_200_percent(drive: Driver, desk: Desk) -> None:
    drive.window.resize(1366, 768)
    drive.window.desk_shell.look.use("light", 200)
    show(drive, desk, "items")
    drive.find(QPushButton, PACKET).click()
    assert not cut_texts(drive)
