"""Which layer says no, on packs made for the question: alone, together, either of them, and FERPA not at all."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.layers import alone, binding
from ferpa_wizard.core.model import LAYERS, Pack, Severity
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.rating import Ratings, rate_all
from ferpa_wizard.core.walk import walk
from tests.core.random_facts import Answered, answers
from tests.core.small_pack import PROVIDER, small_pack

DAY = "2026-11-24"
# Two more layers that say no to grades: the state unless it is for a service, the district always.
BARRIER = """
id: {layer}-rule
title: "A rule of the {layer}"
layer: {layer}
cite: "42 USC 1"
says: "It guards grades."
leave-out: "Leave grades out"
stops: {{item: grades}}
unless:
  - {{id: {layer}.1, says: "For a service", cite: "42 USC 1", holds: {{{lifted}}}}}
"""
STATE = BARRIER.format(layer="state", lifted="purpose: service")
DISTRICT = BARRIER.format(layer="district", lifted="control: written")
TWO = small_pack(**{"barriers/state.yaml": STATE, "barriers/district.yaml": DISTRICT})
SERVICE: dict[str, Answer] = {
    "requester": "group", "items": ("grades",), "purpose": "service", "control": "written", "papers-provider": ("p.2", "p.3"),
}  # fmt: skip


def _found(pack: Pack, **changed: Answer) -> Determination:
    return determine(walk(pack, {**SERVICE, **changed}, NO_PROFILE, DAY).facts)


def _strengths(found: Determination) -> dict[str, str]:
    return {name: layer.binding for name, layer in found.layers.items() if layer.binding != "no"}


def test_nobody_says_no_when_it_may_go() -> None:
    found = _found(TWO)
    assert (found.verdict, _strengths(found)) == ("may-share", {})


def test_the_one_layer_that_says_no_is_sole_and_ferpa_is_not_named() -> None:
    found = _found(TWO, control="unwritten")
    assert found.verdict == "other-rule"
    assert _strengths(found) == {"district": "sole"}
    assert found.items[0].stopped_by == ("district",)
    assert found.layers["ferpa"].state == "does-not-object"


def test_each_layer_that_would_say_no_alone_shares_it() -> None:
    found = _found(TWO, purpose="own", control="unwritten")
    assert _strengths(found) == {"ferpa": "shared", "state": "shared", "district": "shared"}


def test_ferpa_alone_is_sole() -> None:
    found = _found(small_pack(), purpose="own")
    assert (found.verdict, _strengths(found)) == ("consent", {"ferpa": "sole"})


@pytest.mark.parametrize(("layer", "law"), [("state", ""), ("other_federal", 'law: "Meal law", ')])
def test_what_another_law_adds_to_a_ferpa_way_is_the_no_of_that_law(layer: str, law: str) -> None:
    """FERPA alone would let it go; that the rule stands inside a FERPA way does not make it FERPA's."""
    row = f'  - {{id: p.9, layer: {layer}, {law}says: "A permit", cite: "34 CFR 99.31", holds: {{consent: signed}}}}\n'
    split = PROVIDER.replace("paperwork:\n", f"{row}paperwork:\n")
    found = _found(small_pack(**{"bases/provider.yaml": split}))
    assert found.verdict == "other-rule"
    assert found.items[0].stopped_by == (layer,)
    assert _strengths(found) == {layer: "sole"}
    assert found.layers["ferpa"].state == "does-not-object"


def test_a_federal_condition_inside_a_ferpa_way_says_what_the_way_is() -> None:
    """Another federal law shuts the way, and what is left is FERPA's own rule: ask for consent."""
    row = '  - {id: p.9, layer: other_federal, says: "s", cite: "34 CFR 99.31", holds: {consent: signed}}\n'
    split = PROVIDER.replace("paperwork:\n", f"{row}paperwork:\n")
    found = _found(small_pack(**{"bases/provider.yaml": split}))
    assert found.verdict == "consent"
    assert found.items[0].stopped_by == ("ferpa", "other_federal")


def test_strength_over_a_request_is_the_strongest_over_its_items() -> None:
    found = _found(TWO, purpose="own", control="unwritten", items=("grades", "secret"))
    assert {item.id: item.stopped_by for item in found.items} == {
        "grades": ("ferpa", "state", "district"),
        "secret": ("ferpa",),
    }
    assert _strengths(found) == {"ferpa": "sole", "state": "shared", "district": "shared"}


def test_what_is_unsettled_is_not_stopped() -> None:
    found = _found(TWO, purpose="unsure")
    assert found.items[0].stopped_by == ()
    assert found.layers["ferpa"].state == "depends"
    assert found.layers["ferpa"].binding == "no"


@pytest.mark.parametrize(
    ("layer", "verdict"), [("state", "judgement"), ("district", "must-share"), ("practical", "must-share")]
)
def test_a_duty_meets_a_no_of_law_as_a_question_for_counsel_and_no_policy_undoes_it(layer: str, verdict: str) -> None:
    barrier = BARRIER.format(layer=layer, lifted="consent: signed")
    asked: dict[str, Answer] = {"requester": "family", "adult": "no", "items": ("grades",)}
    pack = small_pack(**{f"barriers/{layer}.yaml": barrier})
    found = determine(walk(pack, asked, NO_PROFILE, DAY).facts)
    assert found.verdict == verdict
    assert found.layers["ferpa"].binding == "no"


def _by_definition(ratings: Ratings, item: Item) -> dict[str, str]:
    """Every set of layers that stops the item, those without a smaller one inside, and who is in some and in all."""
    sets = [set(some) for size in range(1, 6) for some in combinations(LAYERS, size)]
    stopping = [some for some in sets if alone(ratings, item, frozenset(some)) >= Severity.CONSENT]
    minimal = [some for some in stopping if not any(other < some for other in stopping)]
    named = [layer for layer in LAYERS if any(layer in some for some in minimal)]
    return {layer: "sole" if all(layer in some for some in minimal) else "shared" for layer in named}


@given(answers(TWO, always=("requester", "items")))
@settings(max_examples=50)
def test_binding_is_what_its_definition_says(answered: Answered) -> None:
    ratings = rate_all(Facts(TWO, answered))
    for item in ratings.items:
        assert binding(ratings, item) == _by_definition(ratings, item)


@given(answers(TWO, always=("requester", "items")))
@settings(max_examples=50)
def test_more_layers_never_make_an_item_freer(answered: Answered) -> None:
    ratings = rate_all(Facts(TWO, answered))
    for item in ratings.items:
        for layers in (frozenset(some) for some in combinations(LAYERS, 2)):
            for layer in layers:
                assert alone(ratings, item, layers - {layer}) <= alone(ratings, item, layers)
