"""The place for charts above the list of the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.desktop.controls.bars import Chart, ChartCard
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.documents.words import LAYERS
from ferpa_wizard.ledger.log_queries import LogQueries
from ferpa_wizard.requests.log_words import OUTCOMES

BESIDE = 640  # width from which cards stand side by side


class _Bar(NamedTuple):
    label: str
    decisions: int
    line: str
    chosen: bool


class _Chart(NamedTuple):
    title: str
    definition: str
    denominator: str
    bars: Sequence[_Bar]


def charts(queries: LogQueries, search: Search) -> Iterator[_Chart]:
    """Outcomes and true reasons among what is looked for. Raises LedgerError."""
    for title, field, words, definition in (
        ("Outcomes", "outcome", OUTCOMES, "What was decided."),
        ("True reason when not shared", "layer", LAYERS, "Who said no; a record can name more than one."),
    ):
        base = search.having(field)
        counts = {one.value: one.decisions for one in queries.spread(base, field)}
        of = queries.count(base.having(field, *words))
        bars = [
            _Bar(label, counts.get(value, 0), str(base.having(field, value)), search.values(field) == (value,))
            for value, label in words.items()
        ]
        yield _Chart(title, definition, f"Of {of:,} records.", bars)


class Charts(Box):
    """`chosen` tells the search of a bar that was pressed, `grew` that what Tab visits has changed."""

    chosen = Signal(str)
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, across=True, margins=(RING, 0, RING, 6), gap=12)
        self._cards: list[ChartCard] = []

    def draw(self, found: Sequence[Chart]) -> None:
        """Show these."""
        while len(self._cards) < len(found):
            made = ChartCard(self.look)
            made.chosen.connect(self.chosen)
            made.grew.connect(self.grew)
            self._cards.append(made)
            self.add(made, 1)
        for made, chart in zip(self._cards, found, strict=False):
            made.show_chart(chart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def rescale(self) -> None:
        super().rescale()
        self._arrange()

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        beside = self.width() >= self.look.px(BESIDE)
        self.cells.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
