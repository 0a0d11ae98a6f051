"""Replay at its edges: options that are hidden, answers that come back, facts of the school, requests beyond the rules."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.change import change
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.values import take
from ferpa_wizard.core.walk import walk
from tests import real
from tests.core.small_pack import PROVIDER, REST, TREE_WHO, TREE_WHY, small_pack

DAY = "2026-11-24"
PACK = small_pack()
GROUP: dict[str, Answer] = {"requester": "group", "items": ("name", "grades"), "purpose": "service"}
HIDING = small_pack(
    **{
        "tree/why.yaml": TREE_WHY.replace("{requester: group}", "{requester: [group, family]}").replace(
            'label: "Their own program"', 'label: "Own", when: {requester: group}'
        )
    }
)
EMERGENCY = small_pack(
    **{
        "bases/emergency.yaml": PROVIDER.split("paperwork")[0]
        .replace("id: provider", "id: emergency").replace("effect: permits", "effect: emergency").replace("rank: 5", "rank: 1")
        .replace("p.0", "e.0").replace("p.1", "e.1").replace("{purpose: service}", "{danger: now}")
        .replace("{control: [written, unwritten]}", "{danger: now}").replace("    cure: {from: {control: none}", "    cure: {from: {danger: past}"),
        "tree/who.yaml": TREE_WHO
        + '  - {id: danger, section: who, ask: "Danger?", why: "w", find_out: "f", options: [{id: now, label: "Now"}, {id: past, label: "Past"}]}\n',
    }
)  # fmt: skip


def _ask(answers: dict[str, Answer], profile: Profile = NO_PROFILE, on: str = DAY) -> str | None:
    found = walk(PACK, answers, profile, on).ask
    return found.id if found else None


def test_an_option_hidden_by_other_answers_is_not_offered_and_not_taken() -> None:
    asked: dict[str, Answer] = {"requester": "family", "adult": "no", "items": ("grades",)}
    found = walk(HIDING, asked, NO_PROFILE, DAY)
    assert found.ask is not None
    assert [option.id for option in found.ask.options] == ["service", "unsure"]
    with pytest.raises(AnswerError):
        take("own", "purpose", found.facts)
    again = walk(HIDING, {**asked, "purpose": "own"}, NO_PROFILE, DAY)
    assert (again.ask, again.set_aside) == (found.ask, ("purpose",))


def test_real_options_follow_the_requester() -> None:
    def offered(who: str) -> set[str]:
        answers: dict[str, Answer] = {"level": "k12", "requester": who, "students": "few", "items": ("grades",)}
        ask = walk(real.pack(), answers, NO_PROFILE, DAY).ask
        assert ask is not None
        assert ask.id == "purpose"
        return {option.id for option in ask.options}

    assert "school-job" in offered("colleague") - offered("ourselves")
    assert "publish" in offered("ourselves") - offered("colleague")


@pytest.mark.parametrize("away", ["family", "court"])
def test_what_was_set_aside_is_back_exactly_when_the_change_is_undone(away: str) -> None:
    full: dict[str, Answer] = {**GROUP, "control": "none", "papers-provider": ("p.2",), "consent": "signed"}
    before = walk(PACK, full, NO_PROFILE, DAY)
    changed = walk(PACK, {**full, "requester": away}, NO_PROFILE, DAY)
    assert "purpose" in changed.set_aside
    assert "purpose" not in changed.facts.answers
    after = walk(PACK, {**full, "requester": "group"}, NO_PROFILE, DAY)
    assert (after.trail, after.ask, after.set_aside) == (before.trail, before.ask, before.set_aside)
    assert determine(after.facts) == determine(before.facts)


def test_a_set_aside_answer_reaches_no_rule() -> None:
    full: dict[str, Answer] = {**GROUP, "control": "written", "papers-provider": ("p.2", "p.3"), "requester": "family"}
    bare: dict[str, Answer] = {"requester": "family", "items": ("name", "grades")}
    assert determine(walk(PACK, full, NO_PROFILE, DAY).facts) == determine(walk(PACK, bare, NO_PROFILE, DAY).facts)


def test_an_answer_to_a_question_or_option_that_the_rules_do_not_have_is_set_aside() -> None:
    strange: dict[str, Answer] = {
        **GROUP,
        "no-such": "yes",
        "control": "magic",
        "papers-provider": ("nothing",),
        "listed": "name",
    }
    found = walk(PACK, strange, NO_PROFILE, DAY)
    assert set(found.set_aside) == {"no-such", "control", "papers-provider", "listed"}
    assert found.ask is not None
    assert found.ask.id == "control"


@pytest.mark.parametrize("wrong", ["", "x", (), ("group",), ("group", "group")])
def test_an_answer_of_another_shape_never_raises(wrong: Answer) -> None:
    assert _ask({"requester": wrong}) == "requester"


def test_a_change_lists_each_answer_once_and_applies_nothing() -> None:
    full: dict[str, Answer] = {**GROUP, "control": "written", "papers-provider": ("p.2",)}
    copy = dict(full)
    for question, new in (
        ("requester", "family"),
        ("requester", "court"),
        ("purpose", "own"),
        ("control", "none"),
        ("items", ("photo",)),
    ):
        found = change(PACK, full, {question: new}, profile=NO_PROFILE, on=DAY)
        named = [given.ask.id for given in (*found.kept, *found.asked_again, *found.set_aside)]
        assert sorted(named) == sorted(set(full) - {question})
        assert found.loses == bool(found.asked_again or found.set_aside)
        kept = {given.ask.id for given in found.kept}
        assert kept == set(walk(PACK, {**full, question: new}, NO_PROFILE, DAY).facts.answers) - {question}
    assert full == copy


def test_an_answer_whose_option_is_gone_is_asked_again_with_its_old_words() -> None:
    answered: dict[str, Answer] = {
        "level": "k12",
        "requester": "colleague",
        "students": "few",
        "items": ("grades",),
        "purpose": "school-job",
    }
    found = change(real.pack(), answered, {"requester": "ourselves"}, profile=NO_PROFILE, on=DAY)
    assert [given.ask.id for given in found.asked_again] == ["purpose"]
    assert found.asked_again[0].answer == "school-job"
    assert found.asked_again[0].label
    assert found.new is None


@pytest.mark.parametrize(("on", "asked"), [("2026-12-31", False), ("2027-01-01", True), ("2099-01-01", True)])
def test_a_standing_fact_holds_to_its_last_day(on: str, asked: bool) -> None:
    profile = Profile("S", "", {"listed": ("name",)}, {"listed": "2026-12-31"})
    answers: dict[str, Answer] = {"requester": "group", "items": ("photo",), "purpose": "own"}
    assert (_ask(answers, profile, on) == "listed") == asked


def test_what_people_say_goes_before_what_the_school_says() -> None:
    profile = Profile("S", "", {"listed": ()}, {"listed": "2099-12-31"})
    answers: dict[str, Answer] = {"requester": "group", "items": ("photo",), "purpose": "own", "listed": ("photo",)}
    found = walk(PACK, answers, profile, DAY)
    assert {given.ask.id: given.source for given in (*found.trail, *found.assumed)}["listed"] == "person"
    assert determine(found.facts).verdict == "may-share"


def test_a_standing_row_of_the_profile_is_not_put_to_people() -> None:
    profile = Profile("S", "", {"p.3": "yes"}, {"p.3": "2099-12-31"})
    ask = walk(PACK, {**GROUP, "control": "written"}, profile, DAY).ask
    assert ask is not None
    assert ask.id == "papers-provider"
    assert [option.id for option in ask.options] == ["p.2"]
    assert [option.id for option in ask.options] != ["p.2", "p.3"]


def test_a_request_beyond_the_rules_overrides_every_way() -> None:
    with_all: dict[str, Answer] = {
        "requester": "court",
        "items": ("name", "photo"),
        "listed": ("name", "photo"),
        "consent": "signed",
    }
    found = determine(walk(PACK, with_all, NO_PROFILE, DAY).facts)
    assert (found.verdict, found.basis) == ("judgement", None)
    assert found.layers["ferpa"].state == "not-covered"
    assert found.layers["ferpa"].binding == "no"
    assert all(not item.share and item.stopped_by == () and item.basis is None for item in found.items)
    assert found.steps == ()
    assert [route.id for route in found.routes if route.id == "ask-officer"]


def test_an_emergency_goes_before_a_request_beyond_the_rules() -> None:
    court: dict[str, Answer] = {"requester": "court", "items": ("grades",)}
    first = walk(EMERGENCY, court, NO_PROFILE, DAY)
    assert first.ask is not None
    assert first.ask.id == "danger"
    danger = determine(walk(EMERGENCY, {**court, "danger": "now"}, NO_PROFILE, DAY).facts)
    assert danger.verdict == "may-share-emergency"
    calm = determine(walk(EMERGENCY, {**court, "danger": "past"}, NO_PROFILE, DAY).facts)
    assert (calm.verdict, calm.basis) == ("judgement", None)


def test_a_question_falls_through_to_the_next_when_it_does_not_apply() -> None:
    assert _ask({"requester": "court"}) == "items"
    assert _ask({"requester": "family"}) == "adult"
    assert TREE_WHO.index("adult") > TREE_WHO.index("requester")
    assert "court" in REST["beyond.yaml"]


def test_no_item_picked_is_an_answer() -> None:
    found = walk(PACK, {**GROUP, "items": ()}, NO_PROFILE, DAY)
    assert "items" in found.facts.answers
    assert found.ask is not None
    assert found.ask.id == "control"


HELPER = """
id: helper
title: "Helper"
says: "s"
cite: "34 CFR 99.31"
effect: permits
rank: 6
who-and-why:
  - {id: h.0, says: "A job for us", no: "n", cite: "34 CFR 99.31", holds: {purpose: service}}
facts:
  - {id: h.1, says: "s", no: "n", cite: "34 CFR 99.31", burden: requester, holds: {control: none}}
  - {id: h.2, says: "s", no: "n", cite: "34 CFR 99.31", holds: {runs-meals: "yes"}}
"""


@pytest.mark.parametrize("idle", [{}, {"adult": "yes"}], ids=["all asked", "one idle"])
def test_what_was_asked_in_turn_counts_where_the_tree_alone_would_not_ask_it(idle: dict[str, Answer]) -> None:
    """What the requester has to show is its no until it is shown: only an answer to another basis opens this one."""
    cure = '    cure: {from: {control: none}, kind: designate, do: "Take control", by: officer}\n'
    shut = PROVIDER.replace(cure, '    no: "n"\n')
    pack = small_pack(**{"bases/helper.yaml": HELPER, "bases/provider.yaml": shut})
    asked: dict[str, Answer] = {"requester": "group", "items": ("grades",), "purpose": "service", "control": "none"}
    found = walk(pack, {**asked, "runs-meals": "yes", **idle}, NO_PROFILE, DAY)
    assert found.ask is None
    assert found.set_aside == tuple(idle)
