"""A row of segments of which one is chosen: real radio buttons, drawn side by side."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import RADIUS, RING, body_of, focus_ring, painting, rounded
from ferpa_wizard.desktop.look import Look

PAD, HEIGHT = 12, 32


class Segments(Group):
    """Arrow keys move and choose; `chosen` tells the id of the segment."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, words: Mapping[str, str]) -> None:
        buttons = {ident: _Segment(look, text) for ident, text in words.items()}
        super().__init__(look, name, Flow(look, *buttons.values(), gap=0))
        self._buttons = buttons
        for button in buttons.values():
            button.toggled.connect(self._on_toggled)

    def _on_toggled(self, on: bool) -> None:
        if on:
            self.chosen.emit(self.current)

    def choose(self, ident: str) -> None:
        """Choose a segment; `chosen` follows if it was another."""
        self._buttons[ident].setChecked(True)

    def opening(self) -> QWidget:
        """The segment that is chosen, else the first."""
        return self._buttons.get(self.current) or next(iter(self._buttons.values()))

    @property
    def current(self) -> str:
        """The id of the segment that is chosen; empty for none."""
        return next((ident for ident, button in self._buttons.items() if button.isChecked()), "")


class _Segment(QRadioButton):
    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self._words = Lines(look, text, "small-strong")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self._look.px
        return QSize(self._words.natural_width() + 2 * px(PAD + RING), px(HEIGHT + 2 * RING))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802, ARG002 - Qt's name; the whole of it is the button
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, body, on = self._look, body_of(self, self._look), self.isChecked()
        with painting(self) as painter:
            ground = "tint" if on else "hover" if self.underMouse() else "surface"
            line = look.color("accent" if on else "control")
            rounded(
                painter, body, look.px(RADIUS - 2), fill=look.color(ground), line=line, width=look.px(2) if on else 1
            )
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(RADIUS - 2))
            painter.setPen(look.color("text"))
            self._words.paint(
                painter,
                body.left() + look.px(PAD),
                body.top() + (body.height() - look.line("small-strong")) // 2,
                width=self._words.natural_width(),
            )
