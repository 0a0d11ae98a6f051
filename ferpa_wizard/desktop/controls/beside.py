"""Something with a row of buttons at its right, which goes under it where there is little room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.look import Look


class Beside(Box):
    """`least` is the room that `left` wants beside the buttons, at 100 %."""

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
        direction = QBoxLayout.Direction
        self.cells.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._flow.setMinimumWidth(natural if beside else 0)

    def room(self) -> int:
        """The pixels that the left side wants."""
        return self.look.px(self._least)
