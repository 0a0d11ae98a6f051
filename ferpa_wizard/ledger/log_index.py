"""The index of the log: kept in step with the chains of a home, and asked by lists, filters, charts and exports.

It is made from the chains and proves nothing. The key of a decision is its time in microseconds, and in its low bits a
part of the installation, so that two desks hardly ever meet; within a chain each key is greater than the one before, so
that the order is that of the sequence, whatever the clock did.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from ferpa_wizard.core.entry import GENESIS, Entry
from ferpa_wizard.core.later import SUPERSEDE
from ferpa_wizard.ledger import log_fold, log_tables
from ferpa_wizard.ledger.chains import Chain
from ferpa_wizard.ledger.errors import (
    DiskFull,
    IndexFailed,
    LedgerDamaged,
    LedgerError,
    LedgerLocked,
    NoSuchEntry,
    translated,
)
from ferpa_wizard.ledger.file import identity, transaction
from ferpa_wizard.ledger.ledger import Ledger

_PAGE = 200  # entries that go into the index at once
_DESKS = 2048
_LATEST = 2**52 - 2**40  # microseconds, to the year 2112: a later clock must not make a key that SQLite cannot hold


class Reached(NamedTuple):
    """How far the reading is: entries read of entries in all, over every chain."""

    read: int
    of: int


@dataclass
class Place:
    """How far a chain was read."""

    chain: int
    installation: str
    sequence: int = 0
    seal: str = GENESIS
    last_id: int = 0
    unfit: int = 0
    purged: list[int] = field(default_factory=list)


class LogIndex:
    """One open index. Threads may share it; `close` ends it. Everything raises IndexFailed and DiskFull.

    `damaged` holds, by installation, what kept chains from being read to their end at the last reading.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._file = home / log_tables.NAME
        self._mutex = threading.RLock()
        self._failed = self._spoiled = False
        self.damaged: dict[str, LedgerDamaged] = {}
        with self._translated():
            self._connection = log_tables.connect(home)
        self._identity = identity(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._mutex:
            self._connection.close()
        if self._spoiled:
            with suppress(OSError):
                log_tables.remove(self._home)

    @property
    def over(self) -> bool:
        """Did it fail, or is its file gone, or another one? Then a new one is to be opened.

        A purge takes it away, and another program may have made the new one already.
        """
        return self._failed or (self._identity is not None and identity(self._file) != self._identity)

    def unfit(self) -> IndexFailed:
        """What to raise where its tables do not fit together; it is made anew from the chains then."""
        self._failed = self._spoiled = True
        return IndexFailed(self._file, "Its tables do not fit together.")

    def ask(self, query: str, values: Sequence[object] | dict[str, object] = ()) -> list[Any]:
        """The rows of a question to the tables of log_tables.py."""
        with self._mutex, self._translated():
            return self._connection.execute(query, values).fetchall()

    def catching_up(self, chains: Sequence[Chain], opened: Callable[[Chain], Ledger]) -> Generator[Reached, None, None]:
        """Read what the chains gained, a page at a time; what lies in the index of chains that went is taken out.

        `opened` gives the ledger of a chain, for each page anew, and this does not close it. One that is damaged keeps
        no other from being read. Raises what reading a ledger raises, but for LedgerDamaged.
        """
        self.damaged = {}
        self._forget_others(chains)
        ends: dict[Chain, tuple[int, int]] = {}
        for chain in chains:
            with self._noting_damage(chain):
                ends[chain] = self._begin(opened(chain), chain.installation), opened(chain).last_sequence()
        read, of = sum(reached for reached, _ in ends.values()), sum(last for _, last in ends.values())
        for chain, (begin, last) in ends.items():
            reached = begin
            with self._noting_damage(chain):
                while reached < last:
                    before, reached = reached, self._read_page(opened(chain), chain.installation, reached)
                    read += reached - before
                    yield Reached(read, of)

    @contextmanager
    def _noting_damage(self, chain: Chain) -> Iterator[None]:
        try:
            yield
        except LedgerDamaged as error:
            self.damaged[chain.installation] = error

    # Ledgers are read outside of transactions: what is wrong with one must not be told as a fault of the index.

    def _begin(self, ledger: Ledger, installation: str) -> int:
        """How far the chain was read; from the start if it lost entries or has others since."""
        with self._writing() as connection:
            place = _known_place(connection, installation)
        if place.sequence == 0 or _still_there(ledger, place):
            return place.sequence
        with self._writing() as connection:
            _forget(connection, _known_place(connection, installation))
        self._compact()
        return 0

    def _read_page(self, ledger: Ledger, installation: str, reached: int) -> int:
        """Read one page after a sequence; the sequence of the last entry that is in the index then."""
        entries = ledger.after(reached, _PAGE)
        if not entries:
            raise LedgerDamaged(ledger.file, f"No entry is found after {reached}, though it has more.")
        with self._writing() as connection:
            place = _known_place(connection, installation)
            if place.sequence != reached:
                return place.sequence  # another program read on, or began anew
            log_fold.settle(connection, {seal for one in entries if (seal := self._take(connection, place, one))})
            _keep(connection, place)
        if place.purged:
            self._compact()
        return place.sequence

    @staticmethod
    def _take(connection: sqlite3.Connection, place: Place, entry: Entry) -> str:
        """Put one entry in; the seal of the decision whose review it may change, empty if of none."""
        place.sequence, place.seal = entry.sequence, entry.seal
        if not entry.matches:
            place.unfit += 1
        elif entry.kind == "purge":
            place.purged.extend(log_fold.purge(connection, place.chain, entry))
        elif entry.kind != SUPERSEDE and entry.body is not None and entry.body.get("restricted") is True:
            if entry.kind == "decision":
                connection.execute("INSERT INTO restricted VALUES (?, ?)", (place.chain, entry.sequence))
        elif entry.body is not None:
            place.last_id = max(place.last_id + _DESKS, _key(entry.at, place.installation))
            return log_fold.fold(connection, place.chain, place.last_id, entry)
        return ""

    def _compact(self) -> None:
        """Leave nothing in the file of texts that went: their words stand in lists of the search, and in free pages."""
        with self._mutex, self._translated():
            self._connection.execute("INSERT INTO words(words) VALUES('optimize')")
            self._connection.execute("VACUUM")

    def _forget_others(self, chains: Sequence[Chain]) -> None:
        kept = {chain.installation for chain in chains}
        if any(name not in kept for (name,) in self.ask("SELECT installation FROM chains")):
            with self._writing() as connection:
                for (name,) in connection.execute("SELECT installation FROM chains").fetchall():
                    if name not in kept:
                        _forget(connection, _known_place(connection, name))
            self._compact()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Inside, errors come out as errors of ours: a full disk as such, others as IndexFailed."""
        try:
            with translated(self._file):
                yield
        except DiskFull:
            raise
        except LedgerError as error:
            self._spoiled = self._spoiled or isinstance(error, LedgerDamaged)
            self._failed = not isinstance(error, LedgerLocked)
            raise IndexFailed(self._file, error.detail) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._mutex, self._translated(), transaction(self._connection) as connection:
            yield connection


def _key(at: datetime, installation: str) -> int:
    moment = min(max(int(at.timestamp() * 1_000_000), 1), _LATEST)
    return moment * _DESKS + int(installation[:3], 16) % _DESKS


def _still_there(ledger: Ledger, place: Place) -> bool:
    try:
        return ledger.get(place.sequence).seal == place.seal
    except NoSuchEntry:
        return False


def _known_place(connection: sqlite3.Connection, installation: str) -> Place:
    fields = "chain, installation, sequence, seal, last_id, unfit"
    row = connection.execute(f"SELECT {fields} FROM chains WHERE installation = ?", (installation,)).fetchone()
    if row is not None:
        return Place(*row)
    new = connection.execute(f"INSERT INTO chains ({fields}) VALUES (NULL, ?, 0, ?, 0, 0)", (installation, GENESIS))
    return Place(int(new.lastrowid or 0), installation)


def _keep(connection: sqlite3.Connection, place: Place) -> None:
    values = (place.sequence, place.seal, place.last_id, place.unfit, place.chain)
    connection.execute("UPDATE chains SET sequence = ?, seal = ?, last_id = ?, unfit = ? WHERE chain = ?", values)


def _forget(connection: sqlite3.Connection, place: Place) -> None:
    log_fold.take_out(connection, "SELECT id FROM decisions WHERE chain = ?", (place.chain,))
    reviewed = connection.execute("SELECT DISTINCT seal FROM reviews WHERE chain = ?", (place.chain,)).fetchall()
    for table in ("reviews", "replaced", "restricted", "chains"):
        connection.execute(f"DELETE FROM {table} WHERE chain = ?", (place.chain,))
    log_fold.settle(connection, [seal for (seal,) in reviewed])  # of records in other chains
    log_fold.forget_names(connection)
