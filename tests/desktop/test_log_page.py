"""The decision log: one search that everything shares, a list of any length, and the review by keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
)

from ferpa_wizard.core.log_search import Search, read_search
from ferpa_wizard.desktop.controls.bars import BarButton, ChartCard
from ferpa_wizard.desktop.controls.buttons import Disclosure
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.log import page as log_page
from ferpa_wizard.desktop.log import reading, reviewing
from ferpa_wizard.desktop.log.menus import ORDERS
from ferpa_wizard.desktop.log.page import LogPage
from ferpa_wizard.desktop.log.rows import COLUMNS, PAGE, PLACES
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.ledger.errors import IndexFailed
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_book import Listed, LogBook
from ferpa_wizard.requests.log_facets import periods
from ferpa_wizard.requests.log_views import EXAMPLES, VIEWS
from ferpa_wizard.requests.log_words import left_out_in_words
from tests import many, real
from tests.copied import copied
from tests.desktop.conftest import NOW, PROFILE, opened
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import seal_one, settle_work, stand_one
from tests.desktop.sample_pack import sample_pack
from tests.desktop.test_passing import come_back
from tests.desktop.test_questions import in_dialog, press_in

COUNT = 450


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with some hundred decisions over more than a year."""
    home = tmp_path_factory.mktemp("filled")
    fill_home(home, COUNT)
    book = _desk(home)
    book.book.catch_up()
    book.close()
    return home


def fill_home(home: Path, count: int) -> None:
    """Seal so many decisions, a day apart, on a few of the worked examples."""
    few = tuple(body for example in real.examples()[::7] for body in many._decided(example))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(many, "bodies", lambda: few)
        many.fill(home, count, minutes=60 * 24)


