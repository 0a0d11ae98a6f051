"""Entries of the ledger as bytes: canonical JSON, header, body, seal, and the chain between them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

KINDS = (
    "decision",
    "review",
    "note",
    "todo",
    "paper",
    "answer-only",
    "standing",
    "use",
    "disclosure",
    "supersede",
    "hold",
    "purge",
    "checkpoint",
)
GENESIS = "0" * 64
"""The hash that stands before the first entry."""

SALT_BYTES = 32
MAX_DEPTH = 64
_MAX_INTEGER = 2**53 - 1
_FORM = '{"body":"%s","installation":"%s","kind":"%s","previous":"%s","sequence":%d,"time":"%s"}'
_INSTALLATION = re.compile(r"[0-9a-f]{32}")
_KIND = re.compile(r"[a-z][a-z-]{0,31}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")
# Canonical bytes have one form, so the whole header can be recognised without a JSON parser.
_HEADER = re.compile(
    r'\{"body":"([^"\\]+)","installation":"([^"\\]+)","kind":"([^"\\]+)",'
    r'"previous":"([^"\\]+)","sequence":([1-9][0-9]{0,15}),"time":"([^"\\]+)"\}'
)
_NO_TIME = datetime.min.replace(tzinfo=UTC)
_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
)


class EntryError(ValueError):
    """Something that cannot be an entry."""


class CanonicalError(EntryError):
    """A value that has no canonical bytes, or bytes that are not canonical."""


class ChainError(EntryError):
    """The first entry that does not fit the chain: its `sequence`, a `fault` word, and a sentence."""

    def __init__(self, sequence: int, fault: str, says: str) -> None:
        self.sequence = sequence
        self.fault = fault
        super().__init__(says)


# --- canonical JSON -----------------------------------------------------------------------------


def canonical(value: object) -> bytes:
    """The one byte string of a JSON value (RFC 8785). Raises CanonicalError, naming the place.

    Taken are dict, list, tuple (as a list), str, int, bool and None. By leaving out floats, integers
    of 2^53 and more, keys beyond ASCII and lone surrogates, Python's own encoder writes RFC 8785.
    """
    _check(value, "", MAX_DEPTH)
    return _ENCODER.encode(value).encode("utf-8")


def parse(data: bytes) -> object:
    """The value of canonical bytes. Raises CanonicalError for any other bytes."""
    try:
        value: object = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CanonicalError("These bytes are not JSON in UTF-8.") from error
    if canonical(value) != data:
        raise CanonicalError("These bytes are JSON, but not in the one canonical form.")
    return value


def _check(value: object, place: str, depth: int) -> None:
    # Exact types: a subclass (an enum, say) would come back as something else.
    if type(value) is str:
        _check_text(value, place)
    elif type(value) is int:
        if abs(value) > _MAX_INTEGER:
            raise CanonicalError(f"The number at {place or 'the top'} is 2^53 or more.")
    elif type(value) is dict:
        _check_object(value, place, _deeper(place, depth))
    elif type(value) is list or type(value) is tuple:
        inner = _deeper(place, depth)
        for index, item in enumerate(value):
            _check(item, f"{place}[{index}]", inner)
    elif value is not None and type(value) is not bool:
        kind = type(value).__name__
        raise CanonicalError(f"A {kind} at {place or 'the top'} has no place in a record.")


def _check_object(value: dict[object, object], place: str, depth: int) -> None:
    for key, item in value.items():
        if type(key) is not str or not key.isascii():
            raise CanonicalError(f"The key {key!r} at {place or 'the top'} is not ASCII text.")
        _check(item, f"{place}.{key}" if place else key, depth)


def _check_text(text: str, place: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError(f"The text at {place or 'the top'} holds half a character.") from error


def _deeper(place: str, depth: int) -> int:
    if depth == 0:
        raise CanonicalError(f"The value is nested too deep at {place[:60]}.")
    return depth - 1


# --- header, body, seal -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Header:
    """What the chain runs over. Raises EntryError when a field has not its form."""

    installation: str
    sequence: int
    kind: str
    time: str
    previous: str
    body: str

    def __post_init__(self) -> None:
        _need(_INSTALLATION, self.installation, "installation")
        _need(_KIND, self.kind, "kind")
        _need(_HASH, self.previous, "previous")
        _need(_HASH, self.body, "body")
        parse_time(self.time)
        if type(self.sequence) is not int or not 0 < self.sequence <= _MAX_INTEGER:
            raise EntryError("The sequence of an entry is a whole number from 1 on.")

    def encoded(self) -> bytes:
        """The canonical bytes; every field has been checked, so nothing needs escaping."""
        fields = (self.body, self.installation, self.kind, self.previous, self.sequence, self.time)
        return (_FORM % fields).encode()

    @classmethod
    def decoded(cls, data: object) -> Header:
        """The header in these bytes. Raises EntryError unless they are exactly a header's bytes."""
        found = _HEADER.fullmatch(data.decode("ascii", "replace")) if isinstance(data, bytes) else None
        if found is None:
            raise EntryError("These bytes are not the header of an entry.")
        body, installation, kind, previous, sequence, time = found.groups()
        return cls(installation, int(sequence), kind, time=time, previous=previous, body=body)


