"""The sheet that exports the log: by keys, in every form, whole or not at all."""

from __future__ import annotations

import csv
import gc
import shutil
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.core.numbers import school_year
from ferpa_wizard.core.readability import HARDEST, avoided, grade, long_sentences
from ferpa_wizard.desktop.aside import Aside
from ferpa_wizard.desktop.dialogs import ConfirmSheet
from ferpa_wizard.desktop.log.export_form import FORMATS
from ferpa_wizard.desktop.log.export_sheet import ExportSheet
from ferpa_wizard.desktop.log.page import LogPage
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.ledger.columns import COLUMNS, columns
from ferpa_wizard.ledger.errors import ExportFailed
from ferpa_wizard.ledger.export import Exported
from ferpa_wizard.requests.board import spans
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import SUFFIXES, Format, Wanted
from ferpa_wizard.requests.steps import Step, whole
from tests import many, real
from tests.desktop.conftest import NOW, PROFILE, PlannedChoosers, opened
from tests.desktop.driving import Driver, Key, name_of, settle, takes_tab
from tests.desktop.sample_pack import sample_pack
from tests.desktop.test_accessibility import nameless, too_small, with_markup
from tests.desktop.test_questions import in_dialog, press_in
from tests.desktop.test_reading import shown, words

COUNT = 90
LINE = "outcome:shared"
MOST_MS = 20_000
Act = Callable[[ExportSheet, Driver], None]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with decisions of more than one school year."""
    home = tmp_path_factory.mktemp("filled")
    few = tuple(body for example in real.examples()[::7] for body in many._decided(example))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(many, "bodies", lambda: few)
        many.fill(home, COUNT, minutes=60 * 24 * 7)
    return home


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    home = shutil.copytree(filled, tmp_path / "home")
    made = Desk(home, lambda: (sample_pack(), PROFILE), now=lambda: NOW)
    made.book.catch_up()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the exports go."""
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.fixture
def window(qapp: QApplication, desk: Desk, folder: Path) -> Iterator[Window]:
    with opened(qapp, desk, folder) as made:
        yield made


@pytest.fixture
def sheet(window: Window, drive: Driver, qtbot: QtBot) -> Callable[[Act], None]:
    """Brings up the sheet for a search, by keys from the log, and has something done in it."""

    def bring_up(act: Act) -> None:
        window.desk_shell.go("log")
        drive.press(Key.Key_F, ctrl=True)
        drive.write(LINE)
        drive.press(Key.Key_Return)
        done: list[bool] = []

        def in_sheet(dialog: QDialog) -> None:
            assert isinstance(dialog, ExportSheet)
            qtbot.waitUntil(dialog.isActiveWindow)
            act(dialog, Driver(cast(Window, dialog)))
            done.append(True)

        in_dialog(in_sheet)
        drive.press(Key.Key_E, ctrl=True)
        assert done

    return bring_up


def export(sheet: ExportSheet, drive: Driver, qtbot: QtBot) -> None:
    """Press the default button by Enter, and wait for the end."""
    with qtbot.waitSignal(sheet.ended, timeout=MOST_MS):
        drive.press(Key.Key_Return)


def choose(drive: Driver, form: Format) -> None:
    """Choose a form by keys."""
    label, _ = FORMATS[form]
    drive.tab_to(QRadioButton, FORMATS["csv"][0])
    drive.press(*[Key.Key_Down] * list(FORMATS).index(form))
    assert drive.find(QRadioButton, label).isChecked()


def of_three(drive: Driver, number: int) -> None:
    """This search, everything, the page for the board: by keys, from the first."""
    drive.press(*[Key.Key_Right] * number)


def go_button(sheet: ExportSheet) -> QPushButton:
    return next(one for one in sheet.findChildren(QPushButton) if name_of(one) == "Export…")


