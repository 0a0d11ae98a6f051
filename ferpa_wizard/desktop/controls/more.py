"""A list of facts that shows its first few, and the others on request."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

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
