"""Packets on the page of data items: one press ticks, and can be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QPushButton

from ferpa_wizard.desktop.pages.items import ItemsQuestion
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import carry_on, kept, show
from tests.desktop.sample_pack import DONE
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


def undo(drive: Driver, *, again: bool = False) -> list[str]:
    drive.press(Key.Key_Z, ctrl=True, shift=again)
    return ticked(drive)


def test_ticks_are_undone_one_by_one_and_a_packet_as_one_before_the_page_is_left(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    drive.answer(1, 1, 2)
    title = drive.title
    for name in ("Grades", "Home address"):
        drive.find(QCheckBox, name).click()
    drive.find(QPushButton, PACKET).click()
    assert undo(drive) == ["Home address", "Grades"]
    assert undo(drive) == ["Grades"]
    assert undo(drive) == []
    assert drive.title == title
    assert undo(drive, again=True) == ["Grades"]
    assert undo(drive, again=True) == ["Home address", "Grades"]
    drive.find(QCheckBox, "Grades").click()
    assert undo(drive, again=True) == ["Home address"]  # nothing is left to do again
    for _ in range(4):
        undo(drive)
    assert drive.title != title


def test_what_was_answered_before_is_no_tick_to_undo(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.window.request_shell.edit("items")
    title, before = drive.title, ticked(drive)
    assert before
    drive.find(QCheckBox, "Home address").click()
    for _ in range(2):
        assert undo(drive) == before
        assert drive.title == title


def test_none_of_these_is_undone_with_what_it_took_away(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "checklist")
    boxes = drive.all(QCheckBox)
    for box in (*boxes[:2], boxes[-1]):
        box.click()
    assert ticked(drive) == [name_of(boxes[-1])]
    assert undo(drive) == [name_of(box) for box in boxes[:2]]
    boxes[-1].click()
    boxes[0].click()
    assert undo(drive) == [name_of(boxes[-1])]


def test_what_it_says_fits_at_200_percent(drive: Driver, desk: Desk) -> None:
    drive.window.resize(1366, 768)
    drive.window.desk_shell.look.use("light", 200)
    show(drive, desk, "items")
    drive.find(QPushButton, PACKET).click()
    assert not cut_texts(drive)


def test_a_step_that_is_undone_is_one_step(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "checklist")
    boxes = drive.all(QCheckBox)
    for box in (*boxes[:2], boxes[-1]):
        box.click()
    undo(drive)
    assert undo(drive) == [name_of(boxes[0])]
    assert undo(drive) == []


def test_what_was_answered_counts_before_its_rows_are_made_and_is_ticked_in_them(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "items")
    (shown,) = drive.all(ItemsQuestion)
    question = ItemsQuestion(
        shown.look, shown.ask, given=("grades", "meal"), memory=drive.window._memory, style="h1",
        items=desk.pack.items, groups=desk.pack.groups,
    )  # fmt: skip
    assert len(question.findChildren(QCheckBox)) < len(drive.all(QCheckBox))
    assert question.value() == ("grades", "meal")
    question.fill(("meal",))
    assert question.value() == ("meal",)
    question.show()
    settle()
    assert [name_of(box) for box in question.findChildren(QCheckBox) if box.isChecked()] == ["Meal status"]
    assert question.value() == ("meal",)
    question.hide()
