"""A document as plain text for the clipboard and for mail: everything in one column, top to bottom."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from ferpa_wizard.documents.characters import named, visible
from ferpa_wizard.documents.document import (
    Block,
    Callout,
    Checklist,
    Document,
    Heading,
    Pairs,
    Paragraph,
    Table,
    Task,
)

WIDTH = 78
_UNDERLINES = ("=", "-", "~")
_RULE = "-" * WIDTH
_STARS = "*" * WIDTH
_WIDEST_TERM = 24
# Marks of direction that `visible` leaves, because they have their use where letters have shapes.
_DIRECTIONS = str.maketrans({mark: named(mark) for mark in "\u061c\u200e\u200f"})

# One value of a row: its name, what it says, and the quieter line under that.
Value = tuple[str, str, str]


def to_text(document: Document) -> str:
    """The whole paper in lines of 78 columns at most; controls are named by number.

    Text has no pages, so a watermark is its first line and its last.
    """
    mark, top = _wrapped(document.watermark), _wrapped(document.masthead)
    foot = [_RULE, *_wrapped(document.footer)] if document.footer else []
    parts = [mark, top, *map(_block, document.blocks), foot, mark]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _block(block: Block) -> list[str]:
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _wrapped(block.text)
        case Pairs():
            return _values([(row.term, row.value, row.note) for row in block.rows])
        case Table():
            return _rows(block)
        case Checklist():
            return [line for task in block.tasks for line in _task(task)]
        case Callout():
            return _callout(block)


def _heading(heading: Heading) -> list[str]:
    lines = _wrapped(heading.text)
    under = _UNDERLINES[min(heading.level, len(_UNDERLINES)) - 1]
    return [*lines, under * max(map(columns, lines))] if lines else []


def _callout(callout: Callout) -> list[str]:
    said = [line for text in (callout.text, callout.note) for line in _wrapped(text, indent=4)]
    lines = [*_wrapped(callout.label), *said]
    return [_STARS, *lines, _STARS] if callout.lead else lines


def _task(task: Task) -> list[str]:
    state = f" ({task.state})" if task.state else ""
    box = "[x] " if task.done else "[ ] "
    return [*_wrapped(task.text + state, first=box, indent=4), *_wrapped(task.note, indent=4)]


def _rows(table: Table) -> list[str]:
    """Each row as lines of "column: value", so that no value needs its place to be understood."""
    lines: list[str] = []
    for row in table.rows:
        values = [(title, cell.text, cell.note) for title, cell in zip(table.header, row, strict=True)]
        lines += [*([""] if lines else []), *_values(values)]
    return lines


def _values(values: Sequence[Value]) -> list[str]:
    """Lines of "term: value", all values from one column on."""
    terms = [_term(term) for term, _value, _note in values]
    start = min(max(map(columns, terms), default=0), _WIDEST_TERM) + 1
    lines: list[str] = []
    for term, (_name, value, note) in zip(terms, values, strict=True):
        before, first = ([], term) if columns(term) < start else (_wrapped(term), "")
        lines += [*before, *_wrapped(value, first=first, indent=start), *_wrapped(note, indent=start)]
    return lines


def _term(term: str) -> str:
    said = " ".join(_said(term).split("\n"))
    return said if said.endswith(("?", ":")) else f"{said}:"


def _said(text: str) -> str:
    return visible(text).translate(_DIRECTIONS)


def _wrapped(text: str, *, first: str = "", indent: int = 0) -> list[str]:
    """The text in lines behind `indent` columns; `first` stands in those of the first line."""
    lines = [line for said in _said(text).split("\n") for line in _folded(said, WIDTH - indent)]
    if not any(lines):
        return [first.rstrip()] if first.strip() else []
    starts = [first + " " * (indent - columns(first)), *[" " * indent] * (len(lines) - 1)]
    return [(start + line).rstrip(" ") for start, line in zip(starts, lines, strict=True)]


def _folded(line: str, room: int) -> Iterator[str]:
    """The line's words in lines of at most so many columns; one empty line where it has none."""
    full = ""
    for word in filter(None, line.split(" ")):
        for piece in _pieces(word, room):
            longer = f"{full} {piece}" if full else piece
            if columns(longer) <= room:
                full = longer
            else:
                yield full
                full = piece
    yield full


def _pieces(word: str, room: int) -> Iterator[str]:
    """The word, cut where it is longer than a line."""
    start = taken = 0
    for place, letter in enumerate(word):
        width = _width(letter)
        if taken + width > room:
            yield word[start:place]
            start, taken = place, 0
        taken += width
    yield word[start:]


def columns(text: str) -> int:
    """How many columns the text takes where each letter has one, a Chinese one two, an accent none."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
