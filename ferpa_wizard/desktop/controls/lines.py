"""Plain text set in lines of a given height, for controls that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption

from ferpa_wizard.desktop.look import Look

_SOFT_BREAK = "\u2028"  # how a text layout spells a line break


class Lines:
    """One text in one style, set to a width; the width asked last is remembered."""

    def __init__(self, look: Look, text: str, style: str, *, balanced: bool = False) -> None:
        self._look, self.text, self._style, self._balanced = look, text, style, balanced
        self._set: tuple[int, QTextLayout, int] | None = None
        self._natural: int | None = None

    def forget(self) -> None:
        """The text size changed: set the lines anew when they are next asked for."""
        self._set = self._natural = None

    def natural_width(self) -> int:
        """The width at which no line has to be broken."""
        if self._natural is None:
            layout = self._lay_out(1e6)[0]
            self._natural = int(_widest(layout)) + 1
        return self._natural

    def height(self, width: int) -> int:
        """The height of the text in this width."""
        return self._at(width)[1]

    def paint(self, painter: QPainter, x: int, y: int, *, width: int) -> None:
        """Draw with the painter's pen."""
        self._at(width)[0].draw(painter, QPointF(x, y))

    def _at(self, width: int) -> tuple[QTextLayout, int]:
        if self._set is None or self._set[0] != width:
            layout, height = self._lay_out(width)
            if self._balanced and layout.lineCount() > 1:
                layout, height = self._balance(width, height)
            self._set = (width, layout, height)
        return self._set[1:]

    def _lay_out(self, width: float) -> tuple[QTextLayout, int]:
        layout = QTextLayout(self.text.replace("\n", _SOFT_BREAK), self._font())
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

    def _balance(self, width: int, height: int) -> tuple[QTextLayout, int]:
        """The narrowest setting that needs no more lines: no lone word in the last one."""
        low, high = width // 2, width
        while high - low > 4:
            middle = (low + high) // 2
            if self._lay_out(middle)[1] > height:
                low = middle
            else:
                high = middle
        return self._lay_out(high)

    def _font(self) -> QFont:
        return self._look.font(self._style)


def _widest(layout: QTextLayout) -> float:
    return max(
        (layout.lineAt(row).naturalTextWidth() for row in range(layout.lineCount())), default=0.0
    )
