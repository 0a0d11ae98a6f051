"""The table of the log: its columns, its keys, and how its rows are painted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ferpa_wizard.desktop.controls.paint import fill
from ferpa_wizard.desktop.log.rows import COLUMNS, PLACES, LogRows, Order
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.shown import CHOICES
from ferpa_wizard.requests.log_book import Listed

ROW, HEAD, PAD = 34, 42, 8
REQUEST = 190  # the least room of the request, for which other columns make way
_FIRST_TO_GO = ("basis", "asked", "desk", "review", "date")
_MOVES: Mapping[int, int] = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_LETTERS: Mapping[int, str] = {Qt.Key.Key_A: "agree", Qt.Key.Key_C: "ask-change", Qt.Key.Key_N: "note"}
_Index = QModelIndex | QPersistentModelIndex


class LogTable(QTableView):
    """`opened` and `current` tell a row, `acted` what a letter asks for, `sorts` the order a title asks for."""

    opened = Signal(object)
    current = Signal()
    acted = Signal(str)
    sorts = Signal(object)

    def __init__(self, look: Look, rows: LogRows) -> None:
        super().__init__()
        self._look, self.rows, self._desks = look, rows, False
        # Made here for the reason that Scroll gives: to ask Qt for its own is slow.
        self._view, self._bar = QWidget(), QScrollBar(Qt.Orientation.Vertical)
        self._head, self._side = _Head(look, rows), QHeaderView(Qt.Orientation.Vertical)
        self.setViewport(self._view)
        self.setVerticalScrollBar(self._bar)
        self.setHorizontalHeader(self._head)
        self.setVerticalHeader(self._side)
        self._side.hide()
        self.setModel(rows)
        self.setItemDelegate(_Cells(look, self))
        self._head.sectionClicked.connect(self._on_title)
        self.doubleClicked.connect(self._on_two_clicks)
        self.setAccessibleName("Decision log")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rescale()

    # -- rows ------------------------------------------------------------------------------

    @property
    def place(self) -> int:
        """The row that is current; -1 for none."""
        return self.currentIndex().row()

    def row(self) -> Listed | None:
        """What stands in it."""
        return self.rows.row(self.place)

    def choose(self, place: int) -> None:
        """Make a row current; the first there is for one before it."""
        column = max(0, self.currentIndex().column())
        self.setCurrentIndex(self.rows.index(min(max(place, 0), self.rows.rowCount() - 1), column))

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        self.current.emit()

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif plain and event.key() in _MOVES:
            self.choose(self.place + _MOVES[event.key()])
        elif plain and event.key() in _LETTERS:
            self.acted.emit(_LETTERS[event.key()])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(0 if event.key() == Qt.Key.Key_Home else self.rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:  # noqa: N802 - Qt's name
        """Letters look for nothing here: Qt would read every row for that."""

    def _open(self) -> None:
        if (row := self.row()) is not None:
            self.opened.emit(row)

    def _on_two_clicks(self, _index: QModelIndex) -> None:
        self._open()

    def _copy(self) -> None:
        if (row := self.row()) is not None:
            QGuiApplication.clipboard().setText(row.number)

    def _on_title(self, section: int) -> None:
        by = list(COLUMNS.values())[section].order
        if by:
            now = self.rows.order
            self.sorts.emit(Order(by, not now.up if by == now.by else by != "date"))

    # -- columns ---------------------------------------------------------------------------

    def show_desks(self, desks: bool) -> None:
        """Say whose decision each is, where there is more than one desk."""
        self._desks = desks
        self._fit()

    def rescale(self) -> None:
        px = self._look.px
        self.setFont(self._look.font("small"))
        self._head.setFont(self._look.font("small-strong"))
        self._head.setFixedHeight(px(HEAD))
        self._side.setMinimumSectionSize(px(ROW))
        self._side.setDefaultSectionSize(px(ROW))
        self.setMinimumHeight(px(HEAD + 5 * ROW))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide columns until the request has room, those first that matter least."""
        px, room = self._look.px, self._view.width() - self._look.px(REQUEST)
        shown = [name for name in COLUMNS if name != "desk" or self._desks]
        for name in _FIRST_TO_GO:
            if sum(px(COLUMNS[one].width) for one in shown) > room and name in shown:
                shown.remove(name)
        taken = sum(px(COLUMNS[name].width) for name in shown)
        for name, place in PLACES.items():
            self.setColumnHidden(place, name not in shown)
            wide = px(COLUMNS[name].width) or self._view.width() - taken
            self.setColumnWidth(place, wide)


class _Head(QHeaderView):
    """Titles of columns; an arrow beside the one that the rows are sorted by."""

    def __init__(self, look: Look, rows: LogRows) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look, self._rows = look, rows
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        look, column = self._look, list(COLUMNS.values())[section]
        fill(painter, rect, look.color("surface"))
        fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("control"))
        is_sorted = column.order == self._rows.order.by
        painter.setFont(look.font("small-strong"))
        painter.setPen(look.color("text" if is_sorted else "text2"))
        words = rect.adjusted(look.px(PAD), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, column.title)
        if is_sorted:
            icon = "arrow-up" if self._rows.order.up else "arrow-down"
            wide = int(look.metrics("small-strong").horizontalAdvance(column.title))
            at = words.left() + wide + look.px(4)
            painter.drawPixmap(at, rect.center().y() - look.px(7) + 1, look.icon(icon, "text", size=14))


class _Cells(QStyledItemDelegate):
    """Draws cells with the texts of the look, an icon before the outcome."""

    def __init__(self, look: Look, table: LogTable) -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(self._look.px(60), self._look.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, rect = self._look, QRect(option.rect)
        is_current = index.row() == self._table.place
        if is_current:
            fill(painter, rect, look.color("tint"))
            self._mark(painter, rect)
        fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("border"))
        left = rect.left() + look.px(PAD)
        if index.column() == PLACES["outcome"]:
            left = self._icon(painter, left, rect, index.row())
        style = "small-medium" if index.column() == PLACES["request"] else "small"
        room = rect.right() - left - look.px(PAD)
        words = look.metrics(style).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room)
        painter.setFont(look.font(style))
        painter.setPen(look.color("text"))
        painter.drawText(QRect(left, rect.top(), room + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, words)

    def _mark(self, painter: QPainter, rect: QRect) -> None:
        """Lines that tell the current row also where all grounds are alike."""
        line = self._look.color("accent")
        if rect.left() <= 0:
            fill(painter, QRect(rect.left(), rect.top(), self._look.px(3), rect.height()), line)
        if self._look.theme == "contrast":
            fill(painter, QRect(rect.left(), rect.top(), rect.width(), 2), line)
            fill(painter, QRect(rect.left(), rect.bottom() - 2, rect.width(), 2), line)

    def _icon(self, painter: QPainter, left: int, rect: QRect, place: int) -> int:
        row = self._table.rows.row(place)
        if row is None:
            return left
        icon, ink = CHOICES.get(row.choice, ("file-text", "text2"))
        painter.drawPixmap(left, rect.center().y() - self._look.px(8) + 1, self._look.icon(icon, ink, size=16))
        return left + self._look.px(22)
