"""The rows of the log for its table, read a page at a time when they are first seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.desktop.controls.text import as_tip
from ferpa_wizard.desktop.dates import day_of
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.log_book import Listed, LogBook
from ferpa_wizard.requests.log_words import OUTCOMES, REVIEWS, desk_in_words

PAGE = 200
_PAGES = 25  # pages that are kept in memory
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    """Its title, its width at 100 % text, and by which order it is sorted; the request takes the room that is left."""

    title: str
    width: int
    order: str


COLUMNS: Mapping[str, Column] = {
    "date": Column("Date", 104, "date"),
    "request": Column("Request", 0, "request"),
    "asked": Column("Asked by", 140, "asked"),
    "basis": Column("Basis", 154, "basis"),
    "outcome": Column("Outcome", 118, "outcome"),
    "review": Column("Review", 84, "review"),
    "desk": Column("Desk", 120, ""),
}
PLACES = {name: place for place, name in enumerate(COLUMNS)}


class Order(NamedTuple):
    """By which of log_queries.ORDERS, and whether the smallest come first."""

    by: str = "date"
    up: bool = False


class LogRows(QAbstractTableModel):
    """As many rows as the search finds; `failed` tells why some cannot be read."""

    failed = Signal(str)

    def __init__(self, book: LogBook, today: str, shorts: Callable[[], Mapping[str, str]] = dict) -> None:
        """`shorts` gives the short names that its cells show, by the long ones that they speak."""
        super().__init__()
        self._book, self._today, self._read_shorts = book, today, shorts
        self._shorts: Mapping[str, str] = {}
        self._search, self._order, self._count = Search(), Order(), 0
        self._pages: dict[int, list[Listed]] = {}

    def find(self, search: Search, order: Order, count: int) -> None:
        """Hold what this search finds, which is so many."""
        self.beginResetModel()
        self._search, self._order, self._count = search, order, count
        self._pages.clear()
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    @property
    def order(self) -> Order:
        return self._order

    def row(self, place: int) -> Listed | None:
        """What stands in a row; None where there is none, or it cannot be read."""
        if not 0 <= place < self._count:
            return None
        page, at = divmod(place, PAGE)
        rows = self._page(page)
        return rows[at] if at < len(rows) else None

    def place_of(self, wanted: Listed, near: int) -> int:
        """In which row a decision stands that was in row `near` before; that row, or the last one, if it is gone."""
        for page in {max(0, near // PAGE + step) for step in (0, -1, 1)}:
            for at, row in enumerate(self._page(page) if page * PAGE < self._count else ()):
                if (row.installation, row.number) == (wanted.installation, wanted.number):
                    return page * PAGE + at
        return min(near, self._count - 1)

    def _page(self, page: int) -> list[Listed]:
        if page not in self._pages:
            if len(self._pages) >= _PAGES:
                self._pages.clear()
            self._pages[page] = self._read(page)
        return self._pages[page]

    def _read(self, page: int) -> list[Listed]:
        by, up = self._order
        try:
            return self._book.page(self._search, order=by, up=up, limit=PAGE, offset=page * PAGE)
        except STORE_ERRORS as error:
            self.failed.emit(str(error))
            return []

    # -- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        _name, (title, _width, order) = list(COLUMNS.items())[section]
        if role == Qt.ItemDataRole.AccessibleTextRole and order == self._order.by:
            return f"{title}, sorted, {'smallest' if self._order.up else 'greatest'} first"
        return title if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _TEXTS:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        text = self._cells(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(text)
        if role != Qt.ItemDataRole.DisplayRole:
            return text
        self._shorts = self._shorts or self._read_shorts()
        return self._shorts.get(text, text)

    def _cells(self, row: Listed) -> tuple[str, ...]:
        return (
            day_of(row.day, self._today),
            row.title,
            row.asked or "Not said",
            row.basis or "None fits",
            OUTCOMES.get(row.choice, row.label),
            REVIEWS.get(row.review, row.review),
            desk_in_words(row.installation, mine=row.mine, name=row.desk),
        )
