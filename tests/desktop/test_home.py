"""Home and the decision log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from ferpa_wizard import paths
from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.desktop.app import open_window
from ferpa_wizard.desktop.log.rows import PLACES, LogRows, Order
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from tests.desktop.conftest import opened
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import damage, draft, seal_one, show
from tests.desktop.sample_pack import DONE, sample_pack
from tests.requests.spoiling import spoil

MISTAKE = Mistake("who.yaml", 3, "There is no question “whoo”.", "Write “who”.")


def test_an_empty_home_says_what_will_be_there(drive: Driver) -> None:
    assert drive.sees("You have no saved work yet")
    assert not drive.sees("Carry on")


def test_a_draft_is_carried_on_where_it_stands(drive: Driver, desk: Desk, window: Window) -> None:
    draft(desk, DONE)
    window.go_home()
    row = next(
        one
        for one in drive.all(QPushButton)
        if name_of(one).startswith("The community group asks for grades, meal status and name. Result ready")
    )
    row.click()
    assert drive.title.startswith("FERPA allows this, after 2 steps")


def test_a_deleted_draft_comes_back_with_undo(drive: Driver, desk: Desk, window: Window) -> None:
    draft(desk, DONE)
    window.go_home()
    drive.find(QPushButton, "Delete draft: The community group asks for grades, meal status and name").click()
    assert desk.drafts() == []
    assert drive.sees("You have no saved work yet")
    drive.find(QPushButton, "Undo").click()
    assert len(desk.drafts()) == 1
    assert drive.sees("Carry on")


def test_problems_stand_on_top(drive: Driver, desk: Desk, window: Window) -> None:
    damage(desk, draft(desk, DONE))
    window.go_home()
    assert drive.sees(desk.problems()[0])
    assert not drive.sees("Carry on")


def test_a_home_where_nothing_can_be_sealed_is_told_at_once(qapp: QApplication, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with opened(qapp, desk, tmp_path) as window:
        (says,) = desk.problems()
        assert Driver(window).sees(says)


def test_an_entry_that_was_changed_after_sealing_is_told_on_top(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    number = desk.recent()[0].number
    drive.window.go_home()
    settle()
    assert not drive.sees(number)
    desk.close()
    spoil(desk.home, number, '"restricted":false', '"restricted":FALSE')
    drive.window.desk_shell.refresh()
    settle()
    assert drive.sees(desk.altered) and number in desk.altered
    drive.window.desk_shell.show_record(number)
    assert drive.title.startswith("Home")


def test_a_quick_start_gives_the_first_answer(drive: Driver) -> None:
    drive.find(QPushButton, "For the press").click()
    assert drive.title.startswith("Which students is this about?")
    assert drive.find(QPushButton, "Who wants the records? The press. Change this answer").isEnabled()


def test_closing_a_request_keeps_its_draft(drive: Driver, desk: Desk) -> None:
    drive.press(Key.Key_N, ctrl=True)
    drive.answer(2)
    drive.find(QPushButton, "Save and close").click()
    assert drive.title.startswith("Home")
    assert [draft.says for draft in desk.drafts()] == ["Question 2"]


def test_the_log_opens_a_record_by_enter(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "log")
    table = drive.all(QTableView)[0]
    assert name_of(table) == "Decision log, 1 record"
    table.setFocus()
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Record")
    assert drive.sees("Record 2026-0001")
    drive.find(QPushButton, "Decision log", drive.window.desk_shell.scroller).click()
    assert drive.title.startswith("Decision log")


def test_the_log_verifies(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "log")
    drive.find(QPushButton, "Verify").click()
    assert drive.sees(desk.verify().says)


def test_the_model_of_the_log_keeps_the_rules_of_models(
    desk: Desk, window: Window, drive: Driver, qtmodeltester: object
) -> None:
    for _ in range(3):
        seal_one(drive, desk)
    desk.book.catch_up()
    model = LogRows(desk.book, desk.today)
    model.find(Search(), Order(), 3)
    qtmodeltester.check(model)  # type: ignore[attr-defined] # a fixture of pytest-qt without types
    assert model.rowCount() == 3


def test_the_list_of_the_log_shows_short_names_and_speaks_the_whole_ones(desk: Desk, drive: Driver) -> None:
    seal_one(drive, desk)
    desk.book.catch_up()
    asked = desk.book.page(Search())[0].asked
    model = LogRows(desk.book, desk.today, lambda: {asked: "Short"})
    model.find(Search(), Order(), 1)
    cell = model.index(0, PLACES["asked"])
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    assert [model.data(cell, role) for role in roles] == ["Short", asked, asked]


def test_closing_remembers_the_size(window: Window, desk: Desk, qapp: QApplication) -> None:
    window.resize(900, 650)
    window.close()
    assert '"width": 900' in (desk.home / "window.json").read_text(encoding="utf-8")


def test_home_is_up_before_the_rules_are_read(qapp: QApplication, tmp_path: Path) -> None:
    reads: list[str] = []

    def read() -> tuple[Pack, Profile]:
        reads.append("read")
        return sample_pack(), NO_PROFILE

    made = open_window(qapp, Desk(tmp_path / "home", read), paths.data() / "resources")
    made.go_home()
    assert reads == []
    made.prepare()
    assert reads == ["read"]
    made.close()


@pytest.mark.parametrize("error", [RulesError([MISTAKE, replace(MISTAKE, line=9)]), OSError("not there")])
def test_broken_rules_are_told_and_records_stay_in_reach(qapp: QApplication, tmp_path: Path, error: Exception) -> None:
    def read() -> tuple[Pack, Profile]:
        raise error

    made = open_window(qapp, Desk(tmp_path / "home", read), paths.data() / "resources")
    made.show()
    drive = Driver(made)
    made.prepare()
    assert drive.sees(str(error).splitlines()[0])
    made.start()
    assert not made.desk_shell.isHidden()
    for page in ("log", "about"):
        made.desk_shell.go(page)
        assert drive.title.endswith("FERPA Wizard")
    made.close()
