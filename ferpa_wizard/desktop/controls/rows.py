"""Rows of facts: answers that can be changed, and facts that can only be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import RING, body_of, fill, focus_ring, painting, rounded
from ferpa_wizard.desktop.look import Look


@dataclass(frozen=True)
class Line:
    """One text of a row: in which style and colour."""

    text: str
    style: str = "small"
    ink: str = "text"


def as_spoken(parts: Sequence[str]) -> str:
    """Parts that stand apart on the screen, with the stops that make a voice pause between them."""
    said = [part for part in parts if part]
    return " ".join(part if part[-1] in ".?!:" or part is said[-1] else f"{part}." for part in said)


class _Stack:
    """Texts under one another, as a row draws them."""

    def __init__(self, look: Look, lines: tuple[Line, ...]) -> None:
        self._look = look
        self._set = [(Lines(look, line.text, line.style), line) for line in lines if line.text]

    @property
    def words(self) -> str:
        return as_spoken([line.text for _lines, line in self._set])

    def natural_width(self) -> int:
        return max((lines.natural_width() for lines, _line in self._set), default=0)

    def height(self, width: int, *, first: int = 0) -> int:
        """The height when the first text gets the width `first` and the others `width`."""
        return sum(lines.height(room) for lines, _line, room in self._rooms(width, first))

    def paint(self, painter: QPainter, at: QPoint, *, width: int, first: int = 0) -> None:
        y = at.y()
        for lines, line, room in self._rooms(width, first):
            painter.setPen(self._look.color(line.ink))
            lines.paint(painter, at.x(), y, width=room)
            y += lines.height(room)

    def _rooms(self, width: int, first: int) -> Iterator[tuple[Lines, Line, int]]:
        for place, (lines, line) in enumerate(self._set):
            yield lines, line, (first or width) if place == 0 else width


class PressRow(QPushButton):
    """A whole row that can be pressed: an answer of the rail, a way that is ruled out."""

    def __init__(
        self,
        look: Look,
        *lines: Line,
        act: str = "",
        icon: tuple[str, str] = ("", ""),
        inset: int = 10,
        hover_icon: str = "pencil",
    ) -> None:
        super().__init__()
        self._look, self._icon, self._inset = look, icon, inset
        self._hover_icon, self._now = hover_icon, False
        self._stack = _Stack(look, lines)
        self.setAccessibleName(as_spoken([self._stack.words, act]))
        if act:
            self.setToolTip(act)
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        _tall(self)

    def mark_now(self) -> None:
        """This row is the question in the middle of the window."""
        self._now = True
        self.update()

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self._look.px(200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(100), self._look.px(28))

    def heightForWidth(self, width: int) -> int:
        return self._stack.height(self._words(width)) + self._look.px(2 * RING + 6)

    def hasHeightForWidth(self) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, body = self._look, body_of(self, self._look)
        with painting(self) as painter:
            if self._now:
                rounded(painter, body, look.px(5), fill=look.color("surface"))
                bar = QRect(body.left(), body.top(), look.px(3), body.height())
                fill(painter, bar, look.color("accent"))
            elif self.underMouse() or self.isDown():
                rounded(painter, body, look.px(5), fill=look.color("hover"))
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(5))
            top = body.top() + look.px(3)
            if self._icon[0]:
                painter.drawPixmap(body.left(), top, look.icon(*self._icon))
            self._stack.paint(painter, QPoint(self._left(), top), width=self._words(self.width()))
            if self._hover_icon and not self._now and (self.underMouse() or self.hasFocus()):
                pencil = look.icon(self._hover_icon, "accent", size=14)
                painter.drawPixmap(body.right() - look.px(18), top + look.px(2), pencil)

    def _left(self) -> int:
        return self._look.px(RING + (29 if self._icon[0] else self._inset))

    def _words(self, width: int) -> int:
        return max(self._look.px(60), width - self._left() - self._look.px(RING + 18))


class FactRow(QLabel):
    """A fact that can be read and reached by keyboard: icon, words, and a state at the right."""

    def __init__(
        self,
        look: Look,
        *lines: Line,
        icon: tuple[str, str] = ("", ""),
        state: tuple[str, str] = ("", ""),
        note: str = "",
        spoken: str = "",
        indent: int = 27,
    ) -> None:
        super().__init__()
        self._look, self._icon, self._state, self._indent = look, icon, state, indent
        self._note = note
        self._stack = _Stack(look, lines)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(as_spoken([self._stack.words, spoken or note, state[0]]))
        _tall(self)

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = self._look
        natural = self._stack.natural_width() + self._left() + self._right() + look.px(RING)
        width = min(natural, look.px(460))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(150), self._look.px(24))

    def heightForWidth(self, width: int) -> int:
        words = self._words(width)
        return self._stack.height(words, first=words - self._right()) + self._look.px(2 * RING)

    def hasHeightForWidth(self) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, body = self._look, body_of(self, self._look)
        with painting(self) as painter:
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(4))
            if self._icon[0]:
                painter.drawPixmap(body.left(), body.top(), look.icon(*self._icon))
            words = self._words(self.width())
            at = QPoint(self._left(), body.top())
            self._stack.paint(painter, at, width=words, first=words - self._right())
            self._paint_right(painter, body)

    def _paint_right(self, painter: QPainter, body: QRect) -> None:
        look = self._look
        line = QRect(body.left(), body.top(), body.width(), look.line("small"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font("small-strong"))
        painter.setPen(look.color(self._state[1] or "text2"))
        painter.drawText(line, right, self._state[0])
        if self._note:
            state = painter.fontMetrics().horizontalAdvance(self._state[0])
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text2"))
            gap = look.px(10) if state else 0
            painter.drawText(line.adjusted(0, 0, -state - gap, 0), right, self._note)

    def _left(self) -> int:
        return self._look.px(RING + (self._indent if self._icon[0] else 0))

    def _right(self) -> int:
        width = 0
        for text, style in ((self._state[0], "small-strong"), (self._note, "caption")):
            if text:
                width += Lines(self._look, text, style).natural_width() + self._look.px(10)
        return width

    def _words(self, width: int) -> int:
        return max(self._look.px(60), width - self._left() - self._look.px(RING))


class Facts(Box):
    """A list of facts: one Tab stop, arrow keys move inside."""

    def __init__(self, look: Look, *rows: FactRow, gap: int = 2) -> None:
        super().__init__(look, gap=gap)
        self._rows: list[FactRow] = []
        for fact in rows:
            self.add_fact(fact)

    def add_fact(self, fact: FactRow) -> None:
        """Put a fact at the end of the list."""
        first = not self._rows
        fact.setFocusPolicy(Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus)
        self._rows.append(fact)
        self.add(fact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        at = next((n for n, fact in enumerate(self._rows) if fact.hasFocus()), None)
        if not step or at is None or not 0 <= at + step < len(self._rows):
            event.ignore()
            return
        self._rows[at + step].setFocus(Qt.FocusReason.TabFocusReason)


def _tall(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class ListRow(QPushButton):
    """A row of a list that opens something: title, what state it is in, when."""

    def __init__(self, look: Look, title: str, *, says: str, at: str, icon: tuple[str, str]) -> None:
        super().__init__()
        self._look, self._icon, self._says, self._at = look, icon, says, at
        self._title = Lines(look, title, "small-medium")
        self._parts = [Lines(look, part, "small") for part in (says, at)]
        self.setAccessibleName(as_spoken([title, says, at]))
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        _tall(self)

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self._look.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(44))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self._title.height(self._title_width(width))
        if self._stacked(width):
            words += self._look.line("small")
        return words + self._look.px(24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, body = self._look, body_of(self, self._look)
        with painting(self) as painter:
            if self.underMouse() or self.isDown():
                rounded(painter, body, look.px(5), fill=look.color("hover"))
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(5))
            top = look.px(12)
            painter.drawPixmap(look.px(RING + 4), top, look.icon(*self._icon))
            painter.setPen(look.color("text"))
            left, width = look.px(RING + 34), self._title_width(self.width())
            self._title.paint(painter, left, top, width=width)
            painter.setPen(look.color("text2"))
            if self._stacked(self.width()):
                y = top + self._title.height(width)
                painter.setFont(look.font("small"))
                words = " · ".join(part for part in (self._says, self._at) if part)
                painter.drawText(left, y, width, look.line("small"), Qt.AlignmentFlag.AlignVCenter, words)
            else:
                self._paint_columns(painter, top)

    def _paint_columns(self, painter: QPainter, top: int) -> None:
        look, right = self._look, self.width()
        for lines, column in zip(reversed(self._parts), (_AT, _SAYS), strict=True):
            right -= look.px(column)
            lines.paint(painter, right, top, width=look.px(column - 8))

    def _stacked(self, width: int) -> bool:
        return width < self._look.px(_STACK_BELOW)

    def _title_width(self, width: int) -> int:
        right = 12 if self._stacked(width) else _SAYS + _AT + 8
        return max(self._look.px(80), width - self._look.px(RING + 34 + right))


_SAYS, _AT, _STACK_BELOW = 176, 112, 560
