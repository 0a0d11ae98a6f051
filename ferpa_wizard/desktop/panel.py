"""The panel: what the answers given so far mean; it never says what another choice would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box, Rule, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.keyed import Entry, Keyed
from ferpa_wizard.desktop.controls.more import LongFacts
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Line, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.shown import MARKS
from ferpa_wizard.requests.views import Panel as PanelView
from ferpa_wizard.requests.views import PanelRow

OPEN_SHOWN, OUT_SHOWN = 4, 3  # ways that are shown before "Show more"
SAID = 3  # ways that a screen reader hears by name


class Panel(Keyed):
    """Draws what is open and what is ruled out, or one line of it; `edit` asks for the question that did it."""

    edit = Signal(str)
    unfolded = Signal(bool)  # people opened or closed it
    grew = Signal()  # more rows came in: the Tab order has to be set again

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 18, 8, 16))
        self._view: PanelView | None = None
        self._all_shown = self._unfolded = False

    def unfold(self, unfolded: bool) -> None:
        """Show all of it, or the line at its top."""
        self._unfolded = unfolded
        self._redraw()

    def begin(self) -> None:
        """Another request is opened: nothing is new in it."""
        self._view, self._all_shown = None, False

    def draw(self, view: PanelView) -> str:
        """Show this; answers a sentence that says what changed, for a screen reader."""
        before = self._view or view
        fresh = {one.basis for one in view.ruled_out} - {one.basis for one in before.ruled_out}
        self._view = view
        rest = [*self._open(view.open), *self._out(view.ruled_out, fresh)] if self._unfolded else []
        self.show_entries([*self._head(view.summary), *rest])
        titles = [one.title for one in view.ruled_out if one.basis in fresh]
        if len(titles) > SAID:
            return f"{view.summary} {len(titles)} ways are ruled out now."
        return view.summary + (f" Ruled out: {', '.join(titles)}." if titles else "")

    # -- what is in it, top to bottom --------------------------------------------------------

    def _head(self, summary: str) -> Iterator[Entry]:
        look = self.look
        yield "title", lambda: Box(look, Title(look, "What this means so far"), margins=(0, 0, 0, 4))
        yield summary, lambda: Box(look, Title(look, summary, "small", ink="text2"), margins=(0, 0, 0, 4))
        yield ("fold", self._unfolded), self._fold

    def _fold(self) -> QWidget:
        words, icon = ("Hide the ways", "chevron-down") if self._unfolded else ("Show the ways", "chevron-right")
        button = Button(self.look, words, "quiet", icon=icon)
        button.clicked.connect(self._on_fold)
        return Box(self.look, row(self.look, button), margins=(0, 0, 0, 8))

    def _on_fold(self) -> None:
        self.unfold(not self._unfolded)
        made = self.shown(("fold", self._unfolded))
        button = made.findChild(Button) if made is not None else None
        if button is not None:
            button.setFocus()
        self.unfolded.emit(self._unfolded)

    def _open(self, rows: Sequence[PanelRow]) -> Iterator[Entry]:
        if rows:
            title = "Still possible"
            yield title, lambda: Box(self.look, Title(self.look, title, "small-strong"), margins=(0, 0, 0, 4))
            yield rows, lambda: LongFacts(self.look, [*map(self._open_row, rows)], most=OPEN_SHOWN, gap=3)

    def _open_row(self, one: PanelRow) -> FactRow:
        return FactRow(
            self.look,
            Line(one.title, "small-strong"),
            Line(one.says, "small", "text2"),
            Line(one.cite, "caption", "text2"),
            icon=MARKS[one.mark],
            indent=29,
        )

    def _out(self, rows: Sequence[PanelRow], fresh: set[str]) -> Iterator[Entry]:
        if not rows:
            return
        yield "rule", lambda: Box(self.look, Rule(self.look), margins=(RING, 8, RING, 10))
        yield ("ruled out", len(rows)), lambda: self._out_head(len(rows))
        shown = rows if self._all_shown else rows[:OUT_SHOWN]
        for one in shown:
            new = one.basis in fresh
            yield (one, new), partial(self._out_row, one, new=new)
        left = len(rows) - len(shown)
        if left:
            yield ("more", left), lambda: self._more(left)

    def _out_head(self, number: int) -> QWidget:
        words = Text(self.look, "Ruled out", "small-strong", wraps=False)
        counted = Text(self.look, str(number), "small", ink="text2", wraps=False)
        return row(self.look, words, counted, margins=(RING, 0, 0, 2))

    def _out_row(self, one: PanelRow, *, new: bool) -> QWidget:
        made = PressRow(
            self.look,
            Line(one.title, "small-medium", "text2"),
            Line(one.says, "small", "text2"),
            *((Line("New", "caption", "accent"),) if new else ()),
            act="Change this answer" if one.question else "",
            icon=("circle-x", "text2"),
        )
        if one.question:
            made.clicked.connect(lambda: self.edit.emit(one.question))
        return made

    def _more(self, left: int) -> QWidget:
        more = Button(self.look, f"Show {left} more", "link")
        more.clicked.connect(self._show_all)
        return row(self.look, more)

    def _show_all(self) -> None:
        self._all_shown = True
        self._redraw()

    def _redraw(self) -> None:
        if self._view is not None:
            self.draw(self._view)
            self.grew.emit()
