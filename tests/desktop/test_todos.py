"""What is left to do: on the record, right after sealing, and in its sheet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPushButton

from ferpa_wizard.core.todo import Todo
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.rows import ListRow, PressRow
from ferpa_wizard.desktop.pages import todo_card
from ferpa_wizard.desktop.pages.record import RecordPage
from ferpa_wizard.desktop.pages.todo_card import DueCard
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of
from tests.desktop.pages import seal_one
from tests.desktop.test_questions import in_dialog, press_in

NUMBER = "2026-0001"


def open_record(drive: Driver, desk: Desk) -> RecordPage:
    seal_one(drive, desk)
    drive.window.go_home()
    drive.window.desk_shell.show_record(NUMBER)
    (page,) = drive.all(RecordPage)
    return page


def fill(values: dict[str, str], *, done: bool = False) -> Callable[[QDialog], None]:
    """Fill the fields of the sheet and keep them."""

    def act(sheet: QDialog) -> None:
        fields = {name_of(field): field for field in sheet.findChildren(QLineEdit)}
        for name, value in values.items():
            fields[name].setText(value)
        if done:
            sheet.findChildren(QCheckBox)[0].setChecked(True)
        press_in(sheet, "Keep")

    return act


def rows(drive: Driver, page: RecordPage) -> list[str]:
    return [name_of(row) for row in drive.all(PressRow, page.todos)]


def own(desk: Desk) -> list[Todo]:
    return [todo for todo in desk.todos.of(NUMBER) if todo.id.startswith("own-")]


def test_a_date_is_added_by_a_person(drive: Driver, desk: Desk) -> None:
    page = open_record(drive, desk)
    in_dialog(fill({"What is due": "The agreement ends", "By which day": "2027-06-30", "Who does it": "Ms. Ode"}))
    drive.find(QPushButton, "Add a date").click()
    assert own(desk) == [Todo(NUMBER, "own-1", "The agreement ends", "Ms. Ode", "2027-06-30")]
    (said,) = [name for name in rows(drive, page) if "The agreement ends" in name]
    assert "Ms. Ode" in said and "Jun 30, 2027" in said


def test_one_is_marked_as_done_and_says_so(drive: Driver, desk: Desk) -> None:
    page = open_record(drive, desk)
    first = page.todos.findChildren(PressRow)[0]
    in_dialog(fill({}, done=True))
    first.click()
    assert desk.todos.of(NUMBER)[0].done == "2026-11-24"
    assert "done Nov 24, 2026" in rows(drive, page)[0]
    assert name_of(drive.window.focusWidget()) == rows(drive, page)[0]


def test_a_wrong_day_keeps_the_sheet_open(drive: Driver, desk: Desk) -> None:
    open_record(drive, desk)
    in_dialog(fill({"What is due": "The agreement ends", "By which day": "in June"}))
    drive.find(QPushButton, "Add a date").click()
    assert own(desk) == []


def test_what_is_left_to_do_is_there_right_after_sealing(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    names = [name_of(row) for row in drive.all(PressRow)]
    assert [todo.says for todo in desk.todos.of(NUMBER) if not any(todo.says in name for name in names)] == []


def note(desk: Desk, name: str, due: str) -> None:
    desk.todos.note(Todo(NUMBER, f"own-{name}", name, "Ms. Ode", due))


def test_home_lists_what_is_overdue_or_due_soon_and_leads_to_the_record(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    for name, due in (("late", "2026-11-20"), ("soon", "2026-12-08"), ("far", "2026-12-09")):
        note(desk, name, due)
    drive.window.go_home()
    names = [name_of(row) for row in drive.all(ListRow)]
    told = [name for name in names if "2026-0001" in name]
    assert [name.split(".")[0] for name in told if name.split(".")[0] in ("late", "soon", "far")] == ["late", "soon"]
    assert "overdue Nov 20" in told[0]
    drive.find(ListRow, told[0]).click()
    assert drive.all(RecordPage)


def test_more_than_five_are_shown_when_asked_for(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    for place in range(1, 8):
        note(desk, str(place), f"2026-11-{place:02}")
    drive.window.go_home()
    (card,) = drive.all(DueCard)
    assert len(drive.all(ListRow, card)) == 5
    drive.all(QPushButton, card)[-1].click()
    assert len(drive.all(ListRow, card)) > 6


def test_rows_are_made_when_they_are_asked_for(drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todo_card, "AT_ONCE", 4)
    seal_one(drive, desk)
    for place in range(1, 13):
        note(desk, str(place), f"2026-11-{place:02}")
    drive.window.go_home()
    (card,) = drive.all(DueCard)
    every = len(desk.todos.soon())
    assert len(card.findChildren(ListRow)) == 5 < every
    while buttons := drive.all(Button, card):
        before = len(card.findChildren(ListRow))
        buttons[0].setFocus()
        drive.press(Key.Key_Space)
        rows = drive.all(ListRow, card)
        assert len(rows) == min(before + 4, every)
        assert drive.focused is rows[before]
        assert {one for one in drive.tab_ring() if isinstance(one, ListRow)} >= {*rows}
    assert len(drive.all(ListRow, card)) == every


def test_nothing_due_shows_nothing(drive: Driver, desk: Desk) -> None:
    drive.window.go_home()
    assert drive.all(DueCard) == []
