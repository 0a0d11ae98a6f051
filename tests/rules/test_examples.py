"""The worked requests come out as their authors say."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.examples import Example, differences, run
from ferpa_wizard.core.model import VERDICTS
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
