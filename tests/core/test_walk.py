"""Replay: back, change, set aside, profile, presumption, unsure."""

from __future__ import annotations

from ferpa_wizard.core.change import change
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.walk import on_pages, walk
from tests.core.small_pack import FACTS, TREE_WHO, TREE_WHY, small_pack

DAY = "2026-11-24"
PACK = small_pack()
PROFILE = Profile(
    "School", "", {"p.3": "yes", "listed": ("name", "photo")}, {"p.3": "2026-12-31", "listed": "2026-12-31"}
)
FULL: dict[str, Answer] = {
    "requester": "group",
    "items": ("name", "grades"),
    "purpose": "service",
    "control": "written",
    "papers-provider": ("p.2",),
}


def test_answers_are_replayed_in_the_order_of_asking() -> None:
    found = walk(PACK, dict(reversed(FULL.items())), PROFILE, DAY)
    assert [given.ask.id for given in found.trail] == list(FULL)
    assert found.ask is None
    assert determine(found.facts).verdict == "may-share"


def test_an_answer_that_no_longer_counts_is_set_aside_and_comes_back() -> None:
    changed = {**FULL, "requester": "family"}
    aside = walk(PACK, changed, PROFILE, DAY)
    assert set(aside.set_aside) == {"purpose", "control", "papers-provider"}
    assert aside.ask is not None and aside.ask.id == "adult"
    assert walk(PACK, {**changed, "requester": "group"}, PROFILE, DAY).set_aside == ()


def test_a_change_tells_what_it_would_do_and_does_nothing() -> None:
    found = change(PACK, FULL, {"purpose": "own"}, profile=PROFILE, on=DAY)
    assert [given.ask.id for given in found.kept] == ["requester", "items"]
    assert {given.ask.id for given in found.set_aside} == {"control", "papers-provider"}
    assert found.loses
    same = change(PACK, FULL, {"control": "unwritten"}, profile=PROFILE, on=DAY)
    assert not same.loses


def test_the_profile_answers_until_its_day_and_then_people_are_asked() -> None:
    asked: dict[str, Answer] = {"requester": "group", "items": ("name",), "purpose": "own"}
    assert walk(PACK, asked, PROFILE, DAY).ask is None
    later = walk(PACK, asked, PROFILE, "2027-01-01").ask
    assert later is not None and later.id == "listed"


def test_a_presumed_fact_is_shown_and_can_be_changed() -> None:
    asked: dict[str, Answer] = {"requester": "group", "items": ("grades",), "purpose": "own"}
    presumed = walk(PACK, asked, PROFILE, DAY)
    assert ("consent", "presumed") in [(given.ask.id, given.source) for given in presumed.assumed]
    signed = walk(PACK, {**asked, "consent": "signed"}, PROFILE, DAY)
    assert determine(signed.facts).verdict == "may-share"


def test_a_presumed_fact_that_was_changed_opens_a_question_of_the_tree() -> None:
    form = """  - id: form
    section: why
    when: {consent: signed}
    ask: "Is it dated?"
    why: "w"
    find_out: "f"
    options: [{id: "yes", label: "Yes"}, {id: "no", label: "No"}]
"""
    pack = small_pack(**{"tree/why.yaml": TREE_WHY + form})
    answers: dict[str, Answer] = {"requester": "group", "items": ("grades",), "purpose": "own", "consent": "signed"}
    asked = walk(pack, answers, PROFILE, DAY)
    assert asked.ask is not None and asked.ask.id == "form"
    answered = walk(pack, {**answers, "form": "yes"}, PROFILE, DAY)
    assert answered.set_aside == ()
    assert answered.ask is None
    assert "form" in walk(pack, {**answers, "form": "yes", "consent": "no"}, PROFILE, DAY).set_aside


def test_what_opened_a_question_counts_with_its_answer_where_no_basis_needs_it() -> None:
    form = (
        TREE_WHO
        + """  - id: form
    section: who
    when: {consent: signed}
    ask: "Is it dated?"
    why: "w"
    find_out: "f"
    options: [{id: "yes", label: "Yes"}, {id: "no", label: "No"}]
"""
    )
    pack = small_pack(**{"tree/who.yaml": form})
    for requester in ("family", "group", "court"):
        once = walk(pack, {"requester": requester, "consent": "signed", "form": "yes"}, PROFILE, DAY)
        assert once.set_aside == ()
        assert walk(pack, once.facts.answers, PROFILE, DAY).set_aside == ()


def test_asks_are_told_apart_by_pages() -> None:
    pack = small_pack(
        **{
            "tree/why.yaml": TREE_WHY.replace("  - id: purpose\n", "  - id: purpose\n    on-page: use\n"),
            "facts/all.yaml": FACTS.replace("  - id: control\n", "  - id: control\n    on-page: use\n"),
        }
    )
    trail = walk(pack, FULL, PROFILE, DAY).trail
    pages = on_pages(given.ask for given in trail)
    assert [[ask.id for ask in page] for page in pages] == [
        ["requester"], ["items"], ["purpose", "control"], ["papers-provider"],
    ]  # fmt: skip


def test_an_unsure_trigger_closes_a_basis_for_asking_and_not_for_rating() -> None:
    found = walk(PACK, {"requester": "group", "items": ("grades",), "purpose": "unsure"}, PROFILE, DAY)
    assert found.ask is None
    assert {line.id: line.status for line in determine(found.facts).bases}["provider"] == "unknown"


def test_a_request_beyond_the_pack_asks_no_more_and_names_nobody_but_the_officer() -> None:
    found = walk(PACK, {"requester": "court", "items": ("grades",)}, NO_PROFILE, DAY)
    determination = determine(found.facts)
    assert found.ask is None
    assert (determination.verdict, determination.basis) == ("judgement", None)
    assert determination.layers["ferpa"].state == "not-covered"


def test_answers_that_are_not_offered_are_asked_again() -> None:
    found = walk(PACK, {"requester": "nobody", "purpose": "service"}, NO_PROFILE, DAY)
    assert found.ask is not None and found.ask.id == "requester"
    assert "requester" in found.set_aside


def test_two_layers_that_each_stop_an_item_share_the_no() -> None:
    asked: dict[str, Answer] = {"requester": "group", "items": ("meals-item",), "purpose": "own", "runs-meals": "no"}
    found = determine(walk(PACK, asked, PROFILE, DAY).facts)
    assert found.items[0].stopped_by == ("ferpa", "other_federal")
    assert found.layers["ferpa"].binding == found.layers["other_federal"].binding == "shared"


def test_every_path_stays_within_the_bound_of_its_first_question() -> None:
    def longest(answers: dict[str, Answer]) -> int:
        ask = walk(PACK, answers, NO_PROFILE, DAY).ask
        if ask is None:
            return 0
        picks: list[Answer] = [option.id for option in ask.options]
        if ask.kind == "many":
            picks = [(), tuple(str(pick) for pick in picks)]
        deeper = max(longest({**answers, ask.id: pick}) for pick in picks)
        assert deeper <= ask.at_most_more
        return deeper + 1

    longest({})
