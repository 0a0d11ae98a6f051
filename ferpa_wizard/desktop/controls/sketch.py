"""A laid out picture of the rules, drawn with the texts of the look in whatever colours are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import RADIUS, rounded
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.tokens import THEMES
from ferpa_wizard.requests.rule_layout import MARK, PAD, Layout, Place, Point, Rect, texts, words_room

Ink = Callable[[str], QColor]
_PAPER = {**THEMES["light"], "canvas": "#FFFFFF"}
_SIGNS: Mapping[str, tuple[str, str]] = {  # what stands in the circle beside a marked part; no sign is a tick
    "answered": ("", "accent"),
    "chosen": ("", "accent"),
    "met": ("", "yes"),
    "to-do": ("!", "steps"),
    "unknown": ("?", "ask"),
    "not-met": ("×", "no"),
}
_GROUNDS: Mapping[str, str] = {"met": "yes_t", "to-do": "steps_t", "unknown": "ask_t", "not-met": "no_t"}
ARROW = 5


def on_paper(token: str) -> QColor:
    """The colour of a token on white paper, whatever the theme."""
    return QColor(_PAPER[token])


class LookRuler:
    """Measures for the layout, at the text size in force."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def px(self, size: float) -> int:
        return self._look.px(size)

    def height(self, text: str, style: str, width: int) -> int:
        return Lines(self._look, text, style).height(width)


class Sketch:
    """Draws one layout."""

    def __init__(self, look: Look, layout: Layout, ink: Ink) -> None:
        self._look, self._layout, self._ink = look, layout, ink

    def draw(self, painter: QPainter, seen: QRectF) -> None:
        """Draw what lies in this rectangle of the picture."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._links(painter)
        for card in self._layout.cards:
            if seen.intersects(QRectF(_rect(card))):
                rounded(painter, _rect(card), self._radius(), fill=self._ink("surface"))
        for place in self._layout.places.values():
            if seen.intersects(QRectF(_rect(place.rect))):
                self._part(painter, place)
        for card in self._layout.cards:
            rounded(painter, _rect(card), self._radius(), line=self._ink("control"))

    def ring(self, painter: QPainter, name: str) -> None:
        """The ring around the part that has the focus."""
        room = self._look.px(4)
        body = _rect(self._layout.places[name].rect).adjusted(-room, -room, room, room)
        rounded(painter, body, self._radius(), line=self._ink("focus"), width=self._look.px(3))

    # -- links -----------------------------------------------------------------------------

    def _links(self, painter: QPainter) -> None:
        for lit in (False, True):  # those of the path above the others
            for link, points in self._layout.routes:
                if link.lit == lit:
                    self._link(painter, points, lit=lit)

    def _link(self, painter: QPainter, points: Sequence[Point], *, lit: bool) -> None:
        colour = self._ink("accent" if lit else "control")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, self._look.px(3 if lit else 1)))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))
        tip, side = QPointF(*points[-1]), self._look.px(ARROW)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-2 * side, -side), tip + QPointF(-2 * side, side)]))

    # -- parts -----------------------------------------------------------------------------

    def _part(self, painter: QPainter, place: Place) -> None:
        look, rect, part = self._look, _rect(place.rect), place.part
        if part.state:
            ground, line = self._ink(_GROUNDS.get(part.state, "tint")), self._ink(_SIGNS[part.state][1])
            rounded(painter, rect, self._radius(), fill=ground, line=line, width=look.px(2))
            self._sign(painter, rect, part.state)
        elif not place.head:
            painter.setPen(QPen(self._ink("border"), 1))
            painter.drawLine(QLineF(rect.left() + 1, rect.top(), rect.right() - 1, rect.top()))
        left, y = rect.left() + look.px(PAD) + (look.px(MARK) if part.state else 0), rect.top() + look.px(PAD)
        width = words_room(part, LookRuler(look))
        for text, style in texts(part):
            lines = Lines(look, text, style)
            painter.setPen(self._ink(self._tone(text == part.mark, style, part.state)))
            lines.paint(painter, left, y, width=width)
            y += lines.height(width)

    def _tone(self, is_mark: bool, style: str, state: str) -> str:
        if is_mark and state:
            return _SIGNS[state][1]
        return "text2" if style == "caption" else "text"

    def _sign(self, painter: QPainter, rect: QRect, state: str) -> None:
        """A circle with a tick or a character: a shape says what the colour says."""
        sign, ink = _SIGNS[state]
        side = self._look.px(16)
        box = QRectF(rect.left() + self._look.px(PAD), rect.top() + self._look.px(PAD) + 1, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink(ink))
        painter.drawEllipse(box)
        painter.setPen(QPen(self._ink("surface"), self._look.px(2)))
        if sign:
            painter.setFont(self._look.font("small-strong"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
            return
        tick = QPainterPath(QPointF(box.left() + side * 0.25, box.center().y()))
        tick.lineTo(box.left() + side * 0.44, box.top() + side * 0.7)
        tick.lineTo(box.left() + side * 0.76, box.top() + side * 0.32)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tick)

    def _radius(self) -> int:
        return self._look.px(RADIUS - 2)


def _rect(rect: Rect) -> QRect:
    return QRect(rect.x, rect.y, rect.width, rect.height)
