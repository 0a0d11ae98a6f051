"""The part of the justification record on effective sharing: each principle with what this decision shows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.core.figures import BOUND_ANOTHER_WAY, FIGURES, NAMED_NOT_BINDING, NOT_INVOLVED, ferpa_figure
from ferpa_wizard.documents.body import Fields, group, names, rows, text
from ferpa_wizard.documents.document import Block, Heading, Pair, Pairs
from ferpa_wizard.documents.record_entry import entry_says, is_entry
from ferpa_wizard.documents.told import Told

_NOT_NOTED = "Not noted."
_MORE_THAN_USUAL = "more-than-usual"
_OPEN = ("depends", "not-checked")
_OPEN_SAYS = {
    NOT_INVOLVED: "What FERPA says was not settled.",
    NAMED_NOT_BINDING: "FERPA was named as the reason. That was not settled.",
}
_STEPS_SAYS = {
    NOT_INVOLVED: "FERPA asked for steps first, and allows it then.",
    NAMED_NOT_BINDING: "FERPA was named as the reason. It asks for steps, and allows it then.",
}
_AGAINST = "FERPA does not allow this as it was asked. The school wants to share it. It waits for a lawful way."
_OWED = "The law asks for it. This decision does not give it."


def principles(body: Fields) -> tuple[Block, ...]:
    """A heading and one row for each principle; nothing in a record made before they were kept."""
    found = tuple(_row(body, row) for row in rows(body, "principles"))
    return (Heading(2, "Effective sharing: seven principles"), Pairs(found)) if found else ()


def figure(body: Fields) -> str:
    """What the decision makes of FERPA, in words."""
    decision, layers = group(body, "decision"), group(group(body, "determination"), "layers")
    ferpa = group(layers, "ferpa")
    found = ferpa_figure(text(ferpa, "binding"), text(decision, "choice"), names(decision, "reasons"))
    state, declined = text(ferpa, "state"), text(decision, "choice") in DECLINES
    # What is counted once for all stays; the sentence says more where a reader would take it for more.
    if found == BOUND_ANOTHER_WAY and Told(body, "").goes_further:
        return _AGAINST
    if text(group(body, "determination"), "verdict") == "must-share" and declined:
        return _OWED
    if state in _OPEN and found in _OPEN_SAYS:
        return _OPEN_SAYS[found]
    if state == "needs-steps" and found in _STEPS_SAYS:
        return _STEPS_SAYS[found]
    return FIGURES[found]


def _row(body: Fields, row: Fields) -> Pair:
    show = _SHOWN.get(text(row, "id"))
    shown = show(body) if show else ""
    noted = [f"{text(note, 'ask')} {text(note, 'note') or _NOT_NOTED}" for note in rows(row, "notes")]
    return Pair(text(row, "title"), "\n".join(filter(None, (shown, *noted))) or _NOT_NOTED, f"Aim: {text(row, 'says')}")


def _leaders(body: Fields) -> str:
    by, layers = group(group(body, "decision"), "by"), group(group(body, "determination"), "layers")
    who = ", ".join(filter(None, (text(by, "name"), text(by, "role"))))
    return f"Decided by {who}. {text(group(layers, 'district'), 'says')}"


def _ecosystem(body: Fields) -> str:
    layers = group(group(body, "determination"), "layers")
    return " ".join(text(group(layers, layer), "says") for layer in ("other_federal", "state"))


def _action(body: Fields) -> str:
    asked = "; ".join(text(item, "label") for item in rows(body, "items"))
    advice = rows(group(body, "determination"), "advice")
    extra = [text(row, "says") for row in advice if text(row, "id") == _MORE_THAN_USUAL]
    return " ".join(filter(None, (f"Asked for: {asked}." if asked else "", *extra)))


def _protection(body: Fields) -> str:
    duties = [duty for duty in rows(group(body, "determination"), "duties") if not is_entry(duty)]
    return " ".join((*(text(duty, "do") for duty in duties), entry_says(body)[0]))


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
