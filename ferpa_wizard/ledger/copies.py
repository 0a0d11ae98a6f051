"""The copy of another desk's chain: a ledger that is only ever appended to, by entries that fit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from ferpa_wizard.core.entry import (
    EntryError,
    Header,
    Link,
    Stored,
    follow,
    seal_of,
)
from ferpa_wizard.core.purged import named_by
from ferpa_wizard.ledger.errors import LedgerDamaged, LedgerError, translated
from ferpa_wizard.ledger.file import NAME, connect, make_empty, why_not_trusted
from ferpa_wizard.ledger.storing import store, store_pack
from ferpa_wizard.ledger.used_rules import rules_named


class ForkError(ValueError):
    """The chain goes on otherwise than the copy; the text is a sentence."""


class LostText(ValueError):  # noqa: N818  it names what happened
    """A text is missing, and no purge names its entry; the text is a sentence."""


class Copy:
    """One open copy. `link` tells how far its chain goes."""

    def __init__(self, file: Path, connection: sqlite3.Connection, link: Link) -> None:
        self.file = file
        self.link = link
        self._connection = connection
        self._owed: set[int] = set()
        """Entries that came without their text, while the purge that took it has not come."""
        self._lost: set[int] = set()
        """The same of entries whose text the copy has."""

    @classmethod
    def open(cls, folder: Path, installation: str) -> Self:
        """The copy in this folder; made when there is none. Raises LedgerError."""
        file = folder / NAME
        with translated(file):
            make_empty(file, installation)
            connection = connect(file, writable=True)
        try:
            with translated(file):
                return cls(file, connection, _trusted_end(connection, file, installation))
        except LedgerError:
            connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def seal(self, sequence: int) -> str:
        """The seal of an entry; empty when it is not here."""
        row = self._connection.execute("SELECT header FROM entries WHERE sequence = ?", (sequence,)).fetchone()
        return seal_of(row[0]) if row else ""

    def last_time(self) -> str:
        """The time of the last entry; empty when there is none."""
        row = self._connection.execute("SELECT time FROM entries ORDER BY sequence DESC LIMIT 1").fetchone()
        return str(row[0]) if row else ""

    def lacks(self, *, after: int) -> list[str]:
        """The hashes of rules that entries after a sequence name, and that are not here."""
        return [sha256 for sha256 in rules_named(self._connection, after=after) if not self._has_rules(sha256)]

    def _has_rules(self, sha256: str) -> bool:
        return self._connection.execute("SELECT 1 FROM packs WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def add_rules(self, content: bytes) -> None:
        """Keep rules that entries name. Raises LedgerError."""
        with translated(self.file):
            store_pack(self._connection, content)

    # --- adding -----------------------------------------------------------------------------------

    def add(self, entries: Iterable[Stored]) -> None:
        """Take all entries of one segment or, when this raises, none of them.

        Entries that are here already must be the same ones. An entry without its text is written for good only
        together with the purge that names it, be it in a later segment: `finish` tells what never came. Raises
        ForkError, LedgerDamaged, DiskFull, ChainError for an entry that does not fit, and what `entries` raises.
        """
        with translated(self.file), self._all_or_none():
            for stored in entries:
                self._take(stored)

    def finish(self) -> None:
        """End the reading of a desk. Raises LostText; entries after such a text are not in the copy then."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
            self.link = _end(self._connection, self.file, self.link.installation)
        missing = sorted(self._owed | self._lost)
        if missing:
            raise LostText(f"Entry {missing[0]} is on the share without its text, and no purge that names it has come.")

    @contextmanager
    def _all_or_none(self) -> Iterator[None]:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("SAVEPOINT segment")
        before, owed, lost = self.link, set(self._owed), set(self._lost)
        whole = False
        try:
            yield
            whole = True
        finally:
            if not whole:
                self.link, self._owed, self._lost = before, owed, lost
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    self._connection.execute("ROLLBACK TO segment")
                    self._connection.execute("RELEASE segment")
        self._connection.execute("RELEASE segment")
        if not self._owed:
            self._connection.execute("COMMIT")

    def _take(self, stored: Stored) -> None:
        if isinstance(stored.sequence, int) and stored.sequence <= self.link.sequence:
            self._compare(stored, stored.sequence)
            return
        self.link = follow(self.link, stored, purged=self._owes)
        store(self._connection, stored)
        self._purge(stored)

    def _owes(self, sequence: int) -> bool:
        self._owed.add(sequence)
        return True

    def _compare(self, stored: Stored, sequence: int) -> None:
        header, text = self._connection.execute(_KEPT, (sequence,)).fetchone()
        if header != stored.header:
            raise ForkError(f"Entry {sequence} on the share is another one than in the copy here.")
        if stored.body is None and text is not None:
            self._lost.add(sequence)

    def _purge(self, stored: Stored) -> None:
        """Take out what a purge names: the schema allows that, and overwrites it."""
        if stored.kind != "purge":
            return
        named = named_by(stored)
        self._connection.executemany("DELETE FROM bodies WHERE sequence = ?", ((sequence,) for sequence in named))
        self._owed.difference_update(named)
        self._lost.difference_update(named)


_KEPT = """
    SELECT e.header, length(b.body) FROM entries AS e LEFT JOIN bodies AS b ON b.sequence = e.sequence
    WHERE e.sequence = ?"""


def _trusted_end(connection: sqlite3.Connection, file: Path, installation: str) -> Link:
    """Where the chain of a sound copy ends. Raises LedgerError, sqlite3.Error."""
    if problem := why_not_trusted(connection, file):
        raise problem
    return _end(connection, file, installation)


def _end(connection: sqlite3.Connection, file: Path, installation: str) -> Link:
    """Raises LedgerDamaged, sqlite3.Error."""
    kept = connection.execute("SELECT value FROM meta WHERE name = 'installation'").fetchone()
    row = connection.execute("SELECT header FROM entries ORDER BY sequence DESC LIMIT 1").fetchone()
    try:
        header = Header.decoded(row[0]) if row else None
    except EntryError as error:
        raise LedgerDamaged(file, "Its last entry has changed.") from error
    if kept != (installation,) or (header and header.installation != installation):
        raise LedgerDamaged(file, "It belongs to another desk than its folder.")
    return Link(installation, header.sequence, seal_of(header.encoded())) if header else Link(installation)
