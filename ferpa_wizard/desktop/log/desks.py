"""The desks whose logs are here, as a table beside the charts: whoever needs somebody to look comes first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.table import Table
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.desks import DeskRow
from ferpa_wizard.requests.log_words import desk_in_words

MOST = 6  # desks until all are asked for; all that need somebody are shown
HEADER = ("Desk", "Last contact", "Rules", "Entries", "State")


class DesksCard(Box):
    """`chosen` tells the installation of a desk whose records are wanted, `grew` that Tab has other stops."""

    chosen = Signal(str)
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 10, 8, 10), gap=4)
        self.ground("surface", line="border")
        self._desks: list[DeskRow] = []
        self._all, self._rules = False, ""
        self._says = Text(look, "", "small", ink="text2", inset=RING)
        self._table = Table(look, wide=len(HEADER) - 1)
        self._table.opened.connect(lambda place: self.chosen.emit(self._shown()[place].installation))
        self._more = Button(look, "", "link")
        self._more.clicked.connect(self._on_more)
        for part in (Title(look, "Desks"), self._says, self._table, row(look, self._more, margins=(RING, 0, 0, 0))):
            self.add(part)

    def draw(self, desks: Sequence[DeskRow], rules: str) -> None:
        """Show these; nothing where no desk but this one is known. `rules` is the version of those in use here."""
        self._rules = rules
        self._desks = sorted(desks, key=lambda one: not one.needs_person)
        self.setVisible(not all(one.own for one in desks))
        needing = sum(one.needs_person for one in desks)
        says = "Enter on a desk shows its records."
        if needing:
            needs = "needs" if needing == 1 else "need"
            says = f"{counted(needing, 'desk')} {needs} somebody to look. What is missing counts nowhere. {says}"
        self._says.say(says)
        self._fill()

    def _fill(self) -> None:
        shown = self._shown()
        self._table.fill("Desks", HEADER, [self._cells(one) for one in shown])
        self._more.words(f"Show all {counted(len(self._desks), 'desk')}")
        self._more.setVisible(len(shown) < len(self._desks))
        self.grew.emit()

    def _shown(self) -> Sequence[DeskRow]:
        needing = sum(one.needs_person for one in self._desks)
        return self._desks if self._all else self._desks[: max(MOST, needing)]

    def _on_more(self) -> None:
        before, self._all = len(self._shown()), True
        self._fill()
        self._table.setCurrentCell(before, 0)
        self._table.setFocus()

    def _cells(self, one: DeskRow) -> tuple[str, ...]:
        name = one.name if one.name != one.installation else ""
        if one.own:
            name = f"{name} (this desk)" if name else "This desk"
        return (
            name or desk_in_words(one.installation, mine=False),
            day(one.contact) if one.contact else "Never",
            (self._rules if one.own else one.pack_version) or "Not known",
            f"{one.count:,}",
            f"Needs a look. {one.says}" if one.needs_person else one.says,
        )
