"""A small table that is as high as its rows: texts wrap, and where there is little room a row stands in one cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.look import Look

ROW = 24
_PAD, _SPARE = 8, 10  # beside each text, by the style sheet; and what Qt takes for itself
_LEAST = 170  # of the column that takes the room that is left


class Table(QTableWidget):
    """`wide` is the column that takes the room that is left; `opened` tells the row that Enter asks for."""

    opened = Signal(int)

    def __init__(self, look: Look, *, wide: int) -> None:
        super().__init__()
        self._look, self._wide = look, wide
        self._header: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._titles: list[QTableWidgetItem] = []
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.activated.connect(self._on_activated)

    def fill(self, name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self.setAccessibleName(f"{name}, {len(rows)} row{'s' * (len(rows) != 1)}")
        self._header, self._rows = header, rows
        self.setColumnCount(len(header))
        self.setRowCount(len(rows))
        self._titles = [QTableWidgetItem(words) for words in header]
        for column, title in enumerate(self._titles):
            self.setHorizontalHeaderItem(column, title)
        self.rescale()

    def rescale(self) -> None:
        px = self._look.px
        for title in self._titles:
            title.setFont(self._look.font("small-strong"))
        self.horizontalHeader().setFixedHeight(px(ROW))
        self.verticalHeader().setMinimumSectionSize(px(ROW))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, widths = self.width(), [self._natural(place) for place in range(len(self._header))]
        if not widths:
            return
        left = room - sum(widths) + widths[self._wide]
        if left < min(self._look.px(_LEAST), widths[self._wide]):
            self._lay_out([[self._in_one(row)] for row in self._rows], [room])
        else:
            widths[self._wide] = left
            self._lay_out(self._rows, widths)

    def _lay_out(self, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        self.horizontalHeader().setVisible(len(widths) == len(self._header))
        for column in range(len(self._header)):
            self.setColumnHidden(column, column >= len(widths))
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                self._put(place, column, words)
            tall = max(
                Lines(self._look, words, "small").height(wide - self._look.px(2 * _PAD) - _SPARE)
                for words, wide in zip(row, widths, strict=True)
            )
            self.setRowHeight(place, max(self._look.px(ROW), tall + self._look.px(6)))
        head = self._look.px(ROW) if len(widths) == len(self._header) else 0
        self.setFixedHeight(head + self.verticalHeader().length() + 2)

    def _put(self, row: int, column: int, words: str) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        item.setText(words)
        item.setFont(self._look.font("small"))  # the style sheet takes that of the table away

    def _natural(self, column: int) -> int:
        cells = [Lines(self._look, self._header[column], "small-strong")]
        cells += [Lines(self._look, row[column], "small") for row in self._rows]
        return max(cell.natural_width() for cell in cells) + self._look.px(2 * _PAD) + _SPARE

    def _in_one(self, row: Sequence[str]) -> str:
        first, *others = row
        return "\n".join([first, *(f"{head}: {words}" for head, words in zip(self._header[1:], others, strict=True))])

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
