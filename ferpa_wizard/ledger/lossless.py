"""An entry as one line of JSON that holds the very bytes that were hashed, and such a line read back."""

from __future__ import annotations

import re

from ferpa_wizard.core.entry import Entry, EntryError, Header, Stored, canonical, seal_of, text_hash

MAX_LINE = 16 * 1024 * 1024
"""The longest line that is read, in bytes."""
_START = b'{"body":'
_NO_BODY = b"null"
# All that follows the body has one form, so the body is cut out without a look into it: no depth and no
# length of it can hurt. Nothing but a body may hold braces, so that only the true end of one fits here.
_END = re.compile(rb',"header":(\{[^{}]{1,600}\}),"salt":(?:null|"([0-9a-f]{64})"),"seal":"([0-9a-f]{64})"\}\n\Z')
_END_BYTES = 1024


class LineError(ValueError):
    """Bytes that are not the line of an entry."""


def line_of(entry: Entry) -> bytes:
    """One line of JSON. Header and body stand in it as the bytes that were hashed."""
    tail = b',"seal":"%s"}\n' % entry.seal.encode()
    if not entry.matches or (entry.text is not None and not _is_one_line(entry)):
        return canonical(_damaged(entry)) + b"\n"
    if entry.text is None or entry.salt is None:
        return b'{"body":null,"header":' + entry.header + b',"salt":null' + tail
    salt = b',"salt":"%s"' % entry.salt.hex().encode()
    return b'{"body":' + entry.text + b',"header":' + entry.header + salt + tail


def read_line(line: bytes) -> Stored:
    """The entry in such a line, whole in itself; its place in a chain is for `core.entry.follow`. Raises LineError."""
    cut = max(len(line) - _END_BYTES, 0)
    found = _END.search(line, cut)
    if found is None or not line.startswith(_START):
        raise LineError("It is not the line of an entry, or not a whole one.")
    data, salt, seal = found.groups()
    body = line[len(_START) : found.start()]
    if (salt is None) != (body == _NO_BODY):
        raise LineError("It has a text without its salt, or a salt without its text.")
    if seal_of(data) != seal.decode():
        raise LineError("Its seal is not the one of its header.")
    try:
        header = Header.decoded(data)
    except EntryError as error:
        raise LineError("Its header cannot be read.") from error
    if salt is None:
        return Stored(header.sequence, header.kind, header.time, data, None, None)
    stored = Stored(header.sequence, header.kind, header.time, data, bytes.fromhex(salt.decode()), body)
    if text_hash(stored) != header.body:
        raise LineError("Its text is not the one that was sealed.")
    return stored


def _is_one_line(entry: Entry) -> bool:
    return entry.body is not None and entry.text is not None and b"\n" not in entry.text


def _damaged(entry: Entry) -> dict[str, object]:
    """An entry that does not match: its bytes as they lie there, never as if they were a record."""
    return {
        "damaged": True,
        "sequence": entry.sequence,
        "header_hex": entry.header.hex(),
        "salt_hex": entry.salt.hex() if entry.salt is not None else None,
        "body_hex": entry.text.hex() if entry.text is not None else None,
        "seal": entry.seal,
    }