@pytest.fixture
def never_ending(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports stop at their first rows and go no further, until they are closed."""
    real_one = desk.exports.exporting

    def exporting(wanted: Wanted, out: Path) -> Generator[Step, None, Exported]:
        work, waits = real_one(wanted, out), threading.Event()
        try:
            step = next(work)
            while True:
                if step.what != "Row":
                    step = next(work)
                yield step
                waits.wait(0.005)
        finally:
            work.close()

    monkeypatch.setattr(desk.exports, "exporting", exporting)


def begin(sheet: ExportSheet, drive: Driver, qtbot: QtBot) -> None:
    """Start an export, and wait until it writes rows."""
    drive.press(Key.Key_Return)
    bar = next(iter(sheet.findChildren(QProgressBar)))
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=MOST_MS)


def register(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


# -- what is written -------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_each_form_is_exported_by_keys(
    sheet: Callable[[Act], None], desk: Desk, folder: Path, qtbot: QtBot, form: Format
) -> None:
    many_found = desk.book.count(read_search(LINE))
    assert 0 < many_found < COUNT

    def act(shown: ExportSheet, drive: Driver) -> None:
        choose(drive, form)
        export(shown, drive, qtbot)
        assert str(many_found) in {word for label in drive.all(QLabel) for word in label.text().split()}
        drive.press(Key.Key_Escape)
        assert not shown.isVisible()

    sheet(act)
    written = folder / f"decision-log{SUFFIXES[form]}"
    expected = folder / "expected"
    whole(desk.exports.exporting(Wanted(form, read_search(LINE)), expected))
    assert written.stat().st_size == pytest.approx(expected.stat().st_size, rel=0.01)
    if form == "csv":
        assert written.read_bytes() == expected.read_bytes()
        assert len(register(written)) == many_found


def test_everything_is_every_entry(sheet: Callable[[Act], None], desk: Desk, folder: Path, qtbot: QtBot) -> None:
    def act(shown: ExportSheet, drive: Driver) -> None:
        of_three(drive, 1)
        export(shown, drive, qtbot)

    sheet(act)
    assert len(register(folder / "decision-log.csv")) == desk.verify().count


def test_columns_are_chosen_by_ticks(sheet: Callable[[Act], None], folder: Path, qtbot: QtBot) -> None:
    chosen = [COLUMNS[0], COLUMNS[-1]]

    def act(shown: ExportSheet, drive: Driver) -> None:
        drive.tab_to(QPushButton, next(name_of(one) for one in drive.all(QPushButton) if one.isCheckable()))
        drive.press(Key.Key_Space)
        drive.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Space)  # none
        assert not go_button(shown).isEnabled()
        for column in chosen:
            drive.tab_to(QCheckBox, column.label)
            drive.press(Key.Key_Space)
        export(shown, drive, qtbot)

    sheet(act)
    assert list(register(folder / "decision-log.csv")[0]) == [column.id for column in chosen]


def test_what_people_typed_can_be_left_out(sheet: Callable[[Act], None], folder: Path, qtbot: QtBot) -> None:
    def act(shown: ExportSheet, drive: Driver) -> None:
        first = next(one for one in drive.all(QCheckBox) if takes_tab(one))
        drive.tab_to(QCheckBox, name_of(first))
        drive.press(Key.Key_Space)
        export(shown, drive, qtbot)

    sheet(act)
    assert list(register(folder / "decision-log.csv")[0]) == [one.id for one in columns(free_text=False)]


def test_the_page_for_the_board_is_made_for_a_school_year(
    sheet: Callable[[Act], None], desk: Desk, folder: Path, qtbot: QtBot
) -> None:
    def act(shown: ExportSheet, drive: Driver) -> None:
        of_three(drive, 2)
        drive.tab_to(QComboBox, name_of(drive.all(QComboBox)[0]))
        drive.press(Key.Key_Down)
        export(shown, drive, qtbot)

    sheet(act)
    today = desk.now().date()
    _, last = spans(school_year(today), today)
    assert (folder / f"board-{last.name}.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_combined_is_told_at_the_button(sheet: Callable[[Act], None], folder: Path) -> None:
    def act(shown: ExportSheet, drive: Driver) -> None:
        choose(drive, "jsonl")
        drive.press(Key.Key_Tab, Key.Key_Space)
        says = Wanted("jsonl", read_search(LINE), free_text=False).why_not
        assert says
        assert go_button(shown).accessibleDescription() == says
        assert drive.sees(says)
        drive.press(Key.Key_Return)
        drive.press(Key.Key_Space)
        assert go_button(shown).isEnabled()
        assert not drive.sees(says)

    sheet(act)
    assert list(folder.iterdir()) == []


def test_a_search_that_makes_no_sense_is_told_at_the_button(window: Window, drive: Driver) -> None:
    window.desk_shell.go("log")
    drive.find(QLineEdit, "Search all decisions").setText("wrong:x")
    seen: list[bool] = []
    in_dialog(lambda dialog: seen.append(go_button(cast(ExportSheet, dialog)).isEnabled()))
    drive.all(LogPage)[0].ask_export()
    assert seen == [False]


# -- stopping, and what goes wrong -----------------------------------------------------------


@pytest.mark.parametrize("stood", [b"", b"what stood there"])
@pytest.mark.usefixtures("never_ending")
def test_an_export_that_is_stopped_leaves_what_was_there(
    sheet: Callable[[Act], None], folder: Path, qtbot: QtBot, stood: bytes
) -> None:
    out = folder / "decision-log.csv"
    if stood:
        out.write_bytes(stood)

    def act(shown: ExportSheet, drive: Driver) -> None:
        begin(shown, drive, qtbot)
        assert len(list(folder.iterdir())) == 1 + bool(stood)  # it is being written
        assert not go_button(shown).isEnabled()
        assert not gc.isenabled()  # it would delete widgets in the thread of the export
        with qtbot.waitSignal(shown.ended, timeout=1_000):
            drive.press(Key.Key_Return)  # the way out has the focus
        assert shown.isVisible()
        assert go_button(shown).hasFocus()

    sheet(act)
    assert [(file.name, file.read_bytes()) for file in folder.iterdir()] == ([(out.name, stood)] if stood else [])


@pytest.mark.parametrize("closed", ["sheet", "window"])
@pytest.mark.usefixtures("never_ending")
def test_closing_in_the_middle_stops_it(
    sheet: Callable[[Act], None], window: Window, folder: Path, qtbot: QtBot, closed: str
) -> None:
    def act(shown: ExportSheet, drive: Driver) -> None:
        begin(shown, drive, qtbot)
        (shown if closed == "sheet" else window).close()
        assert not shown.isVisible()
        assert all(work.isFinished() for work in shown.findChildren(Aside))

    sheet(act)
    assert list(folder.iterdir()) == []


def test_a_failure_is_told_and_the_choices_stay(
    sheet: Callable[[Act], None], window: Window, desk: Desk, folder: Path, qtbot: QtBot
) -> None:
    cast(PlannedChoosers, window._choosers).to = folder / "not there"
    with pytest.raises(ExportFailed) as failed:
        whole(desk.exports.exporting(Wanted("xlsx"), folder / "not there" / "decision-log.xlsx"))

    def act(shown: ExportSheet, drive: Driver) -> None:
        choose(drive, "xlsx")
        export(shown, drive, qtbot)
        assert drive.sees(str(failed.value))
        assert drive.find(QRadioButton, FORMATS["xlsx"][0]).isChecked()
        assert go_button(shown).isEnabled()

    sheet(act)


def test_an_error_that_nobody_foresaw_ends_it_too(
    sheet: Callable[[Act], None], desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exporting(_wanted: Wanted, _out: Path) -> Generator[Step, None, Exported]:
        yield Step(1, 2, "Row")
        raise ZeroDivisionError

    monkeypatch.setattr(desk.exports, "exporting", exporting)

    def act(shown: ExportSheet, drive: Driver) -> None:
        with qtbot.captureExceptions() as caught:
            export(shown, drive, qtbot)
        assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
        assert go_button(shown).isEnabled()

    sheet(act)


def test_people_who_choose_no_file_stay_in_the_sheet(
    sheet: Callable[[Act], None], window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window._choosers, "file", lambda *_, **__: None)

    def act(shown: ExportSheet, drive: Driver) -> None:
        drive.press(Key.Key_Return)
        assert shown.isVisible()
        assert not shown.runs

    sheet(act)
    assert list(folder.iterdir()) == []


# -- keys and words --------------------------------------------------------------------------


def test_escape_asks_before_chosen_columns_are_lost(sheet: Callable[[Act], None]) -> None:
    seen: list[bool] = []

    def act(shown: ExportSheet, drive: Driver) -> None:
        shown.form.columns.findChildren(QCheckBox)[3].click()

        def stay(asked: QDialog) -> None:
            assert isinstance(asked, ConfirmSheet)
            QTest.keyClick(asked, Qt.Key.Key_Return)

        in_dialog(stay)
        drive.press(Key.Key_Escape)
        seen.append(shown.isVisible())
        in_dialog(lambda asked: press_in(asked, "Close without keeping it"))
        drive.press(Key.Key_Escape)
        seen.append(shown.isVisible())

    sheet(act)
    assert seen == [True, False]


@pytest.mark.parametrize("what", range(3))
def test_the_sheet_serves_voice_keys_and_shaky_hands(sheet: Callable[[Act], None], what: int) -> None:
    def act(_: ExportSheet, drive: Driver) -> None:
        of_three(drive, what)
        for button in [one for one in drive.all(QPushButton) if one.isCheckable()]:
            button.click()
        settle()
        assert not nameless(drive)
        assert not too_small(drive)
        assert not with_markup(drive)
        ring = list(drive.tab_ring())
        assert len(ring) == len(set(ring)), "something is visited twice"
        groups = {one.parent() for one in ring if isinstance(one, QRadioButton)}
        left = [one for one in drive.tab_stops() if one not in ring and one.parent() not in groups]
        assert not [name_of(one) for one in left]

    sheet(act)


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (1366, 768, 200), (640, 480, 150)])
def test_what_has_the_focus_is_seen_whole(
    sheet: Callable[[Act], None], window: Window, drive: Driver, *, width: int, height: int, percent: int
) -> None:
    window.resize(width, height)
    for _ in range((percent - 100) // 10):
        drive.press(Key.Key_Plus, ctrl=True)

    def act(shown: ExportSheet, drive: Driver) -> None:
        assert shown.width() <= width
        assert shown.height() <= height
        for button in [one for one in drive.all(QPushButton) if one.isCheckable()]:
            button.click()
        settle()
        for widget in drive.tab_ring():
            assert widget.visibleRegion().boundingRect() == widget.rect(), name_of(widget)

    sheet(act)


@pytest.mark.parametrize("what", range(3))
def test_the_sheet_is_easy_to_read(sheet: Callable[[Act], None], what: int) -> None:
    def act(_: ExportSheet, drive: Driver) -> None:
        of_three(drive, what)
        texts, plain = list(shown(drive)), words()
        assert grade(texts, plain.terms) <= HARDEST
        assert [(text, count) for text in texts for count in long_sentences(text)] == []
        assert [(text, word) for text in texts for word, _ in avoided(text, plain)] == []

    sheet(act)


def test_the_button_of_the_log_brings_up_the_same_sheet(window: Window, drive: Driver) -> None:
    window.desk_shell.go("log")
    seen: list[type] = []
    in_dialog(lambda dialog: seen.append(type(dialog)))
    drive.find(QPushButton, "Export").click()
    assert seen == [ExportSheet]


def test_ctrl_e_does_nothing_on_other_pages(window: Window, drive: Driver) -> None:
    window.go_home()
    drive.press(Key.Key_E, ctrl=True)
    assert QApplication.activeModalWidget() is None
