"""Controls side by side that go on in the next line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ferpa_wizard.desktop.look import Look


class FlowLayout(QLayout):
    """Lines of items, each at the size it asks for and in the middle of its line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._cells: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._cells.append(item)

    def count(self) -> int:
        return len(self._cells)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._cells[index] if 0 <= index < len(self._cells) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._cells.pop(index) if 0 <= index < len(self._cells) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, QPoint(0, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect.width(), rect.topLeft(), move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        widest = max((cell.minimumSize().width() for cell in self._cells), default=0)
        tallest = max((cell.minimumSize().height() for cell in self._cells), default=0)
        return QSize(widest, tallest)

    def _place(self, width: int, corner: QPoint, *, move: bool) -> int:
        y = 0
        for line in self._lines(width):
            tall = max(size.height() for _cell, size in line)
            x = 0
            for cell, size in line if move else ():
                cell.setGeometry(QRect(corner + QPoint(x, y + (tall - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += tall + self.spacing()
        return max(0, y - self.spacing())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for cell in self._cells:
            size = cell.sizeHint().boundedTo(QSize(max(1, width), 10_000))
            if not lines or (x and x + size.width() > width):
                lines.append([])
                x = 0
            lines[-1].append((cell, size))
            x += size.width() + self.spacing()
        return lines


class Flow(QWidget):
    """A row that wraps."""

    def __init__(self, look: Look, *widgets: QWidget, gap: int) -> None:
        super().__init__()
        self._look, self._gap = look, gap
        self._cells = FlowLayout(self)
        for widget in widgets:
            self._cells.addWidget(widget)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.rescale()

    def rescale(self) -> None:
        self._cells.setSpacing(self._look.px(self._gap))
        self._cells.invalidate()
