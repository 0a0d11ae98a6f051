"""An outline that opens and closes: a real tree view whose rows wrap, with the ring and the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.lines import Lines
from ferpa_wizard.desktop.controls.paint import RADIUS, fill, painting, rounded
from ferpa_wizard.desktop.controls.rows import as_spoken
from ferpa_wizard.desktop.controls.scroll import SteadyBar
from ferpa_wizard.desktop.look import Look

INDENT, PAD, LEAST = 18, 6, 60
_ID, _CITE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class Entry(Protocol):
    """What the outline shows of a node."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def cite(self) -> str: ...
    @property
    def nodes(self) -> Sequence[Entry]: ...


class Outline(QTreeView):
    """`chosen` tells the id of the entry that is current; `entered` that Enter was pressed on it, or two clicks."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._items: dict[str, QStandardItem] = {}
        self._cites: dict[str, str] = {}
        # Made here for the reason that Scroll gives: to ask Qt for its own is slow.
        self._view, self._bar = QWidget(), SteadyBar()
        self._model = QStandardItemModel(self)
        self._selection = QItemSelectionModel(self._model, self)
        self.setViewport(self._view)
        self.setVerticalScrollBar(self._bar)
        self.setModel(self._model)
        self.setSelectionModel(self._selection)
        self._selection.selectionChanged.connect(self._on_selection)
        self.doubleClicked.connect(self._on_two_clicks)
        self._delegate = _Rows(look, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or rows wrap anew when it comes
        self.rescale()

    # -- what is in it ---------------------------------------------------------------------

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Hold these and no others, all closed."""
        self._model.clear()
        self._items, self._cites = {}, {}
        self._model.invisibleRootItem().appendRows([self._item(entry) for entry in entries])

    def renew(self, entries: Sequence[Entry]) -> None:
        """Hold these; what is open, current and in view stays so."""
        opened = [name for name, item in self._items.items() if self.isExpanded(item.index())]
        current, at = self.current, self._bar.value()
        self.show_entries(entries)
        for name in opened:
            if name in self._items:
                self.expand(self._items[name].index())
        self.choose(current if current in self._items else entries[0].id)
        self._bar.setValue(at)

    def narrow(self, found: Mapping[str, bool] | None) -> None:
        """Show only these entries, opened down to those that are True; None shows all, closed."""
        self.collapseAll()
        for name, item in self._items.items():
            index = item.index()
            self.setRowHidden(index.row(), index.parent(), found is not None and name not in found)
        if found is None:
            self._reveal(self.currentIndex())
            return
        for name in found:
            if any(found.get(below.data(_ID)) is not None for below in _children(self._items[name])):
                self.expand(self._items[name].index())

    def choose(self, name: str) -> None:
        """Make an entry current and bring it into view."""
        index = self._items[name].index()
        self._reveal(index)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def note(self, notes: Mapping[str, str]) -> None:
        """Say one thing more under the titles of these entries."""
        for name, item in self._items.items():
            if name in notes:
                cite = self._cites[name]
                item.setData(" · ".join(filter(None, (cite, notes[name]))), _CITE)
                item.setData(as_spoken([item.text(), cite, notes[name]]), Qt.ItemDataRole.AccessibleTextRole)
        self.scheduleDelayedItemsLayout()  # a row may be higher now

    def shown(self) -> list[str]:
        """The ids of the entries that the outline does not hide, top to bottom."""
        return [name for name, item in self._items.items() if not self._is_hidden(item)]

    @property
    def current(self) -> str:
        """The id of the entry that is current; empty for none."""
        return str(self.currentIndex().data(_ID) or "")

    def _item(self, entry: Entry) -> QStandardItem:
        item = QStandardItem(entry.title)
        item.setData(entry.id, _ID)
        item.setData(entry.cite, _CITE)
        item.setData(as_spoken([entry.title, entry.cite]), Qt.ItemDataRole.AccessibleTextRole)
        self._items[entry.id], self._cites[entry.id] = item, entry.cite
        item.appendRows([self._item(inner) for inner in entry.nodes])
        return item

    def _is_hidden(self, item: QStandardItem) -> bool:
        index = item.index()
        return self.isRowHidden(index.row(), index.parent())

    def _reveal(self, index: QModelIndex) -> None:
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()

    # -- how it is used --------------------------------------------------------------------

    def _on_selection(self, selected: QItemSelection) -> None:
        if self.current and not selected.isEmpty():
            self.chosen.emit(self.current)

    def _on_two_clicks(self, index: QModelIndex) -> None:
        if not self._model.hasChildren(index):  # else they open and close it
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    # -- how it looks ----------------------------------------------------------------------

    def rescale(self) -> None:
        self.setIndentation(self._look.px(INDENT))
        self.setFont(self._look.font("small"))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, self._look.color("surface"))
        self.setPalette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # rows wrap to the width

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's
        rect: QRect = option.rect
        cell = self.visualRect(index)
        if self._selection.isSelected(index):
            fill(painter, rect, self._look.color("tint"))
            fill(painter, QRect(rect.left(), rect.top(), self._look.px(3), rect.height()), self._look.color("accent"))
        branches = QRect(rect.left(), rect.top(), cell.left() - rect.left(), rect.height())
        self.drawBranches(painter, branches, index)
        self._delegate.draw(painter, QRect(cell.left(), rect.top(), rect.right() - cell.left(), rect.height()), index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:  # noqa: N802 - Qt's
        if not self._model.hasChildren(index):
            return
        side = self._look.px(16)
        icon = "chevron-down" if self.isExpanded(index) else "chevron-right"
        top = rect.top() + self._look.px(PAD) + (self._look.line("small") - side) // 2
        painter.drawPixmap(QPoint(rect.right() - side, top), self._look.icon(icon, "text2", size=16))

    def room(self, index: _Index) -> int:
        """How wide the words of a row may be."""
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        least = self._look.px(LEAST)
        return max(least, self._view.width() - depth * self.indentation() - self._look.px(12))


class _Rows(QStyledItemDelegate):
    """Rows as high as their words need: the title, and its citation under it."""

    def __init__(self, look: Look, view: Outline) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.room(index)
        return QSize(width, sum(lines.height(width) for lines, _ink in self._set(index)) + 2 * self._look.px(PAD))

    def draw(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """The words of a row in its rectangle."""
        width, y = self._view.room(index), rect.top() + self._look.px(PAD)
        for lines, ink in self._set(index):
            painter.setPen(self._look.color(ink))
            lines.paint(painter, rect.left() + self._look.px(2), y, width=width)
            y += lines.height(width)

    def _set(self, index: _Index) -> Iterator[tuple[Lines, str]]:
        top = not index.parent().isValid()
        yield Lines(self._look, index.data(), "small-strong" if top else "small"), "text"
        if cite := index.data(_CITE):
            yield Lines(self._look, cite, "caption"), "text2"


class OutlineFrame(Box):
    """The card around an outline, with the ring while it has the focus."""

    def __init__(self, look: Look, outline: QWidget) -> None:
        super().__init__(look, margins=(2, 4, 2, 4))
        self.ground("surface", line="border")
        self._outline = outline
        self.add(outline)
        outline.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._outline.hasFocus():
            with painting(self) as painter:
                line, look = self.look.color("focus"), self.look
                rounded(painter, self.rect(), look.px(RADIUS), line=line, width=look.px(2))


def _children(item: QStandardItem) -> Iterator[QStandardItem]:
    return (item.child(row) for row in range(item.rowCount()))
