"""The file of the log's index: its tables, made anew whenever it is not as this program makes it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from ferpa_wizard.ledger.errors import FROM_SQLITE
from ferpa_wizard.ledger.file import transaction
from ferpa_wizard.ledger.place import why_misplaced
from ferpa_wizard.ledger.replacing import delete

NAME = "log-index.sqlite"
VERSION = 3
APPLICATION_ID = 0x46574C49  # "FWLI"
FILES = tuple(NAME + end for end in ("", "-journal", "-wal", "-shm"))
_WAIT_SECONDS = 30.0  # another program may be reading a page of the ledger into it

# `id` is made of the time, so that the newest come first without sorting (log_index.py says how).
# `labels` holds what people call the ids. Most searches name an outcome or a review beside something else: so that
# those are counted in an index alone, each has them.
_TABLES = """
CREATE TABLE chains (
    chain INTEGER PRIMARY KEY, installation TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL, seal TEXT NOT NULL,
    last_id INTEGER NOT NULL, unfit INTEGER NOT NULL) STRICT;
CREATE TABLE restricted (
    chain INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (chain, sequence)) STRICT, WITHOUT ROWID;
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, chain INTEGER NOT NULL, sequence INTEGER NOT NULL, number TEXT NOT NULL,
    day TEXT NOT NULL, title TEXT NOT NULL, asked TEXT NOT NULL, basis TEXT NOT NULL, verdict TEXT NOT NULL,
    choice TEXT NOT NULL, figure TEXT NOT NULL, by TEXT NOT NULL, school TEXT NOT NULL,
    differs INTEGER NOT NULL, edited INTEGER NOT NULL, took INTEGER, missing TEXT NOT NULL,
    review TEXT NOT NULL, seal TEXT NOT NULL, UNIQUE (chain, sequence)) STRICT;
CREATE TABLE tags (
    field TEXT NOT NULL, value TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (field, value, id)) STRICT,
    WITHOUT ROWID;
CREATE INDEX tags_of ON tags (id);
CREATE TABLE labels (field TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (field, value)) STRICT;
CREATE TABLE todos (
    id INTEGER NOT NULL, todo TEXT NOT NULL, due TEXT NOT NULL, PRIMARY KEY (id, todo)) STRICT, WITHOUT ROWID;
CREATE INDEX todos_due ON todos (due);
CREATE TABLE reviews (
    seal TEXT NOT NULL, time TEXT NOT NULL, chain INTEGER NOT NULL, entry INTEGER NOT NULL, act TEXT NOT NULL,
    PRIMARY KEY (seal, time, chain, entry)) STRICT, WITHOUT ROWID;
CREATE TABLE replaced (
    chain INTEGER NOT NULL, sequence INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (chain, sequence)) STRICT,
    WITHOUT ROWID;
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE words USING fts5(
    text, content='texts', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
CREATE INDEX by_seal ON decisions (seal);
CREATE INDEX by_title ON decisions (title COLLATE NOCASE, id);
CREATE INDEX by_day ON decisions (day, id, choice, review);
CREATE INDEX by_asked ON decisions (asked, id, choice, review);
CREATE INDEX by_basis ON decisions (basis, id, choice, review);
CREATE INDEX by_choice ON decisions (choice, id, review);
CREATE INDEX by_review ON decisions (review, id, choice);
CREATE INDEX by_figure ON decisions (figure, id, choice, review);
CREATE INDEX by_took ON decisions (took, id, choice, review);
CREATE INDEX by_missing ON decisions (missing, id, choice, review);
CREATE INDEX by_by ON decisions (by, id, choice, review);
CREATE INDEX by_school ON decisions (school, id, choice, review);
CREATE INDEX basis_and_asked ON decisions (basis, asked);
"""


def connect(home: Path) -> sqlite3.Connection:
    """A connection to the index of a home: made anew where none fits, in memory where the folder cannot be written or
    no ledger may be (place.py).

    Raises sqlite3.Error, OSError.
    """
    file = home / NAME
    if why_misplaced(file):
        return _in_memory()
    try:
        return _opened(file)
    except FROM_SQLITE as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            raise  # another program writes it, which must not find another file in its place
    except OSError:
        return _in_memory()
    remove(home)
    return _opened(file)


def remove(home: Path) -> None:
    """Take the index away; the next look at the log makes it anew. Raises OSError."""
    delete(home / name for name in FILES)


def _in_memory() -> sqlite3.Connection:
    return _fitted(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))


def _opened(file: Path) -> sqlite3.Connection:
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    elif not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        raise PermissionError(file)
    connection = sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        return _fitted(connection)
    except FROM_SQLITE:
        connection.close()
        raise


def _fitted(connection: sqlite3.Connection) -> sqlite3.Connection:
    """With our tables in it. Raises sqlite3.DatabaseError for a file with others."""
    for pragma in ("trusted_schema = OFF", "journal_mode = DELETE", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA cache_size = -32000")
    with transaction(connection):
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks == [0, 0]:
            _make(connection)
        elif marks != [APPLICATION_ID, VERSION]:
            raise sqlite3.DatabaseError("The index is of another form.")
    return connection


def _make(connection: sqlite3.Connection) -> None:
    for statement in filter(str.strip, _TABLES.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
