"""Adding what this desk sealed to the folder that desks share."""

from __future__ import annotations

import stat
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, takewhile
from pathlib import Path
from typing import NoReturn

from ferpa_wizard.core.entry import GENESIS, ChainError, Entry, Link, Stored, follow, time_text
from ferpa_wizard.core.purged import named_by
from ferpa_wizard.ledger.errors import (
    DeskBehind,
    FileNotSaved,
    LedgerDamaged,
    ShareDamaged,
    ShareUnreachable,
    size_of,
    translated,
)
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.lossless import MAX_LINE, line_of
from ferpa_wizard.ledger.replacing import PART, replacing
from ferpa_wizard.ledger.share import CARD, BadFile, Card, DeskFolder, Segment, holes, read_card, segment_in
from ferpa_wizard.ledger.turns import turn
from ferpa_wizard.paths import private_folder

LAST_PUSH = "pushed.json"
"""The card of the last push, kept in the home."""
_LOCK = "push.lock"
_WAIT_SECONDS = 60.0
_SEGMENT_ENTRIES = 500
_SEGMENT_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Pushed:
    """What a push did: entries that were added, segments that lost purged texts, and how far the desk is."""

    added: int
    cleaned: int
    card: Card


def push(home: Path, share: Path, about: Card, *, now: datetime) -> Pushed:
    """Bring the share up to date with this home's ledger; pushing twice adds nothing.

    Of `about`, name, program and rules are told; the rest is found here. Whatever happens, each file on the
    share is whole, and the next push goes on. Raises LedgerMissing and what opening a ledger raises, LedgerDamaged,
    ShareUnreachable, DiskFull, LedgerLocked, FileNotSaved (in this home, after all was pushed), and NeedsPerson.
    """
    with (
        Ledger.open(home, now=now, readonly=True) as ledger,
        translated(ledger.file),
        turn(home / _LOCK, about=ledger.file, wait=_WAIT_SECONDS),
    ):
        with translated(share, otherwise=ShareUnreachable, needs=size_of(ledger.file)):
            pushed = _Push(ledger, share, about, now).run()
        last = home / LAST_PUSH
        with translated(last, otherwise=FileNotSaved), replacing(last) as file:
            file.write(pushed.card.encoded())
        return pushed


def last_push(home: Path) -> Card | None:
    """The card of the last push from this home, None where there was none."""
    try:
        return read_card(home / LAST_PUSH)
    except BadFile:
        return None


