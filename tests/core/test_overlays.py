"""Overlays on a small pack: what they add, that they never take away or loosen, and who is said to say no."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import ProfileError, RulesError
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, overlay_names
from ferpa_wizard.core.rating import rate_all
from ferpa_wizard.core.read_pack import pack_from_bytes, pack_of
from ferpa_wizard.core.verdict import fate
from ferpa_wizard.core.walk import walk
from tests.core.random_facts import Answered, answers
from tests.core.small_pack import FILES, small_pack

DAY = "2026-11-24"
HEAD = """
id: zz
title: "Zetland"
name: "Zetland law"
layer: state
law_as_of: "2026-01-01"
review: "Nobody reviewed this."
mark: S
sources: [{cite: "Z 1", title: "t", mark: P}]
"""
FACT = """
facts:
  - id: zz-lists
    ask: "May the list go?"
    why: "w"
    find_out: "f"
    presume: "no"
    options: [{id: "no", label: "No"}, {id: "yes", label: "Yes"}]
"""
ROW = """
conditions:
  - {id: zz.1, basis: provider, mark: P, says: "A contract", cite: "Z 1", cure: {kind: sign, do: "Sign it"}}
"""
PHOTO = """
conditions:
  - id: zz.2
    basis: directory
    says: "The family agreed to photos"
    cite: "Z 1"
    when: {item: photo}
    holds: {zz-lists: "yes"}
    cure: {from: {zz-lists: "no"}, kind: get-consent, do: "Ask them"}
"""
SERVICE: dict[str, Answer] = {
    "requester": "group", "items": ("grades",), "purpose": "service", "control": "written", "papers-provider": ("p.2", "p.3"),
}  # fmt: skip
LISTED: dict[str, Answer] = {"requester": "group", "items": ("photo",), "purpose": "own", "listed": ("photo",)}


def _pack(*rules: str, **files: str) -> Pack:
    return small_pack(**{"overlays/zz.yaml": HEAD + "".join(rules)}, **files)


def _found(pack: Pack, asked: dict[str, Answer], **changed: Answer) -> Determination:
    return determine(walk(pack, {**asked, **changed}, NO_PROFILE, DAY).facts)


def _mistakes(text: str, head: str = HEAD) -> list[tuple[str, int, str]]:
    with pytest.raises(RulesError) as caught:
        small_pack(**{"overlays/zz.yaml": head + text})
    return [(mistake.file, mistake.line, mistake.what) for mistake in caught.value.mistakes]


# What an overlay adds


def test_a_condition_without_holds_is_a_row_of_the_checklist_and_a_step_of_the_state() -> None:
    pack = _pack(ROW)
    page = walk(pack, {name: SERVICE[name] for name in SERVICE if name != "papers-provider"}, NO_PROFILE, DAY).ask
    assert page is not None
    assert [option.id for option in page.options] == ["p.2", "p.3", "zz.1"]
    found = _found(pack, SERVICE)
    assert found.verdict == "after-steps"
    assert [(step.id, step.layer, step.mark) for step in found.steps] == [("zz.1", "state", "P")]
    assert found.layers["ferpa"].state == "does-not-object"
    assert (found.layers["state"].state, found.layers["state"].mark) == ("needs-steps", "P")
    assert _found(pack, SERVICE, **{"papers-provider": ("p.2", "p.3", "zz.1")}).verdict == "may-share"


def test_steps_of_the_state_alone_are_not_put_down_to_ferpa() -> None:
    words = FILES["words.yaml"].replace(
        'steps-of-others: "steps-of-others {n} {list} {answer}"', 'steps-of-others: "under {list}"'
    )
    words = words.replace('unchecked-state: "unchecked-state {n} {list} {answer}"', 'unchecked-state: "state law"')
    pack = _pack(ROW, words__yaml=words)
    assert _found(pack, SERVICE).label == "under state law"
    both = _found(pack, SERVICE, **{"papers-provider": ("p.3",)})
    assert [step.layer for step in both.steps] == ["ferpa", "state"]
    assert both.label == "after-steps"


def test_a_condition_on_a_data_item_stops_that_item_and_the_state_alone_is_named() -> None:
    pack = _pack(FACT, PHOTO)
    found = _found(pack, LISTED)
    assert found.verdict == "other-rule"
    assert found.items[0].stopped_by == ("state",)
    assert found.layers["state"].binding == "sole"
    assert found.layers["state"].state == "objects"
    assert found.layers["ferpa"].binding == "no"
    assert found.layers["ferpa"].state == "does-not-object"
    assert _found(pack, LISTED, **{"zz-lists": "yes"}).verdict == "may-share"


def test_another_way_that_federal_law_leaves_open_is_not_shut_by_a_condition_of_one_way() -> None:
    found = _found(_pack(FACT, PHOTO), {**SERVICE, "items": ("photo",), "listed": ("photo",)})
    assert found.verdict == "may-share"
    assert found.layers["state"].state == "does-not-object"


def test_a_flat_no_of_the_state_leaves_what_ferpa_says_in_sight() -> None:
    rule = '\nconditions:\n  - {id: zz.3, basis: provider, says: "s", cite: "Z 1", holds: {zz-lists: "yes"}}\n'
    found = _found(_pack(FACT, rule), {name: SERVICE[name] for name in SERVICE if name != "papers-provider"})
    assert found.items[0].stopped_by == ("state",)
    assert found.verdict == "other-rule"
    assert found.layers["ferpa"].binding == "no"


def test_a_barrier_of_the_state_stops_every_item_and_says_who_must_judge() -> None:
    rule = """
