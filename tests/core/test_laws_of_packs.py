"""The laws of the engine over random facts, of a small pack and of the shipped rules alike."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.model import LAYERS, UNSURE, Severity
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.rating import rate_all
from ferpa_wizard.core.verdict import fate
from ferpa_wizard.core.walk import Walk, walk
from tests import real
from tests.core.random_facts import Answered, answers
from tests.core.small_pack import small_pack

DAY = "2026-11-24"
SMALL = small_pack()
PACKS = {"small": SMALL, "real": real.pack()}
ALWAYS = {"small": ("requester", "items"), "real": ("requester", "items", "purpose", "level")}
GIVEN = {name: answers(pack, always=ALWAYS[name]) for name, pack in PACKS.items()}
CASES = st.sampled_from(["small", "real"]).flatmap(lambda name: st.tuples(st.just(name), GIVEN[name]))
YES = {"must-share", "may-share", "may-share-emergency", "not-ferpa"}
few = settings(max_examples=40)


def _facts(name: str, answered: Answered) -> Facts:
    return Facts(PACKS[name], answered)


def _severities(facts: Facts) -> dict[str, Severity]:
    ratings = rate_all(facts)
    return {item.id: fate(ratings, item).severity for item in ratings.items}


def _way_on(found: Determination) -> bool:
    return bool(found.routes or found.steps)


@given(CASES)
@few
def test_ferpa_is_named_only_when_it_binds_an_item(case: tuple[str, Answered]) -> None:
    found = determine(_facts(*case), what_if=False)
    for layer in LAYERS:
        assert (found.layers[layer].binding != "no") == any(layer in item.stopped_by for item in found.items)
    for item in found.items:
        assert not (item.share and item.stopped_by)


@given(CASES)
@few
def test_every_no_shows_a_way_on_and_every_yes_shares_all(case: tuple[str, Answered]) -> None:
    found = determine(_facts(*case), what_if=False)
    if found.verdict not in YES:
        assert _way_on(found)
    if found.verdict == "not-ferpa":
        assert any(duty.when == "before" for duty in found.duties)
    if found.verdict in YES:
        assert all(item.share for item in found.items)
    if found.verdict == "part":
        assert {item.share for item in found.items} == {True, False}


@given(CASES)
@few
def test_no_yes_is_unqualified_while_a_layer_is_unchecked(case: tuple[str, Answered]) -> None:
    found = determine(_facts(*case), what_if=False)
    heard = {name for name in LAYERS[1:4] if found.layers[name].state not in ("not-covered", "not-checked")}
    assert set(found.unchecked) == set(LAYERS[1:4]) - heard
    assert {"state", "district"} <= set(found.unchecked)  # neither pack holds a rule of theirs
    asking = {duty.id for duty in PACKS[case[0]].duties.values() if duty.unchecked}
    assert asking & {duty.id for duty in found.duties}
    if case[0] == "small" and found.verdict in {*YES, "part", "after-steps"}:
        assert "unchecked-state" in found.says


@given(CASES, st.data())
@few
def test_a_yes_stays_when_more_is_known(case: tuple[str, Answered], data: st.DataObject) -> None:
    name, answered = case
    facts = walk(PACKS[name], answered, NO_PROFILE, DAY).facts
    unknown = [one for one in facts.pack.questions.values() if facts.is_open(one) and one.kind == "one"]
    assume(unknown)
    question = data.draw(st.sampled_from(unknown))
    more = facts.supposing(question.id, data.draw(st.sampled_from([option.id for option in question.options])))
    before, after = _severities(facts), _severities(more)
    assert [
        item for item in before if item in after and before[item] == Severity.GO and after[item] > Severity.GO
    ] == []


@given(CASES, st.randoms(use_true_random=False))
@few
def test_the_order_of_answers_never_matters(case: tuple[str, Answered], chance: random.Random) -> None:
    name, answered = case
    names = list(answered)
    chance.shuffle(names)
    shuffled = {one: answered[one] for one in names}
    first, second = (walk(PACKS[name], some, NO_PROFILE, DAY) for some in (answered, shuffled))
    assert first.ask == second.ask
    assert set(first.set_aside) == set(second.set_aside)
    assert first.facts.answers == second.facts.answers
    assert determine(first.facts, what_if=False) == determine(second.facts, what_if=False)


@given(CASES)
@few
def test_what_is_supposed_is_as_if_it_had_been_answered(case: tuple[str, Answered]) -> None:
    """What was worked out before an answer came must not outlive it."""
    name, answered = case
    grown = Facts(PACKS[name], {})
    for page, answer in answered.items():
        rate_all(grown)
        grown = grown.supposing(page, answer)
    assert determine(grown, what_if=False) == determine(_facts(name, answered), what_if=False)


@given(CASES)
@few
def test_what_counts_counts_again(case: tuple[str, Answered]) -> None:
    name, answered = case
    once = walk(PACKS[name], answered, NO_PROFILE, DAY)
    again = walk(PACKS[name], once.facts.answers, NO_PROFILE, DAY)
    assert again.set_aside == ()
    assert again.ask == once.ask
    assert {given.ask.id for given in again.trail} == {given.ask.id for given in once.trail}
    assert determine(again.facts, what_if=False) == determine(once.facts, what_if=False)


@given(GIVEN["small"], st.data())
@few
def test_a_smaller_request_never_worsens_what_remains(answered: Answered, data: st.DataObject) -> None:
    items = answered["items"]
    assume(len(items) > 1)
    left = data.draw(st.sets(st.sampled_from(sorted(items)), min_size=1))
    fewer = {**answered, "items": tuple(item for item in items if item in left)}
    before, after = _severities(Facts(SMALL, answered)), _severities(Facts(SMALL, fewer))
    assert all(after[item] <= before[item] for item in after)


@given(GIVEN["small"])
@few
def test_consent_given_never_makes_an_item_worse(answered: Answered) -> None:
    without = {name: answer for name, answer in answered.items() if name != "consent"}
    before = _severities(Facts(SMALL, without))
    after = _severities(Facts(SMALL, {**without, "consent": "signed"}))
    assert all(after[item] <= before[item] for item in after)


@given(CASES)
@few
def test_a_must_names_a_duty_and_a_judge_belongs_to_a_judgement(case: tuple[str, Answered]) -> None:
    found = determine(_facts(*case), what_if=False)
    bases = {basis.id: basis for basis in PACKS[case[0]].bases}
    if found.verdict == "must-share":
        assert found.basis is not None
        assert bases[found.basis.id].effect == "requires"
    assert (found.judge is not None) == (found.verdict == "judgement")
    chosen = [item.basis for item in found.items if item.share]
    assert all(one is not None for one in chosen)


def _to_the_end(name: str, seed: int, *, unsure: bool) -> Iterator[Walk]:
    chance = random.Random(seed)
    answered: dict[str, Answer] = {}
    while True:
        found = walk(PACKS[name], answered, NO_PROFILE, DAY)
        yield found
        if found.ask is None:
            return
        ids = [option.id for option in found.ask.options if unsure or option.id != UNSURE]
        many = tuple(one for one in ids if chance.random() < 0.4)
        answered[found.ask.id] = chance.choice(ids) if found.ask.kind == "one" else many


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", range(25))
def test_who_is_never_unsure_never_ends_at_a_missing_fact(name: str, seed: int) -> None:
    steps = list(_to_the_end(name, seed, unsure=False))
    found = determine(steps[-1].facts)
    assert found.verdict != "missing-fact"
    assert found.unknown == ()
    assert steps[-1].set_aside == ()
    assert [given.ask.id for given in steps[-1].trail] == [step.ask.id for step in steps if step.ask]


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", range(20))
def test_each_page_brings_the_end_nearer(name: str, seed: int) -> None:
    asks = [step.ask for step in _to_the_end(name, seed, unsure=True) if step.ask]
    assert all(ask.at_most_more >= len(asks) - 1 - place for place, ask in enumerate(asks))
    assert len({ask.id for ask in asks}) == len(asks)
