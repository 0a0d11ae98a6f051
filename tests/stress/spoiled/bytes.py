"""Spoils bytes as disks, editors and people with a grudge do: by bits, slices, lines and words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

PIECES: tuple[bytes, ...] = (
    b"null", b"true", b"NaN", b"Infinity", b"1e999", b"-1", b"0", b"9" * 25, b"9" * 4400, b"1e308", b"012", b"0x1F",
    b"yes", b"on", b"no", b"~", b"2026-02-30", b"9999-12-31", b"0001-01-01T00:00:00+14:00", b"!!python/object:os.system",
    b"!!binary x", b"&a", b"*a", b"<<: *a", b"{", b"}", b"[", b"]", b"[]", b"{}", b'"', b"'", b"|", b">", b"- ", b": ", b"? ",
    b"\\ud800", b'"\\ud800"', b'"\\u0000"', b"\0", b"\xff", b"\xed\xa0\x80", b"\xc3", b"\xe2\x80\xae", b"\xd7\x90", b"\xef\xbb\xbf",
    b"\x1b[2J", b"\r", b"\n", b"\t", b"---\n", b"...\n", b"%YAML 9.9\n", b"#", b",", b"../../x", b"C:\\x", b"//x/y", b"{0}", b"{name}",
    b"%s", b"=1+1", b"x" * 3000, b"[" * 300, b"{\"a\":" * 300, b"- " * 100,
)  # fmt: skip
"""What stands in no good file, or not at this place."""
_WORD = re.compile(rb'"(?:[^"\\\n]|\\.)*"|[A-Za-z0-9_.+-]+')
_MOST_TIMES = 200


def spoiled(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The bytes after one to three changes; `others` are good files of the same kind."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(_WAYS)(data, others, chance)
    return data


def _cut(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 8, 40, 400)))


def _flip(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    found = bytearray(data)
    for _time in range(chance.choice((1, 1, 4, 30)) if found else 0):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _insert(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + (chance.choice(PIECES) if chance.random() < 0.7 else chance.randbytes(4)) + data[at:]


def _delete(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _cut(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _cut(data, chance)
    times = chance.choice((2, 2, 3, _MOST_TIMES))
    return data[:start] + data[start:end] * times + data[end:]


def _truncate(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _blank(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """As a disk does that lost a sector."""
    start, end = _cut(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _word(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """One word or number is another thing."""
    words = list(_WORD.finditer(data))
    if not words:
        return data
    found = chance.choice(words)
    other = chance.choice(words)
    new = chance.choice(PIECES) if chance.random() < 0.8 else data[other.start() : other.end()]
    return data[: found.start()] + new + data[found.end() :]


def _line(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """A line is doubled, moved, indented or gone."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    line = lines[at]
    lines[at] = chance.choice((b"", line * 2, b"  " + line, line.lstrip(b" "), lines[to]))
    return b"".join(lines)


_WAYS: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _flip, _insert, _delete, _double, _truncate, _splice, _blank, _word, _word, _line
)  # fmt: skip