barriers:
  - id: zz.4
    title: "The list law"
    cite: "Z 1"
    says: "s"
    leave-out: "Leave it out"
    stops: all
    when: {requester: group}
    unless: [{id: zz.4u, says: "s", cite: "Z 1", holds: {runs-meals: "yes"}, judge: {role: "Counsel", test: "it fits"}}]
"""
    pack = _pack(rule)
    assert _found(pack, SERVICE, **{"runs-meals": "no"}).verdict == "other-rule"
    unsure = _found(pack, SERVICE, **{"runs-meals": "unsure"})
    assert unsure.verdict == "judgement"
    assert unsure.judge is not None
    assert (unsure.judge.role, unsure.judge.test) == ("Counsel", "it fits")


def test_duties_and_advice_come_with_the_bases_that_they_name() -> None:
    rules = """
duties: [{id: zz.5, basis: all, applies: {requester: group}, when: after, do: "Log it", cite: "Z 1"}]
advice: [{id: zz.6, basis: provider, mark: K, says: "Think", cite: "Z 1"}]
myths: [{id: zz.7, basis: provider, people-say: "a", answer: "b", cite: "Z 1"}]
routes: [{id: zz.8, title: "A way", steps: ["Go"], when: {requester: group}}]
"""
    found = _found(_pack(rules), SERVICE)
    assert ("zz.5", "S") in [(duty.id, duty.mark) for duty in found.duties]
    assert [(line.id, line.mark) for line in found.advice] == [("zz.6", "K")]
    assert [line.id for line in found.myths] == ["zz.7"]
    assert "zz.8" in [route.id for route in _found(_pack(rules), SERVICE, purpose="own").routes]


def test_the_shortest_time_that_applies_holds_and_names_its_law() -> None:
    duties = FILES["duties.yaml"].replace('do: "Log it"', 'do: "Log it in 45 days", days: 45')
    times = """
deadlines:
  - {duty: log, days: 5, do: "Log it in 5 days", cite: "Z 1", mark: P, applies: {control: written}}
