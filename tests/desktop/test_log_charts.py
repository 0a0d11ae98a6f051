"""All charts of the log: bars and tables lead to what they count, fixes are those of the log, silent desks are told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QTableWidget

from ferpa_wizard.core.log_search import Search, read_search
from ferpa_wizard.desktop import slices
from ferpa_wizard.desktop.controls.bars import BarButton, ChartCard
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.rows import PressRow
from ferpa_wizard.desktop.controls.text import Title
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.log import desks as desks_card
from ferpa_wizard.desktop.log.desks import DesksCard
from ferpa_wizard.desktop.log.figures import FiguresPage
from ferpa_wizard.desktop.log.page import LogPage
from ferpa_wizard.desktop.log.rows import PLACES
from ferpa_wizard.ledger.errors import IndexFailed
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.desks import desks
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.log_charts import charts, left_out
from ferpa_wizard.requests.log_fixes import Fixes, Fixing
from ferpa_wizard.requests.log_words import filter_in_words
from ferpa_wizard.requests.steps import whole
from tests import real
from tests.desktop.conftest import NOW, opened
from tests.desktop.driving import Driver, Key, name_of, settle, wait_for
from tests.desktop.pages import pull_a_desk, seal_one, settle_work
from tests.desktop.test_log_page import fill_home, log_of

COUNT = 150
LINES = ("", "review:due", "outcome:not-now,do-not-share layer:district", "zebra")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("charted")
    fill_home(home, COUNT)
    return home


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk of a copy of it, on the rules that its decisions rest on."""
    home = shutil.copytree(filled, tmp_path / "home")
    made = Desk(home, lambda: (real.pack(), real.profiles()["example"]), now=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def log(qapp: QApplication, full: Desk, tmp_path: Path) -> Iterator[Driver]:
    """A window on it, with the log up."""
    with opened(qapp, full, tmp_path) as window:
        log_of(window)
        yield Driver(window)


def charts_of(drive: Driver, line: str = "") -> FiguresPage:
    """All charts over a line, by the button of the log."""
    drive.window.desk_shell.go("log")
    page = drive.all(LogPage)[0]
    page.look_for(line)
    drive.find(QPushButton, "All charts").click()
    return drive.all(FiguresPage)[0]


def cards(drive: Driver) -> list[ChartCard]:
    """The charts of the page, each with all of its bars."""
    found = drive.all(ChartCard)
    for card in found:
        for more in [one for one in drive.all(Button, card) if name_of(one).startswith("Show all")]:
            more.click()
    return found


def said(drive: Driver, card: ChartCard) -> list[str]:
    """What a screen reader hears of each bar."""
    return [name_of(bar).rsplit(", ", 1)[0] for bar in drive.all(BarButton, card)]


def listed(drive: Driver) -> int:
    """How many records the log lists now."""
    (page,) = drive.all(LogPage)
    return page.table.model().rowCount() if page.table.isVisible() else 0


# -- charts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", LINES)
def test_the_page_shows_every_chart_of_the_search_in_force(log: Driver, full: Desk, line: str) -> None:
    charts_of(log, line)
    search = read_search(line)
    wanted = charts(full.book, search)
    assert len(wanted) == 7
    for card, chart in zip(cards(log), wanted, strict=True):
        assert said(log, card) == [f"{bar.label.rstrip('.')}, {bar.count:,}" for bar in chart.bars]
        assert all(log.sees(says) for says in (chart.title, chart.definition, chart.denominator[1:], *chart.notes))
    assert all(log.sees(filter_in_words(one, full.book.queries.labels)) for one in search.filters)
    assert all(log.sees(word) for word in search.words)
    assert all(log.sees(says) for says in left_out(full.book, search))


@pytest.mark.parametrize("line", LINES[1:3])
def test_each_bar_lists_exactly_what_it_counts(log: Driver, full: Desk, line: str) -> None:
    for chart in charts(full.book, read_search(line)):
        for place, bar in enumerate(chart.bars[:6]):
            charts_of(log, line)
            card = next(one for one in log.all(ChartCard) if log.all(Title, one)[0].text() == chart.title)
            log.all(BarButton, card)[place].click()
            assert listed(log) == bar.count == full.book.count(bar.search), (chart.id, bar.label)
            assert read_search(log.all(LogPage)[0].tools.field.text()) == bar.search


def test_a_press_leads_into_the_list(log: Driver) -> None:
    charts_of(log)
    bar = log.all(BarButton)[2]
    bar.setFocus()
    log.press(Key.Key_Space)
    assert log.focused is log.all(LogPage)[0].table


def test_tables_hold_the_numbers_of_the_bars_and_lead_on_too(log: Driver, full: Desk) -> None:
    charts_of(log, "review:due")
    wanted = charts(full.book, read_search("review:due"))
    for place, chart in enumerate(wanted):
        card = log.all(ChartCard)[place]
        log.find(QPushButton, "Show as table", card).click()
        (table,) = log.all(QTableWidget, card)
        cells = [[table.model().index(row, column).data() for column in range(3)] for row in range(table.rowCount())]
        assert cells == [[label, f"{count:,}", part] for label, count, part in chart.rows]
    bar = wanted[0].bars[1]
    table = log.all(QTableWidget)[0]
    table.setCurrentCell(1, 0)
    table.setFocus()
    log.press(Key.Key_Return)
    assert listed(log) == bar.count == full.book.count(bar.search) > 0


def test_a_table_without_room_keeps_every_word(log: Driver, full: Desk) -> None:
    charts_of(log)
    log.find(QPushButton, "Show as table", log.all(ChartCard)[4]).click()
    (table,) = log.all(QTableWidget)
    table.setFixedWidth(150)
    settle()
    assert [column for column in range(3) if not table.isColumnHidden(column)] == [0]
    for row, cells in enumerate(charts(full.book, Search())[4].rows):
        assert all(str(cell) in table.model().index(row, 0).data() for cell in cells)


def test_the_way_back_keeps_the_search(log: Driver) -> None:
    charts_of(log, "review:due outcome:share")
    log.find(QPushButton, "Decision log", log.window.desk_shell.scroller).click()
    assert log.all(LogPage)[0].tools.field.text() == "review:due outcome:share"


def test_a_log_that_cannot_be_counted_is_told(log: Driver, full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    error = IndexFailed(full.home / "log-index.sqlite")

    def fail(*_given: object) -> None:
        raise error

    monkeypatch.setattr(LogBook, "left_out", fail)
    log.window.desk_shell.show_charts("")
    assert log.sees(str(error))


# -- fixes -----------------------------------------------------------------------------------


def fixes_in(drive: Driver, page: FiguresPage) -> list[str]:
    """What each row says, all of them shown."""
    while more := [one for one in drive.all(Button, page.fixes) if name_of(one).startswith("Show ")]:
        more[0].click()
    return [name_of(row) for row in drive.all(PressRow, page.fixes)]


def wanted_of(desk: Desk, line: str) -> Fixes:
    return whole(Fixing(desk.book, desk.pack, read_search(line)).looking())


@pytest.mark.parametrize("line", ["", "outcome:share"])
def test_fixes_are_those_of_the_log(log: Driver, full: Desk, line: str) -> None:
    page, wanted = charts_of(log, line), wanted_of(full, line)
    assert wanted.ranked
    page.fixes.start.click()
    settle_work(log)
    shown = fixes_in(log, page)
    for row, one in zip(shown, wanted.ranked, strict=True):
        assert row.startswith(one.fix.do)
        assert f" {len(one.records)} of {wanted.tried}" in row and one.fix.by in row
    assert all(log.sees(says) for says in wanted.says())


def test_what_was_found_takes_the_focus_of_those_who_waited_only(log: Driver) -> None:
    page = charts_of(log)
    page.fixes.start.setFocus()
    log.press(Key.Key_Space)
    settle_work(log)
    settle()
    assert log.all(PressRow, page.fixes)[0].hasFocus()
    log.press(Key.Key_Return)
    page.fixes.start.click()
    bar = log.all(BarButton)[0]
    bar.setFocus()
    settle_work(log)
    settle()
    assert bar.hasFocus()


def test_a_fix_shows_its_records_and_each_opens(log: Driver, full: Desk) -> None:
    page, wanted = charts_of(log), wanted_of(full, "")
    page.fixes.start.click()
    settle_work(log)
    row = log.all(PressRow, page.fixes)[0]
    row.click()
    numbers = [place.number for place in wanted.ranked[0].records]
    buttons = [one for one in log.all(Button, page.fixes) if one.text() in numbers]
    assert [one.text() for one in buttons] == numbers
    row.click()
    assert not [one for one in log.all(Button, page.fixes) if one.text() in numbers]
    row.click()
    buttons[-1].click()
    assert log.sees(f"Record {numbers[-1]}")
    log.find(QPushButton, page.title).click()
    assert page.isVisible()
    assert log.all(PressRow, page.fixes)[0] is row  # nothing is run again for the same search
    log.window.desk_shell.show_charts("review:due")
    assert not log.all(PressRow, page.fixes)


def test_a_search_for_fixes_can_be_stopped(log: Driver, full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 0)
    page = charts_of(log)
    page.fixes.start.click()
    (bar,) = log.all(QProgressBar, page.fixes)
    wait_for(lambda: bar.value() >= 3)
    log.find(QPushButton, "Stop", page.fixes).click()
    (work,) = log.all(Working, page.fixes)
    assert not work.runs
    fixing = page.fixes._fixing
    assert fixing is not None
    found = fixing.found()
    assert 0 < found.of < wanted_of(full, "").of
    assert all(log.sees(says) for says in found.says())
    page.fixes.start.click()
    settle_work(log)
    assert len(fixes_in(log, page)) == len(wanted_of(full, "").ranked)


# -- desks -----------------------------------------------------------------------------------


def test_one_desk_has_no_list_of_desks(log: Driver) -> None:
    charts_of(log)
    assert not log.all(DesksCard)


def cells_of(drive: Driver) -> list[list[str]]:
    (card,) = drive.all(DesksCard)
    (table,) = drive.all(QTableWidget, card)
    drive.window.resize(1366, 800)
    settle()
    columns = range(table.columnCount())
    return [[str(table.model().index(row, column).data()) for column in columns] for row in range(table.rowCount())]


def test_a_silent_desk_is_told_first_and_leads_to_its_records(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    other = pull_a_desk(desk, "Oak Hill")
    log_of(drive.window)
    settle_work(drive)
    charts_of(drive)
    own, silent = desks(desk.home, now=NOW)
    assert own.own and silent.silent_since
    first, second = cells_of(drive)
    assert first[0] == "Oak Hill" and silent.says in first[-1] and silent.pack_version in first
    assert own.says in second[-1] and desk.pack.version in second
    (table,) = drive.all(QTableWidget, drive.all(DesksCard)[0])
    table.setCurrentCell(0, 0)
    table.setFocus()
    drive.press(Key.Key_Return)
    assert listed(drive) == desk.book.count(read_search(f"desk:{other}")) == 1


def test_desks_are_called_by_their_names(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    other = pull_a_desk(desk, "Oak Hill")
    page = log_of(drive.window)
    settle_work(drive)
    drive.window.resize(1366, 800)
    page.look_for(f"desk:{other[:8]}")
    assert page.table.model().index(0, PLACES["desk"]).data() == "Oak Hill"
    assert any("Oak Hill" in name_of(one) for one in drive.all(Button, page))  # the chip
    page.look_for("")
    assert {page.table.model().index(row, PLACES["desk"]).data() for row in range(2)} > {"Oak Hill"}


def test_desks_that_need_somebody_are_never_folded(drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks_card, "MOST", 1)
    seal_one(drive, desk)
    for name in ("Oak Hill", "Elm Street"):
        pull_a_desk(desk, name)
    log_of(drive.window)
    settle_work(drive)
    charts_of(drive)
    assert {row[0] for row in cells_of(drive)} == {"Oak Hill", "Elm Street"}
    (card,) = drive.all(DesksCard)
    drive.all(Button, card)[-1].click()
    assert len(cells_of(drive)) == 3
    assert drive.focused is drive.all(QTableWidget, card)[0]


def test_decisions_of_a_desk_are_found_by_its_name_and_by_the_beginning_of_its_installation(desk: Desk) -> None:
    oak, elm = (pull_a_desk(desk, name) for name in ("Oak Hill", "Elm Street"))
    desk.book.catch_up()
    found = {
        line: sorted(row.installation for row in desk.book.page(read_search(line)))
        for line in ('desk:"oak hill"', "desk:hill", f"desk:{elm[:8]}", "desk:oak,elm", "desk:nobody")
    }
    assert found == {
        'desk:"oak hill"': [oak],
        "desk:hill": [oak],
        f"desk:{elm[:8]}": [elm],
        "desk:oak,elm": sorted([oak, elm]),
        "desk:nobody": [],
    }
