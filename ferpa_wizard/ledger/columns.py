"""The columns of the register: a sealed record as one row of text for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.figures import ferpa_figure

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REQUESTER = "requester"


def cell(text: str) -> str:
    """The text as a spreadsheet may have it: what would start a formula gets an apostrophe in front."""
    shown = text if text.isprintable() else _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return "'" + shown if shown.lstrip(" ")[:1] in _FORMULA else shown


def columns(*, free_text: bool) -> Mapping[str, Callable[[Entry], str]]:
    """Heading and value of each column; without `free_text`, what people typed is left out."""
    return {name: value for name, value in _COLUMNS.items() if free_text or name not in _TYPED}


def dig(value: object, *path: str) -> object:
    """What lies at this path of nested objects, None where the path ends early."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _at(*path: str) -> Callable[[Entry], str]:
    return lambda entry: _text(dig(entry.body, *path))


def _rows(entry: Entry, *path: str) -> list[dict[str, object]]:
    value = dig(entry.body, *path)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _each(key: str, *path: str) -> Callable[[Entry], str]:
    return lambda entry: "; ".join(_text(row.get(key)) for row in _rows(entry, *path))


def _items(*, share: bool) -> Callable[[Entry], str]:
    def shown(entry: Entry) -> str:
        return "; ".join(_text(row.get("label")) for row in _rows(entry, "items") if row.get("share") is share)

    return shown


def _asked_by(entry: Entry) -> str:
    labels = (row.get("label") for row in _rows(entry, "answers") if row.get("question") == _REQUESTER)
    return _text(next(labels, ""))


def _reasons(entry: Entry) -> str:
    reasons = dig(entry.body, "decision", "reasons")
    return "; ".join(map(_text, reasons)) if isinstance(reasons, list) else ""


def _figure(entry: Entry) -> str:
    choice = dig(entry.body, "decision", "choice")
    if choice is None:
        return ""
    reasons = dig(entry.body, "decision", "reasons")
    binding = dig(entry.body, "determination", "layers", "ferpa", "binding")
    return ferpa_figure(binding, choice, reasons if isinstance(reasons, list) else ())


_COLUMNS: Mapping[str, Callable[[Entry], str]] = {
    "number": lambda entry: entry.number,
    "kind": lambda entry: entry.kind,
    "date": lambda entry: entry.at.isoformat(timespec="seconds"),
    "title": _at("request", "title"),
    "reference": _at("request", "reference"),
    "words": _at("request", "words"),
    "asked by": _asked_by,
    "verdict": _at("determination", "verdict"),
    "label": _at("determination", "label"),
    "basis": _at("determination", "basis", "title"),
    "citation": _at("determination", "basis", "cite"),
    "decision": _at("decision", "choice"),
    "decision label": _at("decision", "label"),
    "reasons": _reasons,
    "differs": _at("decision", "differs"),
    "decision words": _at("decision", "words"),
    "correction": _at("decision", "correction"),
    "ferpa": _figure,
    "items that may be shared": _items(share=True),
    "items that may not": _items(share=False),
    "steps": _each("do", "determination", "steps"),
    "duties": _each("do", "determination", "duties"),
    "by": _at("decision", "by", "name"),
    "role": _at("decision", "by", "role"),
    "account": _at("decision", "by", "account"),
    "agreed by": _at("decision", "second", "name"),
    "role of who agreed": _at("decision", "second", "role"),
    "rules": _at("pack", "version"),
    "law as of": _at("pack", "law_as_of"),
    "rules sha256": _at("pack", "sha256"),
    "text": lambda entry: "here" if entry.text is not None else "not shown",
    "matches": lambda entry: _text(entry.matches),
    "seal": lambda entry: entry.seal,
}
_TYPED = frozenset({"title", "reference", "words", "decision words"})
