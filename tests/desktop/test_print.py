"""Printing papers: what the preview shows, what goes to the printer, and what happens when it does not go."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QPageRanges
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPlainTextEdit, QPushButton, QWidget

from ferpa_wizard.desktop import papers
from ferpa_wizard.desktop.preview import PagePicture, PreviewSheet
from ferpa_wizard.desktop.printing import print_pages, printer_for
from ferpa_wizard.documents.document import Document, Heading, Paragraph
from ferpa_wizard.documents.pdf import to_pages
from ferpa_wizard.requests.checking import look_at_papers
from ferpa_wizard.requests.desk import Desk
from tests.desktop.conftest import NOW, PlannedChoosers
from tests.desktop.driving import Driver, Key, name_of, on_window, role_of, takes_tab
from tests.desktop.pages import seal_one, show

ROOT = Path(__file__).parents[2]


def pages_of(file: Path) -> list[tuple[float, float]]:
    """Width and height of each page of a PDF that Qt wrote, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes())
    return [(float(width), float(height)) for width, height in boxes]


def on_preview(drive: Driver, act: Callable[[PreviewSheet], None]) -> None:
    """Press “Print…” in the card and act on the sheet that opens; it is closed after."""
    seen = []

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        if not isinstance(sheet, PreviewSheet):
            QTimer.singleShot(0, look)  # the card says first that it is at work
            return
        seen.append(sheet)
        try:
            act(sheet)
        finally:
            if sheet.isVisible():
                sheet.reject()

    drive.find(QPushButton, "Print…").click()
    QTimer.singleShot(0, look)
    drive.all(QWidget)
    assert seen


def names(drive: Driver, sheet: PreviewSheet) -> list[str]:
    return [name_of(page) for page in drive.all(PagePicture, sheet)]


def size_of(drive: Driver, sheet: PreviewSheet) -> QComboBox:
    """The choice of paper; on Linux a screen reader finds the name of a list by its label."""
    (field,) = drive.all(QComboBox, sheet)
    assert field.accessibleName() == "Paper"
    return field


def tick_only(drive: Driver, *starts: str) -> None:
    for tick in drive.all(QCheckBox):
        tick.setChecked(name_of(tick).startswith(starts))


def test_the_preview_shows_each_page_by_its_number_as_a_picture(drive: Driver, desk: Desk) -> None:
    def look(sheet: PreviewSheet) -> None:
        pages = drive.all(PagePicture, sheet)
        assert [name_of(page) for page in pages] == [f"Page {n} of {len(pages)}" for n in range(1, len(pages) + 1)]
        assert len(pages) == sheet.pages > 1
        assert {role_of(page) for page in pages} == {QAccessible.Role.Graphic}
        assert [page.y() for page in pages] == sorted(page.y() for page in pages)
        assert drive.sees(f"{len(pages)} pages")

    seal_one(drive, desk)
    tick_only(drive, "Decision record", "Letter")
    on_preview(drive, look)


def test_another_size_of_paper_is_drawn_anew(drive: Driver, desk: Desk) -> None:
    def look(sheet: PreviewSheet) -> None:
        before = drive.all(PagePicture, sheet)[0]
        shape = before.height() / before.width()
        size_of(drive, sheet).setCurrentIndex(1)
        after = drive.all(PagePicture, sheet)[0]
        assert after is not before
        assert after.height() / after.width() > shape  # A4 is narrower

    seal_one(drive, desk)
    on_preview(drive, look)


