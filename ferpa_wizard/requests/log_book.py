"""The log as people look at it: every decision of the chains in a home, found by one line of text."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.log_index import LogIndex
from ferpa_wizard.ledger.log_queries import LogQueries, LogRow
from ferpa_wizard.requests.desks import names
from ferpa_wizard.requests.log_chains import Chains
from ferpa_wizard.requests.steps import Step, whole


@dataclass(frozen=True, slots=True)
class Listed:
    """A decision in a list, in words; `installation` and `number` find it, `mine` says that this desk made it, and
    `desk` is the name of the one that did, where it is known.
    """

    installation: str
    number: str
    mine: bool
    desk: str
    day: str
    title: str
    asked: str
    basis: str
    verdict: str
    choice: str
    label: str
    review: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What no list shows: restricted decisions, and entries that do not match their seal."""

    restricted: int
    unfit: int


class LogBook:
    """`opened` gives the own ledger for reading; it raises LedgerMissing where there is none. `now` is the clock."""

    def __init__(self, home: Path, opened: Callable[[], Ledger], now: Callable[[], datetime]) -> None:
        self._home, self._now = home, now
        self.chains = Chains(home, opened, now)
        self._index: LogIndex | None = None
        self._names: dict[str, str] | None = None

    def close(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def catching_up(self) -> Generator[Step, None, None]:
        """Take in what the chains gained, a page at a time. Raises LedgerError."""
        self._names = None  # a pull may have brought others
        with self.chains.open() as ledgers:
            done = False
            while not done:
                index = self._opened_index()
                for reached in index.catching_up(list(ledgers), lambda one: ledgers[one]()):
                    yield Step(reached.read, reached.of, "Entry")
                    if index.over or index is not self._index:
                        break  # a purge took it away meanwhile: the new one is read from the start
                else:
                    done = True

    def catch_up(self) -> None:
        """The same, all at once."""
        whole(self.catching_up())

    @property
    def queries(self) -> LogQueries:
        """What can be asked of the log as it was read last, as of today. Raises LedgerError."""
        if self._index is not None and self._index.over:
            self.catch_up()  # a new one is empty, and would say that there are no decisions
        return LogQueries(self._opened_index(), self._now().date().isoformat())

    @property
    def names(self) -> Mapping[str, str]:
        """What the other desks are called, by installation, where it is known. Raises LedgerError."""
        if self._names is None:
            self._names = names(self._home)
        return self._names

    def count(self, search: Search) -> int:
        """How many decisions a search finds."""
        return self.queries.count(search)

    def page(
        self, search: Search, *, order: str = "date", up: bool = False, limit: int = 200, offset: int = 0
    ) -> list[Listed]:
        """So many of them from a place on; `order` is one of log_queries.ORDERS, `up` puts the smallest first."""
        queries = self.queries
        return list(self._in_words(queries, queries.page(search, order=order, up=up, limit=limit, offset=offset)))

    def left_out(self) -> LeftOut:
        """What no list shows."""
        return LeftOut(*self.queries.left_out())

    def _in_words(self, queries: LogQueries, rows: Sequence[LogRow]) -> Iterator[Listed]:
        chains, asked, bases = queries.chains(), queries.labels("asked"), queries.labels("basis")
        own, called = self.chains.own, self.names
        for row in rows:
            yield Listed(
                installation=chains[row.chain],
                number=row.number,
                mine=chains[row.chain] == own,
                desk=called.get(chains[row.chain], ""),
                day=row.day,
                title=row.title,
                asked=asked.get(row.asked, row.asked),
                basis=bases.get(row.basis, row.basis),
                verdict=row.verdict,
                choice=row.choice,
                label=CHOICES.get(row.choice, row.choice),
                review=row.review,
            )

    def _opened_index(self) -> LogIndex:
        if self._index is not None and self._index.over:
            self.close()
        if self._index is None:
            self._index = LogIndex(self._home)
        return self._index
