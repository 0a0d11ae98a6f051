"""Pages on a printer: each picture fills its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from ferpa_wizard.documents.pdf import PaperSize

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PPI = 300
SHEETS: Mapping[PaperSize, QPageSize] = {
    "us-letter": QPageSize(QPageSize.PageSizeId.Letter),
    "a4": QPageSize(QPageSize.PageSizeId.A4),
}
_HINTS = QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.LosslessImageRendering
Pages = Sequence[bytes]  # of one paper, as pictures


def printer_for(paper: PaperSize, name: str) -> QPrinter:
    """A printer with sheets of this size, before people chose which; `name` is what its queue shows."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(QPageLayout(SHEETS[paper], QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    printer.setDocName(name)
    return printer


def print_pages(printer: QPrinter, papers: Sequence[Pages]) -> bool:
    """Print those of the pages that were chosen, and tell whether the printer took them.

    With two sides to a sheet every paper starts on a sheet of its own: papers go to different people.
    """
    painter = QPainter()
    if not painter.begin(printer):
        return False
    painter.setRenderHints(_HINTS)
    try:
        for place, picture in enumerate(_sides(printer, papers)):
            if place and not printer.newPage():
                return False
            if picture:
                _draw(painter, printer.paperRect(printer.Unit.DevicePixel).toRect().size(), picture)
    finally:
        painter.end()
    return printer.printerState() != printer.PrinterState.Error


def _sides(printer: QPrinter, papers: Sequence[Pages]) -> Iterator[bytes]:
    """What goes on the sides of the sheets, one after another; an empty side has no picture."""
    chosen = [*_chosen(printer, papers)]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    both_sides = printer.duplex() != printer.DuplexMode.DuplexNone
    for place, pages in enumerate(chosen * copies, 1):
        yield from pages
        if both_sides and len(pages) % 2 and place < len(chosen) * copies:
            yield b""


def _chosen(printer: QPrinter, papers: Sequence[Pages]) -> Iterator[Pages]:
    """The papers with those of their pages that are wanted; pages are numbered through all papers."""
    ranges = printer.pageRanges() if printer.printRange() == printer.PrintRange.PageRange else None
    before = 0
    for pages in papers:
        kept = [page for number, page in enumerate(pages, before + 1) if ranges is None or ranges.contains(number)]
        before += len(pages)
        if kept:
            yield kept


def _draw(painter: QPainter, sheet: QSize, picture: bytes) -> None:
    """As large as the sheet allows, in its middle: the sheet in the printer may be another than was chosen here."""
    # Without an alpha channel, which many printers are slow with.
    image = QImage.fromData(picture).convertToFormat(QImage.Format.Format_RGB32)
    size = image.size().scaled(sheet, Qt.AspectRatioMode.KeepAspectRatio)
    spare = sheet - size
    painter.drawImage(QRect(spare.width() // 2, spare.height() // 2, size.width(), size.height()), image)