class _Push:
    def __init__(self, ledger: Ledger, share: Path, about: Card, now: datetime) -> None:
        self._ledger, self._share = ledger, share
        self._desk = DeskFolder(ledger.installation, share / ledger.installation)
        count = ledger.count()
        self._card = replace(about, contact=time_text(now), count=count, head=self._seal(count), behind=False)
        purges = takewhile(lambda purge: purge.sequence <= count, ledger.every("purge"))
        self._purges = {purge.sequence: named_by(_stored(purge)) for purge in purges}
        self._gone = {sequence for named in self._purges.values() for sequence in named}

    def run(self) -> Pushed:
        """Raises OSError, LedgerError."""
        self._prepare()
        known = self._known()
        try:
            segments = self._desk.segments()
            self._check(segments, known)
        except BadFile as error:
            raise ShareDamaged(self._desk.path, str(error)) from error
        self._add_rules()
        added = sum(self._add(first, last) for first, last in holes(segments, self._card.count))
        cleaned = self._clean(segments, after=known.purged if known else 0)
        return Pushed(added, cleaned, self._tell(purged=max(self._purges, default=0)))

    def _prepare(self) -> None:
        """The desk's folder, without what killed pushes left: it may hold texts that were purged since."""
        # A share that is not connected must not be taken for an empty one.
        if not self._share.is_dir():
            raise ShareUnreachable(self._share, "There is no such folder.")
        if self._desk.path.is_symlink():
            raise ShareDamaged(self._desk.path, "It is a link to another place.")
        private_folder(self._desk.path)
        for path in self._desk.path.iterdir():
            if path.name.startswith(".") and path.name.endswith(PART):
                path.unlink()

    def _known(self) -> Card | None:
        """The card of the last push; one that cannot be read is as good as none."""
        try:
            return self._desk.card()
        except BadFile:
            return None

    def _tell(self, *, purged: int, behind: bool = False) -> Card:
        card = replace(self._card, purged=purged, behind=behind)
        with replacing(self._desk.path / CARD) as file:
            file.write(card.encoded())
        return card

    def _seal(self, sequence: int) -> str:
        return self._ledger.get(sequence).seal if sequence else GENESIS

    # --- does the share hold a part of this very chain? ---------------------------------------------

    def _check(self, segments: list[Segment], known: Card | None) -> None:
        """Raises DeskBehind, and BadFile for a last segment that could hold anything."""
        last = max((segment.last for segment in segments), default=0)
        # What a desk that was refused told of itself says nothing about the share.
        told = known if known and not known.behind else None
        claimed = max(last, told.count) if told else last
        if claimed > self._card.count:
            self._refuse(known, f"They go to entry {claimed}, the ledger here to {self._card.count}.")
        if told and told.head != self._seal(told.count):
            self._refuse(known, f"Entry {told.count} is another one there than here.")
        sure = told is not None and told.count == last
        for segment in segments:
            if segment.last == last:
                self._check_last(segment, known, sure=sure)

    def _check_last(self, segment: Segment, known: Card | None, *, sure: bool) -> None:
        """Write it anew if it is not whole, and the card makes `sure` what it held."""
        header: object = b""
        try:
            for stored in segment.entries():
                header = stored.header
        except BadFile:
            if not sure:
                raise
            self._write(segment, self._lines(segment.first, segment.last))
            return
        if header != self._ledger.get(segment.last).header:
            self._refuse(known, f"Entry {segment.last} is another one there than here.")

    def _refuse(self, known: Card | None, detail: str) -> NoReturn:
        self._tell(purged=known.purged if known else 0, behind=True)
        raise DeskBehind(self._share, detail)

    # --- writing ------------------------------------------------------------------------------------

    def _add_rules(self) -> None:
        for sha256, size in self._ledger.packs().items():
            path = self._desk.pack_path(sha256)
            content = None if _has_size(path, size) else self._ledger.pack(sha256)
            if content is not None:
                with replacing(path) as file:
                    file.write(content)

    def _add(self, first: int, last: int) -> int:
        """Write these entries as segments of a size that is taken over at once; how many."""
        lines: list[bytes] = []
        size, start = 0, first
        for line in self._lines(first, last):
            if lines and (len(lines) == _SEGMENT_ENTRIES or size + len(line) > _SEGMENT_BYTES):
                self._write(segment_in(self._desk.path, start, start + len(lines) - 1), lines)
                size, start, lines = 0, start + len(lines), []
            lines.append(line)
            size += len(line)
        self._write(segment_in(self._desk.path, start, last), lines)
        return last - first + 1

    def _clean(self, segments: list[Segment], *, after: int) -> int:
        """Write segments anew that hold texts of entries which a later purge names; how many."""
        named = sorted({n for purge, entries in self._purges.items() if purge > after for n in entries})
        touched = [one for one in segments if _any_between(named, one.first, one.last)]
        for segment in touched:
            self._write(segment, self._lines(segment.first, segment.last))
        return len(touched)

    @staticmethod
    def _write(segment: Segment, lines: Iterable[bytes]) -> None:
        with replacing(segment.path) as file:
            file.writelines(lines)

    def _lines(self, first: int, last: int) -> Iterator[bytes]:
        """Entries as lines, each checked, and without the texts that a purge names. Raises LedgerDamaged."""
        link = Link(self._ledger.installation, first - 1, self._seal(first - 1))
        for entry in islice(self._ledger.every(after=first - 1), last - first + 1):
            try:
                link = follow(link, _stored(entry), purged=self._is_purged)
            except ChainError as error:
                raise LedgerDamaged(self._ledger.file, str(error)) from error
            line = line_of(replace(entry, salt=None, text=None) if entry.sequence in self._gone else entry)
            if len(line) > MAX_LINE:
                raise ShareDamaged(self._share, f"Entry {entry.number} is too long for it.")
            yield line

    def _is_purged(self, sequence: int) -> bool:
        # The second question is for a purge that was sealed after this push began.
        later = (named_by(_stored(purge)) for purge in self._ledger.every("purge", after=self._card.count))
        return sequence in self._gone or any(sequence in named for named in later)


def _stored(entry: Entry) -> Stored:
    return Stored(entry.sequence, entry.kind, time_text(entry.at), entry.header, entry.salt, entry.text)


def _has_size(path: Path, size: int) -> bool:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _any_between(ordered: list[int], first: int, last: int) -> bool:
    at = bisect_left(ordered, first)
    return at < len(ordered) and ordered[at] <= last
