"""A decision that is filled in and waits for a second person; and whether the result changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.record import SECOND, Decision
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.request import Request

_KEPT = tuple(field.name for field in fields(Decision) if field.name != "account")  # that of whoever seals it
_WHAT: Mapping[str, str] = {
    "basis": "the way to share",
    "items": "what can go",
    "steps": "what to do first",
    "layers": "who says no",
}


def wait(request: Request, decision: Decision) -> None:
    """Keep the decision with the draft until a second person is there. It may lack nothing else.

    Raises DecisionError with what it lacks, DraftError when it cannot be kept.
    """
    if lacking := [(field, says) for field, says in request.problems(decision) if field not in SECOND]:
        raise DecisionError(lacking)
    request.keep_waiting({**_plain(decision), "found": outcome(request.so_far)})


def waiting_decision(request: Request) -> Decision | None:
    """The decision that waits, as it was filled in."""
    kept = request.draft.waiting
    if not kept:
        return None
    found = {name: kept[name] for name in _KEPT}
    return Decision(**{**found, "reasons": tuple(kept["reasons"])})


def _plain(decision: Decision) -> dict[str, Any]:
    found = asdict(decision)
    return {**{name: found[name] for name in _KEPT}, "reasons": list(decision.reasons)}


def outcome(found: Determination) -> dict[str, str]:
    """What a later determination is compared with: the result in words, and by id what stands behind it."""
    return {
        "label": found.label,
        "basis": found.basis.id if found.basis else "",
        "items": " ".join(item.id for item in found.items if item.share),
        "steps": " ".join(step.id for step in found.steps),
        "layers": " ".join(f"{layer.id}:{layer.state}:{layer.binding}" for layer in found.layers.values()),
    }


def changed(then: Mapping[str, str], now: Determination, since: str) -> str:
    """One sentence that says how the result differs from what it was then; empty where it does not."""
    here = outcome(now)
    differing = [name for name in here if name in then and then[name] != here[name]]
    if not differing:
        return ""
    if "label" in differing:
        return f"Since this was {since}, the result changed from “{then['label']}” to “{now.label}”."
    return f"Since this was {since}, {_WHAT[differing[0]]} changed. The result is still “{now.label}”."
