"""The columns of the register: a sealed record as one row of text for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.figures import ferpa_figure

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REQUESTER = "requester"


class Later(NamedTuple):
    """What came after a decision: the state of its review, how many notes, what took its place, steps overdue."""

    review: str = ""
    notes: int = 0
    replaced_by: str = ""
    overdue: int = 0


class Row(NamedTuple):
    """One entry of an export, and the installation of the desk that wrote it.

    `later` is None for what is no decision that lists show. With `withheld` the export left the text of the entry
    out. `counts` says whether it is one of those that were asked for.
    """

    entry: Entry
    desk: str
    later: Later | None = None
    withheld: bool = False
    counts: bool = True


class Column(NamedTuple):
    """One column of the register: its id, which is its heading in the CSV and stays; what people call it; its value.

    `typed` marks what people wrote in their own words. `width` is in letters.
    """

    id: str
    label: str
    value: Callable[[Row], str]
    typed: bool = False
    width: int = 16


def shown(text: str) -> str:
    """The text without characters that no spreadsheet can hold; each is shown as one that was replaced."""
    return text if text.isprintable() else _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def cell(text: str) -> str:
    """The text as a spreadsheet may have it in a CSV: what would start a formula gets an apostrophe in front."""
    fit = shown(text)
    return "'" + fit if fit.lstrip(" ")[:1] in _FORMULA else fit


def columns(chosen: Sequence[str] = (), *, free_text: bool = True) -> tuple[Column, ...]:
    """The columns with these ids in this order, else all; without `free_text`, what people typed is left out.

    Raises KeyError for an id that there is not.
    """
    found = [_BY_ID[name] for name in chosen] if chosen else COLUMNS
    return tuple(column for column in found if free_text or not column.typed)


def dig(value: object, *path: str) -> object:
    """What lies at this path of nested objects, None where the path ends early."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _at(*path: str) -> Callable[[Row], str]:
    return lambda row: _text(dig(row.entry.body, *path))


def _rows(entry: Entry, *path: str) -> list[dict[str, object]]:
    value = dig(entry.body, *path)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _each(key: str, *path: str) -> Callable[[Row], str]:
    return lambda row: "; ".join(_text(one.get(key)) for one in _rows(row.entry, *path))


def _items(*, share: bool) -> Callable[[Row], str]:
    def labels(row: Row) -> str:
        return "; ".join(_text(one.get("label")) for one in _rows(row.entry, "items") if one.get("share") is share)

    return labels


def _asked_by(row: Row) -> str:
    labels = (one.get("label") for one in _rows(row.entry, "answers") if one.get("question") == _REQUESTER)
    return _text(next(labels, ""))


def _reasons(row: Row) -> str:
    reasons = dig(row.entry.body, "decision", "reasons")
    return "; ".join(map(_text, reasons)) if isinstance(reasons, list) else ""


def _figure(row: Row) -> str:
    choice = dig(row.entry.body, "decision", "choice")
    if choice is None:
        return ""
    reasons = dig(row.entry.body, "decision", "reasons")
    binding = dig(row.entry.body, "determination", "layers", "ferpa", "binding")
    return ferpa_figure(binding, choice, reasons if isinstance(reasons, list) else ())


def _later(value: Callable[[Later], object]) -> Callable[[Row], str]:
    return lambda row: _text(value(row.later)) if row.later is not None else ""


COLUMNS: tuple[Column, ...] = (
    Column("number", "Number", lambda row: row.entry.number, width=12),
    Column("kind", "Kind", lambda row: row.entry.kind, width=10),
    Column("date", "Sealed on", lambda row: row.entry.at.isoformat(timespec="seconds"), width=26),
    Column("title", "Request", _at("request", "title"), typed=True, width=48),
    Column("reference", "Reference", _at("request", "reference"), typed=True),
    Column("words", "The request in words", _at("request", "words"), typed=True, width=48),
    Column("asked by", "Asked by", _asked_by, width=32),
    Column("verdict", "Result", _at("determination", "verdict")),
    Column("label", "Result in words", _at("determination", "label"), width=36),
    Column("basis", "Basis", _at("determination", "basis", "title"), width=36),
    Column("citation", "Citation", _at("determination", "basis", "cite"), width=24),
    Column("decision", "Decision", _at("decision", "choice"), width=18),
    Column("decision label", "Decision in words", _at("decision", "label"), width=24),
    Column("reasons", "Reasons", _reasons, width=24),
    Column("differs", "Differs from the result", _at("decision", "differs"), width=12),
    Column("decision words", "The decision in words", _at("decision", "words"), typed=True, width=48),
    Column("correction", "Correction", _at("decision", "correction"), width=36),
    Column("ferpa", "What FERPA did", _figure, width=22),
    Column("items that may be shared", "Items that may be shared", _items(share=True), width=36),
    Column("items that may not", "Items that may not", _items(share=False), width=36),
    Column("steps", "Steps", _each("do", "determination", "steps"), width=36),
    Column("duties", "Duties", _each("do", "determination", "duties"), width=36),
    Column("by", "Decided by", _at("decision", "by", "name"), width=24),
    Column("role", "Role", _at("decision", "by", "role"), width=20),
    Column("account", "Account", _at("decision", "by", "account")),
    Column("agreed by", "Agreed by", _at("decision", "second", "name"), width=24),
    Column("role of who agreed", "Role of who agreed", _at("decision", "second", "role"), width=20),
    Column("rules", "Rules", _at("pack", "version"), width=10),
    Column("law as of", "Law as of", _at("pack", "law_as_of"), width=12),
    Column("rules sha256", "Rules, SHA-256", _at("pack", "sha256")),
    Column("text", "Text", lambda row: "here" if row.entry.text is not None else "not shown", width=10),
    Column("matches", "Matches its seal", lambda row: _text(row.entry.matches), width=10),
    Column("seal", "Seal", lambda row: row.entry.seal),
    Column("desk", "Desk", lambda row: row.desk),
    Column("review", "Review", _later(lambda later: later.review)),
    Column("notes", "Notes", _later(lambda later: later.notes), width=8),
    Column("replaced by", "Replaced by", _later(lambda later: later.replaced_by), width=12),
    Column("overdue", "Steps overdue", _later(lambda later: later.overdue), width=8),
)
LATER = frozenset({"review", "notes", "replaced by", "overdue"})
"""Columns about what came later: they take the index of the log."""
_BY_ID: Mapping[str, Column] = {column.id: column for column in COLUMNS}
