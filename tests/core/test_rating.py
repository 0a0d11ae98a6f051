"""How far one condition is from met: by what was answered, what is unknown, and what its cure allows."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.model import Pack, Severity
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.rating import rate
from ferpa_wizard.core.walk import walk
from tests.core.small_pack import PROVIDER, small_pack

PACK = small_pack()
CURE = '    cure: {from: {control: none}, kind: designate, do: "Take control", by: officer}\n'
# Control has to be in writing, and only where they run meals.
SOMETIMES = small_pack(
    **{
        "bases/provider.yaml": PROVIDER.replace(CURE, "").replace(
            "    holds: {control: [written, unwritten]}\n",
            '    when: {runs-meals: "yes"}\n    holds: {control: written}\n',
        )
    }
)


def _severity(pack: Pack, name: str, **answers: Answer) -> Severity:
    known = {key.replace("_", "-"): answer for key, answer in answers.items()}
    found = [one for basis in pack.bases for one in basis.whole if one.id == name]
    return rate(found[0], Facts(pack, known)).severity


@pytest.mark.parametrize(
    ("answer", "severity"),
    [("written", Severity.GO), ("unwritten", Severity.GO), ("none", Severity.STEP), ("unsure", Severity.STEP)],
)
def test_the_cure_belongs_to_the_answer(answer: str, severity: Severity) -> None:
    """Who is not sure needs a step at most, because no answer here is worse than one."""
    assert _severity(PACK, "p.1", control=answer) == severity


@pytest.mark.parametrize(("answer", "severity"), [("signed", 0), ("no", 4), ("refused", 7)])
def test_consent_is_another_class_than_a_step_and_a_refusal_is_a_no(answer: str, severity: int) -> None:
    assert _severity(PACK, "c.1", consent=answer) == severity


def test_what_has_an_unconditional_cure_is_a_step_while_it_is_unknown() -> None:
    assert _severity(PACK, "p.2") == Severity.STEP
    assert _severity(PACK, "p.2", papers_provider=("p.2",)) == Severity.GO
    assert _severity(PACK, "p.2", papers_provider=()) == Severity.STEP


@pytest.mark.parametrize(
    ("meals", "control", "severity"),
    [
        ("no", "none", Severity.GO),
        ("yes", "none", Severity.NO),
        ("yes", "written", Severity.GO),
        ("unsure", "none", Severity.OPEN),
        ("unsure", "written", Severity.GO),
    ],
)
def test_a_condition_counts_only_where_it_applies(meals: str, control: str, severity: Severity) -> None:
    """Where it is not known whether it applies, an unmet one is open and not a no."""
    assert _severity(SOMETIMES, "p.1", runs_meals=meals, control=control) == severity


def test_a_named_person_judges_what_nobody_is_sure_of() -> None:
    family: dict[str, Answer] = {"requester": "family", "adult": "unsure", "items": ("grades",)}
    assert _severity(PACK, "a.1", **family) == Severity.JUDGE
    found = determine(walk(PACK, family, NO_PROFILE, "2026-11-24").facts)
    assert found.verdict == "judgement"
    assert found.judge is not None
    assert found.judge.role == "The principal"
    assert not any(item.share for item in found.items)


def test_who_was_never_asked_is_no_matter_for_a_judge() -> None:
    assert _severity(PACK, "a.1", requester="family") == Severity.OPEN
