"""A picture of the rules to walk through: arrow keys move, Enter opens, Ctrl and the wheel or plus and minus zoom."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QScrollBar, QWidget

from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.rows import as_spoken
from ferpa_wizard.desktop.controls.scroll import SteadyBar
from ferpa_wizard.desktop.controls.sketch import LookRuler, Sketch
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.rule_layout import Layout, Rect, lay_out
from ferpa_wizard.requests.rule_picture import Picture

SMALLEST, LARGEST, STEP = 0.1, 4.0, 1.25
READABLE = 0.8  # below this the words are too small to read
AROUND = 24  # room around the picture, at 100 %
_ARROWS: Mapping[int, str] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}


class Diagram(QGraphicsView):
    """`told` gives the part in focus in words, `opened` the entry of the outline that Enter or two clicks ask for."""

    told = Signal(str)
    opened = Signal(str)

    def __init__(self, look: Look, picture: Picture) -> None:
        super().__init__()
        self._look, self._picture = look, picture
        self._current, self._fits, self._opening = "", False, True
        self._scene = QGraphicsScene(self)
        # Made here for the reason that Scroll gives: to ask Qt for its own is slow.
        self._view = QWidget()
        self._bars = QScrollBar(Qt.Orientation.Horizontal), SteadyBar()
        self.setViewport(self._view)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Qt gives it one of its own
        self.setHorizontalScrollBar(self._bars[0])
        self.setVerticalScrollBar(self._bars[1])
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or what fits changes as it comes
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.rescale()

    def show_picture(self, picture: Picture) -> None:
        """Show another picture from its beginning."""
        self._picture, self._current = picture, ""
        self._fits, self._opening = False, True
        self.rescale()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(400), self._look.px(240))  # and not that of the whole picture

    @property
    def layout_of_it(self) -> Layout:
        """Where everything stands now."""
        return self._layout

    @property
    def picture(self) -> Picture:
        return self._picture

    @property
    def current(self) -> str:
        """The id of the part in focus."""
        return self._current

    def rescale(self) -> None:
        self._layout = lay_out(self._picture, LookRuler(self._look))
        self._current = self._current or next((part.id for part in self._picture.parts()), "")
        width, height = self._layout.size
        room = self._look.px(AROUND)
        self._scene.setSceneRect(-room, -room, width + 2 * room, height + 2 * room)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, self._look.color("canvas"))
        self.setPalette(palette)
        self.setAccessibleName(self._picture.title)
        self._settle()
        self._tell()
        self._view.update()

    # -- zoom ------------------------------------------------------------------------------

    def fit(self) -> None:
        """As wide as there is room, and not above its own size."""
        self._fits, self._opening = True, False
        self._scale(self._fitting())
        self._show_current()

    def _fitting(self) -> float:
        return min(1.0, self._view.width() / max(1.0, self._scene.width()))

    def _settle(self) -> None:
        """Keep the size that was asked for; until then it fits as far as it can be read."""
        if self._fits:
            self.fit()
            return
        if self._opening:
            self._scale(max(READABLE, self._fitting()))
        self._show_current()

    def zoom(self, steps: int) -> None:
        """Larger or smaller by so many steps, around the part in focus."""
        self._fits = self._opening = False
        self._scale(self.transform().m11() * STEP**steps)
        self._show_current()

    def _scale(self, factor: float) -> None:
        factor = max(SMALLEST, min(LARGEST, factor))
        self.resetTransform()
        self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._fits = self._opening = False
        self._scale(self.transform().m11() * STEP ** (event.angleDelta().y() / 120))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    # -- keys and mouse --------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # The window has the same keys for the size of all text; in here they are for the picture.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _zooming(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _zooming(event)
        if steps is not None:
            self.zoom(steps) if steps else self.fit()
        elif event.key() in _ARROWS and self._current:
            self.go(self._layout.step(self._current, _ARROWS[event.key()]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self._open()
        else:
            super().keyPressEvent(event)

    def go(self, name: str) -> None:
        """Put the focus of the picture on a part and say what it is."""
        self._current = name
        self._show_current()
        self._tell()
        announce(self, self.accessibleDescription())
        self._view.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if name := self._at(event.position().toPoint()):
            self.go(name)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().toPoint()):
            self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._view.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._view.update()

    def _at(self, point: QPoint) -> str:
        on = self.mapToScene(point).toPoint()
        return next((n for n, place in self._layout.places.items() if _rect(place.rect).contains(QPointF(on))), "")

    def _open(self) -> None:
        if entry := self._layout.places[self._current].part.entry:
            self.opened.emit(entry)

    def _tell(self) -> None:
        words = as_spoken(self._layout.words(self._current)) if self._current else ""
        self.setAccessibleDescription(words)
        self.told.emit(words)

    def _show_current(self) -> None:
        if self._current:
            room = self._look.px(AROUND // 2)
            self.ensureVisible(_rect(self._layout.places[self._current].rect), room, room)

    # -- drawing ---------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802 - Qt's name
        seen = QRectF(rect)
        painter.fillRect(seen, self._look.color("canvas"))
        sketch = Sketch(self._look, self._layout, self._look.color)
        sketch.draw(painter, seen)
        if self.hasFocus() and self._current:
            sketch.ring(painter, self._current)


def _zooming(event: QKeyEvent) -> int | None:
    """What a key asks of the zoom: larger, smaller, or 0 to fit; None for another key."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}.get(Qt.Key(event.key()))


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)
