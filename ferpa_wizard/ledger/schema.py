"""The tables of the ledger, the guards on them, and what must hold before a file is trusted as one."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ferpa_wizard.ledger.errors import LedgerDamaged, LedgerError, LedgerForeign, LedgerNewer

VERSION = 1
APPLICATION_ID = 0x46574C47  # "FWLG", where the `file` program and we look for it

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100

# The guards are against mistakes, not evidence: whoever owns the file can drop them. The evidence is
# the chain, and a head kept elsewhere. `INSERT OR REPLACE` deletes rows without calling a delete
# trigger, so the guards stand before the insert as well.
_TABLES = {
    "meta": "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "entries": """
        CREATE TABLE entries (
            sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
            kind TEXT NOT NULL,
            time TEXT NOT NULL,
            header BLOB NOT NULL
        ) STRICT""",
    # On its own, so that a purge takes text and salt and leaves the chain.
    "bodies": """
        CREATE TABLE bodies (
            sequence INTEGER PRIMARY KEY REFERENCES entries (sequence),
            salt BLOB NOT NULL CHECK (length(salt) = 32),
            body BLOB NOT NULL
        ) STRICT""",
    # Without a row number of its own: by that, OR REPLACE would get past the guard on the hash.
    "packs": "CREATE TABLE packs (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID",
}
_INDEXES = {
    "entries_by_kind": "CREATE INDEX entries_by_kind ON entries (kind, sequence)",
}
_GUARDS = {
    "entries_in_order": """
        CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entries)
        BEGIN SELECT RAISE(ABORT, 'an entry continues the last one'); END""",
    "entries_keep": """
        CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
        BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END""",
    "entries_stay": """
        CREATE TRIGGER entries_stay BEFORE DELETE ON entries
        BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END""",
    "bodies_once": """
        CREATE TRIGGER bodies_once BEFORE INSERT ON bodies
        WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM entries)
            OR EXISTS (SELECT 1 FROM bodies WHERE sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'a text comes with its entry, once'); END""",
    "bodies_keep": """
        CREATE TRIGGER bodies_keep BEFORE UPDATE ON bodies
        BEGIN SELECT RAISE(ABORT, 'texts are never changed'); END""",
    "bodies_stay": """
        CREATE TRIGGER bodies_stay BEFORE DELETE ON bodies
        WHEN NOT EXISTS (
            SELECT 1 FROM entries JOIN bodies USING (sequence),
                json_each(CAST(body AS TEXT), '$.entries') AS named
            WHERE entries.kind = 'purge' AND entries.sequence > OLD.sequence
                AND named.value = OLD.sequence)
        BEGIN SELECT RAISE(ABORT, 'a text goes only when a purge names its entry'); END""",
    "packs_once": """
        CREATE TRIGGER packs_once BEFORE INSERT ON packs
        WHEN EXISTS (SELECT 1 FROM packs WHERE sha256 = NEW.sha256)
        BEGIN SELECT RAISE(ABORT, 'rules are stored once'); END""",
    "packs_keep": """
        CREATE TRIGGER packs_keep BEFORE UPDATE ON packs
        BEGIN SELECT RAISE(ABORT, 'stored rules are never changed'); END""",
    "packs_stay": """
        CREATE TRIGGER packs_stay BEFORE DELETE ON packs
        BEGIN SELECT RAISE(ABORT, 'stored rules are never deleted'); END""",
    "meta_once": """
        CREATE TRIGGER meta_once BEFORE INSERT ON meta
        WHEN EXISTS (SELECT 1 FROM meta WHERE name = NEW.name)
        BEGIN SELECT RAISE(ABORT, 'this is written once'); END""",
    "meta_keep": """
        CREATE TRIGGER meta_keep BEFORE UPDATE ON meta
        BEGIN SELECT RAISE(ABORT, 'this is never changed'); END""",
    "meta_stay": """
        CREATE TRIGGER meta_stay BEFORE DELETE ON meta
        BEGIN SELECT RAISE(ABORT, 'this is never deleted'); END""",
}
STATEMENTS = (*_TABLES.values(), *_INDEXES.values(), *_GUARDS.values())
_EXPECTED = {
    (kind, name): sql
    for kind, statements in (("table", _TABLES), ("index", _INDEXES), ("trigger", _GUARDS))
    for name, sql in statements.items()
}


def _squeezed(sql: object) -> str:
    return re.sub(r"\s+", " ", str(sql)).strip()


_SQUEEZED = {key: _squeezed(sql) for key, sql in _EXPECTED.items()}


def sniff(file: Path) -> LedgerError | None:
    """What is wrong with the file at first sight, without SQLite, which might write beside it.

    Closing a file drops this process's SQLite locks on it. That is harmless here, because writers take
    turns by `ledger.lock`, which is a file of its own. Raises OSError.
    """
    if file.is_dir():
        return LedgerForeign(file)
    with file.open("rb") as opened:
        start = opened.read(_HEADER_BYTES)
    if not start:
        return LedgerDamaged(file, "It is empty, and a ledger never is.")
    if not start.startswith(_MAGIC) or len(start) < _HEADER_BYTES:
        return LedgerForeign(file)
    if int.from_bytes(start[68:72]) != APPLICATION_ID:
        return LedgerForeign(file)
    return version_problem(file, int.from_bytes(start[60:64]))


def version_problem(file: Path, version: int) -> LedgerError | None:
    """What is wrong with a ledger of this version, if anything."""
    if version > VERSION:
        return LedgerNewer(file, f"(It has format {version}; this program knows format {VERSION}.)")
    if version < VERSION:
        return LedgerDamaged(file, f"It says that it has format {version}, which never existed.")
    return None


@dataclass(frozen=True)
class Alteration:
    """One thing in the file that is not as this program made it."""

    kind: str  # table, index, trigger, view
    name: str
    how: str  # removed, replaced, strange

    @property
    def grave(self) -> bool:
        """Whether it touches what is read or written; a strange table, index or view does not."""
        return self.how != "strange" or self.kind == "trigger"

    def __str__(self) -> str:
        name = _squeezed(self.name)[:60]
        if self.how == "strange":
            return f"There is a {self.kind} named {name} that does not belong in a ledger."
        what = "guard" if self.kind == "trigger" else self.kind
        return f"The {what} {name} has been {self.how}."


def alterations(connection: sqlite3.Connection) -> list[Alteration]:
    """Everything that differs from the tables and guards that this program makes."""
    found = {
        (str(kind), str(name)): sql
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema")
        # These belong to the primary keys; they carry no statement of their own.
        if not (kind == "index" and sql is None and str(name).startswith("sqlite_autoindex_"))
    }
    keys = sorted(_EXPECTED.keys() | found.keys())
    return [Alteration(*key, how) for key in keys if (how := _difference(key, found))]


def _difference(key: tuple[str, str], found: dict[tuple[str, str], object]) -> str:
    if key not in found:
        return "removed"
    if key not in _EXPECTED:
        return "strange"
    return "replaced" if _squeezed(found[key]) != _SQUEEZED[key] else ""
