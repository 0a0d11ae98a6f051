"""Beside each condition stands the answer that settles it, and no other."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.lines import answer_behind
from ferpa_wizard.core.sentences import LATER
from ferpa_wizard.core.walk import Walk, walk
from tests import real

DAY = "2026-11-24"
MOTHER: dict[str, Answer] = {
    "requester": "family", "family-who": "parent", "adult": "yes", "items": ("grades",), "family-wants": "see",
    "dependent": "unsure", "paper": "nothing",
}  # fmt: skip


def _walked(answers: dict[str, Answer]) -> Walk:
    return walk(real.pack(), answers, real.profiles()["example"], DAY)


def _behind(answers: dict[str, Answer], condition: str) -> tuple[str, str]:
    facts = _walked(answers).facts
    every = {one.id: one for basis in real.pack().bases for one in (*basis.whole, *basis.covers)}
    return answer_behind(every[condition], facts)


@pytest.mark.parametrize(
    ("condition", "question"),
    [("pd.1", "family-wants"), ("pd.rh", "adult"), ("pd.2", "dependent")],
)
def test_the_answer_that_settles_a_condition_stands_beside_it(condition: str, question: str) -> None:
    assert _behind(MOTHER, condition)[0] == question


def test_what_nobody_knows_is_told_as_that() -> None:
    label = real.pack().unsure.label
    assert label in _behind(MOTHER, "pd.2")[1]
    assert determine(_walked(MOTHER).facts).verdict == "missing-fact"


def test_an_answer_that_is_not_given_is_no_evidence() -> None:
    answers = {name: value for name, value in MOTHER.items() if name != "dependent"}
    assert _behind(answers, "pd.2") == ("dependent", "")


@pytest.mark.long
def test_every_condition_that_is_met_says_on_what_it_stands() -> None:
    for example in real.examples():
        found = determine(_walked(dict(example.answers)).facts)
        met = [one for basis in found.bases for one in basis.conditions if one.status == "met"]
        assert not [one.id for one in met if not one.because], example.id


def test_a_tick_is_evidence_before_the_profile_and_the_profile_before_a_tick_that_is_missing() -> None:
    answers: dict[str, Answer] = {
        "requester": "school", "school-who": "k12", "students": "few", "items": ("grades",), "purpose": "enrolment",
    }  # fmt: skip
    phrases = real.pack().wording.phrases
    assert real.profiles()["example"].answers["tr.4b1"] == "yes"

    def said(*ticks: str) -> str:
        walked = _walked({**answers, "papers-ferpa-transfer-enrolment": ticks})
        basis = next(one for one in determine(walked.facts).bases if one.id == "ferpa-transfer-enrolment")
        return next(one.because for one in basis.conditions if one.id == "tr.4")

    assert said() == phrases["because-kept"]
    assert said("tr.4b2") not in ("", phrases["because-kept"])


def test_the_shipped_rules_have_every_phrase_that_older_ones_may_lack() -> None:
    assert LATER.keys() <= real.pack().wording.phrases.keys()
