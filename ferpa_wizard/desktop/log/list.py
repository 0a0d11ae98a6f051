"""The list of the log, or what stands in its place: nothing yet, nothing found, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.outline import OutlineFrame
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.log.rows import LogRows
from ferpa_wizard.desktop.log.table import LogTable
from ferpa_wizard.desktop.look import Look

EMPTY = ("No decision is saved yet. Each one will be listed here.", "Start a new request")
NONE = ("No record has all of this. Take something away, or search for less.", "Clear the search")
DONE = ("Nothing is due for review now.", "Show all records")
READING = ("The log is being read. What is found so far will be listed here.", "")


class LogList(Box):
    """`starts`, `clears` and `again` are asked for by the button of each sentence."""

    starts = Signal()
    clears = Signal()
    again = Signal()

    def __init__(self, look: Look, rows: LogRows) -> None:
        super().__init__(look, margins=(RING, 0, RING, RING))
        self.table = LogTable(look, rows)
        self._frame = OutlineFrame(look, self.table)
        self._says = Text(look, "")
        self._mark = Mark(look, "triangle-alert", "steps")
        self._button = Button(look, "", "small")
        self._button.clicked.connect(self._on_pressed)
        self._does: Callable[[], object] = self.again.emit
        line = Box(look, across=True, gap=10)
        line.add(self._mark, top=True)
        line.add(self._says, 1)
        block = card(look, line, row(look, self._button), gap=8, margins=(20, 18, 20, 18))
        self._instead = Box(look, block)
        self._instead.push()
        self.add(self._frame, 1)
        self.add(self._instead, 1)

    def show_rows(self) -> None:
        """Show the table."""
        self._instead.hide()
        self._frame.show()

    def show_instead(self, sentence: str, act: str, does: Callable[[], object], *, problem: bool = False) -> None:
        """Show a sentence in its place, with a button that does something."""
        had_focus = self.table.hasFocus()
        self._says.say(sentence)
        self._mark.setVisible(problem)
        self._button.setVisible(bool(act))
        self._button.words(act)
        self._does = does
        self._frame.hide()
        self._instead.show()
        if had_focus and act:
            self._button.setFocus()

    def say_empty(self) -> None:
        self.show_instead(*EMPTY, self.starts.emit)

    def say_none(self) -> None:
        self.show_instead(*NONE, self.clears.emit)

    def say_done(self) -> None:
        self.show_instead(*DONE, self.clears.emit)

    def say_reading(self) -> None:
        self.show_instead(*READING, self.again.emit)

    def refuse(self, sentence: str) -> None:
        """Say why the log cannot be read."""
        self.show_instead(sentence, "Try again", self.again.emit, problem=True)

    def _on_pressed(self) -> None:
        self._does()
