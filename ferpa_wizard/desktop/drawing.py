"""A picture of the rules on paper and in files: black on white, whatever the theme."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter

from ferpa_wizard.desktop.controls.sketch import Sketch, on_paper
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.printing import SHEETS, Pages
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.pdf import PaperSize
from ferpa_wizard.documents.write import save
from ferpa_wizard.requests.rule_layout import Layout

AROUND = 24  # pixels of white around the picture
SHARP = 2  # pixels of a PNG for each of the picture
MARGIN, FOOT = 0.5, 0.3  # inches around a sheet, and at its foot
MOST = 144  # pixels of the picture on an inch of paper, at 100 % text: smaller letters are hard to read


class Drawing:
    """One laid out picture to save or print; `title` stands in the file and under each sheet."""

    def __init__(self, look: Look, layout: Layout, title: str) -> None:
        self._look, self._title = look, title
        self._sketch = Sketch(look, layout, on_paper)
        width, height = layout.size
        self._size = QSize(width + 2 * AROUND, height + 2 * AROUND)

    # -- files -----------------------------------------------------------------------------

    def save(self, target: Path) -> Path:
        """Save as the suffix says, SVG without one; the file. Raises DocumentError."""
        out = target if target.suffix else target.with_suffix(".svg")
        makers: Mapping[str, Callable[[], bytes]] = {".svg": self._svg, ".pdf": self._pdf, ".png": self._png}
        if out.suffix.lower() not in makers:
            raise DocumentError("A drawing is saved as .svg, .pdf or .png. Nothing was written.")
        return save(makers[out.suffix.lower()](), out)

    def _svg(self) -> bytes:
        from PySide6.QtSvg import QSvgGenerator

        with _Buffer() as buffer:
            writer = QSvgGenerator()
            writer.setOutputDevice(buffer)
            writer.setSize(self._size)
            writer.setViewBox(QRect(0, 0, self._size.width(), self._size.height()))
            writer.setTitle(self._title)
            self._paint(writer)
        return bytes(buffer.data().data())

    def _pdf(self) -> bytes:
        with _Buffer() as buffer:
            writer = QPdfWriter(buffer)
            writer.setTitle(self._title)
            inches = QSizeF(self._size.width() / 96, self._size.height() / 96)
            size = QPageSize(inches, QPageSize.Unit.Inch, self._title, QPageSize.SizeMatchPolicy.ExactMatch)
            writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
            self._paint(writer, writer.resolution() / 96)
        return bytes(buffer.data().data())

    def _png(self) -> bytes:
        image = _white(self._size * SHARP)
        self._paint(image, SHARP)
        return _bytes_of(image)

    def _paint(self, device: QPaintDevice, scale: float = 1) -> None:
        painter = QPainter(device)
        try:
            painter.scale(scale, scale)
            painter.translate(AROUND, AROUND)
            self._sketch.draw(painter, QRectF(QPointF(-AROUND, -AROUND), QSizeF(self._size)))
        finally:
            painter.end()

    # -- sheets ----------------------------------------------------------------------------

    def sheets(self, paper: PaperSize, ppi: float) -> Pages:
        """The picture on as many sheets as its letters need to be read, row by row, as PNG."""
        size = SHEETS[paper].size(QPageSize.Unit.Inch)
        room = QSizeF(size.width() - 2 * MARGIN, size.height() - 2 * MARGIN - FOOT)
        density = self._density(room)  # pixels of the picture on an inch
        across = max(1, math.ceil(self._size.width() / density / room.width()))
        down = max(1, math.ceil(self._size.height() / density / room.height()))
        tile = QSizeF(room.width() * density, room.height() * density)
        places = [(row, column) for row in range(down) for column in range(across)]
        found = []
        for number, (row, column) in enumerate(places, 1):
            part = QRectF(QPointF(column * tile.width(), row * tile.height()), tile)
            foot = f"{self._title}. Sheet {number} of {len(places)}: row {row + 1}, column {column + 1}."
            found.append(self._sheet(size, part, ppi, foot=foot))
        return found

    def _density(self, room: QSizeF) -> float:
        fitting = max(self._size.width() / room.width(), self._size.height() / room.height())
        return max(96.0, min(MOST * self._look.percent / 100, fitting))

    def _sheet(self, size: QSizeF, part: QRectF, ppi: float, *, foot: str) -> bytes:
        image = _white(QSize(round(size.width() * ppi), round(size.height() * ppi)))
        painter = QPainter(image)
        try:
            painter.translate(MARGIN * ppi, MARGIN * ppi)
            painter.save()
            scale = (size.width() - 2 * MARGIN) * ppi / part.width()
            painter.scale(scale, scale)
            painter.setClipRect(QRectF(QPointF(0, 0), part.size()))
            painter.translate(AROUND - part.left(), AROUND - part.top())
            self._sketch.draw(painter, part.translated(-AROUND, -AROUND))
            painter.restore()
            self._foot(painter, QRectF(0, 0, size.width() - 2 * MARGIN, size.height() - 2 * MARGIN), ppi, foot)
        finally:
            painter.end()
        return _bytes_of(image)

    def _foot(self, painter: QPainter, room: QRectF, ppi: float, text: str) -> None:
        scale = ppi / 96 * 100 / self._look.percent
        painter.scale(scale, scale)
        painter.setFont(self._look.font("caption"))
        painter.setPen(on_paper("text2"))
        line = QRectF(0, 0, room.width() * ppi / scale, room.height() * ppi / scale)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)


class _Buffer(QBuffer):
    """A buffer that is open inside a with."""

    def __enter__(self) -> _Buffer:
        self.open(QIODevice.OpenModeFlag.WriteOnly)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _white(size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def _bytes_of(image: QImage) -> bytes:
    with _Buffer() as buffer:
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
