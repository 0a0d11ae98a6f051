"""Parts that stand beside each other where there is room, else under each other."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ferpa_wizard.desktop.controls.box import Box, Margins
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.look import Look


class SideBySide(Box):
    """Parts of the same width, beside each other from a width on, at 100 %, else under each other."""

    def __init__(self, look: Look, *parts: QWidget, least: int, gap: int, margins: Margins = (0, 0, 0, 0)) -> None:
        super().__init__(look, across=True, gap=gap, margins=margins)
        self._least = least
        for part in parts:
            self.add(part, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def rescale(self) -> None:
        super().rescale()
        self._arrange()

    def _arrange(self) -> None:
        lie(self, across=self.width() >= self.look.px(self._least))


class Beside(Box):
    """Something with a row of buttons at its right; `least` is the room that `left` wants beside them, at 100 %."""

    def __init__(self, look: Look, left: QWidget, *buttons: QWidget, least: int, gap: int = 2) -> None:
        super().__init__(look, across=True, gap=2)
        self._buttons, self._least, self._gap = buttons, least, gap
        self._flow = Flow(look, *buttons, gap=gap)
        self.add(left, 1)
        self.add(self._flow, top=True)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def rescale(self) -> None:
        super().rescale()
        self.arrange()

    def arrange(self) -> None:
        """Beside or under, after a button became wider or narrower."""
        gaps = self.look.px(self._gap) * (len(self._buttons) - 1)
        natural = sum(button.sizeHint().width() for button in self._buttons) + gaps
        beside = self.width() >= natural + self.room()
        lie(self, across=beside)
        self._flow.setMinimumWidth(natural if beside else 0)

    def room(self) -> int:
        """The pixels that the left side wants."""
        return self.look.px(self._least)


def lie(box: Box, *, across: bool) -> None:
    """Have what is in a box beside each other, or under each other."""
    direction = QBoxLayout.Direction
    box.cells.setDirection(direction.LeftToRight if across else direction.TopToBottom)
