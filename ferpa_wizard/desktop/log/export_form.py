"""What to export from the log and how: all that people choose before they choose the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.cards import CheckRow, OptionCard
from ferpa_wizard.desktop.controls.fields import ChoiceField, Labelled
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.segments import Segments
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.log.export_columns import ColumnTicks
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.documents.log_report import MOST
from ferpa_wizard.requests.board import Span
from ferpa_wizard.requests.exporting import TABLES, Format, Wanted

SEARCH, ALL, BOARD = "search", "all", "board"
FORMATS: dict[Format, tuple[str, str]] = {
    "csv": ("CSV", "A table for any spreadsheet, or for another program."),
    "xlsx": ("Excel", "A table for Excel or LibreOffice. It also says what was asked for."),
    "pdf": ("PDF report", f"To read, print or send. It lists decisions only, up to {MOST:,}."),
    "jsonl": ("JSON Lines", "For other programs. It keeps every word that was sealed."),
    "bundle": ("Bundle for an auditor", "It proves that nothing was changed, and can be checked without this program."),
}
_ALL = "Every entry of every desk here: decisions, notes, things to do, papers and uses."
_BOARD = "How many requests there were, what FERPA did, and what would help most, with the year before. No names."
_RESTRICTED = "The texts of restricted decisions stay out."
_NO_COLUMN = "Tick a column first."


class Found(NamedTuple):
    """What the log has now: what is looked for, how many decisions that finds, and the school years, newest first."""

    search: Search
    decisions: int
    years: Sequence[tuple[Span, Span]]


class ExportForm(Box):
    """`changed` with each choice. Either `year` or `wanted` is what people want."""

    changed = Signal()

    def __init__(self, look: Look, found: Found) -> None:
        super().__init__(look, gap=4)
        self._found = found
        shown = f"{'This search' if str(found.search) else 'All decisions'}, {found.decisions:,}"
        self.what = Segments(
            look, "What to export", {SEARCH: shown, ALL: "Everything", BOARD: "One page for the board"}
        )
        self.what.choose(SEARCH)
        self._says = Text(look, "", "small", ink="text2", inset=RING)
        self._cards = {form: OptionCard(look, label, hint=hint) for form, (label, hint) in FORMATS.items()}
        self._cards["csv"].setChecked(True)
        self.columns = ColumnTicks(look)
        self._left_out = CheckRow(look, "Leave out what people typed", plain=True)
        self._year = ChoiceField(look, [this.name for this, _ in found.years], 0)
        self._log = self._for_log()
        self._board = Labelled(look, "School year", self._year, hint="It starts on July 1.")
        for part in (self.what, self._says, Gap(look, 4), self._log, self._board):
            self.add(part)
        self._join()
        self._on_change()

    def _for_log(self) -> Box:
        look, box = self.look, Box(self.look, gap=4)
        box.add(Title(look, "As what?", "small-strong"))
        box.add(Group(look, "As what?", *self._cards.values(), gap=0))
        box.add(self._left_out)
        box.add(self.columns)
        box.add(Text(look, _RESTRICTED, "small", ink="text2", inset=RING))
        return box

    def _join(self) -> None:
        self.what.chosen.connect(self._on_change)
        self.columns.changed.connect(self.changed)
        for choice in (*self._cards.values(), self._left_out):
            choice.toggled.connect(self._on_change)

    # -- what is chosen --------------------------------------------------------------------

    @property
    def year(self) -> tuple[Span, Span] | None:
        """The school year of the page for the board and the one before, if that is what people want."""
        return self._found.years[self._year.currentIndex()] if self.what.current == BOARD else None

    @property
    def wanted(self) -> Wanted:
        """The export of the log."""
        form = next(form for form, card in self._cards.items() if card.isChecked())
        return Wanted(
            form,
            search=self._found.search if self.what.current == SEARCH else None,
            columns=self.columns.chosen if form in TABLES else (),
            free_text=not self._left_out.isChecked(),
        )

    @property
    def why_not(self) -> str:
        """Why this cannot be had, in a sentence; empty when it can."""
        if self.year is not None:
            return ""
        if self.wanted.format in TABLES and not self.columns.ticked:
            return _NO_COLUMN
        return self.wanted.why_not

    def _on_change(self) -> None:
        line = str(self._found.search)
        found = (
            f"{counted(self._found.decisions, 'decision')}: {line}" if line else "All decisions that the list shows."
        )
        self._says.say({SEARCH: found, ALL: _ALL, BOARD: _BOARD}[self.what.current])
        self._log.setVisible(self.year is None)
        self._board.setVisible(self.year is not None)
        self.columns.setVisible(self.wanted.format in TABLES)
        self.columns.offer(free_text=not self._left_out.isChecked())
        self.changed.emit()
