"""What stands above the list of the log: the search field with its menus, chips, and the search help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.log_search import Filter
from ferpa_wizard.desktop.controls.beside import Beside
from ferpa_wizard.desktop.controls.box import Box, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import Frame, SearchField
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.menus import MenuButton
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import Line, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.log.looking import Looking
from ferpa_wizard.desktop.log.menus import DatesMenu, FieldMenu, ViewsMenu
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.requests.log_views import EXAMPLES
from ferpa_wizard.requests.log_words import filter_in_words

PAUSE_MS = 250  # until typing counts as done
LEAST = 200  # of the field, for which the buttons go on in lines of their own
LONGEST = 44  # letters of a chip
FIELDS = (("Outcome", "outcome"), ("Basis", "basis"), ("Asked by", "asked"))


class LogTools(Beside):
    """`left` when people go on from the field to the list."""

    left = Signal()

    def __init__(self, look: Look, looking: Looking, memory: Memory, today: str) -> None:
        self._looking = looking
        self.field = SearchField(look)
        self.field.setPlaceholderText("Search all decisions")
        self.field.setAccessibleName("Search all decisions")
        self.dates = DatesMenu(look, looking, today)
        self.views = ViewsMenu(look, looking, memory)
        menus = [*((name, FieldMenu(look, name, field, looking)) for name, field in FIELDS)]
        buttons = [MenuButton(look, name, menu) for name, menu in menus]
        buttons += [MenuButton(look, "Dates", self.dates), MenuButton(look, "Saved views", self.views)]
        super().__init__(look, Frame(look, self.field, icon="search"), *buttons, least=LEAST, gap=0)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(PAUSE_MS)
        self._clock.timeout.connect(self.look_now)
        self.field.textChanged.connect(self._on_typed)
        self.field.left.connect(self._on_left)
        looking.changed.connect(self._on_changed)

    def look_now(self) -> None:
        """Look for what stands in the field, without waiting for a pause."""
        self._clock.stop()
        self._looking.look_for(self.field.text())

    def _on_typed(self, text: str) -> None:
        if text == self._looking.line:
            self._clock.stop()
        elif text:
            self._clock.start()
        else:
            self.look_now()

    def _on_left(self) -> None:
        self.look_now()
        self.left.emit()

    def _on_changed(self) -> None:
        if self.field.text() != self._looking.line:
            self.field.setText(self._looking.line)


class Chips(Box):
    """A chip for each filter in force, which takes it away; `cleared` asks for no search at all.

    A chip that goes leaves the focus to the first of the others, or else to the field.
    """

    cleared = Signal()
    saves = Signal()
    grew = Signal()

    def __init__(self, look: Look, looking: Looking, field: QWidget) -> None:
        super().__init__(look)
        self._looking, self._field = looking, field
        self._chips: list[Button] = []

    def draw(self) -> None:
        """Show those of the search as it stands. Raises LedgerError."""
        labels = self._looking.labels
        filters = self._looking.search.filters
        had_focus = any(chip.hasFocus() for chip in self._chips)
        self.clear()
        self._chips = [self._chip(one, filter_in_words(one, labels)) for one in filters]
        if self._looking.line.strip():
            self.add(Flow(self.look, *self._chips, *self._ends(), gap=2))
        self.setVisible(bool(self._looking.line.strip()))
        self.grew.emit()
        if had_focus:
            (self._chips[0] if self._chips else self._field).setFocus()

    def _chip(self, one: Filter, words: str) -> Button:
        short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
        chip = Button(self.look, short, "chip", trailing="x")
        chip.setAccessibleName(f"{words}, take this away")
        chip.clicked.connect(lambda: self._take_away(one))
        return chip

    def _ends(self) -> Iterator[QWidget]:
        for words, signal in (("Clear all", self.cleared), ("Save this view…", self.saves)):
            button = Button(self.look, words, "link")
            button.clicked.connect(signal)
            yield Box(self.look, button, margins=(6, 4, 2, 0))

    def _take_away(self, gone: Filter) -> None:
        search = self._looking.search
        self._looking.look_for(str(replace(search, filters=tuple(one for one in search.filters if one is not gone))))


class SearchHelp(Box):
    """Examples of what can be typed; a press puts one into the field."""

    def __init__(self, look: Look, looking: Looking) -> None:
        super().__init__(look, margins=(RING, RING, RING, RING))
        block = card(look, Title(look, "What you can type"), gap=2)
        pair = Box(look)
        for place, example in enumerate(EXAMPLES):
            if place % 2 == 0:
                pair = Box(look, across=True)
                block.add(pair)
            made = PressRow(
                look, Line(example.line, "small-strong"), Line(example.name, "small", "text2"), act="Try it"
            )
            made.clicked.connect(lambda _=False, line=example.line: looking.look_for(line))
            pair.add(made, 1)
        says = "A minus before a field means “not”. To open a record, type its number and press Enter."
        block.add(Text(look, says, "small", ink="text2", inset=14))
        self.add(block)