"""
    pack = _pack(times, duties__yaml=duties)
    found = {duty.id: duty for duty in _found(pack, SERVICE).duties}["log"]
    assert (found.days, found.do, found.cite, found.mark) == (5, "Log it in 5 days", "Z 1; 34 CFR 99.31", "P")
    later = {duty.id: duty for duty in _found(pack, SERVICE, control="unwritten").duties}["log"]
    assert (later.days, later.cite, later.mark) == (45, "34 CFR 99.31", "")


def test_a_layer_that_an_overlay_speaks_for_is_heard_and_the_others_are_not() -> None:
    before, after = _found(small_pack(), SERVICE), _found(_pack(), SERVICE)
    assert (before.layers["state"].state, before.unchecked) == ("not-covered", ("state", "district"))
    assert (after.layers["state"].state, after.unchecked) == ("does-not-object", ("district",))
    assert after.layers["state"].mark == "S"
    assert [(one.id, one.layer, one.law_as_of) for one in after.overlays] == [("zz", "state", "2026-01-01")]


def test_state_law_given_as_the_reason_is_never_cleared_by_the_few_rules_held() -> None:
    pack_yaml = FILES["pack.yaml"] + "\nchallenge: ground\n"
    layers = ("ferpa", "state")
    ground = 'facts:\n  - {id: ground, ask: "Which?", why: "w", find_out: "f", options: [{id: ferpa, label: F}, {id: state, label: S}]}\n'
    pack = _pack(pack__yaml=pack_yaml, **{"facts/ground.yaml": ground})
    stands = [determine(Facts(pack, {**SERVICE, "ground": layer})).challenge for layer in layers]
    assert [one.stands for one in stands if one] == ["no", "open"]


DANGER = """
id: danger
title: "Danger"
says: "s"
cite: "34 CFR 99.31"
effect: emergency
rank: 1
urgent: yes
who-and-why: [{id: e.0, says: "s", cite: "34 CFR 99.31", holds: {purpose: service}}]
"""
SIGN_OFF = """
barriers:
  - {id: zz.9, title: "t", cite: "Z 1", says: "s", leave-out: "l", stops: all, unless: [{id: zz.9u, says: s, cite: "Z 1", holds: {zz-lists: "yes"}, cure: {from: {zz-lists: "no"}, kind: sign, do: d}}]}
