"""Labels that show plain text only, in a style and a colour of the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import RING, painting, rounded
from ferpa_wizard.desktop.look import Look

COLUMN = 680  # the widest a line of reading text gets, at 100 %


def as_tip(text: str) -> str:
    """The text for a tool tip, which Qt takes for markup where its first sign of that looks like some."""
    return text.replace("<", "‹").replace("&lt;", "&\u2060lt;")


class Text(QLabel):
    """A text that wraps; never rich text, whatever it holds."""

    def __init__(
        self,
        look: Look,
        text: str,
        style: str = "body",
        *,
        ink: str = "text",
        inset: int = 0,
        over: int = 0,
        wraps: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`inset` is the room left and right, `over` that above and below, in pixels at 100 %."""
        super().__init__(parent)
        self._look, self._style, self._ink, self._inset, self._over = look, style, ink, inset, over
        self._lines = self._make_lines(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Preferred,
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        super().setText(text)

    def say(self, text: str, ink: str = "") -> None:
        """Show another text, perhaps in another colour."""
        if text == self.text() and ink in ("", self._ink):
            return
        self._ink = ink or self._ink
        self._lines = self._make_lines(text)
        self.setText(text)
        self.updateGeometry()
        self.update()

    def rescale(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        room = self._room()
        width = self._lines.natural_width()
        if self.wordWrap():
            width = min(width, self._look.px(COLUMN))
        return QSize(width + room, self._tall(self._lines.height(width)))

    def minimumSizeHint(self) -> QSize:
        if not self.wordWrap():
            return self.sizeHint()
        return QSize(self._look.px(24) + self._room(), self._tall(self._look.line(self._style)))

    def heightForWidth(self, width: int) -> int:
        return self._tall(self._lines.height(max(1, width - self._room())))

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setPen(self._look.color(self._ink))
            inset, width = self._look.px(self._inset), max(1, self.width() - self._room())
            top = max(0, (self.height() - self._lines.height(width)) // 2)
            self._lines.paint(painter, inset, top, width=width)

    def _make_lines(self, text: str) -> Lines:
        balanced = self._style in {"h1", "verdict"}
        return Lines(self._look, text, self._style, balanced=balanced)

    def _room(self) -> int:
        return self._look.px(self._inset) * 2

    def _tall(self, words: int) -> int:
        return words + self._look.px(self._over) * 2


class Heading(Text):
    """The heading of a page: takes the focus when the page opens, and no Tab stop after."""

    def __init__(self, look: Look, text: str, *, style: str = "h1", inset: int = 0) -> None:
        super().__init__(look, text, style, inset=inset)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


class Title(Text):
    """The title of a card or of a list, in line with the rows under it."""

    def __init__(self, look: Look, text: str, style: str = "h2", *, ink: str = "text") -> None:
        super().__init__(look, text, style, ink=ink, inset=RING)


class Mark(QWidget):
    """An icon that stands beside words; it says nothing of its own."""

    def __init__(self, look: Look, name: str, ink: str = "text", *, size: int = 18) -> None:
        super().__init__()
        self._look, self._name, self._ink, self._size = look, name, ink, size
        self.rescale()

    def show_icon(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self.update()

    def rescale(self) -> None:
        side = self._look.px(self._size)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            pixmap = self._look.icon(self._name, self._ink, size=self._size)
            painter.drawPixmap(0, 0, pixmap)


class Count(QLabel):
    """A number in a filled circle, for steps."""

    def __init__(self, look: Look, number: int, ink: str) -> None:
        super().__init__(str(number))
        self._look, self._ink = look, ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.rescale()

    def rescale(self) -> None:
        side = self._look.px(26)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            rounded(painter, self.rect(), self.width() / 2, fill=self._look.color(self._ink))
            painter.setFont(self._look.font("small-strong"))
            painter.setPen(self._look.color("surface"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
