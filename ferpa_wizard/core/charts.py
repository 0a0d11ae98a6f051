"""A chart as plain values: bars that each stand for a search, and the same as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.core.numbers import percent

Row = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """`search` finds exactly the decisions that the bar counts; whoever goes on from a bar goes on with it."""

    label: str
    count: int
    search: Search

    @property
    def line(self) -> str:
        """The search as people type it."""
        return str(self.search)


@dataclass(frozen=True, slots=True)
class Chart:
    """`definition` says what a bar counts, `denominator` of how many decisions in words; `of` is their number.

    `notes` are sentences on what the bars leave out or count more than once.
    """

    id: str
    title: str
    definition: str
    denominator: str
    of: int
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, str, str]:
        return self.title, "Decisions", f"Part of {self.of:,}"

    @property
    def rows(self) -> list[Row]:
        """Label, decisions, and their part of the denominator."""
        return [(bar.label, bar.count, percent(bar.count, self.of)) for bar in self.bars]

    def as_json(self) -> dict[str, object]:
        """The object that `log stats --json` writes for it."""
        bars = [{"label": bar.label, "count": bar.count, "line": bar.line} for bar in self.bars]
        names = ("id", "title", "definition", "denominator", "of")
        return {**{name: getattr(self, name) for name in names}, "bars": bars, "notes": list(self.notes)}
