"""A chart of bars: one hue, the number at the end of each, every bar a button; or the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QSizePolicy, QTableWidget, QTableWidgetItem

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import focus_ring, painting, rounded
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look

ROW, BAR = 24, 12
_INSET = 4
_MOST_LABEL = 0.4  # of the width


class Bar(Protocol):
    """`line` is the search that finds what the bar counts; `chosen` says that it is in force."""

    @property
    def label(self) -> str: ...
    @property
    def decisions(self) -> int: ...
    @property
    def line(self) -> str: ...
    @property
    def chosen(self) -> bool: ...


class Chart(Protocol):
    """What is counted and of how many, in sentences, and a bar for each value."""

    @property
    def title(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def denominator(self) -> str: ...
    @property
    def bars(self) -> Sequence[Bar]: ...


class ChartCard(Box):
    """`chosen` tells the search of a bar that was pressed, `grew` that what Tab visits has changed."""

    chosen = Signal(str)
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 6, 8, 10), gap=2)
        self.ground("surface", line="border")
        self._chart: Chart | None = None
        self._title = Title(look, "", "small-strong")
        self._toggle = Button(look, "Show as table", "link")
        self._toggle.clicked.connect(self._turn)
        head = Box(look, across=True, gap=8)
        head.add(self._title, 1)
        head.add(self._toggle)
        self._says = Text(look, "", "caption", ink="text2", inset=_INSET)
        self._body = Box(look)
        self._bars: list[BarButton] = []
        self._labels: list[str] = []
        self._table: BarTable | None = None
        for part in (head, self._body, self._says):
            self.add(part)

    def show_chart(self, chart: Chart) -> None:
        """Show these numbers; what has the same bars keeps its buttons, and with them the focus."""
        self._chart = chart
        self._title.say(chart.title)
        self._toggle.setAccessibleDescription(chart.title)
        self._says.say(f"{chart.definition} {chart.denominator}")
        if self._table is not None:
            self._table.show_chart(chart)
        elif self._labels != [bar.label for bar in chart.bars]:
            self._draw()
        for button, bar in zip(self._bars, chart.bars, strict=False):
            button.show_bar(bar, most=max((one.decisions for one in chart.bars), default=1))

    def _turn(self) -> None:
        chart = self._chart
        if chart is None:
            return
        self._table = BarTable(self.look) if self._table is None else None
        self._toggle.words("Show as bars" if self._table else "Show as table")
        self._draw()
        self.show_chart(chart)

    def _draw(self) -> None:
        self._body.clear()
        self._bars, self._labels = [], []
        if self._table is not None:
            self._body.add(self._table)
        elif self._chart is not None:
            self._labels = [bar.label for bar in self._chart.bars]
            self._bars = [BarButton(self.look, self._labels) for _ in self._labels]
            for button in self._bars:
                button.pressed_for.connect(self.chosen)
                self._body.add(button)
        self.grew.emit()


class BarButton(QPushButton):
    """One bar; a press asks for what it counts."""

    pressed_for = Signal(str)

    def __init__(self, look: Look, labels: Sequence[str]) -> None:
        super().__init__()
        self._look, self._labels = look, labels  # of all bars, which begin at the same place
        self._bar: Bar | None = None
        self._most = 1
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def show_bar(self, bar: Bar, *, most: int) -> None:
        """Show this bar, on a scale that ends at `most`."""
        self._bar, self._most = bar, max(1, most)
        act = "shown now" if bar.chosen else "show these"
        self.setAccessibleName(f"{bar.label}, {bar.decisions:,}, {act}")
        self.update()

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(240), self._look.px(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        bar, look = self._bar, self._look
        if bar is None:
            return
        with painting(self) as painter:
            body = self.rect().adjusted(0, look.px(1), 0, -look.px(1))
            if bar.chosen or self.underMouse():
                ground, line = ("tint", "accent") if bar.chosen else ("hover", "hover")
                rounded(painter, body, look.px(4), fill=look.color(ground), line=look.color(line))
            left, label = look.px(_INSET), self._label_width()
            painter.setPen(look.color("text"))
            painter.setFont(look.font("small"))
            words = look.metrics("small").elidedText(bar.label, Qt.TextElideMode.ElideRight, label)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(left, 0, label + 1, self.height()), middle, words)
            x = left + label + look.px(14)
            wide = self._bar_width(x) * bar.decisions // self._most
            if bar.decisions:
                top = (self.height() - look.px(BAR)) // 2
                block = QRect(x, top, max(wide, look.px(2)), look.px(BAR))
                rounded(painter, block, look.px(2), fill=look.color("accent"))
            painter.setPen(look.color("text2"))
            at = x + (max(wide, look.px(2)) + look.px(6) if bar.decisions else 0)
            painter.drawText(QRect(at, 0, self.width() - at, self.height()), middle, f"{bar.decisions:,}")
            if self.hasFocus():
                room = look.px(4)
                focus_ring(painter, look, self.rect().adjusted(room, room, -room, -room), look.px(4))

    def _label_width(self) -> int:
        widest = max(Lines(self._look, label, "small").natural_width() for label in self._labels)
        return min(widest, int(self.width() * _MOST_LABEL))

    def _bar_width(self, x: int) -> int:
        number = int(self._look.metrics("small").horizontalAdvance(f"{self._most:,}")) + self._look.px(12)
        return max(self._look.px(20), self.width() - x - number)

    def _on_clicked(self) -> None:
        if self._bar is not None:
            self.pressed_for.emit(self._bar.line)


class BarTable(QTableWidget):
    """The numbers of a chart; Enter asks for those of a row in the same way as a bar does."""

    def __init__(self, look: Look) -> None:
        super().__init__(0, 2)
        self._look = look
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.rescale()

    def show_chart(self, chart: Chart) -> None:
        self.setAccessibleName(f"{chart.title}, {len(chart.bars)} rows")
        self.setHorizontalHeaderLabels([chart.title, "Records"])
        self.setRowCount(len(chart.bars))
        for row, bar in enumerate(chart.bars):
            for column, words in enumerate((bar.label, f"{bar.decisions:,}")):
                self.setItem(row, column, QTableWidgetItem(words))
        self.rescale()

    def rescale(self) -> None:
        px = self._look.px
        self.setFont(self._look.font("small"))
        self.horizontalHeader().setFont(self._look.font("small-strong"))
        self.horizontalHeader().setFixedHeight(px(ROW))
        self.verticalHeader().setMinimumSectionSize(px(ROW))
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.setColumnWidth(1, px(96))
        self.setFixedHeight(px(ROW) * (self.rowCount() + 1) + 2)
