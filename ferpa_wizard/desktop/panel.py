"""The panel: what the answers given so far mean; it never says what another choice would do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.desktop.controls.box import Box, Gap, Rule, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.shown import MARKS
from ferpa_wizard.desktop.room import Panel as PanelView
from ferpa_wizard.desktop.room import PanelRow

SHOWN = 3  # ways that are ruled out, before "Show more"


class Panel(Box):
    """Draws what is open and what is ruled out; `edit` asks for the question that did it."""

    edit = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 18, 8, 16), gap=0)
        self._out: frozenset[str] | None = None
        self._all_shown = False

    def begin(self) -> None:
        """Another request is opened: nothing is new in it."""
        self._out, self._all_shown = None, False

    def draw(self, view: PanelView) -> str:
        """Show this; answers a sentence that says what changed, for a screen reader."""
        fresh = self._fresh(view.ruled_out)
        self.clear()
        self.add(Title(self.look, "What this means so far"))
        self.add(Gap(self.look, 4))
        self.add(Title(self.look, view.summary, "small", ink="text2"))
        self.add(Gap(self.look, 12))
        if view.open:
            self._open(view.open)
        if view.ruled_out:
            self._ruled_out(view.ruled_out, fresh)
        self.push()
        titles = [one.title for one in view.ruled_out if one.basis in fresh]
        news = f" Ruled out: {', '.join(titles)}." if titles else ""
        return view.summary + news

    def _fresh(self, out: Sequence[PanelRow]) -> frozenset[str]:
        before, now = self._out, frozenset(one.basis for one in out)
        self._out = now
        return frozenset() if before is None else now - before

    def _open(self, rows: Sequence[PanelRow]) -> None:
        self.add(Title(self.look, "Still possible", "small-strong"))
        self.add(Gap(self.look, 4))
        facts = [
            FactRow(
                self.look,
                Line(one.title, "small-strong"),
                Line(one.says, "small", "text2"),
                Line(one.cite, "caption", "text2"),
                icon=MARKS[one.mark],
                indent=29,
            )
            for one in rows
        ]
        self.add(Facts(self.look, *facts, gap=3))

    def _ruled_out(self, rows: Sequence[PanelRow], fresh: frozenset[str]) -> None:
        self.add(Gap(self.look, 8))
        self.add(Box(self.look, Rule(self.look), margins=(RING, 0, RING, 0)))
        self.add(Gap(self.look, 10))
        head = row(
            self.look,
            Text(self.look, "Ruled out", "small-strong", wraps=False),
            Text(self.look, str(len(rows)), "small", ink="text2", wraps=False),
            margins=(RING, 0, 0, 0),
        )
        self.add(head)
        self.add(Gap(self.look, 2))
        shown = rows if self._all_shown else rows[:SHOWN]
        for one in shown:
            self.add(self._out_row(one, new=one.basis in fresh))
        if len(rows) > len(shown):
            self._offer_more(rows, fresh, len(rows) - len(shown))

    def _offer_more(self, rows: Sequence[PanelRow], fresh: frozenset[str], left: int) -> None:
        more = Button(self.look, f"Show {left} more", "link")
        line = row(self.look, more)

        def show_all() -> None:
            self._all_shown = True
            at = self.cells.indexOf(line)
            for one in rows[SHOWN:]:
                self.cells.insertWidget(at, self._out_row(one, new=one.basis in fresh))
                at += 1
            line.hide()

        more.clicked.connect(show_all)
        self.add(line)

    def _out_row(self, one: PanelRow, *, new: bool) -> PressRow:
        title = Line(one.title, "small-medium", "text2")
        says = Line(one.says, "small", "text2")
        marked = (Line("New", "caption", "accent"),) if new else ()
        made = PressRow(
            self.look,
            title,
            says,
            *marked,
            act="Change this answer" if one.question else "",
            icon=("circle-x", "text2"),
        )
        if one.question:
            made.clicked.connect(lambda: self.edit.emit(one.question))
        return made
