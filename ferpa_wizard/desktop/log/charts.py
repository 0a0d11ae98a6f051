"""The two charts that are asked for most, above the list of the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Signal

from ferpa_wizard.core.charts import Chart
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.desktop.controls.bars import ChartCard
from ferpa_wizard.desktop.controls.beside import SideBySide
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.log_charts import charts

BESIDE = 640  # width from which cards stand side by side
SHOWN = {"outcomes": "outcome", "reasons": "layer"}
"""The charts, and the field that a press on their bars sets."""


def to_choose_from(book: LogBook, search: Search) -> Iterator[Chart]:
    """Each over the search without a filter on its own field, so that another bar can be chosen. Raises LedgerError."""
    for name, field in SHOWN.items():
        (chart,) = charts(book, search.having(field), name)
        if search.values(field):
            chart = replace(chart, denominator=f"{chart.denominator}. The filter on it is left out here")
        yield chart


class Charts(SideBySide):
    """`chosen` tells the search of a bar that was pressed, `grew` that what Tab visits has changed."""

    chosen = Signal(str)
    grew = Signal()

    def __init__(self, look: Look) -> None:
        self._cards = [ChartCard(look, brief=True) for _ in SHOWN]
        super().__init__(look, *self._cards, least=BESIDE, gap=12, margins=(RING, 0, RING, 6))
        for card in self._cards:
            card.chosen.connect(self.chosen)
            card.grew.connect(self.grew)

    def draw(self, book: LogBook, search: Search) -> None:
        """Show what they count beside a search. Raises LedgerError."""
        for card, chart in zip(self._cards, to_choose_from(book, search), strict=True):
            card.show_chart(chart, search)
