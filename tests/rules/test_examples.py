"""The worked requests come out as their authors say."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.examples import Example, differences, run
from ferpa_wizard.core.layers import told_as
from ferpa_wizard.core.model import VERDICTS
from ferpa_wizard.core.walk import walk
from tests import real


@pytest.mark.parametrize("example", real.examples(), ids=lambda example: example.id)
def test_example(example: Example) -> None:
    walk, determination = run(example, real.pack(), real.profiles())
    assert differences(example, walk, determination) == []


def test_there_are_at_least_twenty_and_they_reach_most_verdicts() -> None:
    assert len(real.examples()) >= 20
    assert {example.verdict for example in real.examples()} >= set(VERDICTS) - {"missing-fact"}


def _example(ident: str) -> Example:
    return next(example for example in real.examples() if example.id == ident)


def test_a_missing_contract_alone_is_never_ferpas_no() -> None:
    _, unwritten = run(_example("tutoring-control-unwritten"), real.pack(), real.profiles())
    basis = unwritten.basis
    assert basis is not None
    control = next(line for line in basis.conditions if line.id == "soo.3")
    assert control.status == "met"
    assert "soo.7" in [line.id for line in unwritten.advice]
    assert unwritten.layers["ferpa"].binding == "no"
    assert unwritten.layers["ferpa"].state == "does-not-object"


def test_control_not_taken_yet_is_one_step_beside_the_lunch_law() -> None:
    _, found = run(_example("tutoring-no-control"), real.pack(), real.profiles())
    assert found.verdict == "after-steps"
    assert [step.id for step in found.steps] == ["soo.3", "nsla"]
    assert found.steps[1].removes == ("meal-status",)
    assert {item.id: item.stopped_by for item in found.items}["meal-status"] == ("other_federal",)


def test_steps_that_ferpa_asks_for_are_told_along_with_a_reason_that_does_not_stand() -> None:
    told = []
    for ticked in (("os.1v", "os.3"), ("os.1v", "os.2n", "os.3")):
        answers = {**_example("subpoena-called-forbidden").answers, "papers-ferpa-order-subpoena": ticked}
        challenge = determine(walk(real.pack(), answers, real.profiles()["example"], "2026-11-24").facts).challenge
        assert challenge is not None
        told.append((challenge.stands, challenge.says))
    assert [stands for stands, _ in told] == ["no", "no"]
    assert told[0] != told[1]


@pytest.mark.parametrize(
    "name",
    [
        "job-agency-transition",
        "drug-program-for-coach",
        "dean-wants-aid-data",
        "coach-wants-meal-status",
        "proof-consent-taken-back",
    ],
)
def test_where_other_law_alone_says_no_the_first_way_lifts_it(name: str) -> None:
    _, found = run(_example(name), real.pack(), real.profiles())
    first = next(route for route in real.pack().routes if route.id == found.routes[0].id)
    assert {"con.9", *(barrier.id for barrier in real.pack().barriers)}.intersection(first.mends)


def test_a_way_that_does_not_decide_names_no_law() -> None:
    """A consent that was taken back shuts one way; the way that is open is stopped by the law on billing alone."""
    _, found = run(_example("proof-billing-consent-taken-back"), real.pack(), real.profiles())
    billing = next(barrier for barrier in real.pack().barriers if barrier.id == "idea-billing")
    consent = next(basis for basis in real.pack().bases if basis.id == "ferpa-consent")
    law = next(one.law for one in consent.covers if one.law)
    says = found.layers["other_federal"].says
    assert billing.title in says
    assert law not in says.replace(billing.title, "")


def test_ferpa_is_not_said_to_allow_only_a_part_where_another_law_stops_the_rest() -> None:
    shown = ("right-signer", "dated", "records", "purpose", "recipient", "proof")  # taken back, and wider than it says
    answers = {**_example("plan-consent-taken-back").answers, "form-shows": shown}
    found = determine(walk(real.pack(), answers, real.profiles()["example"], "2026-11-24").facts)
    assert (found.verdict, found.layers["ferpa"].binding) == ("after-steps", "no")
    assert not found.label.startswith(real.pack().wording.phrases["after-steps-part"].split("{")[0])


def test_a_layer_that_stops_an_item_together_with_another_says_so() -> None:
    _, found = run(_example("k016-motel-families"), real.pack(), real.profiles())
    stopped = {layer for item in found.items for layer in item.stopped_by}
    assert stopped == {"ferpa", "other_federal"}
    assert {told_as(found.layers[layer].state, found.layers[layer].binding) for layer in stopped} == {"objects"}
    assert "42 USC 11432(g)(3)(G)" in found.layers["other_federal"].says
