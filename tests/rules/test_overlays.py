"""The shipped states and the district to copy: they read, their examples hold, they only add, and nothing is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import ProfileError, RulesError
from ferpa_wizard.core.examples import Example, differences, run
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.model import MARKS, Pack, Severity
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.rating import rate_all
from ferpa_wizard.core.read_pack import pack_from_bytes, read_pack
from ferpa_wizard.core.record import Decision, seal
from ferpa_wizard.core.verdict import fate
from ferpa_wizard.core.walk import Walk, walk
from ferpa_wizard.documents.document import Callout, Document
from ferpa_wizard.documents.record_paper import record_paper
from ferpa_wizard.requests.desk import Desk
from tests import real
from tests.core.random_facts import Answered, answers

DAY = "2026-11-24"
NAMES = (*real.states(), "example")
ALWAYS = ("requester", "items", "purpose", "level")


@cache
def _examples() -> list[tuple[str, Example]]:
    return [(name, example) for name in NAMES for example in real.examples_with(name)]


def _run(name: str, example: Example) -> tuple[Walk, Determination]:
    return run(example, real.with_overlays(name), real.profiles_with(name))


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_and_says_who_reviewed_it(name: str) -> None:
    (overlay,) = real.with_overlays(name).overlays
    assert overlay.layer == ("district" if name == "example" else "state")
    assert overlay.review
    assert overlay.mark in MARKS


def test_all_of_them_read_together_so_no_two_share_a_name() -> None:
    assert len(real.with_overlays(*NAMES).overlays) == len(NAMES)


@pytest.mark.parametrize(("name", "example"), _examples(), ids=lambda one: getattr(one, "id", one))
def test_example(name: str, example: Example) -> None:
    assert differences(example, *_run(name, example)) == []


# Every rule comes out in some example


def _added(name: str) -> set[str]:
    """The ids of what an overlay brings, other than sources and what is derived."""
    return set(_ids(real.with_overlays(name))) - set(_ids(real.pack()))


def _ids(pack: Pack) -> Iterator[str]:
    yield from (*pack.questions, *pack.duties)
    yield from (barrier.id for barrier in pack.barriers)
    yield from (route.id for route in pack.routes)
    yield from (time.id for duty in pack.duties.values() for time in duty.sooner)
    for basis in pack.bases:
        yield from (condition.id for condition in (*basis.whole, *basis.covers))
        yield from (line.id for line in basis.advice)
        yield from (line.id for line in basis.myths)


def _seen(found: Walk, result: Determination) -> Iterator[str]:
    """What this request asked, stopped, left to do and came out with."""
    ratings = rate_all(found.facts)
    yield from (given.ask.id for given in (*found.trail, *found.assumed))
    for basis in ratings.bases:
        rated = [*basis.conditions, *(one for cover in basis.cover.values() for one in cover)]
        yield from (one.condition.id for one in rated if one.severity > Severity.GO)
    for stopped in ratings.barriers:
        if any(stopped.at(item) > Severity.GO for item in ratings.items):
            yield stopped.barrier.id
    yield from (duty.id for duty in result.duties)
    yield from (line.id for line in result.advice)
    yield from (route.id for route in result.routes)
    yield from (myth.id for myth in result.myths)
    for duty in result.duties:
        times = found.facts.pack.duties[duty.id].sooner
        yield from (time.id for time in times if time.days == duty.days)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_comes_out_in_an_example(name: str) -> None:
    seen = {one for which, example in _examples() if which == name for one in _seen(*_run(name, example))}
    assert _added(name) - seen == set()


# They only add


def _answered(name: str) -> st.SearchStrategy[tuple[str, Answered]]:
    return st.tuples(st.just(name), answers(real.with_overlays(name), always=ALWAYS))


CASES = st.sampled_from(NAMES).flatmap(_answered)


@given(CASES)
@settings(max_examples=100)
def test_no_overlay_makes_an_item_better(case: tuple[str, Answered]) -> None:
    name, answered = case
    pack = real.with_overlays(name)
    before, after = rate_all(Facts(real.pack(), answered)), rate_all(Facts(pack, answered))
    for item in before.items:
        assert fate(after, item).severity >= fate(before, item).severity


@pytest.mark.parametrize("start", [{"start": "danger"}, {"start": "request", "purpose": "safety"}])
@given(CASES)
@settings(max_examples=50)
def test_no_shipped_overlay_holds_up_help_in_danger(start: dict[str, str], case: tuple[str, Answered]) -> None:
    name, asked = case
    answered: Answered = {**asked, **start, "threat": "now", "who-told": "right"}
    before = determine(walk(real.pack(), answered, NO_PROFILE, DAY).facts, what_if=False)
    assume(before.verdict == "may-share-emergency")  # some of those who ask are never asked for their purpose
    after = determine(walk(real.with_overlays(name), answered, NO_PROFILE, DAY).facts, what_if=False)
    assert (after.verdict, after.steps) == (before.verdict, before.steps)


@given(CASES)
@settings(max_examples=80)
def test_where_only_the_overlay_stops_it_ferpa_is_not_blamed(case: tuple[str, Answered]) -> None:
    name, answered = case
    found = determine(walk(real.with_overlays(name), answered, NO_PROFILE, DAY).facts, what_if=False)
    if found.verdict == "other-rule":
        assert found.layers["ferpa"].binding == "no"


# No unqualified yes

UNCHECKED = "Not checked here: "
OPEN_ENDS = ("judgement", "missing-fact", "not-as-asked")  # nobody reads these as a yes


@given(answers(real.pack(), always=ALWAYS))
@settings(max_examples=150)
def test_without_an_overlay_no_sentence_is_an_unqualified_yes(answered: Answered) -> None:
    found = determine(walk(real.pack(), answered, NO_PROFILE, DAY).facts, what_if=False)
    assert set(found.unchecked) >= {"state", "district"}
    assert [duty.id for duty in found.duties if duty.id.startswith("check-layers")]
    if found.verdict not in OPEN_ENDS:
        unchecked = found.says.partition(UNCHECKED)[2]
        assert "state law" in unchecked
        assert "district policy" in unchecked


@given(CASES.filter(lambda case: case[0] != "example"))
@settings(max_examples=80)
def test_with_a_state_the_sentence_tells_what_of_it_was_looked_at(case: tuple[str, Answered]) -> None:
    name, answered = case
    pack = real.with_overlays(name)
    found = determine(
        walk(pack, {**answered, "start": "request", "level": "k12"}, NO_PROFILE, DAY).facts, what_if=False
    )
    law = pack.overlays[0].name
    assert f"Only the rules of {law} that are held here were looked at" in found.layers["state"].says
    assert found.layers["state"].mark in MARKS
    if found.verdict not in OPEN_ENDS:
        assert f"Of {law}, only the rules held here were checked." in found.says
        unchecked = found.says.rpartition("Not checked here: ")[2]
        assert "district policy" in unchecked
        assert "state law" not in unchecked


def _by_verdict() -> dict[str, Example]:
    return {example.verdict: example for example in real.examples()}


def _paper(walked: Walk, found: Determination) -> tuple[dict[str, object], Document]:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    decision = Decision("ask-officer", words="w", by_name="R. Osei")
    body = seal(walked, found, decision, intake=Intake("t"), profile=NO_PROFILE, on=DAY, at=at)
    plain = json.loads(json.dumps(body))
    return plain, record_paper(plain, number="1", seal="0" * 64)


@pytest.mark.parametrize("verdict", sorted(_by_verdict()))
def test_without_an_overlay_no_record_paper_leads_with_an_unqualified_yes(verdict: str) -> None:
    _, paper = _paper(*run(_by_verdict()[verdict], real.pack(), real.profiles()))
    lead = next(block for block in paper.blocks if isinstance(block, Callout) and block.lead)
    if verdict not in OPEN_ENDS:
        assert "state law and district policy" in lead.text.partition(UNCHECKED)[2]
    assert lead.label not in ("Yes", "OK", "Allowed")


# The record


def _example(ident: str) -> tuple[str, Example]:
    return next((name, example) for name, example in _examples() if example.id == ident)


def test_the_record_and_its_paper_say_which_law_was_looked_at_and_how_far_it_was_checked() -> None:
    body, paper = _paper(*_run(*_example("new-york-study")))
    result = body["determination"]
    assert isinstance(result, dict)
    assert [overlay["id"] for overlay in result["overlays"]] == ["ny"]
    assert {step["mark"] for step in result["steps"]} == {"S"}
    told = repr(paper)
    assert "8 NYCRR 121.3, State law, from a secondary source" in told
    assert "New York. The rules held here, as of May 23, 2026. There may be others." in told


def test_a_record_that_was_made_with_an_overlay_runs_again_to_the_same_result() -> None:
    name, example = _example("k056-test-prep-virginia")
    walked, found = _run(name, example)
    again = pack_from_bytes(walked.facts.pack.content)
    assert determine(walk(again, example.answers, NO_PROFILE, example.on).facts) == found


# Which overlays a school uses


def _home(home: Path, profile: str) -> Desk:
    home.mkdir(parents=True, exist_ok=True)
    (home / "profile.yaml").write_text(f'school: "X"\n{profile}answers: {{level: k12}}\n', encoding="utf-8")
    return Desk.open(home)


def test_the_profile_names_the_state_and_a_policy_that_lies_beside_it(tmp_path: Path) -> None:
    policy = (real.RULES / "district/example.yaml").read_text(encoding="utf-8")
    (tmp_path / "ours.yaml").write_text(policy, encoding="utf-8")
    desk = _home(tmp_path, "state: VA\ndistrict: ours.yaml\n")
    assert [overlay.id for overlay in desk.pack.overlays] == ["va", "district"]
    assert (desk.profile.state, desk.profile.district) == ("VA", "ours.yaml")


def test_a_state_that_is_not_held_may_lie_beside_the_profile_and_is_named_if_not(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        _ = _home(tmp_path, "state: OH\n").pack
    assert [(mistake.line, "Held: CA, CO" in mistake.instead) for mistake in caught.value.mistakes] == [(2, True)]
    own = "id: oh\ntitle: Ohio\nlayer: state\nlaw_as_of: 2026-01-01\nreview: nobody\nmark: K\n"
    (tmp_path / "oh.yaml").write_text(own, encoding="utf-8")
    assert [overlay.id for overlay in _home(tmp_path, "state: OH\n").pack.overlays] == ["oh"]


def test_a_mistake_in_an_overlay_is_told_where_the_file_lies(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    head = "id: x\ntitle: X\nlayer: ferpa\nlaw_as_of: 2026-01-01\nreview: nobody\nmark: S\n"
    file.write_text(head, encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        read_pack(real.RULES / "ferpa", [file])
    assert [(mistake.file, mistake.line) for mistake in caught.value.mistakes] == [(str(file), 3)]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "va.yaml"
    file.write_text("id: x\n", encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        read_pack(real.RULES / "ferpa", [real.RULES / "states/va.yaml", file])
    assert [mistake.file for mistake in caught.value.mistakes] == [str(file)]


def test_a_college_is_told_that_rules_for_schools_were_not_looked_at() -> None:
    pack: Pack = real.with_overlays("ca")
    found = determine(Facts(pack, {"level": "college", "requester": "public"}), what_if=False)
    assert found.layers["state"].state == "not-covered"
    assert "state" in found.unchecked
