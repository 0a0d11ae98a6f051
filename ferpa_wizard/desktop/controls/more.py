"""Lists that show their first few rows, and the others on request."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.rows import FactRow, Facts
from ferpa_wizard.desktop.look import Look


class LongFacts(Box):
    """The first `most` facts, and a button for the rest."""

    def __init__(self, look: Look, rows: Sequence[FactRow], *, most: int, gap: int) -> None:
        super().__init__(look, gap=gap)
        # One hidden row more would cost a click for nothing.
        shown = rows if len(rows) <= most + 1 else rows[:most]
        self._facts = Facts(look, *shown, gap=gap)
        self._rest = rows[len(shown) :]
        self.add(self._facts)
        if self._rest:
            self._more = Button(look, f"Show {len(self._rest)} more", "link")
            self._more.clicked.connect(self._show_rest)
            self._line = row(look, self._more)
            self.add(self._line)

    def _show_rest(self) -> None:
        for fact in self._rest:
            self._facts.add_fact(fact)
        self._line.hide()
        if self._rest:
            self._rest[0].show()
            self._rest[0].setFocus(Qt.FocusReason.OtherFocusReason)


class MadeRows(Box):
    """Rows that are made when they are shown, a page at a time: there may be thousands. `grew` tells of a new page."""

    grew = Signal()

    def __init__(self, look: Look, make: Callable[[int], QWidget], count: int, *, page: int) -> None:
        super().__init__(look, gap=2)
        self._make, self._count, self._page, self._made = make, count, page, 0
        self._rows = Box(look, gap=2)
        self._more = Button(look, "Show more", "link")
        self._more.clicked.connect(self._show_more)
        self._line = row(look, self._more)
        self.add(self._rows)
        self.add(self._line)
        self._show_page()

    def _show_page(self) -> QWidget | None:
        """Make the next page; its first row."""
        made = [self._make(place) for place in range(self._made, min(self._made + self._page, self._count))]
        for widget in made:
            self._rows.add(widget)
        self._made += len(made)
        self._line.setVisible(self._made < self._count)
        return made[0] if made else None

    def _show_more(self) -> None:
        first = self._show_page()
        self.grew.emit()
        if first is not None:
            first.show()  # what is not shown yet cannot take the focus
            first.setFocus(Qt.FocusReason.OtherFocusReason)
