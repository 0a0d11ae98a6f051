"""The log as people look at it: every decision of the chains in a home, found by one line of text."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.ledger.chains import Chain
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.log_index import LogIndex
from ferpa_wizard.ledger.log_queries import LogQueries, LogRow
from ferpa_wizard.requests.desks import names
from ferpa_wizard.requests.log_chains import Chains, Opened
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
    """What no list shows: restricted decisions, entries that do not match their seal, and what stands in a copy of
    another desk's log that cannot be used: a sentence for each.
    """

    restricted: int
    unfit: int
    unusable: tuple[str, ...] = ()


class LogBook:
    """`opened` gives the own ledger for reading; it raises LedgerMissing where there is none. `now` is the clock."""

    def __init__(self, home: Path, opened: Callable[[], Ledger], now: Callable[[], datetime]) -> None:
        self._home, self._now = home, now
        self.chains = Chains(home, opened, now)
        self._index: LogIndex | None = None
        self._names: dict[str, str] | None = None
        self.damaged: dict[str, LedgerError] = {}
        """Why copies, by installation, could not be read to their end."""

    def close(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def catching_up(self) -> Generator[Step, None, None]:
        """Take in what the chains gained, a page at a time; what is wrong with a copy is told by `left_out`.

        Raises LedgerError.
        """
        self._names = None  # a pull may have brought others
        damaged: dict[str, LedgerError] = {}
        with self.chains.open(damaged) as ledgers:
            while (index := (yield from self._reading(ledgers))) is None:
                pass
        self.damaged = damaged | index.damaged
        if (error := self.damaged.get(self.chains.own)) is not None:
            raise error

    def _reading(self, ledgers: Mapping[Chain, Opened]) -> Generator[Step, None, LogIndex | None]:
        """Read on to the end; None where a purge took the index away meanwhile, and a new one has to be begun."""
        index = self._opened_index()
        for reached in index.catching_up(list(ledgers), lambda one: ledgers[one]()):
            yield Step(reached.read, reached.of, "Entry")
            if index.over or index is not self._index:
                return None
        return index

    def catch_up(self) -> None:
        """The same, all at once."""
        whole(self.catching_up())

    @property
    def queries(self) -> LogQueries:
        """What can be asked of the log as it was read last, as of today. Raises LedgerError."""
        if self._index is not None and self._index.over:
            self.catch_up()  # a new one is empty, and would say that there are no decisions
        return LogQueries(self._opened_index(), self._now().date().isoformat(), self.names)

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
        restricted, unfit = self.queries.left_out()
        cut = "The copy of the log of desk {} cannot be used, and decisions of it are missing here. {}"
        says = (cut.format(self.names.get(one, one[:8]), error.now) for one, error in self.damaged.items())
        return LeftOut(restricted, unfit, tuple(says))

    def _in_words(self, queries: LogQueries, rows: Sequence[LogRow]) -> Iterator[Listed]:
        chains, asked, bases = queries.chains(), queries.labels("asked"), queries.labels("basis")
        own, called = self.chains.own, self.names
        if any(row.chain not in chains for row in rows):
            raise self._opened_index().unfit()
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
