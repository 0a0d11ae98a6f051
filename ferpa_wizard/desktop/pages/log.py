"""The decision log: a table of records, opening one, verifying the chain, exporting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING, painting, rounded
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.dates import day
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.shown import CHOICES, count
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.desk import Desk, RecordRow

EMPTY = "No decision is saved yet. Each one will be listed here."
MOST = 10_000  # rows the simple table holds
WITH_DATE = 620  # width from which the request has room beside the date
_COLUMNS = ("Record", "Date", "Request", "Decision")
_Index = QModelIndex | QPersistentModelIndex


class Records(QAbstractTableModel):
    """The rows of the log for the table."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: Sequence[RecordRow] = ()

    def show(self, rows: Sequence[RecordRow]) -> None:
        """Hold these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def number(self, index: _Index) -> str:
        """The number of the record in a row."""
        return self._rows[index.row()].number

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (record.number, day(record.at), record.title, record.label)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 3:
            icon, ink = CHOICES.get(record.choice, ("file-text", "text2"))
            return QIcon(self._look.icon(icon, ink, size=16))
        return None


class RecordTable(QTableView):
    """Enter or a double click opens the record."""

    chosen = Signal(str)

    def __init__(self, look: Look, records: Records) -> None:
        super().__init__()
        self._look, self._records = look, records
        self.setModel(records)
        self.setAccessibleName("Decision log")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        self.rescale()

    def rescale(self) -> None:
        px = self._look.px
        self.setFont(self._look.font("small"))
        self.horizontalHeader().setFont(self._look.font("small-strong"))
        self.verticalHeader().setDefaultSectionSize(px(36))
        self.horizontalHeader().setFixedHeight(px(42))
        for column, width in ((0, 112), (1, 126), (3, 214)):
            self.setColumnWidth(column, px(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(1, self.width() < self._look.px(WITH_DATE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._records.number(index))


class TableFrame(Box):
    """The card around the table, with the ring while the table has the focus."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(look, margins=(1, 2, 1, 2))
        self.ground("surface", line="border")
        self._table = table
        self.add(table)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._table.hasFocus():
            look = self.look
            with painting(self) as painter:
                line = look.color("focus")
                rounded(painter, self.rect(), look.px(8), line=line, width=look.px(2))


class LogPage(DeskPage):
    """The newest records first."""

    show_record = Signal(str)
    verify = Signal()
    export = Signal(str)
    title = "Decision log"
    fills = True

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, "Decision log", gap=10)
        self._desk = desk
        self._records = Records(look)
        self._count = Text(look, "", "small", ink="text2", inset=RING)
        self.add(self.heading)
        self.add(self._count)
        verify = Button(look, "Verify", "small", icon="shield-check")
        csv, lines = (Button(look, f"Export {form}", "small", icon="download") for form in ("CSV", "JSON"))
        verify.clicked.connect(self.verify)
        csv.clicked.connect(lambda: self.export.emit("csv"))
        lines.clicked.connect(lambda: self.export.emit("jsonl"))
        self.add(Flow(look, verify, csv, lines, gap=4))
        self._table = RecordTable(look, self._records)
        self._table.chosen.connect(self.show_record)
        self._frame = TableFrame(look, self._table)
        self.add(self._frame, 1)
        self._empty = Text(look, EMPTY, "body", ink="text2", inset=RING)
        self.add(self._empty)

    def refresh(self) -> None:
        rows: Sequence[RecordRow] = ()
        says = EMPTY
        try:
            rows = self._desk.recent(MOST)
        except STORE_ERRORS as error:
            says = str(error)
        self._empty.say(says)
        self._records.show(rows)
        self._count.say(count(len(rows), "record"))
        self._count.setVisible(says == EMPTY)
        self._table.setAccessibleName(f"Decision log, {count(len(rows), 'record')}")
        self._frame.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if rows:
            self._table.selectRow(0)