"""


@pytest.mark.parametrize(
    ("layer", "verdict", "steps"), [("district", "may-share-emergency", []), ("state", "after-steps", ["zz.9u"])]
)
def test_policy_does_not_hold_up_an_emergency_and_law_still_counts(layer: str, verdict: str, steps: list[str]) -> None:
    head = HEAD.replace("layer: state", f"layer: {layer}")
    pack = small_pack(**{"bases/danger.yaml": DANGER, "overlays/zz.yaml": head + FACT + SIGN_OFF})
    found = _found(pack, SERVICE)
    assert found.verdict == verdict
    assert [step.id for step in found.steps] == steps


# A record made with overlays


def test_the_hash_covers_overlays_and_the_stored_pack_reads_back() -> None:
    pack = _pack(ROW)
    assert pack.sha256 != small_pack().sha256 != _pack().sha256
    again = pack_from_bytes(pack.content)
    assert again.sha256 == pack.sha256
    assert again.overlays == pack.overlays
    assert _found(again, SERVICE) == _found(pack, SERVICE)


# What is refused

LINE = HEAD.count("\n") + 2  # where the first rule under a key stands
REFUSED = {
    "an id that exists": ('facts:\n  - {id: control, ask: "a", why: "w", find_out: "f", options: [{id: a, label: A}, {id: b, label: B}]}\n', LINE),
    "a fact that would be a tick": ("facts:\n  - {id: p.2, is: {yes: {requester: group}}}\n", LINE),
    "a row with the name of another row": ('conditions:\n  - {id: p.2, basis: provider, says: "s", cite: "Z 1", cure: {kind: sign, do: "d"}}\n', LINE),
    "a row with the name of a question": ('conditions:\n  - {id: consent, basis: provider, says: "s", cite: "Z 1", cure: {kind: sign, do: "d"}}\n', LINE),
    "a barrier in the place of another": ('barriers:\n  - {id: meals, title: t, cite: "Z 1", says: s, leave-out: l, stops: all}\n', LINE),
    "a condition that lifts a barrier": ('conditions:\n  - {id: zz.1, basis: meals, says: "s", cite: "Z 1", holds: {requester: group}}\n', LINE),
    "a condition on a duty": ('conditions:\n  - {id: zz.1, basis: access, says: "s", cite: "Z 1", holds: {requester: group}}\n', LINE),
    "a basis of its own": ('bases:\n  - {id: zz.1}\n', LINE - 1),
    "an unknown basis": ('conditions:\n  - {id: zz.1, basis: nothing, says: "s", cite: "Z 1", holds: {requester: group}}\n', LINE),
    "no basis": ('advice:\n  - {id: zz.1, says: "s", cite: "Z 1"}\n', LINE),
    "a layer of federal law in a rule": ('barriers:\n  - {id: zz.1, layer: ferpa, title: t, cite: "Z 1", says: s, leave-out: l, stops: all}\n', LINE),
    "another layer in a rule": ('barriers:\n  - {id: zz.1, layer: district, title: t, cite: "Z 1", says: s, leave-out: l, stops: all}\n', LINE),
    "another law in a rule": ('conditions:\n  - {id: zz.1, basis: provider, law: "Z law", says: "s", cite: "Z 1", cure: {kind: sign, do: "d"}}\n', LINE),
    "another law in a member": ('conditions:\n  - {id: zz.1, basis: provider, any: [{id: zz.2, law: "Z law", says: "s", cite: "Z 1", holds: {requester: group}}]}\n', LINE),
    "an unless that may not apply": ('barriers:\n  - {id: zz.1, title: t, cite: "Z 1", says: s, leave-out: l, stops: all, unless: [{id: zz.2, says: s, cite: "Z 1", when: {requester: group}, holds: {purpose: own}}]}\n', LINE),
    "a longer time": ('deadlines:\n  - {duty: log, days: 60, do: "d", cite: "Z 1"}\n', LINE),
    "the same time": ('deadlines:\n  - {duty: log, days: 45, do: "d", cite: "Z 1"}\n', LINE),
    "no days": ('deadlines:\n  - {duty: log, days: 0, do: "d", cite: "Z 1"}\n', LINE),
    "a time for a duty without one": ('deadlines:\n  - {duty: check-layers, days: 5, do: "d", cite: "Z 1"}\n', LINE),
    "a source with a better mark": ('', LINE - 2),
    "a row on a way without a checklist": ('conditions:\n  - {id: zz.1, basis: directory, says: "s", cite: "Z 1", cure: {kind: sign, do: "d"}}\n', LINE),
    "a row that looks at an item": ('conditions:\n  - {id: zz.1, basis: provider, says: "s", cite: "Z 1", when: {item: photo}, cure: {kind: sign, do: "d"}}\n', LINE),
    "a row that is no step": ('conditions:\n  - {id: zz.1, basis: provider, says: "s", cite: "Z 1", cure: {kind: court-order, do: "d"}}\n', LINE),
    "an unknown mark": ('advice:\n  - {id: zz.1, basis: provider, mark: Q, says: "s", cite: "Z 1"}\n', LINE),
    "an unknown key": ('advice:\n  - {id: zz.1, basis: provider, sayz: "s", cite: "Z 1"}\n', LINE),
    "an unknown citation": ('advice:\n  - {id: zz.1, basis: provider, says: "s", cite: "Z 2"}\n', LINE),
    "an unknown citation under a name with colons": ('conditions:\n  - {id: "a:7:²:1", basis: provider, says: "s", cite: "Z 2", holds: {requester: group}}\n', LINE),
    "an unknown citation in a member": ('conditions:\n  - id: zz.1\n    basis: provider\n    any:\n      - {id: zz.2, says: "s", cite: "Z 2", holds: {requester: group}}\n', LINE + 3),
    "an unknown fact": ('conditions:\n  - {id: zz.1, basis: provider, says: "s", cite: "Z 1", holds: {nothing: group}}\n', LINE),
    "an unknown answer": ('duties:\n  - {id: zz.1, basis: provider, when: after, do: d, cite: "Z 1", applies: {requester: nobody}}\n', LINE),
    "an unknown answer in a time": ('deadlines:\n  - {duty: log, days: 5, do: "d", cite: "Z 1", applies: {requester: nobody}}\n', LINE),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_loosen_or_cannot_be_is_refused_at_its_line(name: str) -> None:
    text, line = REFUSED[name]
    head = HEAD.replace('cite: "Z 1"', 'cite: "42 USC 1"').replace("mark: P}", "mark: S}") if not text else HEAD
    timed = FILES["duties.yaml"].replace('do: "Log it"', 'do: "Log it", days: 45')
    with pytest.raises(RulesError) as caught:
        small_pack(duties__yaml=timed, **{"overlays/zz.yaml": head + text})
    assert {(mistake.file, mistake.line) for mistake in caught.value.mistakes} == {("overlays/zz.yaml", line)}


@pytest.mark.parametrize("layer", ["ferpa", "other_federal", "practical", "law"])
def test_an_overlay_speaks_for_the_state_or_the_district_only(layer: str) -> None:
    head = HEAD.replace("layer: state", f"layer: {layer}")
    assert ("overlays/zz.yaml", 5) in [(file, line) for file, line, _ in _mistakes("", head)]


def test_all_mistakes_of_an_overlay_come_in_one_run_with_those_of_the_pack() -> None:
    texts = [text for name, (text, _) in REFUSED.items() if text.startswith("conditions:") and "unknown" not in name]
    rules = "conditions:\n" + "".join(text.split("\n", 1)[1] for text in texts)
    duties = FILES["duties.yaml"].replace("when: after", "when: later")
    with pytest.raises(RulesError) as caught:
        small_pack(duties__yaml=duties, **{"overlays/zz.yaml": HEAD + rules})
    lines = {mistake.line for mistake in caught.value.mistakes if mistake.file == "overlays/zz.yaml"}
    assert lines >= {LINE + place for place in range(len(texts))}
    assert "duties.yaml" in {mistake.file for mistake in caught.value.mistakes}


def test_two_overlays_may_not_share_a_name() -> None:
    second = HEAD.replace("id: zz", "id: yy") + ROW
    with pytest.raises(RulesError) as caught:
        small_pack(**{"overlays/yy.yaml": second, "overlays/zz.yaml": HEAD + ROW})
    assert ["taken (overlays/yy.yaml" in mistake.what for mistake in caught.value.mistakes] == [True]


@given(st.integers(0, 2000), st.text(max_size=12))
@settings(max_examples=80)
def test_mutated_overlays_raise_nothing_but_rules_errors(place: int, text: str) -> None:
    old = HEAD + FACT + PHOTO
    at = place % (len(old) + 1)
    files = {name: content.encode() for name, content in FILES.items()}
    files["overlays/zz.yaml"] = (old[:at] + text + old[at + len(text) // 2 :]).encode("utf-8", "surrogatepass")
    try:
        pack_of(files)
    except RulesError as error:
        assert error.mistakes


# The laws that hold for every overlay

BARRIER = """
barriers:
  - {id: zz.9, title: "t", cite: "Z 1", says: "s", leave-out: "l", stops: {item: [grades, photo]}, when: {requester: [group, court]}, unless: [{id: zz.9u, says: s, cite: "Z 1", holds: {control: written}, cure: {from: {control: unwritten}, kind: sign, do: d}}]}
