"""The ledger of one installation: append, read, and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeAlias

from ferpa_wizard.core.entry import (
    GENESIS,
    KINDS,
    SALT_BYTES,
    Entry,
    EntryError,
    Header,
    Stored,
    body_hash,
    canonical,
    read_entry,
    seal_of,
    time_text,
)
from ferpa_wizard.core.retention import PURGE, named_in
from ferpa_wizard.ledger import schema
from ferpa_wizard.ledger.errors import (
    LedgerDamaged,
    LedgerError,
    LedgerMissing,
    LedgerReadOnly,
    NoSuchEntry,
    translated,
)
from ferpa_wizard.ledger.file import (
    NAME,
    connect,
    connect_to_read,
    create,
    identity,
    in_order,
    remember_again,
    transaction,
    turn_in,
    why_not_trusted,
    why_not_writable,
)
from ferpa_wizard.ledger.place import why_misplaced
from ferpa_wizard.ledger.storing import store, store_pack
from ferpa_wizard.ledger.used_rules import Use, uses

Also: TypeAlias = Callable[[Entry], Iterable[tuple[str, Mapping[str, object]]]]
_PAGE = 100
_NUMBER = re.compile(r"(?:(\d{4})-)?0*(\d{1,18})", re.ASCII)
_ROW = (
    "SELECT e.sequence, e.kind, e.time, e.header, b.salt, b.body"
    " FROM entries AS e LEFT JOIN bodies AS b ON b.sequence = e.sequence"
)
# Which entries a page holds is found in the index alone; only their texts are then read.
_KIND_PAGE = {
    "ASC": "SELECT sequence FROM entries WHERE kind = :kind ORDER BY sequence ASC LIMIT :limit OFFSET :offset",
    "DESC": "SELECT sequence FROM entries WHERE kind = :kind ORDER BY sequence DESC LIMIT :limit OFFSET :offset",
}


class Ledger:
    """One open ledger. Threads may share it; processes take turns at writing.

    `blocked` is None, or the error that `append` would raise because this ledger can only be read.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection, blocked: LedgerError | None) -> None:
        self.file = file
        self.blocked = blocked
        self._connection = connection
        self._mutex = threading.RLock()
        self._identity = identity(file)
        self.installation = self._meta("installation")

    @classmethod
    def open(cls, home: Path, *, now: datetime, readonly: bool = False) -> Self:
        """The ledger in this folder; made when there is none, unless `readonly`.

        Where folder or file cannot be written or should not be (place.py), or guards were tampered with, it opens
        for reading and `blocked` says why. Raises LedgerMissing, LedgerGone, LedgerDamaged, LedgerForeign,
        LedgerNewer, LedgerReadOnly and LedgerMisplaced (nothing there, and nothing can be made), LedgerUnreachable.
        """
        file = home / NAME
        with translated(file):
            misplaced = None if readonly else why_misplaced(file)
            if not file.exists() and not file.is_symlink():
                if readonly:
                    raise LedgerMissing(file)
                if misplaced:
                    raise misplaced
                create(file, now=now)
            if problem := schema.sniff(file):
                raise problem
            blocked = LedgerReadOnly(file) if readonly else misplaced or why_not_writable(file)
            connection = connect(file, writable=True) if blocked is None else connect_to_read(file)
        try:
            with translated(file):
                opened = cls(file, connection, blocked or why_not_trusted(connection, file))
        except LedgerError:
            connection.close()
            raise
        if opened.blocked is None:
            remember_again(file, opened.installation, now)
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._mutex:
            self._connection.close()

    @property
    def readonly(self) -> bool:
        return self.blocked is not None

    @property
    def moved(self) -> bool:
        """Does another file stand in the place of the one that is open, or none? Then a new one is to be opened."""
        return identity(self.file) != self._identity

    # --- writing --------------------------------------------------------------------------------

    def append(
        self,
        kind: str,
        body: Mapping[str, object],
        *,
        at: datetime,
        pack: bytes | None = None,
        also: Also | None = None,
    ) -> Entry:
        """Seal a new entry and return it once it is on the disk.

        `pack` is the content of the rules that were used; it is stored once, under its SHA-256, which
        must be the one that the body names. `also` makes the entries that follow it, kind and body: all are written,
        or none is. A clock that went back is recorded as it is. Raises
        EntryError for what cannot be an entry, LedgerError for what the disk or others do not allow;
        then nothing was written.
        """
        ready = _prepared(kind, body)
        _check_pack(body, pack)
        with self._writing() as connection:
            if pack is not None:
                store_pack(connection, pack)
            entry = self._write(connection, ready, at)
            for following in also(entry) if also else ():
                self._write(connection, _prepared(*following), at)
        return entry

    def purge(self, body: Callable[[], Mapping[str, object]], *, at: datetime) -> Entry:
        """Seal a purge and delete the texts of the entries that it names, in one transaction.

        `body` gives the purge once nobody else can write, and may raise to call it off. Raises as `append` does.
        What is deleted is overwritten, yet pages may keep copies until `compact` was called.
        """
        with self._writing() as connection:
            ready = _prepared(PURGE, body())
            entry = self._write(connection, ready, at)
            named = [(sequence,) for sequence in named_in(entry.body or {})]
            connection.executemany("DELETE FROM bodies WHERE sequence = ?", named)
        return entry

    def compact(self) -> None:
        """Write the file anew with nothing but what it holds. It takes as much space again while it works.

        Raises LedgerError; then the ledger is as it was.
        """
        self._may_write()
        with self._mutex, translated(self.file), turn_in(self.file.parent):
            self._connection.execute("VACUUM")

    def _write(self, connection: sqlite3.Connection, ready: _Prepared, at: datetime) -> Entry:
        time, salt = time_text(at), secrets.token_bytes(SALT_BYTES)
        header = self._next(ready.kind, time, body_hash(salt, ready.text))
        stored = Stored(header.sequence, ready.kind, time, header.encoded(), salt, ready.text)
        store(connection, stored)
        return read_entry(stored)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One write transaction, alone among threads and processes; undone when the block raises."""
        self._may_write()
        turn = turn_in(self.file.parent)
        with self._mutex, translated(self.file), turn, transaction(self._connection) as connection:
            yield connection

    def _may_write(self) -> None:
        """Raises the error that says why not."""
        if self.blocked is not None:
            raise type(self.blocked)(self.file, self.blocked.detail)

    def _next(self, kind: str, time: str, body: str) -> Header:
        """The header that continues the chain."""
        last = self._last()
        return Header(
            installation=self.installation,
            sequence=last.sequence + 1 if last else 1,
            kind=kind,
            time=time,
            previous=seal_of(last.encoded()) if last else GENESIS,
            body=body,
        )

    def _last(self) -> Header | None:
        row = self._one("SELECT sequence, header FROM entries ORDER BY sequence DESC LIMIT 1")
        if row is None:
            return None
        try:
            header = Header.decoded(row[1])
        except EntryError as error:
            raise LedgerDamaged(self.file, f"Its last entry, {row[0]}, has changed.") from error
        if header.sequence != row[0]:
            raise LedgerDamaged(self.file, f"Its last entry, {row[0]}, has changed.")
        return header

    # --- reading --------------------------------------------------------------------------------

    def entries(
        self, kind: str | None = None, *, newest_first: bool = True, limit: int = _PAGE, offset: int = 0
    ) -> list[Entry]:
        """One page of entries, of one kind or of all."""
        order = "DESC" if newest_first else "ASC"
        if kind is None:
            which = "e.sequence BETWEEN :first AND :last"
            values = self._range(limit, offset, newest_first=newest_first)
        else:
            which = f"e.sequence IN ({_KIND_PAGE[order]})"
            values = {"kind": kind, "limit": limit, "offset": offset}
        return self._read(f"WHERE {which} ORDER BY e.sequence {order}", values)

    def _range(self, limit: int, offset: int, *, newest_first: bool) -> dict[str, object]:
        """A page by sequence, which has no gaps: no page then costs more than another."""
        if not newest_first:
            return {"first": offset + 1, "last": offset + limit}
        last = self.last_sequence() - offset
        return {"first": last - limit + 1, "last": last}

    def every(self, kind: str | None = None, *, after: int = 0, before: datetime | None = None) -> Iterator[Entry]:
        """All entries after a sequence, and from before a time where one is given, oldest first.

        A page is in memory at a time; others may write in between.
        """
        start = after
        while page := self.after(start, _PAGE, kind=kind, before=before):
            yield from page
            start = page[-1].sequence

    def after(
        self, sequence: int, limit: int = _PAGE, *, kind: str | None = None, before: datetime | None = None
    ) -> list[Entry]:
        """The first entries after a sequence, and from before a time where one is given."""
        where = "WHERE e.sequence > :after" + (" AND e.kind = :kind" if kind is not None else "")
        where += " AND e.time < :before" if before is not None else ""
        values = {"after": sequence, "kind": kind, "before": before and time_text(before), "page": limit}
        return in_order(self.file, sequence, self._read(f"{where} ORDER BY e.sequence LIMIT :page", values))

    def these(self, sequences: Sequence[int]) -> list[Entry]:
        """The entries with these sequences, in their order. Raises NoSuchEntry where one is not there."""
        values = {"these": json.dumps(sequences)}
        found = self._read("WHERE e.sequence IN (SELECT value FROM json_each(:these)) ORDER BY e.sequence", values)
        if len(found) < len(set(sequences)):
            raise NoSuchEntry(self.file)
        return found

    def last_sequence(self) -> int:
        """The sequence of the last entry, 0 when there is none."""
        row = self._one("SELECT coalesce(max(sequence), 0) FROM entries")
        return int(row[0]) if row else 0

    def get(self, which: int | str) -> Entry:
        """The entry with this sequence or number ("2026-0042"). Raises NoSuchEntry."""
        found = _NUMBER.fullmatch(str(which).strip())
        if found is None:
            raise NoSuchEntry(self.file)
        row = self._one(f"{_ROW} WHERE e.sequence = ?", int(found[2]))
        entry = read_entry(Stored._make(row)) if row else None
        if entry is None or (found[1] and int(found[1]) != entry.at.year):
            raise NoSuchEntry(self.file)
        return entry

    def count(self, kind: str | None = None) -> int:
        if kind is None:
            row = self._one("SELECT count(*) FROM entries")
        else:
            row = self._one("SELECT count(*) FROM entries WHERE kind = ?", kind)
        return int(row[0]) if row else 0

    def uses(self, *, after: int, limit: int = _PAGE) -> list[Use]:
        """The rules and the basis of the first decisions after a sequence; those without a text are left out.

        One that does not match its seal names nothing.
        """
        with self._mutex, translated(self.file):
            return in_order(self.file, after, uses(self._connection, after=after, limit=limit))

    def mentions(self, text: str) -> bool:
        """Does any text of the ledger hold just this as one of its values? The newest are looked at first."""
        row = self._one("SELECT 1 FROM bodies WHERE instr(body, ?) ORDER BY sequence DESC LIMIT 1", canonical(text))
        return row is not None

    def lacking(self, words: Iterable[str], *, but: Collection[int]) -> set[str]:
        """Of these words, in small letters, those that no text holds except those of these entries."""
        written = {word: canonical(word).decode()[1:-1] for word in words}
        others = "SELECT body FROM bodies WHERE sequence NOT IN (SELECT value FROM json_each(?))"
        with self._mutex, translated(self.file):
            for (body,) in self._connection.execute(others, [json.dumps(sorted(but))]):
                if not written:
                    break
                text = bytes(body).decode(errors="replace").casefold()
                written = {word: form for word, form in written.items() if form not in text}
        return set(written)

    def head(self) -> str:
        """The seal of the last entry, 64 zeros when there is none. Kept elsewhere, it proves the tail."""
        last = self._last()
        return seal_of(last.encoded()) if last else GENESIS

    def pack(self, sha256: str) -> bytes | None:
        """The content of stored rules. Raises LedgerDamaged when it does not have that hash."""
        row = self._one("SELECT content FROM packs WHERE sha256 = ?", sha256)
        if row is None:
            return None
        if not isinstance(row[0], bytes) or hashlib.sha256(row[0]).hexdigest() != sha256:
            raise LedgerDamaged(self.file, f"The rules stored as {sha256} have changed.")
        return row[0]

    def packs(self) -> dict[str, int]:
        """The hashes of all stored rules, with their size in bytes."""
        with self._mutex, translated(self.file):
            return dict(self._connection.execute("SELECT sha256, length(content) FROM packs").fetchall())

    def _read(self, clauses: str, values: Mapping[str, object]) -> list[Entry]:
        with self._mutex, translated(self.file):
            rows = self._connection.execute(f"{_ROW} {clauses}", values).fetchall()
        return [read_entry(Stored._make(row)) for row in rows]

    def _meta(self, name: str) -> str:
        row = self._one("SELECT value FROM meta WHERE name = ?", name)
        if row is None:
            raise LedgerDamaged(self.file, f"It does not say its {name}.")
        return str(row[0])

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with self._mutex, translated(self.file):
            row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            return row


class _Prepared(NamedTuple):
    kind: str
    text: bytes


def _prepared(kind: str, body: Mapping[str, object]) -> _Prepared:
    """What can be an entry, as bytes. Raises EntryError."""
    if kind not in KINDS:
        raise EntryError(f"There is no kind of entry named {kind}; use {', '.join(KINDS)}.")
    return _Prepared(kind, canonical(dict(body)))


def _check_pack(body: Mapping[str, object], pack: bytes | None) -> None:
    """Rules stored under another hash than the record names would never be found again."""
    named = body.get("pack")
    if pack is None or not isinstance(named, Mapping):
        return
    if named.get("sha256") != hashlib.sha256(pack).hexdigest():
        raise EntryError("The rules given are not the ones whose SHA-256 the record names.")
