"""The data items: which pieces of student data are asked for, by group, with a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from ferpa_wizard.core.items import Item, ItemGroup
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.walk import Ask, Choice
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.cards import CheckRow
from ferpa_wizard.desktop.controls.fields import Frame, LineField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.packets import PacketRow
from ferpa_wizard.desktop.pages.question import Answer, Question
from ferpa_wizard.desktop.pages.ticks import Ticks
from ferpa_wizard.desktop.remember import Memory

AT_ONCE = 1  # groups that the page comes up with; the others, mostly out of sight, follow once it is painted
TWO_COLUMNS = 430  # width from which two items stand side by side

# tags of an item -> the small word beside it, its icon and colour
_MARKS = (
    (frozenset({"meal", "idea", "homeless", "student-aid", "substance"}), ("Other law", "landmark", "steps")),
    (frozenset({"sensitive"}), ("Sensitive", "eye-off", "no")),
    (frozenset({"directory"}), ("Directory", "bookmark", "accent")),
)


# marks of an option -> the same
_TOLD = (("agreed", ("In the agreement", "signature", "accent")), ("usual", ("Often needed", "check", "yes")))


def told_by(options: Sequence[Choice]) -> tuple[str, tuple[str, str, str]] | None:
    """The mark that this list tells of: what the agreement lists, else what the task often needs."""
    marks = {mark for option in options for mark in option.marks}
    return next((one for one in _TOLD if one[0] in marks), None)


def warning_of(item: Item | None) -> tuple[tuple[str, str, str], ...]:
    """The small word of the first warning that fits an item, if one does."""
    tags = item.tags if item is not None else frozenset()
    return next(((mark,) for having, mark in _MARKS if tags & having), ())


class GroupCard(Box):
    """One group of items in one or two columns."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, margins=(8, 10, 8, 8), gap=2)
        self.ground("surface", line="border")
        self.add(Text(look, title, "small-strong", inset=12))
        self._place = QWidget()
        self._grid = QGridLayout(self._place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.add(self._place)
        self.rows: list[CheckRow] = []
        self._out: set[CheckRow] = set()  # those that the search leaves out
        self._wanted = ""
        self._columns = 0

    def offer(self, row: CheckRow) -> None:
        """Add an item."""
        row.setParent(self._place)
        self.rows.append(row)

    def search(self, wanted: str) -> None:
        """Show only the items that hold the words looked for."""
        self._wanted = wanted.casefold().strip()
        self._arrange(self._columns or 2)
        self.setVisible(any(self._fits(row) for row in self.rows))

    def rescale(self) -> None:
        super().rescale()
        self._arrange(self._fitting_columns())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._fitting_columns()
        if columns != self._columns:
            self._arrange(columns)

    def _fitting_columns(self) -> int:
        return 2 if self.width() >= self.look.px(TWO_COLUMNS) else 1

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        shown = [row for row in self.rows if self._fits(row)]
        out = {row for row in self.rows if row not in shown}
        for row in out ^ self._out:  # telling Qt what it knows costs most of the page
            row.setVisible(row not in out)
        self._out = out
        for place, row in enumerate(shown):
            self._grid.addWidget(row, place // columns, place % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _fits(self, row: CheckRow) -> bool:
        return not self._wanted or self._wanted in row.text().replace("&&", "&").casefold()


class ItemsQuestion(Question):
    """Ticks by group; the line beside the buttons counts them."""

    ticks: Ticks

    def __init__(
        self, look: Look, ask: Ask, *, given: Answer | None, memory: Memory, style: str,
        items: Mapping[str, Item], groups: tuple[ItemGroup, ...],
    ) -> None:  # fmt: skip
        self._items, self._groups = items, groups
        super().__init__(look, ask, given=given, memory=memory, style=style)

    def offer(self) -> None:
        self._told = told_by(self.ask.options)
        self._search = LineField(self.look)
        self._search.setPlaceholderText("Find a data item")
        self._search.setAccessibleName("Find a data item")
        self._search.textChanged.connect(self._on_search)
        self.options.cells.addWidget(Frame(self.look, self._search, icon="search"))
        if self.ask.packets:
            packets = PacketRow(self.look, self.ask.packets, self._tick)
            packets.grew.connect(self.grew)
            self.options.cells.addWidget(packets)
        self.options.cells.addWidget(self._legend())
        self._rows: dict[str, CheckRow] = {}
        self._ticked: set[str] = set()  # ticked, but their rows are not made yet
        self.ticks = Ticks()
        self._cards: list[GroupCard] = []
        groups = [group for group in self._groups if self._options_of(group)]
        self._put_groups(groups[:AT_ONCE], self.options.cells)
        self._later = groups[AT_ONCE:]
        self.once_painted(self._put_the_rest)
        self._rest = Box(self.look)
        self._rest.hide()
        self.options.cells.addWidget(self._rest)
        self._none_found = Text(self.look, "No data item has these words.", "small", inset=RING)
        self._none_found.setVisible(False)
        self.options.cells.addWidget(self._none_found)

    def fill(self, given: Answer) -> None:
        ticked = (given,) if isinstance(given, str) else given
        self._ticked = set(ticked) - self._rows.keys() if self._later else set()
        for name, row in self._rows.items():
            row.setChecked(name in ticked)

    def value(self) -> Answer | None:
        ticked = self._ticked | {name for name, row in self._rows.items() if row.isChecked()}
        return tuple(option.id for option in self.ask.options if option.id in ticked) or None

    def nothing_yet(self) -> str:
        return "Tick at least one data item to go on."

    def first_field(self) -> QWidget | None:
        return self._search

    def opening(self) -> QWidget:
        return self.options.heading

    def key_hint(self) -> str:
        ticked = self.value()
        return f"{counted(len(ticked), 'item')} ticked" if ticked else ""

    def _tick(self, items: Sequence[str], ticked: bool) -> list[str]:
        """Tick these or take them off; which of them changed."""
        self._put_the_rest()
        changed = [name for name in items if self._rows[name].isChecked() is not ticked]
        with self.ticks.at_once():
            for name in changed:
                self._rows[name].setChecked(ticked)
        return changed

    def _legend(self) -> QWidget:
        """What the small icons beside the items mean."""
        line = Box(self.look, across=True, gap=5, margins=(RING, 4, RING, 8))
        told = (self._told[1],) if self._told else ()
        for word, icon, ink in (*told, *(mark for _tags, mark in reversed(_MARKS))):
            line.add(Mark(self.look, icon, ink, size=14))
            line.add(Text(self.look, f"{word}  ", "caption", ink="text2", wraps=False))
        line.push()
        return line

    def _row(self, option: Choice) -> CheckRow:
        told = (self._told[1],) if self._told and self._told[0] in option.marks else ()
        row = CheckRow(self.look, option.label, marks=(*told, *warning_of(self._items.get(option.id))))
        row.setChecked(option.id in self._ticked)
        row.toggled.connect(self.changed)
        self.ticks.add(row)
        return row

    def _put_groups(self, groups: Sequence[ItemGroup], place: QBoxLayout) -> None:
        for group in groups:
            made = GroupCard(self.look, group.title)
            for option in self._options_of(group):
                self._rows[option.id] = row = self._row(option)
                made.offer(row)
            place.addWidget(made)
            made.search("")
            place.addWidget(Gap(self.look, 6))
            self._cards.append(made)

    def _put_the_rest(self) -> None:
        later, self._later = self._later, []
        if later:
            self._put_groups(later, self._rest.cells)
            self._ticked.clear()
            self._rest.show()
            self.grew.emit()

    def _options_of(self, group: ItemGroup) -> list[Choice]:
        options = self.ask.options
        return [one for one in options if one.id in self._items and self._items[one.id].group == group.id]

    def _on_search(self, wanted: str) -> None:
        self._put_the_rest()
        for made in self._cards:
            made.search(wanted)
        self._none_found.setVisible(not any(made.isVisibleTo(self) for made in self._cards))
