"""A chart of bars: one hue, the number at the end of each, every bar a button; or the same as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ferpa_wizard.core.charts import Bar, Chart
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import focus_ring, painting, rounded
from ferpa_wizard.desktop.controls.table import Table
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look

ROW, BAR = 24, 12
MOST = 10  # bars until all are asked for
_INSET = 4
_MOST_LABEL = 0.42  # of the width; longer labels stand above their bars


class ChartCard(Box):
    """`chosen` tells the search of a bar that was pressed, `grew` that what Tab visits has changed.

    With `brief` only the denominator stands under the bars, where there is little room.
    """

    chosen = Signal(str)
    grew = Signal()

    def __init__(self, look: Look, *, brief: bool = False) -> None:
        super().__init__(look, margins=(12, 6, 8, 10), gap=2)
        self.ground("surface", line="border")
        self._brief = brief
        self._chart: Chart | None = None
        self._now = Search()
        self._most = MOST
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
        self._table: Table | None = None
        self._all = Button(look, "", "link")
        self._all.clicked.connect(self._show_all)
        self._foot = row(look, self._all, margins=(_INSET, 0, 0, 0))
        for part in (head, self._body, self._foot, self._says):
            self.add(part)
        self.push()
        self._foot.setVisible(False)

    def show_chart(self, chart: Chart, now: Search) -> None:
        """Show these numbers; what has the same bars keeps its buttons, and with them the focus.

        `now` is the search in force: a bar that stands for it is shown as chosen.
        """
        self._chart, self._now = chart, now
        self._title.say(chart.title)
        self._toggle.setAccessibleDescription(chart.title)
        self._toggle.setVisible(bool(chart.bars) or self._table is not None)
        of = f"{raised(chart.denominator)}."
        self._says.say(of if self._brief else " ".join([chart.definition, of, *chart.notes]))
        if self._table is not None:
            self._fill(self._table, chart)
        elif self._labels != [bar.label for bar in chart.bars[: self._most]]:
            self._draw()
        most = max((one.count for one in chart.bars), default=1)
        for button, bar in zip(self._bars, chart.bars, strict=False):
            button.show_bar(bar, most=most, chosen=_same(bar.search, now))

    def _turn(self) -> None:
        self._table = None if self._table else self._new_table()
        self._toggle.words("Show as bars" if self._table else "Show as table")
        self._draw_again()

    def _show_all(self) -> None:
        before, self._most = self._most, len(self._labels) + len(self._chart.bars if self._chart else ())
        self._draw_again()
        if len(self._bars) > before:
            self._bars[before].show()  # what is not shown yet cannot take the focus
            self._bars[before].setFocus()

    def _draw_again(self) -> None:
        self._draw()
        if self._chart is not None:
            self.show_chart(self._chart, self._now)

    def _draw(self) -> None:
        """Have as many parts as the chart needs."""
        self._body.clear()
        self._bars, self._labels = [], []
        bars = self._chart.bars if self._chart is not None else ()
        if self._table is not None:
            self._body.add(self._table)
        else:
            self._labels = [bar.label for bar in bars[: self._most]]
            self._bars = [BarButton(self.look, self._labels) for _ in self._labels]
            for button in self._bars:
                button.pressed_for.connect(self.chosen)
                self._body.add(button)
        self._all.words(f"Show all {len(bars):,}")
        self._all.setAccessibleName(f"Show all {len(bars):,}: {self._title.text()}")
        self._foot.setVisible(self._table is None and len(bars) > self._most)
        self.grew.emit()

    def _new_table(self) -> Table:
        made = Table(self.look, wide=0)
        made.opened.connect(self._on_row)
        return made

    def _fill(self, table: Table, chart: Chart) -> None:
        table.fill(chart.title, chart.header, [(label, f"{count:,}", part) for label, count, part in chart.rows])

    def _on_row(self, place: int) -> None:
        if self._chart is not None:
            self.chosen.emit(self._chart.bars[place].line)


def _same(one: Search, other: Search) -> bool:
    """Do two searches say the same, in whatever order?"""
    return one.words == other.words and {*one.filters} == {*other.filters}


class BarButton(QPushButton):
    """One bar; a press asks for what it counts."""

    pressed_for = Signal(str)

    def __init__(self, look: Look, labels: Sequence[str]) -> None:
        super().__init__()
        self._look, self._labels = look, labels  # of all bars, which begin at the same place
        self._bar: Bar | None = None
        self._most, self._chosen = 1, False
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)

    def show_bar(self, bar: Bar, *, most: int, chosen: bool) -> None:
        """Show this bar, on a scale that ends at `most`."""
        self._bar, self._most, self._chosen = bar, max(1, most), chosen
        act = "shown now" if chosen else "show these"
        self.setAccessibleName(f"{bar.label.rstrip('.')}, {bar.count:,}, {act}")
        self.updateGeometry()
        self.update()

    def rescale(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(240), self._look.px(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(ROW))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._look.px(ROW) + (self._label_height(width) if self._stacked(width) else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        bar, look = self._bar, self._look
        if bar is None:
            return
        with painting(self) as painter:
            body = self.rect().adjusted(0, look.px(1), 0, -look.px(1))
            if self._chosen or self.underMouse():
                ground, line = ("tint", "accent") if self._chosen else ("hover", "hover")
                rounded(painter, body, look.px(4), fill=look.color(ground), line=look.color(line))
            self._paint_bar(painter, bar, self._paint_label(painter, bar))
            if self.hasFocus():
                room = look.px(4)
                focus_ring(painter, look, self.rect().adjusted(room, room, -room, -room), look.px(4))

    def _paint_label(self, painter: QPainter, bar: Bar) -> QRect:
        """Draw it; the room that is left for the bar and its number."""
        look, left, rest = self._look, self._look.px(_INSET), QRect(self.rect())
        painter.setPen(look.color("text"))
        lines = Lines(look, bar.label, "small")
        if self._stacked(self.width()):
            lines.paint(painter, left, look.px(2), width=self.width() - 2 * left)
            rest.setTop(self._label_height(self.width()))
            return rest.adjusted(left, 0, 0, 0)
        lines.paint(painter, left, (self.height() - look.line("small")) // 2, width=self.width())
        return rest.adjusted(left + self._widest() + look.px(14), 0, 0, 0)

    def _paint_bar(self, painter: QPainter, bar: Bar, room: QRect) -> None:
        look, x = self._look, room.left()
        painter.setFont(look.font("small"))
        number = int(look.metrics("small").horizontalAdvance(f"{self._most:,}")) + look.px(12)
        wide = max(look.px(20), room.width() - number) * bar.count // self._most
        if bar.count:
            block = QRect(x, room.center().y() - look.px(BAR) // 2 + 1, max(wide, look.px(2)), look.px(BAR))
            rounded(painter, block, look.px(2), fill=look.color("accent"))
            x += block.width() + look.px(6)
        painter.setPen(look.color("text2"))
        at = QRect(x, room.top(), self.width() - x, room.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, f"{bar.count:,}")

    def _widest(self) -> int:
        return max(Lines(self._look, label, "small").natural_width() for label in self._labels)

    def _stacked(self, width: int) -> bool:
        return self._widest() > int(width * _MOST_LABEL)

    def _label_height(self, width: int) -> int:
        inset = self._look.px(_INSET)
        return Lines(self._look, self._bar.label if self._bar else "", "small").height(width - 2 * inset)

    def _on_clicked(self) -> None:
        if self._bar is not None:
            self.pressed_for.emit(self._bar.line)
