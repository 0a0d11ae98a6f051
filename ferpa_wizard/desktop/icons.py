"""Icons drawn from SVG files in a colour of the theme, each made once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Pixmaps by (name, colour, size, device pixel ratio)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._made: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, *, size: int, ratio: float) -> QPixmap:
        """The icon `name` in `colour`, `size` logical pixels wide and high."""
        key = (name, colour, size, ratio)
        if key not in self._made:
            self._made[key] = self._draw(name, colour, size=size, ratio=ratio)
        return self._made[key]

    def clear(self) -> None:
        """Forget what was drawn: the theme or the text size changed."""
        self._made.clear()

    def _draw(self, name: str, colour: str, *, size: int, ratio: float) -> QPixmap:
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        svg = self._source(name).replace("currentColor", colour)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]
