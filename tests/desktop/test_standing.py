"""Standing decisions in the window: letting one stand, logging uses by keys, what is refused, and the entries."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPushButton

from ferpa_wizard.core.record import Decision
from ferpa_wizard.desktop.controls.rows import ListRow
from ferpa_wizard.desktop.pages.record import RecordPage
from ferpa_wizard.desktop.pages.stand_card import RENEW, StandCard, StandingCard
from ferpa_wizard.desktop.pages.uses import UsesPage
from ferpa_wizard.requests.checking import look_at_papers
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import NEWS, seal_one, stand_one, use_it
from tests.desktop.test_questions import in_dialog, press_in

TODAY = "2026-11-24"


def fill(values: dict[str, str]) -> Callable[[QDialog], None]:
    def act(sheet: QDialog) -> None:
        fields = {name_of(field): field for field in sheet.findChildren(QLineEdit)}
        for name, value in values.items():
            fields[name].setText(value)
        press_in(sheet, "Keep")

    return act


def open_uses(drive: Driver, number: str) -> UsesPage:
    drive.window.desk_shell.show_uses(number)
    (page,) = drive.all(UsesPage)
    return page


def log_by_keys(drive: Driver, file: str, to: str) -> int:
    """The number of actions that one use takes from the empty form."""
    assert name_of(drive.focused) == "File number"
    drive.write(file)
    drive.press(Key.Key_Tab)
    drive.write(to)
    drive.press(Key.Key_Return)
    return 4


def field(drive: Driver, name: str) -> str:
    return drive.find(QLineEdit, name).text()


# Letting a decision stand


@pytest.fixture
def record(drive: Driver, desk: Desk) -> str:
    """A record that may stand, on the screen."""
    number = stand_one(desk)
    desk.standing.end(number, by="R. Osei")
    drive.window.desk_shell.show_record(number)
    return number


def test_a_decision_is_let_stand_from_its_record_and_home_shows_it(drive: Driver, desk: Desk, record: str) -> None:
    in_dialog(fill({"Until which day": "2027-01-31", "Your name": "R. Osei"}))
    drive.find(QPushButton, "Let this decision stand").click()
    (standing,) = desk.standing.every()
    assert (standing.record, standing.until) == (record, "2027-01-31")
    drive.window.go_home()
    (card,) = drive.all(StandingCard)
    drive.find(QPushButton, f"Log a use: {standing.title}", card).click()
    assert drive.all(UsesPage)


def test_a_day_that_is_too_late_keeps_the_sheet_open(drive: Driver, desk: Desk, record: str) -> None:
    in_dialog(fill({"Until which day": "2030-01-31", "Your name": "R. Osei"}))
    drive.find(QPushButton, "Let this decision stand").click()
    assert desk.standing.every() == []


def test_ending_it_can_be_taken_back(drive: Driver, desk: Desk, record: str) -> None:
    desk.standing.stand(record, "2027-01-31", by="R. Osei")
    drive.window.desk_shell.show_record(record)
    drive.tab_to(QPushButton, "End it")
    drive.press(Key.Key_Space)
    assert desk.standing.every() == []
    assert name_of(drive.focused) == "Let this decision stand"
    drive.find(QPushButton, "Undo").click()
    assert [one.record for one in desk.standing.every()] == [record]
    assert "End it" in map(name_of, drive.all(QPushButton))


def test_ending_it_can_be_taken_back_from_another_page(drive: Driver, desk: Desk, record: str) -> None:
    desk.standing.stand(record, "2027-01-31", by="R. Osei")
    drive.window.desk_shell.show_record(record)
    drive.find(QPushButton, "End it").click()
    drive.find(QPushButton, "Home").click()
    assert drive.all(StandingCard) == []
    drive.find(QPushButton, "Undo").click()
    assert [one.record for one in desk.standing.every()] == [record]
    assert drive.title.startswith("Home")
    assert drive.all(StandingCard)


def test_what_shares_only_after_steps_says_why_it_cannot_stand(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    (card,) = drive.all(StandCard)
    assert drive.all(QPushButton, card) == []
    drive.window.go_home()
    drive.window.desk_shell.show_record("2026-0001")
    (card,) = drive.all(StandCard)
    (again,) = drive.all(QPushButton, card)
    again.click()
    assert drive.window.request_shell.request.given("requester") == "group"


def test_a_record_that_shares_nothing_says_nothing_of_it(drive: Driver, desk: Desk) -> None:
    from ferpa_wizard.core.record import Decision

    sealed = desk.new(NEWS).decide(Decision("ask-officer", (), "Because.", "R. Osei", second_name="P. Lee"))
    drive.window.desk_shell.show_record(sealed.number)
    assert drive.all(RecordPage)
    assert drive.all(StandCard) == []


# Logging uses


def test_twenty_uses_take_four_actions_each_and_leave_twenty_entries(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    drive.window._memory.sealed("R. Osei", "")
    before = desk.verify().count
    drive.press(Key.Key_L, ctrl=True)
    actions = [log_by_keys(drive, str(4700 + one), "Oak School") for one in range(20)]
    assert actions == [4] * 20
    assert desk.verify().count == before + 20
    assert desk.verify().ok
    uses = desk.uses.standing(number)
    assert [one.use.file for one in uses] == [str(4700 + one) for one in range(20)]
    assert {(one.use.day, one.use.recipient, one.use.by) for one in uses} == {(TODAY, "Oak School", "R. Osei")}
    assert drive.sees("20 uses logged today")
    assert (field(drive, "File number"), field(drive, "Who got it")) == ("", "")


def test_the_name_is_asked_for_once(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    open_uses(drive, number)
    log_by_keys(drive, "4711", "Oak School")
    assert desk.uses.of(number) == []
    assert name_of(drive.focused) == "Your name"
    drive.write("R. Osei")
    drive.press(Key.Key_Return)
    assert [one.use.by for one in desk.uses.of(number)] == ["R. Osei"]
    log_by_keys(drive, "4712", "Oak School")
    assert len(desk.uses.of(number)) == 2


def test_what_is_missing_is_told_at_its_field_and_nothing_is_lost(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    drive.window._memory.sealed("R. Osei", "")
    open_uses(drive, number)
    drive.write("4711")
    drive.press(Key.Key_Return)
    assert desk.uses.of(number) == []
    assert name_of(drive.focused) == "Who got it"
    assert drive.focused.accessibleDescription()
    drive.write("Oak School")
    drive.press(Key.Key_Return)
    assert [one.use.file for one in desk.uses.of(number)] == ["4711"]


def test_the_last_recipients_are_one_press_away(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    drive.window._memory.sealed("R. Osei", "")
    use_it(desk, number, "4711")
    open_uses(drive, number)
    drive.write("4712")
    drive.find(QPushButton, "Who got it: Oak School").click()
    drive.press(Key.Key_Return)
    assert [one.use.recipient for one in desk.uses.of(number)] == ["Oak School", "Oak School"]


def test_tab_goes_on_as_the_eye_does_after_a_use_was_logged(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    drive.window._memory.sealed("R. Osei", "")
    open_uses(drive, number)
    log_by_keys(drive, "4711", "Oak School")
    ring = [name_of(stop) for stop in drive.tab_ring()]
    at = ring.index("Who got it")
    assert ring[at + 1 : at + 3] == ["Who got it: Oak School", "Log this use"]
    assert ring.index("Log this use") < ring.index("Strike out: file 4711, Oak School") < ring.index("From")


def test_a_use_is_struck_out_at_once_or_from_the_list(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    drive.window._memory.sealed("R. Osei", "")
    use_it(desk, number, "4711")
    open_uses(drive, number)
    log_by_keys(drive, "4712", "Elm School")
    drive.find(QPushButton, "Undo").click()
    assert [one.struck for one in desk.uses.of(number)] == [False, True]
    drive.find(QPushButton, "Strike out: file 4711, Oak School").click()
    assert desk.uses.standing(number) == []
    assert drive.sees("0 uses logged today")
    assert name_of(drive.focused) == "File number"
    assert desk.verify().ok


@pytest.mark.parametrize("again", [False, True])
def test_a_use_is_struck_out_after_its_page_was_left(drive: Driver, desk: Desk, again: bool) -> None:
    number = stand_one(desk)
    drive.window._memory.sealed("R. Osei", "")
    open_uses(drive, number)
    log_by_keys(drive, "4711", "Oak School")
    drive.find(QPushButton, "Home").click()
    if again:
        open_uses(drive, number)
    title = drive.title
    drive.find(QPushButton, "Undo").click()
    assert [one.struck for one in desk.uses.of(number)] == [True]
    assert drive.title == title
    if again:
        assert drive.sees("0 uses")
    else:
        assert [row for row in drive.all(ListRow) if "0 uses" in name_of(row)]
    assert drive.focused.isVisible()


def test_more_than_ten_are_shown_when_asked_for(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    use_it(desk, number, *map(str, range(12)))
    open_uses(drive, number)
    first = "Strike out: file 0, Oak School"
    assert first not in map(name_of, drive.all(QPushButton))
    drive.find(QPushButton, "Show more").click()
    assert first in map(name_of, drive.all(QPushButton))


def test_what_was_ended_says_so_before_anything_is_typed_and_leads_on(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    desk.standing.end(number, by="R. Osei")
    drive.window._memory.sealed("R. Osei", "")
    page = open_uses(drive, number)
    assert page.refused.isVisible()
    drive.tab_to(QLineEdit, "File number")
    log_by_keys(drive, "4711", "Oak School")
    assert desk.uses.of(number) == []
    drive.find(QPushButton, RENEW).click()
    request = drive.window.request_shell.request
    assert {name: request.given(name) for name in NEWS} == dict(NEWS)


def test_what_was_replaced_offers_no_use_and_says_by_which_record(drive: Driver, desk: Desk) -> None:
    number = stand_one(desk)
    newer = desk.new(replaces=number)
    by = Decision("do-not-share", ("district",), "No more.", "R. Osei", second_name="P. Lee")
    said = newer.decide(by).number
    drive.window.go_home()
    settle()
    assert drive.all(StandingCard) == []
    drive.window.desk_shell.show_record(number)
    (card,) = drive.all(StandCard)
    buttons = [button.text() for button in drive.all(QPushButton, card)]
    assert "Log a use" not in buttons and "Let this decision stand" not in buttons
    assert drive.sees(f"Record {said} took the place")
    assert open_uses(drive, number).refused.isVisible()


def test_the_key_asks_which_one_where_several_stand(drive: Driver, desk: Desk) -> None:
    drive.press(Key.Key_L, ctrl=True)
    assert drive.title.startswith("Home")
    first, _ = stand_one(desk), stand_one(desk)
    drive.press(Key.Key_N, ctrl=True)
    drive.press(Key.Key_L, ctrl=True)
    assert drive.title.startswith("Home")
    assert name_of(drive.focused).startswith("Log a use")
    drive.press(Key.Key_Return)
    (page,) = drive.all(UsesPage)
    assert f"Record {first}" in map(name_of, drive.all(QPushButton, page))


# Entries for the students' files


def test_entries_are_written_once_for_the_days_that_were_asked_for(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    number = stand_one(desk)
    use_it(desk, number, "4711", "4712")
    page = open_uses(drive, number)
    assert drive.sees("2 entries to write")
    drive.find(QCheckBox, "Rows for the student system (CSV)").click()
    drive.find(QCheckBox, "PDF, to print or send").click()
    drive.find(QPushButton, "Save to a folder…").click()
    (rows,) = tmp_path.glob("*.csv")
    with rows.open(encoding="utf-8-sig", newline="") as file:
        assert [(row["file"], row["shared on"]) for row in csv.DictReader(file)] == [("4711", TODAY), ("4712", TODAY)]
    assert drive.sees("0 entries to write")
    assert look_at_papers(desk.home, [rows], at=desk.now())[0].state == "issued"
    drive.find(QPushButton, "Save to a folder…", page.entries).click()
    assert list(tmp_path.glob("*.csv")) == [rows]
    drive.find(QCheckBox, "Only uses that were not written out yet").click()
    assert drive.sees("2 entries to write")
    drive.find(QLineEdit, "To").setText("2026-11-23")
    assert drive.sees("0 entries to write")


def test_a_day_that_is_none_is_told_and_nothing_is_written(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    number = stand_one(desk)
    use_it(desk, number, "4711")
    open_uses(drive, number)
    drive.find(QLineEdit, "From").setText("Monday")
    drive.find(QPushButton, "Save to a folder…").click()
    assert list(tmp_path.glob("entry-*")) == []
    assert [one.written for one in desk.uses.of(number)] == [False]


def test_what_cannot_be_used_any_more_has_the_focus_at_first(drive: Driver, desk: Desk, record: str) -> None:
    page = open_uses(drive, record)
    assert page.refused.isAncestorOf(drive.focused)