def body_hash(salt: bytes, body: bytes) -> str:
    """The salted hash of a body: once the salt is gone, a short body cannot be guessed from it."""
    return hashlib.sha256(salt + body).hexdigest()


def seal_of(header: bytes) -> str:
    """The entry's own hash, which the next entry carries and a paper prints."""
    return hashlib.sha256(header).hexdigest()


def number(at: datetime, sequence: int) -> str:
    """The number for people: the year of the entry's time, and its sequence."""
    return f"{at.year:04d}-{sequence:04d}"


def time_text(at: datetime) -> str:
    """An aware time as UTC in RFC 3339, always of one width. Raises EntryError for a naive time."""
    if at.utcoffset() is None:
        raise EntryError("The time of an entry needs its time zone.")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parse_time(text: object) -> datetime:
    """The time in such a text. Raises EntryError."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        raise EntryError("The time of an entry is not in the form of RFC 3339.")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise EntryError("The time of an entry is no time of the calendar.") from error


def _need(form: re.Pattern[str], value: object, field: str) -> None:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise EntryError(f"The {field} of an entry has not the right form.")


# --- entries as they are stored, and as they are read --------------------------------------------


class Stored(NamedTuple):
    """One entry as it lies in the file. Nothing about it has been checked, not even the types."""

    sequence: object
    kind: object
    time: object
    header: object
    salt: object
    body: object


@dataclass(frozen=True)
class Entry:
    """One entry as it is read.

    `text` holds the bytes of the body, None when they were purged. `matches` is False when header, text
    and listing do not belong together; only a check of the whole chain can tell that everything holds.
    """

    sequence: int
    kind: str
    at: datetime
    seal: str
    header: bytes = field(repr=False)
    salt: bytes | None = field(repr=False)
    text: bytes | None = field(repr=False)
    matches: bool

    @property
    def number(self) -> str:
        return number(self.at, self.sequence)

    @cached_property
    def body(self) -> dict[str, Any] | None:
        """The value of the text, read when first asked for; None when purged, or no longer readable."""
        try:
            value = json.loads(self.text.decode("utf-8")) if self.text is not None else None
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None


def read_entry(stored: Stored) -> Entry:
    """The entry for people to read. One that was tampered with is shown, and does not match."""
    sequence = stored.sequence if isinstance(stored.sequence, int) else 0
    header = stored.header if isinstance(stored.header, bytes) else b""
    return Entry(
        sequence=sequence,
        kind=str(stored.kind),
        at=_time_or_none(stored.time) or _NO_TIME,
        seal=seal_of(header),
        header=header,
        salt=stored.salt if isinstance(stored.salt, bytes) else None,
        text=stored.body if isinstance(stored.body, bytes) else None,
        matches=_row_matches(stored, sequence),
    )


def _row_matches(stored: Stored, sequence: int) -> bool:
    try:
        header = _decoded(stored, sequence)
        _check_columns(stored, header, sequence)
    except EntryError:
        return False
    if stored.body is None and stored.salt is None:
        return True
    return text_hash(stored) == header.body


def _time_or_none(text: object) -> datetime | None:
    try:
        return parse_time(text)
    except EntryError:
        return None


# --- the chain ----------------------------------------------------------------------------------


class Link(NamedTuple):
    """How far a chain holds: the last sequence and its hash."""

    installation: str
    sequence: int = 0
    head: str = GENESIS

    @classmethod
    def before_all(cls, installation: object) -> Link:
        """The place before the first entry. Raises EntryError when that is no installation id."""
        _need(_INSTALLATION, installation, "installation")
        return cls(str(installation))


def follow(link: Link, stored: Stored, *, purged: Callable[[int], bool]) -> Link:
    """The chain with one more entry. Raises ChainError naming the entry that does not fit.

    `purged` says whether an entry's text may be missing; it is asked only when it is.
    """
    sequence, body = link.sequence + 1, text_hash(stored)
    if body and _plain(stored.kind, stored.time):
        # The bytes that must lie here are known; when they do, every check below is met at once.
        fields = (body, link.installation, stored.kind, link.head, sequence, stored.time)
        if stored.header == (expected := (_FORM % fields).encode()) and stored.sequence == sequence:
            return Link(link.installation, sequence, seal_of(expected))
    return _follow_slowly(link, stored, purged)


def _plain(kind: object, time: object) -> bool:
    return isinstance(kind, str) and _known_kind(kind) and _time_or_none(time) is not None


@lru_cache(maxsize=64)
def _known_kind(kind: str) -> bool:
    return _KIND.fullmatch(kind) is not None


def _follow_slowly(link: Link, stored: Stored, purged: Callable[[int], bool]) -> Link:
    sequence = link.sequence + 1
    if stored.sequence != sequence:
        raise ChainError(sequence, "gap", f"Entry {sequence} is missing.")
    header = _decoded(stored, sequence)
    _check_columns(stored, header, sequence)
    name = f"Entry {number(parse_time(header.time), sequence)}"
    if header.installation != link.installation:
        what = "was written by another installation"
        raise ChainError(sequence, "installation", f"{name} {what}.")
    if header.previous != link.head:
        what = "does not continue the entry that stands before it"
        raise ChainError(sequence, "previous", f"{name} {what}.")
    _check_body(stored, header, purged)
    return Link(link.installation, sequence, seal_of(header.encoded()))


def _decoded(stored: Stored, sequence: int) -> Header:
    try:
        return Header.decoded(stored.header)
    except EntryError as error:
        what = "has a header that cannot be read: it changed after it was sealed"
        raise ChainError(sequence, "header", f"Entry {sequence} {what}.") from error


def _check_columns(stored: Stored, header: Header, sequence: int) -> None:
    """What lists are made from must be what was sealed."""
    if (stored.sequence, stored.kind, stored.time) != (header.sequence, header.kind, header.time):
        what = "is listed with another number, kind or time than was sealed"
        raise ChainError(sequence, "columns", f"Entry {sequence} {what}.")


def _check_body(stored: Stored, header: Header, purged: Callable[[int], bool]) -> None:
    sequence = header.sequence
    name = f"Entry {number(parse_time(header.time), sequence)}"
    if stored.body is None and stored.salt is None:
        if not purged(sequence):
            what = "has lost its text, and no purge names it"
            raise ChainError(sequence, "missing-text", f"{name} {what}.")
    elif text_hash(stored) != header.body:
        what = "does not match: its text changed after it was sealed"
        raise ChainError(sequence, "text", f"{name} {what}.")


def text_hash(stored: Stored) -> str:
    """The hash of the body as it lies here; empty when there is none, or not in its form."""
    salt, body = stored.salt, stored.body
    # Of another length, the salt could take bytes over from the text without changing the hash.
    if isinstance(salt, bytes) and isinstance(body, bytes) and len(salt) == SALT_BYTES:
        return body_hash(salt, body)
    return ""
