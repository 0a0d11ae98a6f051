"""The ledger's file: making it whole or not at all, and connections to it."""

from __future__ import annotations

import os
import sqlite3
import stat
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from ferpa_wizard.core.entry import time_text
from ferpa_wizard.ledger import schema
from ferpa_wizard.ledger.errors import LedgerDamaged, LedgerError, LedgerGone, LedgerReadOnly, LedgerUnreachable
from ferpa_wizard.ledger.turns import turn
from ferpa_wizard.paths import private_folder, sync_folder

NAME = "ledger.sqlite"
LOCK = "ledger.lock"
WAIT_SECONDS = 5.0
_NEW = ".new"
_JOURNAL = "-journal"
FILES = (NAME, LOCK, NAME + _JOURNAL, NAME + _NEW)
"""All that a ledger lives by."""
OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables


def connect(file: Path, *, writable: bool) -> sqlite3.Connection:
    """A connection that makes no file. Raises sqlite3.Error.

    Why a rollback journal with EXTRA and not WAL with FULL, though neither lost a record in simulated
    power cuts: at rest this is one file that holds everything, so that a copy, a backup or the verifier
    never misses a tail in a second file; it can be read in a read-only folder; SQLite before 3.51.3,
    which many Pythons carry, can damage a WAL when two connections reset it. FULL would not do: it
    leaves the end of the journal, and with it the commit, to the folder's next sync. EXTRA syncs the
    folder too. A decision is sealed every few minutes; the extra milliseconds are nobody's.
    """
    mode = "rw" if writable else "ro"
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,  # Ledger lets one thread in at a time
    )
    # A damaged text must not keep the rest of a page from being read; it will not match its header.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        for pragma in _pragmas(writable=writable):
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_read(file: Path) -> sqlite3.Connection:
    """A connection that reads, also where a killed program left something half written. Raises sqlite3.Error."""
    connection = connect(file, writable=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise
        # Only a connection that may write can undo what the journal says.
        with closing(connect(file, writable=True)) as mending:
            mending.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection = connect(file, writable=False)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One write transaction, undone when the block raises. Raises sqlite3.Error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            with suppress(sqlite3.Error):  # the first error is the one to tell
                connection.execute("ROLLBACK")


def _pragmas(*, writable: bool) -> list[str]:
    # A damaged or hostile file must not run functions from its schema.
    reading = ["PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON"]
    if not writable:
        return [*reading, "PRAGMA query_only = ON"]
    return [
        *reading,
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = EXTRA",
        "PRAGMA fullfsync = ON",  # macOS: a plain fsync stops at the drive's cache
        "PRAGMA checkpoint_fullfsync = ON",
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = ON",
    ]


IN_FORCE = {
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}
"""What SQLite says of a connection that writes, when everything asked for in `connect` is in force."""


def in_force(file: Path) -> dict[str, object]:
    """What SQLite says of them on a connection that may write this ledger. Raises sqlite3.Error."""
    with closing(connect(file, writable=True)) as connection:
        return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in IN_FORCE}


def turn_in(home: Path) -> AbstractContextManager[int]:
    """Alone among all programs that write in this folder, with the lock's descriptor. Raises LedgerLocked, OSError."""
    return turn(home / LOCK, about=home / NAME, wait=WAIT_SECONDS)


def identity(file: Path) -> tuple[int, int] | None:
    """What tells this file from another one under the same name; None where there is none, or it does not answer."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def was_kept(file: Path) -> bool:
    """Does the lock remember that a ledger was made here? Raises OSError."""
    lock = file.with_name(LOCK)
    return lock.exists() and lock.stat().st_size > 0


def create(file: Path, *, now: datetime) -> None:
    """Make an empty ledger, unless there is one. Raises LedgerError, OSError, sqlite3.Error.

    It is built under another name and renamed when whole, so that no moment leaves an empty file.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LedgerUnreachable(file, f"(This Python has SQLite {sqlite3.sqlite_version}; 3.37 is needed.)")
    private_folder(file.parent)
    with turn_in(file.parent) as lock:
        if file.exists():
            return
        # The lock remembers which ledger was kept here: a deleted one is not replaced in silence.
        if os.fstat(lock).st_size:
            raise LedgerGone(file)
        installation = uuid.uuid4().hex
        make_empty(file, installation)
        remember(lock, installation, now)


def make_empty(file: Path, installation: str) -> None:
    """Make a ledger without entries for this installation, unless the file is there. Raises OSError, sqlite3.Error."""
    if file.exists():
        return
    private_folder(file.parent)
    part = file.with_name(file.name + _NEW)
    _build(part, installation)
    put_in_place(part, file)


class _Placed(Protocol):
    @property
    def sequence(self) -> int:
        """Where it stands in the chain."""


_P = TypeVar("_P", bound=_Placed)


def in_order(file: Path, after: int, found: list[_P]) -> list[_P]:
    """What was found after a sequence, if each comes after the one before. Raises LedgerDamaged.

    Out of a damaged file the same rows can come again and again, and who reads on would never come to an end.
    """
    for one in found:
        if one.sequence <= after:
            raise LedgerDamaged(file, "Its entries are not in their order.")
        after = one.sequence
    return found


def put_in_place(part: Path, file: Path) -> None:
    """Give a whole ledger the name by which it is found. Raises OSError."""
    # The journal of a file that has gone would be played into the new one.
    stray = file.with_name(file.name + _JOURNAL)
    if stray.exists():
        stray.unlink()
        sync_folder(file.parent)
    part.replace(file)
    sync_folder(file.parent)


def remember(lock: int, installation: str, now: datetime) -> None:
    """Note in the lock file, whose turn it is, which ledger is kept beside it. Raises OSError."""
    os.lseek(lock, 0, os.SEEK_SET)
    os.truncate(lock, 0)
    os.write(lock, f"The ledger {installation} is kept here since {time_text(now)}.\n".encode())
    os.fsync(lock)


def remember_again(file: Path, installation: str, now: datetime) -> None:
    """Note it where the note is missing: power or program may have ended right after the ledger was made."""
    with suppress(LedgerError, OSError):  # whoever opens it next notes it
        if not was_kept(file):
            with turn_in(file.parent) as lock:
                if not os.fstat(lock).st_size:
                    remember(lock, installation, now)


def _build(part: Path, installation: str) -> None:
    # A program that was stopped just here left these; its journal must not be played into a new file.
    part.unlink(missing_ok=True)
    part.with_name(part.name + _JOURNAL).unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect(part, writable=True)) as connection, transaction(connection):
        for statement in schema.STATEMENTS:
            connection.execute(statement)
        meta = [("schema", str(schema.VERSION)), ("installation", installation)]
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def why_not_writable(file: Path) -> LedgerReadOnly | None:
    """The error that writing would end in, where file or folder cannot be written.

    Where they can, the file is closed to others, should a copy or an old umask have opened it.
    """
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return LedgerReadOnly(file)
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        with suppress(OSError):  # shared folders may have no modes
            file.chmod(0o600)
    return None


def why_not_trusted(connection: sqlite3.Connection, file: Path) -> LedgerError | None:
    """The error that writing would end in, because tables or guards are not as this program left them.

    Raises the error itself when the file cannot even be read as a ledger.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if problem := schema.version_problem(file, version):
        raise problem
    grave = [change for change in schema.alterations(connection) if change.grave]
    if not grave:
        return None
    problem = LedgerDamaged(file, " ".join(map(str, grave)))
    if any(change.kind == "table" for change in grave):
        raise problem
    return problem
