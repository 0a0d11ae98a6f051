"""Push buttons in the kinds the program uses; all of them real QPushButtons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import RADIUS, RING, body_of, fill, focus_ring, painting, rounded
from ferpa_wizard.desktop.controls.text import as_tip
from ferpa_wizard.desktop.look import Look


@dataclass(frozen=True)
class Kind:
    """How one kind of button is drawn; an empty colour draws nothing."""

    style: str
    text: str
    fill: str = ""
    fill_hover: str = ""
    line: str = ""
    height: int = 38
    pad: int = 14
    icon: int = 18
    icon_gap: int = 8
    underlined: bool = False
    starts: bool = False  # words at the start, as in a list, and not in the middle


KINDS = {
    "primary": Kind("option", "on_accent", "accent", "accent_hover", "", pad=18),
    "secondary": Kind("option", "text", "surface", "hover", "control"),
    "danger": Kind("option", "no", "surface", "no_t", "no"),
    "small": Kind("small-strong", "text", "surface", "hover", "control", height=32, pad=12, icon=16),
    "quiet": Kind("small-medium", "text", "", "hover", "", height=36, pad=10, icon_gap=9),
    "menu": Kind("small-strong", "text", "surface", "hover", "control", icon=16, icon_gap=7),
    "chip": Kind("small-medium", "text", "tint", "hover", "control", height=28, pad=10, icon=14, icon_gap=6),
    "link": Kind("small-medium", "accent", height=24, pad=1, icon=16, icon_gap=6, underlined=True),
    "nav": Kind("small-medium", "text", "", "hover", "", height=32, pad=10, icon_gap=9, starts=True),
}


class Button(QPushButton):
    """A button that paints itself; Enter and Space press it."""

    def __init__(
        self,
        look: Look,
        text: str,
        kind: str = "secondary",
        *,
        icon: str = "",
        trailing: str = "",
        ink: str = "",
    ) -> None:
        super().__init__()
        self._look, self._kind, self._words = look, KINDS[kind], text
        self._icon, self._trailing, self._ink = icon, trailing, ink
        self._bare = False
        self.setText(text.replace("&", "&&"))
        self.setAutoDefault(True)
        stretch = QSizePolicy.Policy.Expanding if self._kind.starts else QSizePolicy.Policy.Fixed
        self.setSizePolicy(stretch, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def words(self, text: str, *, trailing: str | None = None) -> None:
        """Say something else on the button."""
        self._words = text
        self._trailing = self._trailing if trailing is None else trailing
        self.setText(text.replace("&", "&&"))
        self.updateGeometry()
        self.update()

    def bare(self, bare: bool = True) -> None:
        """Show the icon alone; the words become name and tooltip."""
        self._bare = bare
        self.setAccessibleName(self._words if bare else "")
        self.setToolTip(as_tip(self._words) if bare else "")
        self.updateGeometry()
        self.update()

    def rescale(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px, kind = self._look.px, self._kind
        width = 2 * px(kind.pad + RING) + self._width_of_content()
        return QSize(width, px(kind.height + 2 * RING))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._look.px(72)), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, kind = self._look, self._kind
        with painting(self) as painter:
            body = body_of(self, look)
            self._paint_body(painter, body)
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(RADIUS - 2))
            x = body.left() + look.px(kind.pad)
            if not kind.starts:
                x += max(0, (body.width() - 2 * look.px(kind.pad) - self._width_of_content()) // 2)
            self._paint_content(painter, QPoint(x, body.center().y()), body)

    # -- parts -----------------------------------------------------------------------------

    def _hot(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.isDown())

    def _paint_body(self, painter: QPainter, body: QRect) -> None:
        kind = self._kind
        ground, line = kind.fill_hover if self._hot() else kind.fill, kind.line
        if self.isChecked():  # the line tells it where all grounds are alike, in high contrast
            ground, line = "surface", "border"
        if ground and not self.isEnabled():
            ground, line = "canvas", "border"
        if not ground and not line:
            return
        rounded(
            painter,
            body,
            self._look.px(RADIUS - 2),
            fill=self._look.color(ground) if ground else None,
            line=self._look.color(line) if line else None,
        )

    def _paint_content(self, painter: QPainter, at: QPoint, body: QRect) -> None:
        look, kind, x = self._look, self._kind, at.x()
        ink = self._text_ink()
        if self._icon:
            x = self._paint_icon(painter, self._icon, x, at.y(), ink=self._ink or ink)
        if not self._bare:
            painter.setFont(look.font(self._style()))
            painter.setPen(look.color(ink))
            wide = Lines(look, self._words, self._style()).natural_width()
            line = QRect(x, body.top(), max(wide, body.right() - x), body.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._words)
            if kind.underlined:
                baseline = body.center().y() + painter.fontMetrics().ascent() // 2 + look.px(3)
                fill(painter, QRect(x, baseline, wide, max(1, look.px(1))), look.color(ink))
            x += wide + look.px(kind.icon_gap)
        if self._trailing:
            self._paint_icon(painter, self._trailing, x, at.y(), ink=ink)

    def _paint_icon(self, painter: QPainter, name: str, x: int, middle: int, *, ink: str) -> int:
        look, size = self._look, self._kind.icon
        top = middle - look.px(size) // 2 + 1
        painter.drawPixmap(x, top, look.icon(name, ink, size=size))
        return x + look.px(size) + look.px(self._kind.icon_gap)

    def _text_ink(self) -> str:
        if not self.isEnabled():
            return "text2"
        if self._kind.underlined and self._hot():
            return "accent_hover"
        return self._kind.text

    def _style(self) -> str:
        return "small-strong" if self.isChecked() else self._kind.style

    def _width_of_content(self) -> int:
        look, kind = self._look, self._kind
        width = 0
        if not self._bare:
            style = "small-strong" if kind.starts else kind.style
            width = Lines(look, self._words, style).natural_width()
        for name in (self._icon, self._trailing):
            if name:
                width += look.px(kind.icon) + (look.px(kind.icon_gap) if width else 0)
        return width


class NavButton(Button):
    """An entry of the navigation: one of a group, the current one stays down."""

    def __init__(self, look: Look, text: str, *, icon: str) -> None:
        super().__init__(look, text, "nav", icon=icon)
        self._expected = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.toggled.connect(self._on_toggled)

    def setChecked(self, checked: bool) -> None:  # noqa: N802 - Qt's name
        """Show that its page is up, which opens nothing."""
        self._expected = True
        super().setChecked(checked)
        self._expected = False

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        self._expected = True  # a press, which has its own signal
        super().nextCheckState()
        self._expected = False

    def _on_toggled(self, on: bool) -> None:
        # A screen reader only toggles it, and Qt sends no `clicked` then: the page would not come up.
        if on and not self._expected:
            self.clicked.emit()


class Disclosure(Button):
    """Opens and closes what belongs to it; a screen reader hears checked or not."""

    def __init__(self, look: Look, text: str, body: QWidget) -> None:
        super().__init__(look, text, "quiet", icon="chevron-right")
        self._body = body
        self.setCheckable(True)
        body.setVisible(False)
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, opened: bool) -> None:
        self._icon = "chevron-down" if opened else "chevron-right"
        self._body.setVisible(opened)
        self.update()

    def _paint_body(self, painter: QPainter, body: QRect) -> None:
        if self._hot():
            rounded(painter, body, self._look.px(RADIUS - 2), fill=self._look.color("hover"))

    def _style(self) -> str:
        return self._kind.style
