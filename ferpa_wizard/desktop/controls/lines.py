"""Plain text set in lines of a given height, for controls that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from ferpa_wizard.desktop.look import Look

MOST = 4_000  # widths and settings that are kept; a long day of work shows a few hundred
_SOFT_BREAK = "\u2028"  # how a text layout spells a line break

Setting = tuple[QTextLayout, int]


class Lines:
    """One text in one style; what was worked out for a width is kept by the look, for every page."""

    def __init__(self, look: Look, text: str, style: str, *, balanced: bool = False) -> None:
        self._look, self.text, self._style, self._balanced = look, text, style, balanced

    def natural_width(self) -> int:
        """The width at which no line has to be broken."""
        key = (self._style, self.text)
        if key not in self._look.widths:
            metrics = self._look.metrics(self._style)
            parts = self.text.split("\n")
            if len(self._look.widths) >= MOST:
                self._look.widths.clear()
            self._look.widths[key] = int(max(metrics.horizontalAdvance(part) for part in parts)) + 1
        return self._look.widths[key]

    def height(self, width: int) -> int:
        """The height of the text in this width."""
        if self._is_one_line(width):
            return self._look.line(self._style)
        return self._at(width)[1]

    def paint(self, painter: QPainter, x: int, y: int, *, width: int) -> None:
        """Draw with the painter's pen."""
        if not self._is_one_line(width):
            self._at(width)[0].draw(painter, QPointF(x, y))
            return
        metrics = self._look.metrics(self._style)
        above = (self._look.line(self._style) - metrics.height()) / 2
        painter.setFont(self._look.font(self._style))
        painter.drawText(QPointF(x, y + above + metrics.ascent()), self.text)

    def _is_one_line(self, width: int) -> bool:
        return self.natural_width() <= width and "\n" not in self.text

    def _at(self, width: int) -> Setting:
        key = (self._style, self.text, width)
        kept: Setting | None = self._look.settings.get(key)
        if kept is None:
            kept = self._lay_out(width)
            if self._balanced and kept[0].lineCount() > 1:
                kept = self._balance(width, kept[1])
            if len(self._look.settings) >= MOST:
                self._look.settings.clear()
            self._look.settings[key] = kept
        return kept

    def _lay_out(self, width: float) -> Setting:
        layout = QTextLayout(self.text.replace("\n", _SOFT_BREAK), self._look.font(self._style))
        layout.setCacheEnabled(True)
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        step, top = self._look.line(self._style), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, top + (step - line.height()) / 2))
            top += step
        layout.endLayout()
        return layout, top

    def _balance(self, width: int, height: int) -> Setting:
        """The narrowest setting that needs no more lines: no lone word in the last one."""
        low, high = width // 2, width
        while high - low > 4:
            middle = (low + high) // 2
            if self._lay_out(middle)[1] > height:
                low = middle
            else:
                high = middle
        return self._lay_out(high)
