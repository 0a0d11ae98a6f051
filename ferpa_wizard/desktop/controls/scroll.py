"""A scroll area that takes no Tab stop and keeps the focused control in view."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QMargins, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QScrollBar, QWidget

from ferpa_wizard.desktop.controls.box import Box, Margins
from ferpa_wizard.desktop.look import Look

_MOVES: Mapping[int, QScrollBar.SliderAction] = {
    Qt.Key.Key_Up: QScrollBar.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QScrollBar.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QScrollBar.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QScrollBar.SliderAction.SliderToMaximum,
}


class SteadyBar(QScrollBar):
    """A bar for a place that always has one: with nothing to scroll, there is room and no bar to see."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.rangeChanged.connect(lambda least, most: self.setEnabled(most > least))
        self.setEnabled(False)


class Scroll(QScrollArea):
    """Scrolls a column up and down; `column` is where pages go."""

    def __init__(self, look: Look, *, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> None:
        super().__init__()
        self._look, self._limit, self._margins = look, 0, margins
        self.column = Box(look, margins=margins, gap=gap)
        self.column.setObjectName("scrolled")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Made here, because to ask Qt for the ones it made costs 100 ms: PySide6 then looks
        # through every class it knows for their type.
        self._view, self._bar = QWidget(), QScrollBar(Qt.Orientation.Vertical)
        self.setViewport(self._view)
        self.setVerticalScrollBar(self._bar)
        self._view.setAutoFillBackground(False)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.column)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._show_focused)

    def limit(self, width: int) -> None:
        """Keep what is in the column this narrow, in pixels at 100 %; 0 sets no limit."""
        # By a margin and not by a maximum: a layout asks how high a text is in the room there is.
        self._limit = width
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def to_top(self) -> None:
        """Show the beginning."""
        self._bar.setValue(0)

    def move_by(self, key: int) -> bool:
        """Scroll as an arrow, Page Up, Page Down, Home or End says; False for another key."""
        move = _MOVES.get(key)
        if move is not None:
            self._bar.triggerAction(move)
        return move is not None

    def _fit(self) -> None:
        left, top, right, bottom = self._margins
        room = self._view.width() - self._look.px(left) - self._look.px(right)
        spare = max(0, room - self._look.px(self._limit)) if self._limit else 0
        px = self._look.px
        fitting = QMargins(px(left), px(top), px(right) + spare, px(bottom))
        if fitting != self.column.cells.contentsMargins():
            self.column.cells.setContentsMargins(fitting)

    def _show_focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.column.isAncestorOf(new):
            self.reveal(new)

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that the whole of a widget is seen; its top, where it is higher than the view."""
        # ensureWidgetVisible is content with the line that the caret is in.
        room, bar = self._look.px(8), self._bar
        top = widget.mapTo(self.column, QPoint(0, 0)).y()
        bottom, seen = top + widget.height() + room, self._view.height()
        if bottom - bar.value() > seen:
            bar.setValue(bottom - seen)
        if top - room < bar.value():
            bar.setValue(top - room)
