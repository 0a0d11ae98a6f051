"""Programs that are worse on purpose: each of these spoils this process, and the harness has to notice it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.ledger import copies, drafts, export, ledger, log_index, push
from ferpa_wizard.ledger.file import connect
from ferpa_wizard.requests import kept, retention, taking

_EVERY = 4
_LARGEST = 16  # bytes of a piece
_SMALLEST = 2
_PIECES = 1000


def commits_later() -> None:
    """What is sealed is acknowledged at once, and committed with every fourth."""
    calls = count(1)

    @contextmanager
    def lazy(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        if not connection.in_transaction:
            connection.execute("BEGIN IMMEDIATE")
        yield connection
        if next(calls) % _EVERY == 0:
            connection.execute("COMMIT")

    vars(ledger)["transaction"] = lazy


def files_in_place() -> None:
    """Files are written where they will lie, a piece at a time, as programs do that know no better."""
    for module in (export, push):
        vars(module)["replacing"] = in_place


def drafts_in_place() -> None:
    """The same of drafts, which are short: the file is opened anew for each piece."""

    @contextmanager
    def appending(path: Path) -> Iterator[_Appending]:
        path.write_bytes(b"")
        yield _Appending(path)

    vars(drafts)["replacing"] = appending


def copies_for_renames() -> None:
    """What is whole gets its name by being copied there, a piece at a time."""

    def copied(part: Path, target: Path) -> Path:
        with in_place(target) as file:
            file.write(part.read_bytes())
        part.unlink()
        return target

    setattr(Path, "replace", copied)  # noqa: B010  mypy knows that methods are not assigned to


def copies_at_once() -> None:
    """A pulled segment goes into the copy one statement at a time, each for good; and a new copy is made in place."""
    copies_for_renames()
    vars(copies)["connect"] = lambda file, *, writable: _Eager(connect(file, writable=writable))


def index_at_once() -> None:
    """The index notes that an entry was read, then reads it, one statement at a time, each for good."""
    take = log_index.LogIndex._take

    @contextmanager
    def no_transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        yield connection

    def noted_first(connection: sqlite3.Connection, place: log_index.Place, entry: Entry) -> str:
        place.sequence, place.seal = entry.sequence, entry.seal
        log_index._keep(connection, place)
        return take(connection, place, entry)

    vars(log_index)["transaction"] = no_transaction
    setattr(log_index.LogIndex, "_take", staticmethod(noted_first))  # noqa: B010  as above


def sweeps_nothing() -> None:
    """A purge deletes the texts in the ledger, and neither cleans nor looks at the files beside it."""
    vars(retention)["sweep"] = lambda home, ledger: []
    vars(retention)["still_named"] = lambda ledger, texts: []


def named_first() -> None:
    """The release in use is named before it is there."""
    later: list[tuple[Any, ...]] = []
    keep, save_state = kept.keep, kept.save_state

    def saved(home: Path, state: kept.State) -> None:
        save_state(home, state)
        while later:
            keep(*later.pop())

    vars(taking)["keep"] = lambda *what: later.append(what)
    vars(taking)["save_state"] = saved


@contextmanager
def in_place(path: Path) -> Iterator[IO[bytes]]:
    """What `replacing` must not be: the file under its final name, open to write."""
    with path.open("wb", buffering=0) as file:
        pieces: Any = _Pieces(file)
        yield pieces


class _Pieces:
    """An open file that takes everything in small pieces."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        step = max(1, min(_LARGEST, len(data) // _PIECES))
        for start in range(0, len(data), step):
            self._file.write(data[start : start + step])
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Appending:
    """Takes everything in pieces of some bytes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, data: bytes) -> None:
        for start in range(0, len(data), _SMALLEST):
            with self._path.open("ab") as file:
                file.write(data[start : start + _SMALLEST])


class _Eager:
    """A connection that knows no transactions."""

    in_transaction = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, *values: Any) -> Any:
        if statement.split(maxsplit=1)[0] in ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"):
            return self
        return self._connection.execute(statement, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)
