"""The check of a whole ledger: does every entry still match what was sealed?

What it finds is found by the hashes alone. SQLite's own check is used only to find damage: of 500 single
flipped bits in a healthy log it passed 486, so that it finds nothing proves nothing.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ferpa_wizard.core.entry import (
    GENESIS,
    ChainError,
    EntryError,
    Link,
    Stored,
    follow,
    number,
    parse_time,
)
from ferpa_wizard.core.purged import named_by
from ferpa_wizard.ledger import schema
from ferpa_wizard.ledger.checkpoint import Checkpoint
from ferpa_wizard.ledger.errors import FROM_SQLITE, LedgerError, LedgerGone, LedgerMissing, from_sqlite, translated
from ferpa_wizard.ledger.file import NAME, connect_to_read, was_kept

MATCHES, DIFFERS, UNREADABLE = "matches", "does-not-match", "cannot-read"
_PAGE = 500
_LOWEST = -(2**63)
_HEAD = re.compile(r"[0-9a-f]{64}")
_ROWS = (
    "SELECT e.sequence, e.kind, e.time, e.header, b.salt, b.body"
    " FROM entries AS e LEFT JOIN bodies AS b ON b.sequence = e.sequence"
)
_PAGE_OF_ROWS = _ROWS + " WHERE e.sequence >= ? ORDER BY e.sequence LIMIT ?"
_PURGES = _ROWS + " WHERE e.kind = 'purge'"
# One statement, so that an entry which is being written meanwhile is seen whole or not at all.
_ORPHAN = (
    "SELECT min(sequence) FROM bodies AS b WHERE (b.sequence > ? OR b.sequence < 1)"
    " AND NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.sequence = b.sequence)"
)
_OTHER_DESK = (
    "This checkpoint is of another desk (installation {kept.installation}; this ledger is of {here}). Take the"
    " checkpoint of this desk. If this is the one, then the whole ledger was replaced: keep a copy of the file, and"
    " tell the privacy officer."
)
_REWOUND = (
    "Entry {first} is gone: on {kept.day} the checkpoint noted {kept.count} entries, up to {kept.number}. An older copy"
    " was put back, or the end was cut off. Keep a copy of this file, look for a later backup, and check that one"
    " against the same checkpoint."
)
_FORKED = (
    "Entry {kept.number} is not the one that the checkpoint noted on {kept.day}: it was replaced, or an entry before it"
    " was. Keep a copy of this file, look for a backup that fits the checkpoint, and tell the privacy officer. An older"
    " checkpoint that still fits shows how far the ledger is the one of then."
)


@dataclass(frozen=True)
class Verdict:
    """What the check found.

    `entry` is the first entry that fails, with its `fault` word; None when none does. Against a checkpoint it is the
    first one that is gone, or the one that was noted and is another now. `problems` are all sentences, that entry's
    first. `count`, `first`, `last` and `head` tell of the part that holds together.
    """

    outcome: str  # matches, does-not-match, cannot-read
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    entry: int | None = None
    fault: str = ""
    count: int = 0
    head: str = GENESIS
    installation: str = ""

    @property
    def holds(self) -> bool:
        return self.outcome == MATCHES

    @property
    def first(self) -> int | None:
        return 1 if self.count else None

    @property
    def last(self) -> int | None:
        return self.count or None

    @property
    def says(self) -> str:
        """The verdict in a sentence or more, the extent of what holds last."""
        whole = "The ledger holds no entries yet." if not self.count else f"All {self.count} entries match."
        return " ".join((*(self.problems or (whole,)), *self.notes, self.extent))

    @property
    def extent(self) -> str:
        if not self.count:
            return f"No entry was checked; the head is {self.head}."
        return f"{self.count} entries hold together, 1 to {self.last}; their head is {self.head}."


@dataclass
class _Progress:
    """How far the check has come, and what it has met."""

    link: Link
    sought: str
    checkpoint: Checkpoint | None = None
    noted: str = ""  # the seal that lies where the checkpoint's lay
    found: bool = False
    at_end: bool = False
    last_time: str = ""
    times_back: int = 0
    first_back: str = ""

    def __post_init__(self) -> None:
        self.found = self.sought == GENESIS

    def take(self, link: Link, stored: Stored) -> None:
        self.link = link
        self.found = self.found or link.head == self.sought
        if self.checkpoint is not None and link.sequence == self.checkpoint.count:
            self.noted = link.head
        time = str(stored.time)  # of one form, so that texts compare as times do
        if time < self.last_time:
            self.times_back += 1
            self.first_back = self.first_back or number(parse_time(time), link.sequence)
        self.last_time = time

    def notes(self) -> tuple[str, ...]:
        told = []
        if self.checkpoint is not None and self.noted == self.checkpoint.head:
            told.append(
                f"Entry {self.checkpoint.number} is the one that the checkpoint of {self.checkpoint.day} noted."
            )
        if self.times_back:
            told.append(f"The clock had gone back {self.times_back} times, first before entry {self.first_back}.")
        return tuple(told)

    def verdict(
        self, outcome: str, problems: tuple[str, ...] = (), *, entry: int | None = None, fault: str = ""
    ) -> Verdict:
        link = self.link
        return Verdict(
            outcome, problems, self.notes(), entry=entry, fault=fault,
            count=link.sequence, head=link.head, installation=link.installation,
        )  # fmt: skip

    def against_checkpoint(self) -> _Against | None:
        """What a chain that holds together lacks of what was noted; None when it lacks nothing."""
        kept, last = self.checkpoint, self.link.sequence
        if kept is None or self.noted == kept.head:
            return None
        if kept.installation != self.link.installation:
            return _Against(None, "other-desk", _OTHER_DESK.format(kept=kept, here=self.link.installation))
        if last < kept.count:
            return _Against(last + 1, "rewound", _REWOUND.format(kept=kept, first=last + 1))
        return _Against(kept.count, "forked", _FORKED.format(kept=kept))


class _Against(NamedTuple):
    entry: int | None
    fault: str
    says: str


def verify(home: Path, *, head: str | None = None, checkpoint: Checkpoint | None = None) -> Verdict:
    """Check every entry of the ledger in this folder; it is only read.

    `head` is a seal that was kept elsewhere (on a paper, in an export): it must be in the chain. `checkpoint` says
    where in the chain, too. Without one of them, entries cut off at the end cannot be noticed. Raises ValueError when
    `head` is no seal.
    """
    sought = "".join((GENESIS if head is None else head).split()).lower()
    if not _HEAD.fullmatch(sought):
        raise ValueError("A head is 64 characters, digits and the letters a to f.")
    file = home / NAME
    try:
        with closing(_opened(file)) as connection:
            return _verdict(connection, file, sought, checkpoint)
    except LedgerError as error:
        return Verdict(UNREADABLE, (str(error),))


def _opened(file: Path) -> sqlite3.Connection:
    """A connection that can read. Raises LedgerError."""
    with translated(file):
        if not file.exists() and not file.is_symlink():
            raise LedgerGone(file) if was_kept(file) else LedgerMissing(file)
        if problem := schema.sniff(file):
            raise problem
        return connect_to_read(file)


def _verdict(connection: sqlite3.Connection, file: Path, sought: str, checkpoint: Checkpoint | None) -> Verdict:
    with translated(file):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if problem := schema.version_problem(file, version):
            raise problem
        changes = schema.alterations(connection)
        altered = tuple(map(str, changes))
        if any(change.kind == "table" and change.grave for change in changes):
            return Verdict(DIFFERS, altered, fault="tables")
        meta: dict[str, object] = dict(connection.execute("SELECT name, value FROM meta"))
    try:
        start = Link.before_all(meta.get("installation"))
    except EntryError:
        says = "The ledger does not say which installation it belongs to."
        return Verdict(DIFFERS, (says, *altered), fault="tables")
    if meta.get("schema") != str(version):
        altered += ("The ledger names two different formats.",)
    return _chain_verdict(connection, file, _Progress(start, sought, checkpoint), altered)


def _chain_verdict(
    connection: sqlite3.Connection, file: Path, progress: _Progress, altered: tuple[str, ...]
) -> Verdict:
    try:
        _follow_all(connection, progress)
        problems = (*altered, *_loose_ends(connection, progress))
    except ChainError as error:
        return progress.verdict(DIFFERS, (str(error), *altered), entry=error.sequence, fault=error.fault)
    except FROM_SQLITE as error:
        entry = None if progress.at_end else progress.link.sequence + 1
        where = "The file" if entry is None else f"Entry {entry}"
        says = f"{where} cannot be read. {from_sqlite(error, file)}"
        return progress.verdict(UNREADABLE, (says, *altered), entry=entry, fault="unreadable")
    if against := progress.against_checkpoint():
        return progress.verdict(DIFFERS, (against.says, *problems), entry=against.entry, fault=against.fault)
    return progress.verdict(DIFFERS, problems, fault="file") if problems else progress.verdict(MATCHES)


def _follow_all(connection: sqlite3.Connection, progress: _Progress) -> None:
    """Raises ChainError at the first entry that fails. Pages, so that a writer never waits for long."""
    purged = _purged_entries(connection)
    start = _LOWEST
    while True:
        before = start
        for row in connection.execute(_PAGE_OF_ROWS, (start, _PAGE)):
            stored = Stored._make(row)
            progress.take(follow(progress.link, stored, purged=purged), stored)
            start = progress.link.sequence + 1
        if start == before:
            progress.at_end = True
            return


def _purged_entries(connection: sqlite3.Connection) -> Callable[[int], bool]:
    """Whether a purge names an entry; purges are read when first asked, and again for an unknown one."""
    known: set[int] = set()

    def purged(sequence: int) -> bool:
        if sequence not in known:
            known.update(_named_by_purges(connection))
        return sequence in known

    return purged


def _named_by_purges(connection: sqlite3.Connection) -> Iterator[int]:
    """Earlier entries that a purge names, where the purge's own text is the one that was sealed."""
    for row in connection.execute(_PURGES):
        yield from named_by(Stored._make(row))


def _loose_ends(connection: sqlite3.Connection, progress: _Progress) -> Iterator[str]:
    """What is wrong besides the entries. Raises ChainError for a text that has lost its entry, or should be gone."""
    last = progress.link.sequence
    (orphan,) = connection.execute(_ORPHAN, (last,)).fetchone()
    if orphan is not None:
        says = f"Entry {last + 1} is missing, though a text of a later one or of its own is there."
        raise ChainError(last + 1, "gap", says)
    for sequence in sorted(set(_named_by_purges(connection))):
        if connection.execute("SELECT 1 FROM bodies WHERE sequence = ?", (sequence,)).fetchone():
            says = f"Entry {sequence} has a text, though a purge names it: it was put back, or the purge did not end."
            raise ChainError(sequence, "put-back", says)
    if not progress.found:
        yield (
            "The head that was kept elsewhere is not in this ledger: entries were cut off its end, or"
            " entries were replaced, after it was noted."
        )
    for sha256, content in connection.execute("SELECT sha256, content FROM packs"):
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            yield f"The rules stored as {sha256} have changed."
    (state,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if state != "ok":
        yield f"The file is damaged outside the entries' own bytes (SQLite says: {state})."
