"""Strokes that several controls share: rounded bodies and the focus ring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.look import Look

RING = 4  # a ring 2 px wide outside a gap of 2 px: room that a control leaves around its body
RADIUS = 8


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """A painter on the widget with smooth edges; ended whatever happens, or Qt aborts."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


def body_of(widget: QWidget, look: Look) -> QRect:
    """The rectangle of the control without the room for its focus ring."""
    room = look.px(RING)
    return widget.rect().adjusted(room, room, -room, -room)


def fill(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Paint a rectangle without an outline."""
    # Not fillRect: PySide6 makes an enum of 180 gradients to find out which of its forms is meant.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)


def rounded(
    painter: QPainter,
    rect: QRect,
    radius: float,
    *,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1,
) -> None:
    """A rounded rectangle whose outline lies inside `rect`."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    half = width / 2 if line is not None else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius - half, radius - half)


def focus_ring(painter: QPainter, look: Look, rect: QRect, radius: float) -> None:
    """The ring around a body: 2 px, outside a gap of 2 px."""
    width, room = look.px(2), look.px(RING)
    rounded(
        painter,
        rect.adjusted(-room, -room, room, room),
        radius + room,
        line=look.color("focus"),
        width=width,
    )