def test_the_school_prints_on_the_sheets_of_its_letterhead(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    (desk.home / "papers").mkdir(parents=True)
    (desk.home / "papers" / "letterhead.yaml").write_text("paper: a4", encoding="utf-8")

    def look(sheet: PreviewSheet) -> None:
        assert size_of(drive, sheet).currentText().startswith("A4")
        drive.find(QPushButton, "Print…", sheet).click()

    seal_one(drive, desk)
    on_preview(drive, look)
    assert pages_of(tmp_path / "printed.pdf")[0] == pytest.approx((595, 842), abs=1)


def test_every_page_is_printed_by_keys_alone(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    shown = []

    def look(sheet: PreviewSheet) -> None:
        shown.extend(names(drive, sheet))
        assert name_of(drive.focused) == "Print…"
        drive.press(Key.Key_Return)
        assert not sheet.isVisible()

    seal_one(drive, desk)
    drive.tab_to(QPushButton, "Print…")
    on_preview(drive, look)
    sheets = pages_of(tmp_path / "printed.pdf")
    assert len(sheets) == len(shown)
    assert sheets[0] == pytest.approx((612, 792), abs=1)
    assert drive.sees("Sent to the printer.")


def test_keys_scroll_the_pages_and_tab_shows_the_top_of_each(drive: Driver, desk: Desk) -> None:
    def look(sheet: PreviewSheet) -> None:
        first, second, *_ = drive.all(PagePicture, sheet)
        at = on_window(first).top()
        drive.press(Key.Key_PageDown)
        assert on_window(first).top() < at
        drive.press(Key.Key_Home)
        assert on_window(first).top() == at
        drive.tab_to(PagePicture, name_of(second))
        assert 0 <= on_window(second).top() < sheet.height() // 2

    seal_one(drive, desk)
    on_preview(drive, look)


def test_closing_the_preview_prints_nothing(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    seal_one(drive, desk)
    on_preview(drive, lambda sheet: drive.find(QPushButton, "Close", sheet).click())
    assert not (tmp_path / "printed.pdf").exists()
    assert not drive.sees("Sent to the printer.")


def test_thinking_better_of_it_in_the_dialog_goes_back_to_the_preview(
    drive: Driver, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlannedChoosers, "printer", lambda *_, **__: False)

    def look(sheet: PreviewSheet) -> None:
        drive.find(QPushButton, "Print…", sheet).click()
        assert sheet.isVisible()

    seal_one(drive, desk)
    on_preview(drive, look)
    assert not (tmp_path / "printed.pdf").exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_it_is_told_in_words(
    drive: Driver, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(_self: object, _parent: QWidget, printer: QPrinter, *, pages: int) -> bool:
        printer.setOutputFileName(str(tmp_path / "none" / "printed.pdf"))
        return True

    monkeypatch.setattr(PlannedChoosers, "printer", nowhere)

    def look(sheet: PreviewSheet) -> None:
        drive.find(QPushButton, "Print…", sheet).click()
        assert sheet.isVisible()
        assert drive.sees("Your record is safe.")

    seal_one(drive, desk)
    on_preview(drive, look)
    assert not drive.sees("Sent to the printer.")


def test_ticked_papers_are_printed_with_the_file_numbers_whatever_their_form(
    drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[tuple[str, ...], tuple[str, ...], Path]] = []

    def none(
        _sealed: object, kinds: tuple[str, ...], *, files: tuple[str, ...], home: Path
    ) -> list[tuple[object, Document]]:
        asked.append((kinds, files, home))
        return []

    monkeypatch.setattr(papers, "paged", none)
    seal_one(drive, desk)
    tick_only(drive, "Decision record", "Entry for")
    drive.find(QPlainTextEdit, "File numbers, if you want a slip for each student").setPlainText("F1, F2\nF1")
    drive.find(QPushButton, "Print…").click()
    drive.all(QWidget)
    assert QApplication.activeModalWidget() is None
    assert asked == [(("record", "entry"), ("F1", "F2"), desk.home)]
    assert drive.sees("no pages to print")


def test_own_wording_that_cannot_be_used_is_told_at_the_card(drive: Driver, desk: Desk) -> None:
    (desk.home / "papers").mkdir(parents=True)
    (desk.home / "papers" / "letterhead.yaml").write_text("paper: legal", encoding="utf-8")
    seal_one(drive, desk)
    drive.find(QPushButton, "Print…").click()
    assert drive.sees("papers/letterhead.yaml:1")


@pytest.mark.parametrize("page", ["saved", "record"])
def test_the_preview_fits_a_small_window_at_large_text(drive: Driver, desk: Desk, page: str) -> None:
    def look(sheet: PreviewSheet) -> None:
        assert drive.window.size().width() >= sheet.width()
        assert drive.window.size().height() >= sheet.height()
        for widget in drive.all(QWidget, sheet):
            if takes_tab(widget):
                assert name_of(widget).strip()
                assert 0 <= on_window(widget).left() < on_window(widget).right() < sheet.width()

    drive.window.resize(1024, 600)
    for _ in range(10):
        drive.press(Key.Key_Plus, ctrl=True)
    show(drive, desk, page)
    on_preview(drive, look)


# What the printer gets


@pytest.fixture
def printer(qapp: QApplication, tmp_path: Path) -> QPrinter:
    made = printer_for("us-letter", "test")
    made.setOutputFormat(made.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def pictures(number: int) -> list[bytes]:
    """A page so many times."""
    bare = Document("Bare", "en", NOW, "", "", (Heading(1, "Bare"), Paragraph("One line.")))
    return to_pages(bare, paper="us-letter", ppi=20) * number


def test_on_both_sides_each_paper_starts_on_its_own_sheet(
    printer: QPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file has no back, so Qt does not let it be set there.
    monkeypatch.setattr(QPrinter, "duplex", lambda self: self.DuplexMode.DuplexLongSide)
    assert print_pages(printer, [pictures(3), pictures(2), pictures(1), pictures(1)])
    assert len(pages_of(tmp_path / "printed.pdf")) == 3 + 1 + 2 + 1 + 1 + 1


def test_on_one_side_no_sheet_is_wasted(printer: QPrinter, tmp_path: Path) -> None:
    assert print_pages(printer, [pictures(3), pictures(1)])
    assert len(pages_of(tmp_path / "printed.pdf")) == 4


def test_only_the_pages_that_were_chosen_are_printed(printer: QPrinter, tmp_path: Path) -> None:
    ranges = QPageRanges()
    ranges.addRange(2, 3)
    ranges.addRange(5, 6)
    printer.setPrintRange(printer.PrintRange.PageRange)
    printer.setPageRanges(ranges)
    assert print_pages(printer, [pictures(2), pictures(4)])
    assert len(pages_of(tmp_path / "printed.pdf")) == 4


def test_a_printer_that_makes_no_copies_itself_gets_every_page_again(printer: QPrinter, tmp_path: Path) -> None:
    assert not printer.supportsMultipleCopies()
    printer.setCopyCount(3)
    assert print_pages(printer, [pictures(2)])
    assert len(pages_of(tmp_path / "printed.pdf")) == 6


def test_nothing_of_printing_is_loaded_with_the_window() -> None:
    code = (
        "import sys, ferpa_wizard.desktop.window, ferpa_wizard.desktop.papers, ferpa_wizard.desktop.pages.saved\n"
        "print('PySide6.QtPrintSupport' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_papers_that_were_saved_are_known_to_the_log(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    seal_one(drive, desk)
    tick_only(drive, "Decision record", "Web page")
    drive.find(QPushButton, "Save to a folder…").click()
    drive.sees("Saved")  # once the papers are written
    (file,) = tmp_path.glob("record-*.html")
    (found,) = look_at_papers(desk.home, [file], at=desk.now())
    assert found.made is not None and found.made.record == "2026-0001"
