"""Which characters a paper can show, and how the others are named instead."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Container, Iterator
from pathlib import Path

# A lone surrogate has no bytes in a file, and the others have no shape of their own or change the
# order of what stands around them: on a paper that is evidence they must be seen.
_HIDDEN = frozenset(
    chr(code)
    for start, end in (
        (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200B),
        (0x2028, 0x202E), (0x2060, 0x206F), (0xD800, 0xDFFF), (0xFEFF, 0xFEFF), (0xFFFE, 0xFFFF),
    )
    for code in range(start, end + 1)
)  # fmt: skip
_LINES = str.maketrans({"\t": " ", "\r": "\n"})


def named(character: str) -> str:
    """The character by its number, as in ‹U+4E2D›."""
    return f"‹U+{ord(character):04X}›"


def visible(text: str) -> str:
    """The text with controls, and what only reorders or hides, named by number."""
    lines = text.replace("\r\n", "\n").translate(_LINES)
    return "".join(named(one) if one in _HIDDEN else one for one in lines)


def printable(text: str, covered: Container[int]) -> str:
    """The text as a font with these code points can print it: every other one named by number."""
    lines = unicodedata.normalize("NFC", visible(text))
    return "".join(one if one == "\n" or ord(one) in covered else named(one) for one in lines)


def covered_by(font: Path) -> frozenset[int]:
    """The code points that a TrueType font has a shape for (its format 4 character map).

    OSError when the file cannot be read, ValueError when it holds no such map.
    """
    try:
        return frozenset(_segments(_character_map(font.read_bytes())))
    except struct.error as cut_off:
        raise ValueError(f"{font.name} is not a complete font file") from cut_off


def _character_map(data: bytes) -> bytes:
    tables = struct.unpack_from(">H", data, 4)[0]
    for table in range(tables):
        tag, _sum, start, length = struct.unpack_from(">4sLLL", data, 12 + 16 * table)
        if tag == b"cmap":
            return _format_four(data[start : start + length])
    raise ValueError("the font has no character map")


def _format_four(cmap: bytes) -> bytes:
    for entry in range(struct.unpack_from(">H", cmap, 2)[0]):
        start = struct.unpack_from(">L", cmap, 4 + 8 * entry + 4)[0]
        if struct.unpack_from(">H", cmap, start)[0] == 4:  # noqa: PLR2004  the format's number
            return cmap[start:]
    raise ValueError("the font has no character map of format 4")


def _segments(table: bytes) -> Iterator[int]:
    doubled = struct.unpack_from(">H", table, 6)[0]
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * doubled)
    for index in range(count):
        offset_at = 16 + 3 * doubled + 2 * index
        offset = struct.unpack_from(">H", table, offset_at)[0]
        for code in range(starts[index], ends[index] + 1):
            glyph = (code + deltas[index]) & 0xFFFF
            if offset:
                glyph_at = offset_at + offset + 2 * (code - starts[index])
                glyph = struct.unpack_from(">H", table, glyph_at)[0]
            if glyph:
                yield code
