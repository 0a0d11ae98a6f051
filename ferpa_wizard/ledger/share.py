"""What lies in the folder that desks share, read with mistrust: anybody may have put anything there.

FOLDER/<installation>/entries-<first>-<last>.jsonl   entries, one a line, never changed but for a purge
FOLDER/<installation>/pack-<sha256>                  rules that those entries name
FOLDER/<installation>/desk.json                      the card: who this is, and how far it is
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from ferpa_wizard.core.entry import EntryError, Stored, parse_time
from ferpa_wizard.ledger.errors import ShareUnreachable, translated
from ferpa_wizard.ledger.installations import is_installation
from ferpa_wizard.ledger.lossless import MAX_LINE, LineError, read_line

CARD = "desk.json"
FORMAT = 1
_MAX_CARD = 64 * 1024
_MAX_PACK = 64 * 1024 * 1024
_MAX_NAME = 80
_SEGMENT = re.compile(r"entries-(\d{8,16})-(\d{8,16})\.jsonl", re.ASCII)
_SEAL = re.compile(r"[0-9a-f]{64}", re.ASCII)
# A link is not followed and a pipe not waited for, where the system can tell.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))


class BadFile(ValueError):  # noqa: N818  it names what it is about
    """A file of the share that cannot be used; the text is a sentence that names it."""


class Segment(NamedTuple):
    first: int
    last: int
    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def stamp(self) -> list[int]:
        """Size and time of the file: what was read under the same stamp need not be read again."""
        with _told(self.path):
            found = self.path.lstat()
        return [found.st_size, found.st_mtime_ns]

    def entries(self) -> Iterator[Stored]:
        """What the name promises, no entry less or more, one line in memory at a time. Raises BadFile."""
        with _told(self.path), _opened(self.path) as file:
            for sequence in range(self.first, self.last + 1):
                yield _next(file, self.name, sequence)
            if file.read(1):
                raise BadFile(f"{self.name} holds more than its name says.")


def segment_in(folder: Path, first: int, last: int) -> Segment:
    return Segment(first, last, folder / f"entries-{first:08d}-{last:08d}.jsonl")


@dataclass(frozen=True)
class Card:
    """What a desk tells of itself at each contact.

    `purged` is the last purge whose texts are out of the segments; `behind` says that the desk was refused, because
    it has fewer entries than the share, or others.
    """

    name: str
    contact: str
    count: int
    head: str
    purged: int = 0
    behind: bool = False
    program: str = ""
    pack: str = ""
    pack_version: str = ""

    def encoded(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True).encode("ascii") + b"\n"


@dataclass(frozen=True)
class DeskFolder:
    """The folder of one desk on the share."""

    installation: str
    path: Path

    def check(self) -> None:
        """Raises BadFile for what is no plain folder."""
        with _told(self.path):
            if not stat.S_ISDIR(self.path.lstat().st_mode):
                raise BadFile(f"{self.path.name} is not a plain folder.")

    def segments(self) -> list[Segment]:
        """Its segments by their names, in order; what has another name is nobody's business. Raises BadFile."""
        with _told(self.path):
            names = os.listdir(self.path)  # noqa: PTH208  names, not paths: most are only looked at
        return sorted(segment for name in names if (segment := self._segment(name)) is not None)

    def _segment(self, name: str) -> Segment | None:
        found = _SEGMENT.fullmatch(name)
        if found is None:
            return None
        segment = segment_in(self.path, int(found[1]), int(found[2]))
        return segment if segment.name == name and 0 < segment.first <= segment.last else None

    def card(self) -> Card | None:
        """Its card, None if there is none. Raises BadFile."""
        return read_card(self.path / CARD)

    def pack_path(self, sha256: str) -> Path:
        return self.path / f"pack-{sha256}"

    def pack(self, sha256: str) -> bytes | None:
        """The rules with this hash, None if they are not there. Raises BadFile when they are others."""
        path = self.pack_path(sha256)
        try:
            content = _content(path, _MAX_PACK)
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BadFile(f"{path.name} holds other rules than its name says.")
        return content


def desk_folders(share: Path) -> list[DeskFolder]:
    """All desks of the share, by installation. Raises ShareUnreachable."""
    with translated(share, otherwise=ShareUnreachable):
        names = sorted(os.listdir(share))  # noqa: PTH208  names, not paths: most are only looked at
    return [DeskFolder(name, share / name) for name in names if is_installation(name)]


def holes(segments: Iterable[Segment], count: int) -> list[tuple[int, int]]:
    """The ranges of entries up to `count` that no segment holds; segments come in order."""
    found, expected = [], 1
    for first, last, _ in segments:
        if first > expected:
            found.append((expected, min(first - 1, count)))
        expected = max(expected, last + 1)
    if expected <= count:
        found.append((expected, count))
    return [(first, last) for first, last in found if first <= last]


def twice(segments: Iterable[Segment]) -> list[tuple[int, int]]:
    """The ranges of entries that more than one segment holds; segments come in order."""
    found, end = [], 0
    for first, last, _ in segments:
        if first <= end:
            found.append((first, min(last, end)))
        end = max(end, last)
    return found


def read_card(path: Path) -> Card | None:
    """The card in this file, None if there is none. Raises BadFile."""
    try:
        data = _content(path, _MAX_CARD)
    except FileNotFoundError:
        return None
    try:
        return _card(json.loads(data))
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise BadFile(f"{path.name} cannot be read.") from error


def plain(text: str) -> str:
    """A text of somebody else as it may be shown: one short line, nothing that steers a screen."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:_MAX_NAME]).strip()


def _next(file: IO[bytes], name: str, sequence: int) -> Stored:
    line = file.readline(MAX_LINE + 1)
    if not line:
        raise BadFile(f"{name} ends before entry {sequence}.")
    if len(line) > MAX_LINE:
        raise BadFile(f"{name} holds a line that is too long for entry {sequence}.")
    try:
        stored = read_line(line)
    except LineError as error:
        raise BadFile(f"{name} is damaged at entry {sequence}. {error}") from error
    if stored.sequence != sequence:
        raise BadFile(f"{name} holds another entry where {sequence} should stand.")
    return stored


def _card(value: Any) -> Card:
    """Raises ValueError, KeyError, TypeError."""
    known = {name: value[name] for name in Card.__dataclass_fields__}
    told = {name: known[name] for name in ("name", "contact", "head", "program", "pack", "pack_version")}
    if not all(isinstance(text, str) for text in told.values()):
        raise TypeError
    texts = {name: plain(text) for name, text in told.items()}
    if type(known["count"]) is not int or type(known["purged"]) is not int or min(known["count"], known["purged"]) < 0:
        raise ValueError
    if type(known["behind"]) is not bool or not _SEAL.fullmatch(texts["head"]):
        raise ValueError
    try:
        parse_time(texts["contact"])
    except EntryError as error:
        raise ValueError from error
    return Card(**{**known, **texts})


def _content(path: Path, limit: int) -> bytes:
    """A whole small file. Raises BadFile, and FileNotFoundError where there is none."""
    try:
        with _opened(path) as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(content) > limit:
        raise BadFile(f"{path.name} is too large.")
    return content


def _opened(path: Path) -> IO[bytes]:
    """Raises BadFile for what is no plain file, OSError."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise BadFile(f"{path.name} is not a plain file.")
    file = os.fdopen(os.open(path, _FLAGS), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was exchanged just now
        file.close()
        raise BadFile(f"{path.name} is not a plain file.")
    return file


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> BadFile:
    return BadFile(f"{path.name} cannot be read: {error.strerror or error}.")