"""
ROWS = ROW + PHOTO.replace("\nconditions:\n", "")
BEFORE, AFTER = small_pack(), _pack(FACT, ROWS, BARRIER)


@given(answers(AFTER, always=("requester", "items")))
@settings(max_examples=120)
def test_an_overlay_never_makes_an_item_better(answered: Answered) -> None:
    before, after = rate_all(Facts(BEFORE, answered)), rate_all(Facts(AFTER, answered))
    for item in before.items:
        assert fate(after, item).severity >= fate(before, item).severity
        assert fate(after, item).own == fate(before, item).own


@given(answers(AFTER, always=("requester", "items")))
@settings(max_examples=80)
def test_where_an_overlay_alone_stops_an_item_ferpa_is_not_named(answered: Answered) -> None:
    found = determine(Facts(AFTER, answered), what_if=False)
    if found.verdict == "other-rule":
        assert found.layers["ferpa"].binding == "no"
        assert any(layer.binding != "no" for name, layer in found.layers.items() if name != "ferpa")


# Which overlays a profile names


def test_a_profile_names_a_state_and_a_file_of_its_district() -> None:
    names = overlay_names(b"school: X\nstate: CA\ndistrict: ours.yaml\n", "p.yaml")
    assert [(name.file, name.line, name.shipped) for name in names] == [("ca.yaml", 2, True), ("ours.yaml", 3, False)]
    assert overlay_names(b"school: X\n", "p.yaml") == ()


@pytest.mark.parametrize(
    "line", ["state: California", "state: ca", "state: ../CA", "district: ../x.yaml", "district: x"]
)
def test_what_can_name_no_overlay_is_told_at_its_line(line: str) -> None:
    with pytest.raises(ProfileError) as caught:
        overlay_names(f"school: X\n{line}\n".encode(), "p.yaml")
    assert [(mistake.file, mistake.line) for mistake in caught.value.mistakes] == [("p.yaml", 2)]


def test_the_stored_bytes_hold_the_overlay_under_a_name_without_a_folder() -> None:
    assert "overlays/zz.yaml" in json.loads(_pack().content)
