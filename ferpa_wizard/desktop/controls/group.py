"""Things that belong together, as a screen reader is told: it reads the name when the focus comes in."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from ferpa_wizard.desktop.look import Look


class Group(QGroupBox):
    """A column with a name that is spoken and not drawn; its title, if it has one, stands in it or above it."""

    def __init__(self, look: Look, name: str, *widgets: QWidget, gap: int = 2) -> None:
        super().__init__()
        self._look, self._gap = look, gap
        self.setAccessibleName(name)
        self.setFlat(True)
        self.setContentsMargins(0, 0, 0, 0)
        self.cells = QVBoxLayout(self)
        self.cells.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.cells.addWidget(widget)
        self.rescale()

    def rescale(self) -> None:
        self.cells.setSpacing(self._look.px(self._gap))

    # The group paints nothing and takes no room of its own: its parts do.

    def paintEvent(self, _event: QPaintEvent) -> None:
        return

    def resizeEvent(self, _event: QResizeEvent) -> None:
        return

    def changeEvent(self, _event: QEvent) -> None:
        return
