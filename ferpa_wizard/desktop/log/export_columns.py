"""The columns of a table that is exported: all of them, or those that are ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button, Disclosure
from ferpa_wizard.desktop.controls.cards import CheckRow
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.ledger.columns import COLUMNS


class ColumnTicks(Box):
    """A line that opens to a tick for each column; all are ticked at first."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, gap=2)
        self._ticks = {column.id: self._tick(column.label) for column in COLUMNS}
        self._typed = {column.id for column in COLUMNS if column.typed}
        self._free_text = True
        both = [Button(look, words, "link") for words in ("Tick all", "Tick none")]
        for button, on in zip(both, (True, False), strict=True):
            button.clicked.connect(lambda _=False, on=on: self._all(on))
        half = (len(COLUMNS) + 1) // 2
        rows = list(self._ticks.values())
        halves = Box(look, across=True, gap=8)
        for part in (rows[:half], rows[half:]):
            column = Box(look, *part)
            column.push()
            halves.add(column, 1)
        self._body = Box(look, row(look, *both, gap=16, margins=(12, 0, 0, 0)), Group(look, "Columns", halves))
        self._opener = Disclosure(look, "", self._body)
        self.add(row(look, self._opener))
        self.add(self._body)
        self._say()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids of those that are ticked, of those that can be had."""
        return tuple(name for name in self._offered() if self._ticks[name].isChecked())

    @property
    def chosen(self) -> tuple[str, ...]:
        """The same as an export wants it: empty for all."""
        return () if self.ticked == self._offered() else self.ticked

    def offer(self, *, free_text: bool) -> None:
        """With or without the columns that hold what people typed."""
        self._free_text = free_text
        for name in self._typed:
            self._ticks[name].setVisible(free_text)
        self._say()

    def _offered(self) -> tuple[str, ...]:
        return tuple(name for name in self._ticks if self._free_text or name not in self._typed)

    def _tick(self, label: str) -> CheckRow:
        tick = CheckRow(self.look, label, plain=True)
        tick.setChecked(True)
        tick.toggled.connect(self._on_tick)
        return tick

    def _all(self, on: bool) -> None:
        for tick in self._ticks.values():
            tick.setChecked(on)

    def _on_tick(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        ticked, offered = len(self.ticked), len(self._offered())
        self._opener.words(f"Columns: all {offered}" if ticked == offered else f"Columns: {ticked} of {offered}")
