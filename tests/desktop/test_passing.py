"""Pass a request on from its result or its decision, and open one that was passed on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton

from ferpa_wizard.core.determination import JudgeLine
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.desktop.controls.rows import FactRow
from ferpa_wizard.desktop.passing import PassedSheet, PassSheet
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.waiting import wait
from tests.desktop.driving import Driver, Key, name_of, settle, takes_tab
from tests.desktop.pages import SECOND, carry_on, draft, kept, passed_on
from tests.desktop.sample_pack import DONE
from tests.desktop.test_questions import in_dialog, press_in

PASS, OPEN = "Pass this on", "Open a request that was passed on"
FILE = "passed-on-request.json"


def lines(sheet: QDialog) -> list[str]:
    return [name_of(row) for row in sheet.findChildren(FactRow) if row.isVisible()]


def says(sheet: QDialog) -> str:
    return " ".join([*(label.text() for label in sheet.findChildren(QLabel) if label.isVisible()), *lines(sheet)])


def seen(drive: Driver) -> tuple[list[str], str]:
    """What the sheet shows that passes the request on: its rows, and all of it."""
    found: list[tuple[list[str], str]] = []

    def look(sheet: QDialog) -> None:
        assert isinstance(sheet, PassSheet)
        found.append((lines(sheet), says(sheet)))
        press_in(sheet, "Close")

    in_dialog(look)
    drive.find(QPushButton, PASS).click()
    come_back(drive)
    return found[0]


def come_back(drive: Driver) -> None:
    """Once a dialog closes the window is active again; a desktop does that by itself."""
    drive.window.activateWindow()
    settle()


def save_as(name: str) -> None:
    """Once the sheet is up, name who passes it on and save, by keys alone."""

    def fill(sheet: QDialog) -> None:
        drive = Driver(sheet)  # type: ignore[arg-type] # a sheet is driven as a window is
        settle()
        drive.tab_to(QLineEdit, "Your name")
        drive.write(name)
        drive.press(Key.Key_Return)
        if QApplication.activeModalWidget() is sheet:  # it was refused
            press_in(sheet, "Close")

    in_dialog(fill)


def pass_it_on(drive: Driver, name: str = "R. Osei") -> None:
    drive.tab_to(QPushButton, PASS)
    save_as(name)
    drive.press(Key.Key_Return)
    come_back(drive)


def open_it(drive: Driver, button: str = "Open it") -> str:
    """Open the file from Home; what the sheet said of it."""
    said: list[str] = []

    def look(sheet: QDialog) -> None:
        assert isinstance(sheet, PassedSheet)
        said.append(says(sheet))
        press_in(sheet, button)

    drive.window.go_home()
    drive.tab_to(QPushButton, OPEN)
    in_dialog(look)
    drive.press(Key.Key_Return)
    return said[0]


def test_a_request_is_passed_on_and_opened_by_keys_alone(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    carry_on(drive, desk, DONE)
    first = desk.drafts()[0].id
    pass_it_on(drive)
    assert (tmp_path / FILE).is_file()
    assert drive.sees(FILE)
    said = open_it(drive)
    assert "R. Osei" in said
    assert "Hill School" in said
    assert drive.title.startswith("FERPA allows this, after 2 steps")
    assert kept(desk) == DONE
    assert {row.id for row in desk.drafts()} > {first}
    assert any("R. Osei" in name_of(row) for row in drive.all(FactRow))  # stands on the result, too


def test_a_file_that_is_not_wanted_after_all_makes_no_draft(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    pass_it_on(drive)
    open_it(drive, "Cancel")
    assert drive.title.startswith("Home")
    assert len(desk.drafts()) == 1


def test_it_is_passed_on_from_the_decision_as_well_and_lands_there_if_one_waits(drive: Driver, desk: Desk) -> None:
    request = desk.open_draft(draft(desk, DONE))
    wait(request, SECOND)
    drive.window.carry_on(request.id)
    assert drive.title.startswith("What did you decide?")
    pass_it_on(drive)
    open_it(drive)
    assert drive.title.startswith("What did you decide?")
    drive.find(QLineEdit, "Name of who agreed").setText("J. Moreau")
    drive.find(QPushButton, "Save the decision").click()
    assert drive.title.startswith("Decision saved")


def test_without_a_name_nothing_is_written(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    carry_on(drive, desk, DONE)
    pass_it_on(drive, "")
    assert not (tmp_path / FILE).exists()


def test_the_people_of_the_profile_are_shown_with_their_phones(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    rows, _ = seen(drive)
    assert "J. Moreau" in rows[0]
    assert "555-0102" in rows[0]
    assert "555-0101" in rows[1]


def test_whoever_has_to_judge_comes_first(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    request = drive.window.request_shell.request
    request._so_far = replace(request.so_far, judge=JudgeLine("The privacy officer", "it is safe"))
    rows, everything = seen(drive)
    assert "R. Osei" in rows[0]
    assert "it is safe" in everything
    request._so_far = replace(request.so_far, judge=JudgeLine("The writer of the notes", "it is safe"))
    assert "The writer of the notes" in seen(drive)[1]  # nobody in the profile has this role


def test_the_script_for_whoever_asked_is_one_press_away(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    counts: list[int] = []

    def look(sheet: QDialog) -> None:
        counts.append(len(lines(sheet)))
        press_in(sheet, "What to say to whoever asked")
        settle()
        counts.append(len(lines(sheet)))
        press_in(sheet, "Close")

    in_dialog(look)
    drive.find(QPushButton, PASS).click()
    assert counts[1] - counts[0] == 4


def test_with_nobody_in_the_profile_it_says_how_to_add_them_and_still_saves(
    drive: Driver, desk: Desk, tmp_path: Path
) -> None:
    desk.__dict__["_rules"] = (desk.pack, NO_PROFILE)
    carry_on(drive, desk, DONE)
    assert "people" in seen(drive)[1]
    pass_it_on(drive)
    assert (tmp_path / FILE).is_file()


def test_a_restricted_request_goes_with_a_warning_and_without_its_title(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    open_title = drive.window.request_shell.request.title
    _, before = seen(drive)
    drive.window.request_shell.request.note(Intake(keep_out=True))
    rows, after = seen(drive)
    assert open_title in before
    assert open_title not in after
    assert len(rows) == 5  # one more: the warning
    pass_it_on(drive)
    assert open_title not in open_it(drive, "Cancel")


def test_a_result_that_differs_here_is_told_before_and_after_opening(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    carry_on(drive, desk, DONE)
    pass_it_on(drive)
    stored = json.loads((tmp_path / FILE).read_text())
    stored["draft"]["passed_on"]["found"]["label"] = "Something else"
    stored["draft"]["answers"]["no-such-question"] = "x"
    (tmp_path / FILE).write_text(json.dumps(stored))
    said = open_it(drive)
    assert "“Something else”" in said
    assert "1 answer" in said
    assert any("“Something else”" in name_of(row) for row in drive.all(FactRow))


def test_a_file_that_is_none_is_told_and_home_stays(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    for data in (b"{", b"\0"):
        (tmp_path / FILE).write_bytes(data)
        drive.find(QPushButton, OPEN).click()
        assert drive.title.startswith("Home")
        assert drive.sees(FILE)
    assert desk.drafts() == []


def test_every_control_of_both_sheets_has_a_name_and_tab_comes_round(drive: Driver, desk: Desk) -> None:
    drive.window._memory.sealed("Pat Lee", "front office")
    drive.window._memory.sealed("R. Osei", "registrar")
    request = passed_on(desk)
    drive.window.carry_on(request.id)
    checked: list[str] = []

    def look(sheet: QDialog) -> None:
        inside = Driver(sheet)  # type: ignore[arg-type] # a sheet is driven as a window is
        settle()
        ring = list(inside.tab_ring())
        assert all(name_of(stop) for stop in ring)
        assert {stop for stop in inside.tab_stops() if takes_tab(stop)} == set(ring)
        checked.append(type(sheet).__name__)
        sheet.reject()

    in_dialog(look)
    drive.find(QPushButton, PASS).click()
    assert checked == ["PassSheet"]