def _desk(home: Path) -> Desk:
    return Desk(home, lambda: (sample_pack(), PROFILE), now=lambda: NOW)


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk of a copy of it."""
    made = _desk(shutil.copytree(filled, tmp_path / "home"))
    yield made
    made.close()


@pytest.fixture
def page(qapp: QApplication, full: Desk, tmp_path: Path) -> Iterator[LogPage]:
    """The log of it in a window."""
    with opened(qapp, full, tmp_path) as window:
        yield log_of(window)


def log_of(window: Window) -> LogPage:
    window.go_home()
    window.desk_shell.go("log")
    settle()
    return Driver(window).all(LogPage)[0]


def drive_of(page: LogPage) -> Driver:
    window = page.window()
    assert isinstance(window, Window)
    return Driver(window)


def look_for(page: LogPage, line: str) -> None:
    """Write a line into the field, as people do, and go on to the list."""
    page.tools.field.setText(line)
    page.tools.field.setFocus()
    drive_of(page).press(Key.Key_Return)


def rows(page: LogPage) -> int:
    """How many the list has, which is what its name says too."""
    number = page.table.model().rowCount() if page.table.isVisible() else 0
    said = name_of(page.table).split(", ")[1].split(" ")[0]
    assert said.replace(",", "") == str(page.table.model().rowCount())
    return number


def line_of(page: LogPage) -> str:
    return page.tools.field.text()


def menu_of(page: LogPage, name: str) -> QMenu:
    """The menu of a button, filled as when it opens."""
    menu = drive_of(page).find(QPushButton, name).menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu


def labels(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def number_of(menu: QMenu, label: str) -> int:
    """The count at the right of an entry."""
    text = next(action.text() for action in menu.actions() if action.text().split("\t")[0] == label)
    return int(text.split("\t")[1].replace(",", ""))


def tick(menu: QMenu, label: str) -> None:
    next(action for action in menu.actions() if action.text().split("\t")[0] == label).trigger()
    settle()


def chips(page: LogPage) -> list[str]:
    return [name_of(one) for one in drive_of(page).all(QPushButton) if name_of(one).endswith(", take this away")]


def current(page: LogPage) -> Listed:
    row = page.table.row()
    assert row is not None
    return row


# -- search ----------------------------------------------------------------------------------


def test_all_is_listed_until_something_is_looked_for(page: LogPage, full: Desk) -> None:
    assert rows(page) == full.book.count(Search()) > 400
    look_for(page, "roster outcome:declined")
    assert rows(page) == full.book.count(read_search("roster outcome:declined")) > 0
    assert rows(page) < full.book.count(Search())
    assert drive_of(page).focused is page.table


def test_it_is_looked_for_when_typing_pauses_and_told_once(
    page: LogPage, full: Desk, qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(log_page, "announce", lambda _widget, text: told.append(text))
    page.tools.field.setFocus()
    drive_of(page).write("roster")
    assert told == []
    found = full.book.count(read_search("roster"))
    assert rows(page) != found
    qtbot.waitUntil(lambda: rows(page) == found)  # type: ignore[attr-defined] # a fixture without types
    assert len(told) == 1


def test_ctrl_f_leads_to_the_field_and_escape_clears_it(page: LogPage, full: Desk) -> None:
    look_for(page, "roster")
    drive = drive_of(page)
    drive.window.go_home()
    drive.press(Key.Key_F, ctrl=True)
    assert drive.focused is page.tools.field
    assert line_of(page) == "roster"
    drive.press(Key.Key_Escape)
    assert line_of(page) == ""
    assert rows(page) == full.book.count(Search())


def test_what_makes_no_sense_is_told_and_the_rest_is_looked_for(page: LogPage, full: Desk) -> None:
    look_for(page, "outcome:declined colour:red")
    (says,) = read_search("colour:red").wrong
    assert drive_of(page).sees(says)
    assert rows(page) == full.book.count(read_search("outcome:declined"))


def test_examples_are_put_into_the_field(page: LogPage) -> None:
    drive = drive_of(page)
    drive.find(QPushButton, "Search help").click()
    for example in EXAMPLES:
        next(one for one in drive.all(QPushButton) if name_of(one).startswith(example.line)).click()
        assert line_of(page) == example.line


def test_a_number_opens_its_record(page: LogPage) -> None:
    number = current(page).number
    look_for(page, number)
    assert drive_of(page).sees(f"Record {number}")


def test_an_entry_that_is_no_decision_is_told(page: LogPage, full: Desk) -> None:
    with full.chain() as chain:
        other = next(entry for entry in chain.every() if entry.kind != "decision")
    look_for(page, other.number)
    assert page.isVisible()
    assert drive_of(page).window.desk_shell.notice.isVisible()


# -- menus and chips -------------------------------------------------------------------------


def test_menus_write_the_line_and_chips_take_away(page: LogPage, full: Desk) -> None:
    menu = menu_of(page, "Outcome")
    tick(menu, "Not now")
    tick(menu, "Declined")
    search = Search().having("outcome", "not-now", "do-not-share")
    assert line_of(page) == str(search)
    assert rows(page) == full.book.count(search)
    tick(menu, "Not now")
    assert line_of(page) == str(Search().having("outcome", "do-not-share"))
    look_for(page, f"roster {line_of(page)} -review:agreed")
    assert len(chips(page)) == 2
    drive_of(page).find(QPushButton, chips(page)[0]).click()
    assert line_of(page) == "roster -review:agreed"
    assert rows(page) == full.book.count(read_search("roster -review:agreed"))


def test_a_chip_that_is_pressed_leaves_the_focus_with_its_neighbour(page: LogPage) -> None:
    look_for(page, "outcome:declined review:due")
    drive = drive_of(page)
    for left in (1, 0):
        chip = drive.find(QPushButton, chips(page)[0])
        chip.setFocus()
        drive.press(Key.Key_Space)
        assert len(chips(page)) == left
        assert drive.focused is (drive.find(QPushButton, chips(page)[0]) if left else page.tools.field)


def test_clearing_can_be_taken_back(page: LogPage, full: Desk) -> None:
    drive = drive_of(page)
    look_for(page, "roster outcome:declined")
    found = rows(page)
    drive.find(QPushButton, "Clear all").click()
    assert (line_of(page), rows(page)) == ("", full.book.count(Search()))
    drive.find(QPushButton, "Undo").click()
    assert (line_of(page), rows(page)) == ("roster outcome:declined", found)


@pytest.mark.parametrize("name", ["Outcome", "Basis", "Asked by"])
def test_each_entry_of_a_menu_counts_what_it_then_finds(page: LogPage, name: str) -> None:
    look_for(page, "review:due")
    menu = menu_of(page, name)
    assert labels(menu)
    for label in labels(menu)[:6]:
        number = number_of(menu, label)
        tick(menu, label)
        assert rows(page) == number
        tick(menu, label)
    assert line_of(page) == "review:due"


def test_a_part_of_a_name_ticks_what_it_means(page: LogPage) -> None:
    look_for(page, "basis:CONSENT")
    menu = menu_of(page, "Basis")
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked and all("consent" in text.lower() for text in ticked)


def test_a_menu_stays_for_more_ticks_until_enter(page: LogPage) -> None:
    drive = drive_of(page)
    button = drive.find(QPushButton, "Outcome")
    button.setFocus()
    drive.press(Key.Key_Space)
    menu = button.menu()
    assert menu.isVisible()
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Space)
    assert menu.isVisible()
    at = menu.actionGeometry(menu.actions()[2]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
    assert menu.isVisible()
    assert sum(action.isChecked() for action in menu.actions()) == 2
    QTest.keyClick(menu, Key.Key_Escape)
    assert not menu.isVisible()
    assert len(read_search(line_of(page)).values("outcome")) == 2


def test_spans_of_time_are_one_of_several(page: LogPage, full: Desk) -> None:
    for period in periods(full.today):
        menu = menu_of(page, "Dates")
        number = number_of(menu, period.name)
        tick(menu, period.name)
        assert rows(page) == number
        chosen = [action.text() for action in menu_of(page, "Dates").actions() if action.isChecked()]
        assert len(chosen) == 1 and chosen[0].startswith(period.name)
    assert read_search(line_of(page)).values("after") == ("2025-07-01",)


def test_own_days_count_both(page: LogPage, full: Desk) -> None:
    first, last = (full.book.page(Search(), up=up, limit=1)[0].day for up in (True, False))

    def fill(*days: str) -> Callable[[QDialog], None]:
        def write(sheet: QDialog) -> None:
            for field, day in zip(sheet.findChildren(QLineEdit), days, strict=True):
                field.setText(day)
            press_in(sheet, "Keep")

        return write

    in_dialog(fill("in June", last))
    tick(menu_of(page, "Dates"), labels(menu_of(page, "Dates"))[-1])
    assert line_of(page) == ""
    in_dialog(fill(first, last))
    tick(menu_of(page, "Dates"), labels(menu_of(page, "Dates"))[-1])
    assert read_search(line_of(page)).values("after") == (first,)
    assert rows(page) == full.book.count(Search())
    in_dialog(fill("", "2100-12-31"))
    tick(menu_of(page, "Dates"), labels(menu_of(page, "Dates"))[-1])
    assert read_search(line_of(page)).values("after") == ()


# -- saved views -----------------------------------------------------------------------------


def test_a_view_finds_what_its_count_says(page: LogPage, full: Desk) -> None:
    for view in VIEWS:
        number = number_of(menu_of(page, "Saved views"), view.name)
        tick(menu_of(page, "Saved views"), view.name)
        assert number == full.book.count(read_search(view.line))
        assert (rows(page), line_of(page)) == (number, view.line)


def save_as(name: str) -> Callable[[QDialog], None]:
    def write(sheet: QDialog) -> None:
        sheet.findChildren(QLineEdit)[0].setText(name)
        press_in(sheet, "Keep")

    return write


def test_own_views_are_kept_and_come_back_when_removed(page: LogPage, full: Desk) -> None:
    drive = drive_of(page)
    look_for(page, "roster outcome:declined")
    in_dialog(save_as(VIEWS[0].name.upper()))
    drive.find(QPushButton, "Save this view…").click()
    assert Memory(full.home).kept.views == ()
    in_dialog(save_as("Rosters"))
    drive.find(QPushButton, "Save this view…").click()
    kept = (("Rosters", "roster outcome:declined"),)
    assert Memory(full.home).kept.views == kept
    look_for(page, "")
    tick(menu_of(page, "Saved views"), "Rosters")
    assert line_of(page) == kept[0][1]
    tick(menu_of(page, "Saved views"), labels(menu_of(page, "Saved views"))[-1])
    assert Memory(full.home).kept.views == ()
    assert "Rosters" not in labels(menu_of(page, "Saved views"))
    drive.find(QPushButton, "Undo").click()
    assert Memory(full.home).kept.views == kept


# -- the list --------------------------------------------------------------------------------


def shown(page: LogPage, column: str, count: int = 20) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, PLACES[column]).data()) for row in range(count)]


def test_a_title_sorts_and_sorts_the_other_way(page: LogPage) -> None:
    head = page.table.horizontalHeader()
    newest = shown(page, "request")
    head.sectionClicked.emit(PLACES["request"])
    first = shown(page, "request")
    assert first == sorted(first, key=str.lower) != newest
    head.sectionClicked.emit(PLACES["request"])
    last = shown(page, "request")
    assert last == sorted(last, key=str.lower, reverse=True) != first
    assert "sorted" in page.table.model().headerData(
        PLACES["request"], Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )


def test_every_order_is_in_a_menu_for_keys(page: LogPage, full: Desk) -> None:
    for label, (by, up) in ORDERS.items():
        tick(menu_of(page, "Sort"), label)
        assert shown(page, "request") == [one.title for one in full.book.page(Search(), order=by, up=up, limit=20)]
        ticked = [action.text() for action in menu_of(page, "Sort").actions() if action.isChecked()]
        assert ticked == [label]


def test_rows_are_read_as_they_are_seen_and_end_is_the_end(
    page: LogPage, full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    of_book = LogBook.page

    def noted(
        book: LogBook, search: Search, *, order: str = "date", up: bool = False, limit: int, offset: int = 0
    ) -> list[Listed]:
        read.append(offset)
        return of_book(book, search, order=order, up=up, limit=limit, offset=offset)

    monkeypatch.setattr(LogBook, "page", noted)
    look_for(page, "-review:agreed")
    assert read == [0]
    drive = drive_of(page)
    drive.press(Key.Key_End)
    oldest = full.book.page(Search(), up=True, limit=1, offset=0)[0]
    assert current(page).number == oldest.number
    assert sorted(set(read)) == [0, (rows(page) - 1) // PAGE * PAGE]
    drive.press(Key.Key_Home)
    assert page.table.place == 0


def test_enter_opens_and_the_way_back_leads_to_the_same_row(page: LogPage) -> None:
    drive = drive_of(page)
    look_for(page, "outcome:declined")
    drive.press(Key.Key_J, Key.Key_J, Key.Key_J, Key.Key_K)
    number = current(page).number
    assert page.table.place == 2
    drive.press(Key.Key_Return)
    assert drive.sees(f"Record {number}")
    drive.find(QPushButton, "Decision log", drive.window.desk_shell.scroller).click()
    assert drive.focused is page.table
    assert (current(page).number, line_of(page)) == (number, "outcome:declined")


def test_ctrl_c_copies_the_number_and_letters_look_for_nothing(page: LogPage) -> None:
    drive = drive_of(page)
    page.table.setFocus()
    drive.press(Key.Key_C, ctrl=True)
    assert QApplication.clipboard().text() == current(page).number
    months = {one[0] for one in shown(page, "date", 300)}
    assert len(months) > 4
    for month in months - set("ACJKN"):  # with which the names of others begin
        drive.press(Key(ord(month)))
        assert page.table.place == 0


def test_columns_make_way_for_the_request(page: LogPage) -> None:
    def hidden() -> set[str]:
        return {name for name, place in PLACES.items() if page.table.isColumnHidden(place)}

    assert hidden() == {"desk"}
    page.window().resize(760, 600)
    settle()
    assert {"desk", "basis"} <= hidden() < set(COLUMNS) - {"request", "outcome"}
    page.window().resize(1024, 700)
    settle()
    assert hidden() == {"desk"}


def test_what_came_since_is_there_when_people_come_back(page: LogPage, full: Desk) -> None:
    before, drive = rows(page), drive_of(page)
    drive.window.go_home()
    stand_one(full)
    drive.window.desk_shell.go("log")
    assert rows(page) == before + 1


# -- charts ----------------------------------------------------------------------------------


def bars(page: LogPage) -> list[BarButton]:
    return drive_of(page).all(BarButton)


def test_each_bar_counts_what_its_press_finds(page: LogPage) -> None:
    look_for(page, "review:due")
    assert len(bars(page)) > 5
    for place in range(len(bars(page))):
        label, number = name_of(bars(page)[place]).split(", ")[:2]
        bars(page)[place].click()
        assert rows(page) == int(number.replace(",", "")), label
        look_for(page, "review:due")


def test_a_bar_that_is_pressed_leaves_the_others_to_choose(page: LogPage) -> None:
    before = [name_of(bar).split(", ")[:2] for bar in bars(page)[:5]]
    assert len(before) == 5
    for place, (label, number) in enumerate(before):
        bars(page)[place].click()
        assert rows(page) == int(number), label
    assert [name_of(bar).split(", ")[:2] for bar in bars(page)[:5]] == before


def test_a_bar_keeps_the_focus_when_it_filters(page: LogPage) -> None:
    drive = drive_of(page)
    bars(page)[2].setFocus()
    drive.press(Key.Key_Space)
    assert drive.focused is bars(page)[2]
    assert read_search(line_of(page)).values("outcome") == ("not-now",)


def test_a_chart_can_be_read_as_a_table(page: LogPage) -> None:
    drive = drive_of(page)
    card = drive.all(ChartCard)[0]
    named = [name_of(bar).split(", ")[:2] for bar in drive.all(BarButton, card)]
    drive.find(QPushButton, "Show as table", card).click()
    table = drive.all(QTableWidget, card)[0]
    cells = [[str(table.model().index(row, column).data()) for column in range(2)] for row in range(table.rowCount())]
    assert cells == named
    look_for(page, "outcome:declined review:due")
    assert rows(page) == int(table.model().index(3, 1).data())
    drive.find(QPushButton, "Show as bars", card).click()
    assert len(drive.all(BarButton, card)) == len(named)


def test_charts_fold_and_stay_so(page: LogPage, full: Desk) -> None:
    drive_of(page).find(Disclosure, "Charts").click()
    assert bars(page) == []
    assert not Memory(full.home).kept.charts_open


# -- review ----------------------------------------------------------------------------------


def sign(name: str, words: str = "") -> Callable[[QDialog], None]:
    """Fill a sheet of the review, choosing somebody who is known where there is a choice."""

    def fill(sheet: QDialog) -> None:
        for one in sheet.findChildren(QRadioButton):
            if one.isVisible() and (name_of(one).startswith(name) or name_of(one) == "Somebody else"):
                one.click()
                break
        for field in sheet.findChildren(QLineEdit):
            if field.isVisible() and name_of(field) == "Your name":
                field.setText(name)
        for text in sheet.findChildren(QPlainTextEdit):
            text.setPlainText(words)
        press_in(sheet, "Keep")

    return fill


def test_the_queue_is_worked_through_by_keys(page: LogPage, full: Desk) -> None:
    drive, reviews = drive_of(page), full.keeping.reviews
    due = full.book.count(read_search(VIEWS[0].line))
    drive.find(QPushButton, f"Review, {due} due").click()
    assert drive.focused is page.table
    drive.press(Key.Key_J)
    first = current(page)
    page.table.choose(2)
    second = current(page)
    page.table.choose(1)
    in_dialog(sign("P. Lee"))
    drive.press(Key.Key_A)
    assert reviews.state(first.number) == "agreed"
    assert (rows(page), current(page).number) == (due - 1, second.number)
    come_back(drive)
    assert drive.focused is page.table
    drive.press(Key.Key_A)  # who reviews is known now
    assert reviews.state(second.number) == "agreed"
    assert reviews.history(second.number)[0].review.by == "P. Lee"
    assert rows(page) == due - 2
    drive.find(QPushButton, "Undo").click()
    assert reviews.state(second.number) == "reopened"
    assert rows(page) == due - 1
    assert drive.focused is page.table


def test_somebody_else_can_go_on_with_the_review(page: LogPage, full: Desk) -> None:
    drive = drive_of(page)
    drive.window._memory.reviewer = "P. Lee"
    look_for(page, VIEWS[0].line)
    drive.find(QPushButton, "Somebody else reviews").click()
    assert drive.focused is page.table
    number = current(page).number
    in_dialog(sign("R. Osei"))
    drive.press(Key.Key_A)
    assert [one.review.by for one in full.keeping.reviews.history(number)] == ["R. Osei"]


def test_a_change_needs_words_and_leaves_the_queue(page: LogPage, full: Desk) -> None:
    drive, reviews = drive_of(page), full.keeping.reviews
    look_for(page, VIEWS[0].line)
    due, number = rows(page), current(page).number
    in_dialog(sign("P. Lee"))
    drive.press(Key.Key_C)
    assert reviews.state(number) == "due"
    in_dialog(sign("P. Lee", "The date is wrong."))
    drive.press(Key.Key_C)
    assert reviews.state(number) == "change-asked"
    assert reviews.history(number)[0].review.words == "The date is wrong."
    assert (rows(page), current(page).number == number) == (due - 1, False)


def test_a_note_is_found_by_its_words(page: LogPage, full: Desk) -> None:
    look_for(page, VIEWS[0].line)
    number = current(page).number
    in_dialog(sign("P. Lee", "Zebra crossing."))
    drive_of(page).press(Key.Key_N)
    assert [one.note.says for one in full.later.notes(number)] == ["Zebra crossing."]
    assert current(page).number == number
    look_for(page, "zebra")
    assert rows(page) == 1


def test_letters_review_only_in_the_queue_and_with_the_list_in_focus(page: LogPage, full: Desk) -> None:
    drive = drive_of(page)
    drive.window._memory.reviewer = "P. Lee"
    page.table.setFocus()
    drive.press(Key.Key_A, Key.Key_C)
    look_for(page, VIEWS[0].line)
    drive.find(QPushButton, "Verify").setFocus()
    drive.press(Key.Key_A)
    page.tools.field.setFocus()
    drive.press(Key.Key_End)
    drive.write("a")
    assert line_of(page) == f"{VIEWS[0].line}a"
    with full.chain() as chain:
        assert chain.count("review") == 0


def test_nothing_is_left_to_review(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    page = log_of(drive.window)
    look_for(page, VIEWS[0].line)
    drive.window._memory.reviewer = "P. Lee"
    drive.press(Key.Key_A)
    assert rows(page) == 0
    assert isinstance(drive.focused, QPushButton)
    drive.press(Key.Key_Space)
    assert rows(page) == 1


def test_the_record_is_reviewed_on_its_own_page(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    reviews = desk.keeping.reviews
    drive.window.go_home()
    drive.window.desk_shell.show_record("2026-0001")
    for act, words, state in (
        ("Ask for a change", "Say more.", "change-asked"),
        ("Agree", "", "agreed"),
        ("Reopen", "They wrote.", "reopened"),
    ):
        if words:  # who reviews is known from then on
            in_dialog(sign("R. Osei", words))
        drive.find(QPushButton, act).click()
        assert reviews.state("2026-0001") == state
    assert drive.sees("Say more.") and drive.sees("They wrote.")


def test_a_review_that_came_from_elsewhere_is_told(page: LogPage, full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    look_for(page, VIEWS[0].line)
    full.keeping.reviews.act(current(page).number, "agree", by="Somebody else")
    monkeypatch.setattr(reviewing, "WordsSheet", lambda *_, **__: pytest.fail("asks for what cannot be kept"))
    drive = drive_of(page)
    drive.press(Key.Key_A)
    assert drive.window.desk_shell.notice.isVisible()


# -- the record beside the list --------------------------------------------------------------


def test_the_record_stands_beside_the_list_where_there_is_room(page: LogPage, full: Desk) -> None:
    drive = drive_of(page)
    assert not page.pane.isVisible()
    page.window().resize(1366, 800)
    settle()
    assert drive.sees(f"Record {current(page).number}")
    look_for(page, VIEWS[0].line)
    drive.press(Key.Key_Down)
    number = current(page).number
    assert drive.sees(f"Record {number}")
    in_dialog(sign("P. Lee"))
    drive.find(QPushButton, "Agree").click()
    assert full.keeping.reviews.state(number) == "agreed"
    drive.find(QPushButton, "Open record").click()
    assert drive.sees(f"Record {current(page).number}")


# -- other desks -----------------------------------------------------------------------------


@pytest.fixture
def two_desks(filled: Path, desk: Desk, drive: Driver) -> str:
    """A desk with one decision, and a copy of the chain of another; the name of the other one."""
    seal_one(drive, desk)
    return copied(filled, desk.home).name


def test_records_of_another_desk_are_read_and_reviewed(two_desks: str, drive: Driver, desk: Desk) -> None:
    page = log_of(drive.window)
    settle_work(drive)
    assert not page.table.isColumnHidden(PLACES["desk"])
    look_for(page, f"desk:{two_desks[:8]}")
    assert rows(page) == desk.book.count(Search()) - 1
    row = current(page)
    assert (row.installation, row.mine) == (two_desks, False)
    drive.press(Key.Key_Return)
    assert drive.sees(f"Record {row.number}")
    assert not [one for one in drive.all(QPushButton) if name_of(one) in ("Add a note", "Make a new version")]
    in_dialog(sign("R. Osei"))
    drive.find(QPushButton, "Agree").click()
    assert desk.keeping.reviews.state(row.number, two_desks) == "agreed"
    assert desk.keeping.reviews.state("2026-0001") == "due"
    drive.find(QPushButton, "Decision log", drive.window.desk_shell.scroller).click()
    assert current(page).review == "agreed"


# -- empty, unfinished, broken ---------------------------------------------------------------


def test_an_empty_log_offers_a_request(drive: Driver) -> None:
    page = log_of(drive.window)
    assert rows(page) == 0
    drive.find(QPushButton, "Start a new request").click()
    assert drive.title.startswith("Who wants the records?")


def test_what_finds_nothing_can_be_cleared(page: LogPage, full: Desk) -> None:
    look_for(page, "zebra")
    assert rows(page) == 0
    drive_of(page).find(QPushButton, "Clear the search").click()
    assert rows(page) == full.book.count(Search())


def test_what_is_left_out_is_told(page: LogPage, full: Desk) -> None:
    left_out = full.book.left_out()
    assert left_out.restricted > 0
    assert drive_of(page).sees(left_out_in_words(left_out))


def test_a_long_log_is_read_while_people_type(
    qapp: QApplication, full: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", -1)
    (full.home / "log-index.sqlite").unlink()
    with opened(qapp, full, tmp_path) as window:
        window.desk_shell.go("log")
        page = Driver(window).all(LogPage)[0] if window.desk_shell._page is None else window.desk_shell._page
        assert isinstance(page, LogPage)
        (work,) = page.findChildren(Working)
        assert work.runs
        stand_one(full)  # writing closes the ledger and opens it again
        page.tools.field.setFocus()
        QTest.keyClicks(page.tools.field, "roster")
        qtbot.waitUntil(lambda: not work.runs)  # type: ignore[attr-defined] # a fixture without types
        look_for(page, "roster")
        assert rows(page) == full.book.count(read_search("roster")) > 0
        look_for(page, "")
        assert rows(page) == full.book.count(Search())


def test_an_index_that_fails_is_told_and_tried_again(
    page: LogPage, full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = IndexFailed(full.home / "log-index.sqlite")

    def fail(*_given: object) -> None:
        raise error

    drive = drive_of(page)
    with monkeypatch.context() as broken:
        broken.setattr(LogBook, "page", lambda *_given, **_named: fail())
        broken.setattr(LogBook, "catching_up", fail)
        look_for(page, "roster")
        assert drive.sees(str(error))
        assert rows(page) == 0
    drive.find(QPushButton, "Try again").click()
    assert rows(page) == full.book.count(read_search("roster"))
