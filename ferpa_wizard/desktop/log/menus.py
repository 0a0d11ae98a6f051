"""The menus above the log: values of a field, spans of time, saved views, and the order of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.desktop.controls.menus import Entry, TickMenu
from ferpa_wizard.desktop.log.looking import Looking
from ferpa_wizard.desktop.log.rows import Order
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.requests.log_facets import Facet, Period, facets, is_within, periods, within
from ferpa_wizard.requests.log_views import VIEWS, View

ORDERS: Mapping[str, Order] = {
    "Newest first": Order("date"),
    "Oldest first": Order("date", up=True),
    "By request": Order("request", up=True),
    "By who asked": Order("asked", up=True),
    "By basis": Order("basis", up=True),
    "By outcome": Order("outcome", up=True),
    "By review": Order("review", up=True),
}


class FieldMenu(TickMenu):
    """The values of a field with their counts; several can be ticked."""

    def __init__(self, look: Look, name: str, field: str, looking: Looking) -> None:
        super().__init__(look, name, looking.telling(self._renew))
        self._looking, self._field = looking, field
        self._facets: list[Facet] = []

    def _renew(self) -> None:
        self._facets = facets(self._looking.queries, self._looking.search, self._field)
        self.fill([Entry(one.label, one.decisions, one.chosen) for one in self._facets], self._on_tick)
        if not self._facets:
            self.also("Nothing to choose yet", lambda: None).setEnabled(False)

    def _on_tick(self, _place: int) -> None:
        pairs = zip(self._facets, self.actions(), strict=False)
        values = [one.value for one, action in pairs if action.isChecked()]
        self._looking.look_for(str(self._looking.search.having(self._field, *values)))


class DatesMenu(TickMenu):
    """Spans of time of which one is chosen; `asks` wants a first and a last day."""

    asks = Signal()

    def __init__(self, look: Look, looking: Looking, today: str) -> None:
        super().__init__(look, "Dates", looking.telling(self._renew), one=True)
        self._looking, self._today = looking, today

    def _renew(self) -> None:
        search, queries = self._looking.search, self._looking.queries
        lines = [(period, within(search, period)) for period in periods(self._today)]
        counted = [Entry(one.name, queries.count(line), is_within(search, one)) for one, line in lines]
        self.fill(counted, lambda place: self._looking.look_for(str(lines[place][1])))
        self.also("Other days…", self.asks.emit, apart=True)

    def take(self, first: str, last: str) -> None:
        """Look between two days, both of which count; an empty one sets no bound."""
        self._looking.look_for(str(within(self._looking.search, Period.of_days(first, last))))


class ViewsMenu(TickMenu):
    """The views that come with the program, and those that people saved; `saves` and `removes` ask for it."""

    saves = Signal()
    removes = Signal(str)

    def __init__(self, look: Look, looking: Looking, memory: Memory) -> None:
        super().__init__(look, "Saved views", looking.telling(self._renew), one=True)
        self._looking, self._memory = looking, memory

    def _renew(self) -> None:
        own = [View(*one) for one in self._memory.kept.views]
        views, queries, now = [*VIEWS, *own], self._looking.queries, str(self._looking.search)
        searches = [read_search(view.line) for view in views]
        found = [
            Entry(view.name, queries.count(search), str(search) == now)
            for view, search in zip(views, searches, strict=True)
        ]
        self.fill(found, lambda place: self._looking.look_for(views[place].line))
        if own:
            self.insertSeparator(self.actions()[len(VIEWS)])
        self.also("Save this view…", self.saves.emit, apart=True).setEnabled(bool(now))
        for view in own:
            self.also(f"Remove “{view.name}”", self._remover(view.name))

    def _remover(self, name: str) -> Callable[[], None]:
        return lambda: self.removes.emit(name)


class SortMenu(TickMenu):
    """The orders of the list; `chosen` tells the one that people want."""

    chosen = Signal(object)

    def __init__(self, look: Look, now: Callable[[], Order]) -> None:
        super().__init__(look, "Sort", self._renew, one=True)
        self._now = now

    def _renew(self) -> None:
        entries = [Entry(name, None, order == self._now()) for name, order in ORDERS.items()]
        orders = list(ORDERS.values())
        self.fill(entries, lambda place: self.chosen.emit(orders[place]))
