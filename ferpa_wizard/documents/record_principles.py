"""The part of the justification record on effective sharing: each principle with what this decision shows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ferpa_wizard.core.figures import FIGURES, NOT_INVOLVED, ferpa_figure
from ferpa_wizard.documents.body import Fields, group, names, rows, text
from ferpa_wizard.documents.document import Block, Heading, Pair, Pairs

_NOT_NOTED = "Not noted."
_OPEN = ("depends", "not-checked")
_STILL_OPEN = "What FERPA says was not settled."


def principles(body: Fields) -> tuple[Block, ...]:
    """A heading and one row for each principle; nothing in a record made before they were kept."""
    found = tuple(_row(body, row) for row in rows(body, "principles"))
    return (Heading(2, "Effective sharing: seven principles"), Pairs(found)) if found else ()


def figure(body: Fields) -> str:
    """What the decision makes of FERPA, in words."""
    decision, layers = group(body, "decision"), group(group(body, "determination"), "layers")
    ferpa = group(layers, "ferpa")
    found = ferpa_figure(text(ferpa, "binding"), text(decision, "choice"), names(decision, "reasons"))
    if found == NOT_INVOLVED and text(ferpa, "state") in _OPEN:
        return _STILL_OPEN  # it counts as not involved, and nobody knows yet that it is not
    return FIGURES[found]


def _row(body: Fields, row: Fields) -> Pair:
    show = _SHOWN.get(text(row, "id"))
    shown = show(body) if show else ""
    noted = [f"{text(note, 'ask')} {text(note, 'note') or _NOT_NOTED}" for note in rows(row, "notes")]
    return Pair(text(row, "title"), "\n".join(filter(None, (shown, *noted))) or _NOT_NOTED, text(row, "says"))


def _leaders(body: Fields) -> str:
    by, layers = group(group(body, "decision"), "by"), group(group(body, "determination"), "layers")
    who = ", ".join(filter(None, (text(by, "name"), text(by, "role"))))
    return f"Decided by {who}. {text(group(layers, 'district'), 'says')}"


def _ecosystem(body: Fields) -> str:
    layers = group(group(body, "determination"), "layers")
    return " ".join(text(group(layers, layer), "says") for layer in ("other_federal", "state"))


def _action(body: Fields) -> str:
    asked = ", ".join(text(item, "label") for item in rows(body, "items"))
    extra = [text(row, "says") for row in rows(group(body, "determination"), "advice")]
    return " ".join(filter(None, (f"Asked for: {asked}." if asked else "", *extra[-1:])))


def _protection(body: Fields) -> str:
    return " ".join(text(duty, "do") for duty in rows(group(body, "determination"), "duties"))


def _ferpa(body: Fields) -> str:
    basis = group(group(body, "determination"), "basis")
    source = ", ".join(filter(None, (text(basis, "title"), text(basis, "cite"))))
    offered = "; ".join(text(route, "title") for route in rows(body, "offered"))
    parts = (figure(body), f"Basis: {source}." if source else "", f"Offered: {offered}." if offered else "")
    return " ".join(filter(None, parts))


_SHOWN: Mapping[str, Callable[[Fields], str]] = {
    "leaders": _leaders,
    "ecosystem": _ecosystem,
    "action": _action,
    "protection": _protection,
    "no-blame": _ferpa,
}
