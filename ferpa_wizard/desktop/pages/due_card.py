"""The records that the schedule lets go, each with a tick, and the button that purges those with one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import CheckRow
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.controls.more import MadeRows
from ferpa_wizard.desktop.controls.text import Title
from ferpa_wizard.desktop.dates import day_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.retention import Row

PAGE = 50


class DueCard(Box):
    """All are ticked at first. `purge` asks for those that are, `grew` tells that Tab has other stops."""

    purge = Signal()
    grew = Signal()

    def __init__(self, look: Look, rows: Sequence[Row]) -> None:
        super().__init__(look)
        self._listed = [one for one in rows if not one.restricted]
        self._restricted = [one.number for one in rows if one.restricted]
        self._off: set[str] = set()
        self._made: dict[str, CheckRow] = {}
        self._secret: CheckRow | None = None
        self._button = Button(look, "", "secondary", icon="trash-2")
        self._button.clicked.connect(self.purge)
        ticks = MadeRows(look, self._tick, len(self._listed), page=PAGE)
        ticks.grew.connect(self.grew)
        group = Group(look, "Records that may go", ticks)
        if self._restricted:
            says = f"{counted(len(self._restricted), 'restricted record')}, not listed here"
            self._secret = self._box(says, ticked=True)
            self._secret.toggled.connect(self._say_count)
            group.cells.addWidget(self._secret)
        title = Title(look, f"May go: {counted(len(rows), 'record')}")
        inner = card(look, title, group, gap=6)
        if len(rows) > 1:
            inner.cells.insertWidget(1, Flow(look, *self._at_once(), gap=4))
        inner.add(row(look, self._button))
        self.add(inner)
        self._say_count()

    def chosen(self) -> list[str]:
        """The numbers of those that are ticked, shown or not."""
        secret = self._restricted if self._secret is not None and self._secret.isChecked() else []
        return [*(one.number for one in self._listed if one.number not in self._off), *secret]

    def _at_once(self) -> list[Button]:
        buttons = []
        for words, ticked in (("Tick all", True), ("Tick none", False)):
            button = Button(self.look, words, "quiet")
            button.clicked.connect(lambda _=False, ticked=ticked: self._tick_all(ticked=ticked))
            buttons.append(button)
        return buttons

    def _tick_all(self, *, ticked: bool) -> None:
        for box in (*self._made.values(), *([self._secret] if self._secret is not None else [])):
            box.setChecked(ticked)
        self._off = set() if ticked else {one.number for one in self._listed}
        self._say_count()

    def _tick(self, place: int) -> CheckRow:
        one = self._listed[place]
        words = f"{one.number}, kept until {day_of(one.last_day)}. {raised(one.rule)}."
        made = self._made[one.number] = self._box(words, ticked=one.number not in self._off)
        made.toggled.connect(lambda on: self._on_tick(one.number, on))
        return made

    def _on_tick(self, number: str, on: bool) -> None:
        (self._off.discard if on else self._off.add)(number)
        self._say_count()

    def _box(self, words: str, *, ticked: bool) -> CheckRow:
        made = CheckRow(self.look, words, plain=True)
        made.setChecked(ticked)
        return made

    def _say_count(self) -> None:
        secret = len(self._restricted) if self._secret is not None and self._secret.isChecked() else 0
        number = len(self._listed) - len(self._off) + secret
        self._button.words(f"Purge {counted(number, 'record')}…" if number else "Purge…")
