"""Boxes: containers that lay out, paint a ground, and keep their gaps at every text size."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ferpa_wizard.desktop.controls.paint import RADIUS, fill, painting, rounded
from ferpa_wizard.desktop.look import Look

Margins = tuple[int, int, int, int]


class Box(QWidget):
    """A column (or a row, with `across`) of widgets; sizes are those at 100 % text."""

    def __init__(
        self,
        look: Look,
        *widgets: QWidget,
        across: bool = False,
        margins: Margins = (0, 0, 0, 0),
        gap: int = 0,
    ) -> None:
        super().__init__()
        self.look, self._room_around, self._between = look, margins, gap
        self._ground_fill = self._ground_line = self._ground_edges = ""
        self._held: tuple[int, int] = (0, 0)
        self._after_paint: list[Callable[[], None]] = []
        direction = QBoxLayout.Direction
        self.cells = QBoxLayout(direction.LeftToRight if across else direction.TopToBottom, self)
        self._space()
        for widget in widgets:
            self.add(widget)

    # -- what it looks like ----------------------------------------------------------------

    def ground(self, fill: str = "", *, line: str = "", edges: str = "") -> Box:
        """Paint a ground: a card with `line` around it, or `edges` such as "tb"."""
        self._ground_fill, self._ground_line, self._ground_edges = fill, line, edges
        self.update()
        return self

    def margins(self, margins: Margins) -> None:
        """Take other margins."""
        self._room_around = margins
        self._space()

    def fixed(self, *, width: int = 0, height: int = 0) -> Box:
        """Hold a width or a height, in pixels at 100 % text."""
        self._held = (width, height)
        self._space()
        return self

    def rescale(self) -> None:
        self._space()
        self.update()

    def _space(self) -> None:
        px = self.look.px
        self.cells.setContentsMargins(*(px(side) for side in self._room_around))
        self.cells.setSpacing(px(self._between))
        width, height = self._held
        if width:
            self.setFixedWidth(px(width))
        if height:
            self.setFixedHeight(px(height))

    def once_painted(self, act: Callable[[], None]) -> None:
        """Do this when the box can be seen: what people do not wait for."""
        self._after_paint.append(act)
        self.update(0, 0, 1, 1)  # or it would wait for something else to change

    def _do_what_waits(self) -> None:
        acts, self._after_paint = self._after_paint, []
        for act in acts:
            act()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._after_paint:
            QTimer.singleShot(0, self, self._do_what_waits)
        if not (self._ground_fill or self._ground_line or self._ground_edges):
            return
        with painting(self) as painter:
            ground = self.look.color(self._ground_fill) if self._ground_fill else None
            if self._ground_line:
                line = self.look.color(self._ground_line)
                rounded(painter, self.rect(), self.look.px(RADIUS), fill=ground, line=line)
            elif ground is not None:
                fill(painter, self.rect(), ground)
            for edge in self._ground_edges:
                fill(painter, self._edge(edge), self.look.color("border"))

    def _edge(self, edge: str) -> QRect:
        width, height = self.width(), self.height()
        return {
            "t": QRect(0, 0, width, 1),
            "b": QRect(0, height - 1, width, 1),
            "l": QRect(0, 0, 1, height),
            "r": QRect(width - 1, 0, 1, height),
        }[edge]

    # -- what is in it ---------------------------------------------------------------------

    def add(self, widget: QWidget, stretch: int = 0, *, top: bool = False) -> None:
        """Put a widget at the end; `top` keeps it at the top of a row."""
        align = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag(0)
        self.cells.addWidget(widget, stretch, align)

    def push(self) -> None:
        """Everything after this goes to the far end."""
        self.cells.addStretch(1)

    def clear(self) -> None:
        """Take everything out and let it go."""
        while (cell := self.cells.takeAt(0)) is not None:
            widget = cell.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class Rule(QWidget):
    """A thin line between blocks."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            fill(painter, self.rect(), self._look.color("border"))


class Gap(QWidget):
    """Empty room of a fixed height."""

    def __init__(self, look: Look, height: int) -> None:
        super().__init__()
        self._look, self._height = look, height
        self.rescale()

    def rescale(self) -> None:
        self.setFixedHeight(self._look.px(self._height))


def row(look: Look, *widgets: QWidget, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> Box:
    """Widgets side by side, packed to the start."""
    box = Box(look, *widgets, across=True, gap=gap, margins=margins)
    box.push()
    return box


def card(look: Look, *widgets: QWidget, gap: int = 8, margins: Margins = (12, 14, 12, 12)) -> Box:
    """A white card with a thin line; words in it that have no ring of their own need its room."""
    box = Box(look, *widgets, gap=gap, margins=margins)
    box.ground("surface", line="border")
    return box
