"""One neutral document: what every paper is made of before a writer gives it a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Tone(StrEnum):
    """How a line stands; each has its own icon, so that colour never carries it alone."""

    YES = "yes"
    STEPS = "steps"
    CONSENT = "consent"
    NO = "no"
    ASK = "ask"
    NA = "na"


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Pair:
    """One fact: its name, its value, and a quieter line under the value."""

    kind: ClassVar[str] = "pair"
    term: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Pairs:
    kind: ClassVar[str] = "pairs"
    rows: tuple[Pair, ...]


@dataclass(frozen=True)
class Cell:
    """Text, a quieter line under it, and a tone where the text names a state."""

    kind: ClassVar[str] = "cell"
    text: str
    note: str = ""
    tone: Tone | None = None


@dataclass(frozen=True)
class Table:
    """A header and rows of as many cells; widths are shares of the line, one for each column.

    `dense` is for long lists that few people read through: small letters, little air.
    """

    kind: ClassVar[str] = "table"
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    dense: bool = False


@dataclass(frozen=True)
class Task:
    """A line to tick; `state` is the word beside the box ("To do")."""

    kind: ClassVar[str] = "task"
    text: str
    note: str = ""
    state: str = ""
    done: bool = False


@dataclass(frozen=True)
class Checklist:
    kind: ClassVar[str] = "checklist"
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Callout:
    """A framed statement; `lead` marks the one that the paper is about."""

    kind: ClassVar[str] = "callout"
    tone: Tone
    label: str
    text: str
    note: str = ""
    lead: bool = False


Block = Heading | Paragraph | Pairs | Table | Checklist | Callout


@dataclass(frozen=True)
class Document:
    """A paper: `masthead` is the small line on top, `footer` stands on every page.

    `at` is when the paper's content was fixed, with its zone: writers that need a time use this
    one, so that the same record gives the same bytes for ever. `watermark` is a line for every page of a paper that
    must not be taken for a real one.
    """

    kind: ClassVar[str] = "document"
    title: str
    language: str
    at: datetime
    masthead: str
    footer: str
    blocks: tuple[Block, ...]
    watermark: str = ""


def texts(document: Document) -> Iterator[str]:
    """Every text that a reader of the paper gets to see, in reading order."""
    if document.watermark:
        yield document.watermark
    yield document.masthead
    for block in document.blocks:
        yield from _texts(block)
    yield document.footer


def plain(part: object, say: Callable[[str], str]) -> object:
    """The part as dicts, lists and scalars for a template, every text put through `say`."""
    match part:
        case Tone():
            return part.value
        case str():
            return say(part)
        case tuple():
            return [plain(one, say) for one in part]
        case datetime():
            return part.isoformat()
    if is_dataclass(part) and not isinstance(part, type):
        values = {field.name: plain(getattr(part, field.name), say) for field in fields(part)}
        return {"kind": getattr(part, "kind", ""), **values}
    return part


def _texts(part: object) -> Iterator[str]:
    match part:
        case Tone():
            return
        case str():
            if part:
                yield part
        case tuple():
            for one in part:
                yield from _texts(one)
        case _ if is_dataclass(part) and not isinstance(part, type):
            for field in fields(part):
                yield from _texts(getattr(part, field.name))
