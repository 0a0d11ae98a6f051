"""Options as cards: a radio button or a check box that fills the width and shows its key."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import RADIUS, RING, body_of, focus_ring, painting, rounded
from ferpa_wizard.desktop.look import Look

_TEXT_AT = 48  # where the words begin, from the edge of the body
_CAP = 22


class _Card:
    """What both kinds of card share: their words and how they are set and drawn."""

    def __init__(self, look: Look, button: QAbstractButton, *, label: str, hint: str, key: str) -> None:
        self.look, self.button, self.key = look, button, key
        self.label = Lines(look, label, "option")
        self.hint = Lines(look, hint, "small") if hint else None
        button.setText(label.replace("&", "&&"))
        button.setAccessibleDescription(hint)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)

    def text_width(self, width: int) -> int:
        right = 2 * RING + 14 + (_CAP + 12 if self.key else 0)
        return max(self.look.px(60), width - self.look.px(_TEXT_AT + right))

    def height(self, width: int) -> int:
        words = self.text_width(width)
        height = self.label.height(words) + (self.hint.height(words) if self.hint else 0)
        return height + self.look.px((18 if self.hint else 24) + 2 * RING)

    def paint(self, painter: QPainter) -> QRect:
        """Draw all but the dot or tick; answers the body."""
        look, button = self.look, self.button
        body = body_of(button, look)
        chosen = button.isChecked()
        ground = "tint" if chosen else "hover" if button.underMouse() else "surface"
        line = "accent" if chosen else "control" if button.isEnabled() else "border"
        rounded(
            painter, body, look.px(RADIUS), fill=look.color(ground if button.isEnabled() else "canvas"),
            line=look.color(line), width=look.px(2) if chosen else 1,
        )  # fmt: skip
        if button.hasFocus():
            focus_ring(painter, look, body, look.px(RADIUS))
        self._paint_words(painter, body)
        if self.key:
            self._paint_cap(painter, body)
        return body

    def _paint_words(self, painter: QPainter, body: QRect) -> None:
        look, words = self.look, self.text_width(self.button.width())
        height = self.label.height(words) + (self.hint.height(words) if self.hint else 0)
        x, y = body.left() + look.px(_TEXT_AT), body.top() + (body.height() - height) // 2
        painter.setPen(look.color("text" if self.button.isEnabled() else "text2"))
        self.label.paint(painter, x, y, width=words)
        if self.hint:
            painter.setPen(look.color("text2"))
            self.hint.paint(painter, x, y + self.label.height(words), width=words)

    def _paint_cap(self, painter: QPainter, body: QRect) -> None:
        look, side = self.look, self.look.px(_CAP)
        cap = QRect(body.right() - look.px(14) - side, body.center().y() - side // 2 + 1, side, side)
        chosen = self.button.isChecked()
        line = "accent" if chosen else "border"
        rounded(painter, cap, look.px(4), fill=look.color("surface"), line=look.color(line))
        painter.setFont(look.font("small-strong"))
        painter.setPen(look.color("text2"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)


class OptionCard(QRadioButton):
    """One of several answers."""

    def __init__(self, look: Look, label: str, *, hint: str = "", key: str = "") -> None:
        super().__init__()
        self._card = _Card(look, self, label=label, hint=hint, key=key)

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self._card.look.px(420)
        return QSize(width, self._card.height(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._card.look.px(160), self._card.look.px(44))

    def heightForWidth(self, width: int) -> int:
        return self._card.height(width)

    def hitButton(self, _at: QPoint) -> bool:  # noqa: N802 - Qt's name
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._card.look
        with painting(self) as painter:
            body = self._card.paint(painter)
            side = look.px(21)
            circle = QRect(body.left() + look.px(14), body.center().y() - side // 2, side, side)
            ink = "accent" if self.isChecked() else "control" if self.isEnabled() else "border"
            painter.setPen(QPen(look.color(ink), look.px(2) if self.isChecked() else look.px(1.6)))
            painter.setBrush(look.color("surface"))
            painter.drawEllipse(circle)
            if self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("accent"))
                inner = look.px(5.5)
                painter.drawEllipse(circle.adjusted(inner, inner, -inner, -inner))


class CheckCard(QCheckBox):
    """One of several ticks."""

    def __init__(self, look: Look, label: str, *, hint: str = "", key: str = "") -> None:
        super().__init__()
        self._card = _Card(look, self, label=label, hint=hint, key=key)

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self._card.look.px(420)
        return QSize(width, self._card.height(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._card.look.px(160), self._card.look.px(44))

    def heightForWidth(self, width: int) -> int:
        return self._card.height(width)

    def hitButton(self, _at: QPoint) -> bool:  # noqa: N802 - Qt's name
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            body = self._card.paint(painter)
            look = self._card.look
            at = QPoint(body.left() + look.px(14), body.center().y() - look.px(10))
            paint_tick_box(painter, look, at, self)


def paint_tick_box(painter: QPainter, look: Look, at: QPoint, box: QCheckBox, size: int = 20) -> None:
    """The square of a check box, with its tick."""
    square = QRect(at.x(), at.y(), look.px(size), look.px(size))
    if not box.isChecked():
        line = look.color("control" if box.isEnabled() else "border")
        rounded(painter, square, look.px(4), fill=look.color("surface"), line=line, width=look.px(1.6))
        return
    rounded(painter, square, look.px(4), fill=look.color("accent"))
    tick = look.px(size - 6)
    room = (square.width() - tick) // 2
    pixmap = look.icon("check", "on_accent", size=size - 6)
    painter.drawPixmap(square.left() + room, square.top() + room, pixmap)


class CheckRow(QCheckBox):
    """A tick in a dense list, with small words at its right: the data items."""

    def __init__(
        self, look: Look, label: str, *, marks: tuple[tuple[str, str, str], ...] = (), plain: bool = False
    ) -> None:
        super().__init__()
        self._look, self._marks, self._plain = look, marks, plain
        self._label = Lines(look, label, "small-medium")
        self._heights: dict[int, int] = {}  # by width; a page of items asks for each many times
        self.setText(label.replace("&", "&&"))
        self.setAccessibleDescription(", ".join(word for word, _icon, _ink in marks))
        self.setToolTip(self.accessibleDescription())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def rescale(self) -> None:
        self._heights.clear()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self._label.natural_width() + self._look.px(_ROW_AT + 16)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(_ROW))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            height = self._label.height(self._words(width)) + self._look.px(16)
            self._heights[width] = max(self._look.px(_ROW), height)
        return self._heights[width]

    def hitButton(self, _at: QPoint) -> bool:  # noqa: N802 - Qt's name
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        with painting(self) as painter:
            body = body_of(self, look)
            ground = "hover" if self.underMouse() else ""
            if self.isChecked() and not self._plain:
                ground = "tint"
            if ground:
                rounded(painter, body, look.px(6), fill=look.color(ground))
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(6))
            at = QPoint(body.left() + look.px(8), body.center().y() - look.px(8))
            paint_tick_box(painter, look, at, self, 17)
            words = self._words(self.width())
            painter.setPen(look.color("text" if self.isEnabled() else "text2"))
            top = body.center().y() - self._label.height(words) // 2 + 1
            self._label.paint(painter, look.px(_ROW_AT), top, width=words)
            self._paint_marks(painter, body)

    def _words(self, width: int) -> int:
        return max(self._look.px(40), width - self._look.px(_ROW_AT + 12) - self._marks_width(width))

    def _marks_width(self, width: int) -> int:
        return sum(self._mark_width(word, width) for word, _icon, _ink in self._marks)

    def _mark_width(self, word: str, width: int) -> int:
        if width < self._look.px(_WORDS_FROM):
            return self._look.px(14 + 10)
        return Lines(self._look, word, "caption").natural_width() + self._look.px(14 + 5 + 12)

    def _paint_marks(self, painter: QPainter, body: QRect) -> None:
        look, x = self._look, body.right() - self._marks_width(self.width())
        worded = self.width() >= look.px(_WORDS_FROM)
        for word, icon, ink in self._marks:
            painter.drawPixmap(x, body.center().y() - look.px(6), look.icon(icon, ink, size=14))
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text2"))
            line = QRect(x + look.px(14 + 5), body.top(), body.width(), body.height())
            if worded:
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, word)
            x += self._mark_width(word, self.width())


_ROW = 34
_WORDS_FROM = 300  # width from which the words of the marks are shown beside their icons
_ROW_AT = 40


def first_choice(buttons: list[QAbstractButton]) -> QWidget | None:
    """The one that is chosen, else the first that can be."""
    chosen = [button for button in buttons if button.isChecked()]
    return next(iter([*chosen, *(button for button in buttons if button.isEnabled())]), None)
