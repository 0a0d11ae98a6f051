"""What may never be sealed: FERPA blamed where no condition of FERPA failed, and a no that leads nowhere."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ferpa_wizard.core.choices import CHOICES, DECLINES
from ferpa_wizard.core.figures import BOUND_NOTHING_WENT, NAMED_NOT_BINDING, ferpa_figure
from ferpa_wizard.core.model import LAYERS, UNSURE
from tests import real
from tests.documents.voices import cited, paragraphs

Body = Mapping[str, Any]
CARRY_ON = ("must-share", "may-share", "may-share-emergency", "not-ferpa")
"""Verdicts that are a yes: the way on is to share, and the record names the officer as well."""

CLEARED = ("does-not-object", "needs-steps")


def wrongs(body: Body) -> list[str]:
    """Each promise that the sealed body breaks, in a word or two; nothing for an honest record."""
    return [*_blame(body), *_way_on(body), *_figures(body)]


def _blame(body: Body) -> Iterator[str]:
    decision = body["decision"]
    if decision["choice"] not in DECLINES:
        return
    if not decision["reasons"]:
        yield "a no without a reason"
    if "ferpa" in decision["reasons"] and not (decision["correction"] or _ferpa_stops(body)):
        yield "FERPA is blamed, no condition of it failed, and nothing corrects it"
    if decision["correction"] and ("ferpa" not in decision["reasons"] or _binding(body) != "no"):
        yield "FERPA is corrected where it stands in the way"
    if decision["correction"] == _clears() and body["determination"]["layers"]["ferpa"]["state"] not in CLEARED:
        yield "FERPA is cleared though nobody can tell yet"


def _clears() -> str:
    """The sentence that says that FERPA is not the reason."""
    return real.pack().wording.phrases["correction"]


def _ferpa_stops(body: Body) -> bool:
    """Does FERPA bind, does it stop an item that no basis lets go, and is a condition of it not met?"""
    found = body["determination"]
    free = {name for basis in found["bases"] if basis["status"] in ("met", "near") for name in basis["covers"]}
    stopped = [one for one in found["items"] if "ferpa" in one["stopped_by"]]
    kept = [one for one in stopped if not one["share"] and one["id"] not in free]
    return _binding(body) in ("shared", "sole") and kept == stopped != [] and any(_failed(body))


def _failed(body: Body) -> Iterator[Mapping[str, Any]]:
    """Conditions of FERPA that are not met, each with citations that the index of the law holds."""
    for basis in body["determination"]["bases"]:
        for one in basis["conditions"]:
            named = cited(one["cite"])
            if one["layer"] == "ferpa" and one["status"] != "met" and named and named <= paragraphs():
                yield one


def _binding(body: Body) -> str:
    return str(body["determination"]["layers"]["ferpa"]["binding"])


def _way_on(body: Body) -> Iterator[str]:
    """A no has a way to yes in its record, and the determination one of its own unless it is a yes."""
    found = body["determination"]
    if body["decision"]["choice"] not in DECLINES:
        return
    if not body["offered"]:
        yield "a no that offers nothing"
    if found["verdict"] not in CARRY_ON and not (found["routes"] or found["steps"]):
        yield f"{found['verdict']} without a route and without a step"
    if any(not route["steps_text"] for route in found["routes"]):
        yield "a route without steps"


def _figures(body: Body) -> Iterator[str]:
    decision = body["decision"]
    figure = figure_of(body)
    declined = decision["choice"] in DECLINES
    if declined and (figure == NAMED_NOT_BINDING) != bool(decision["correction"]):
        yield "the figures and the correction disagree"
    if declined and (figure == BOUND_NOTHING_WENT) != (_binding(body) != "no"):
        yield "the figures and the binding layer disagree"


def figure_of(body: Body) -> str:
    """The one figure in which the body counts."""
    return ferpa_figure(_binding(body), body["decision"]["choice"], body["decision"]["reasons"])


def some_answer(ask: Any, chance: random.Random) -> str | tuple[str, ...]:
    """An answer that the question offers, by chance: one, several or none of a list, also unsure."""
    ids = [option.id for option in ask.options]
    if ask.kind == "many":
        ticks = [name for name in ids if name != UNSURE]
        return tuple(chance.sample(ticks, min(len(ticks), chance.choice((0, 1, 1, 2, 3, 5)))))
    return {"date": "2026-11-24", "number": "12", "text": "some words"}.get(ask.kind) or chance.choice(ids)


def some_decision(chance: random.Random) -> dict[str, Any]:
    """A decision by chance, perhaps one that lacks something: choice, reasons, words and name."""
    reasons: Sequence[str] = chance.sample(LAYERS, chance.randint(0, 3))
    if chance.random() < 0.5 and "ferpa" not in reasons:
        reasons = (*reasons, "ferpa")
    return {
        "choice": chance.choice((*CHOICES, *DECLINES, *DECLINES)),
        "reasons": tuple(reasons),
        "words": chance.choice(("", "Because.", "Because.", "It is FERPA.")),
        "by_name": chance.choice(("", "N", "N", "R. Osei")),
    }
