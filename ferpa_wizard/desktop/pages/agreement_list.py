"""Agreements as rows: on their own page, and on Home the partners and what ends soon."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.box import Box, Gap, Rule
from ferpa_wizard.desktop.controls.fields import Frame, LineField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import ListRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.todo_card import TAIL
from ferpa_wizard.requests.agreements import SOON

SEARCH_ABOVE = 5  # so many rows are seen at a glance


class AgreementList(Box):
    """A card with a row for each, and a search where there are many; `most` of those that fit are shown."""

    chosen = Signal(str)

    def __init__(self, look: Look, title: str, agreements: Sequence[Agreement], today: str, *, most: int = 0) -> None:
        super().__init__(look, gap=0, margins=(12, 12, 12, 6))
        self.ground("surface", line="border")
        self._most = most or len(agreements)
        self.add(Title(look, title))
        self.add(Gap(look, 4))
        if len(agreements) > SEARCH_ABOVE:
            self._search(title)
        self._lines = [(_words(agreement), self._line(agreement, today)) for agreement in agreements]
        for _words_of, line in self._lines:
            self.add(line)
        self._rest = Text(look, "", "small", ink="text2", inset=RING)
        self.add(self._rest)
        self.show_those("")

    def show_those(self, wanted: str) -> None:
        """Show only the partners and schools that have these words."""
        words = wanted.casefold().split()
        fitting = [line for text, line in self._lines if all(word in text for word in words)]
        for _text, line in self._lines:
            line.setVisible(line in fitting[: self._most])
        hidden = len(fitting) - min(len(fitting), self._most)
        says = f"{counted(hidden, 'more', 'more')}. Type a name to find one." if hidden else ""
        self._rest.say(says if fitting else "No partner has these words.")
        self._rest.setVisible(bool(hidden) or not fitting)

    def _search(self, title: str) -> None:
        field = LineField(self.look)
        field.setPlaceholderText("Find a partner or school")
        field.setAccessibleName(f"{title}: find a partner or school")
        field.textChanged.connect(self.show_those)
        self.add(Frame(self.look, field, icon="search"))
        self.add(Gap(self.look, 6))

    def _line(self, agreement: Agreement, today: str) -> Box:
        says, icon = state_of(agreement, today)
        at = day_of(agreement.ends, today)
        row = ListRow(self.look, agreement.party, says=says or "holds until", at=at, icon=icon)
        row.clicked.connect(lambda: self.chosen.emit(agreement.id))
        return Box(self.look, Rule(self.look), Box(self.look, row, margins=(0, 0, TAIL, 0)))


def state_of(agreement: Agreement, today: str) -> tuple[str, tuple[str, str]]:
    """Whether it has ended or ends soon, in words and as an icon."""
    left = agreement.days_left(today)
    if left < 0:
        return "ended", ("circle-alert", "no")
    if left > SOON:
        return "", ("signature", "text2")
    return "ends today" if left == 0 else f"ends in {counted(left, 'day')}", ("clock", "steps")


def _words(agreement: Agreement) -> str:
    return " ".join((agreement.party, *agreement.schools)).casefold()
