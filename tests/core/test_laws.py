"""The laws of the engine, over random facts of the shipped rules."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.asking import next_page
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.laws import broken_laws
from ferpa_wizard.core.model import UNSURE, Severity
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.rating import rate_all
from ferpa_wizard.core.verdict import fate
from ferpa_wizard.core.walk import walk
from tests import real

DAY = "2026-11-24"
PACK = real.pack()


def _values(name: str) -> st.SearchStrategy[Answer]:
    question = PACK.questions[name]
    if question.kind == "items":
        return st.lists(st.sampled_from(list(PACK.items)), max_size=4, unique=True).map(tuple)
    ids = [option.id for option in question.options]
    if question.kind == "many":
        return st.lists(st.sampled_from(ids), unique=True).map(tuple)
    return st.sampled_from([*ids, UNSURE] if question.unsure else ids)


def _page(name: str) -> st.SearchStrategy[Answer]:
    rows = [tick.id for row in PACK.checklists[name].paperwork for tick in row.ticks()]
    return st.lists(st.sampled_from(rows), unique=True).map(tuple)


ALWAYS = ("requester", "items", "purpose", "family-wants", "students", "level")
ANSWERS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {name: _values(name) for name in ALWAYS},
    optional={
        **{name: _values(name) for name in PACK.questions if name not in ALWAYS},
        **{name: _page(name) for name in PACK.checklists},
    },
)


def _found(answers: dict[str, Any]) -> Determination:
    return determine(walk(PACK, answers, NO_PROFILE, DAY).facts, what_if=False)


@given(ANSWERS)
@settings(max_examples=150)
def test_every_determination_keeps_the_laws(answers: dict[str, Any]) -> None:
    assert list(broken_laws(_found(answers))) == []


@given(ANSWERS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_answers_never_matters(answers: dict[str, Any], chance: Any) -> None:
    names = list(answers)
    chance.shuffle(names)
    assert _found(answers) == _found({name: answers[name] for name in names})


@given(ANSWERS)
@settings(max_examples=80)
def test_what_remains_of_a_smaller_request_is_never_worse_off(answers: dict[str, Any]) -> None:
    items = answers["items"]
    if len(items) < 2:
        return
    facts = walk(PACK, answers, NO_PROFILE, DAY).facts
    fewer = walk(PACK, {**answers, "items": items[1:]}, NO_PROFILE, DAY).facts
    if facts.answers.keys() != fewer.answers.keys():
        return  # a question went with the item, so less is known too
    whole, part = rate_all(facts), rate_all(fewer)
    before = {item.id: fate(whole, item).severity for item in whole.items}
    assert all(fate(part, item).severity <= before[item.id] for item in part.items)


@given(ANSWERS)
@settings(max_examples=80)
def test_consent_given_never_makes_an_item_worse(answers: dict[str, Any]) -> None:
    rows = tuple(tick.id for row in PACK.checklists["papers-ferpa-consent"].paperwork for tick in row.ticks())
    asked = {name: answer for name, answer in answers.items() if name != "papers-ferpa-consent"}
    without = rate_all(walk(PACK, {**asked, "consent-signed": "no-consent"}, NO_PROFILE, DAY).facts)
    signed = {**asked, "consent-signed": "on-paper", "papers-ferpa-consent": rows}
    with_consent = rate_all(walk(PACK, signed, NO_PROFILE, DAY).facts)
    for item in without.items:
        assert fate(with_consent, item).severity <= fate(without, item).severity


@given(ANSWERS)
@settings(max_examples=80)
def test_a_layer_taken_away_never_raises_severity(answers: dict[str, Any]) -> None:
    ratings = rate_all(walk(PACK, answers, NO_PROFILE, DAY).facts)
    every = frozenset(("ferpa", "other_federal", "state", "district", "practical"))
    for item in ratings.items:
        for layer in every:
            assert ratings.ferpa(item, every - {layer}) <= ratings.ferpa(item)
            assert ratings.other(item, every - {layer}) <= ratings.other(item)


def test_an_unknown_is_never_a_yes() -> None:
    for answers in ({"requester": UNSURE}, {"requester": "provider", "purpose": UNSURE}):
        ratings = rate_all(walk(PACK, dict(answers), NO_PROFILE, DAY).facts)
        assert all(fate(ratings, item).severity > Severity.GO for item in ratings.items)


@given(ANSWERS)
@settings(max_examples=100)
def test_what_is_kept_from_answer_to_answer_is_what_would_be_worked_out_anew(answers: dict[str, Any]) -> None:
    facts = walk(PACK, answers, NO_PROFILE, DAY).facts
    fresh = Facts(PACK, facts.answers, facts.profile)
    assert determine(facts, what_if=False) == determine(fresh, what_if=False)
    assert next_page(facts) == next_page(fresh)
