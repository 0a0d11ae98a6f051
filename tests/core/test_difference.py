"""Two packs are compared by what requests get from them, and each change comes with its shortest requests."""

from __future__ import annotations

import json

from ferpa_wizard.core.difference import Difference, Request, difference, difference_lines
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.make_requests import made_requests
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.walk import walk
from tests.core.small_pack import FACTS, PROVIDER, small_pack

DAY = "2026-11-24"
MORE = "  - {id: more, ask: More, why: w, find_out: f, options: [{id: x, label: X}, {id: y, label: Y}]}\n"


def _strict() -> Pack:
    """Control has to be in writing; without writing there is no way."""
    return small_pack(**{"bases/provider__yaml": PROVIDER.replace("[written, unwritten]", "[written]")})


def _asking() -> Pack:
    """One question more."""
    condition = '  - {id: p.9, says: "More", cite: "34 CFR 99.31", holds: {more: x}}\npaperwork:'
    facts = FACTS.replace("  - id: holder", f"{MORE}  - id: holder")
    return small_pack(**{"facts/all__yaml": facts, "bases/provider__yaml": PROVIDER.replace("paperwork:", condition)})


def _request(control: str, *items: str, name: str = "") -> Request:
    answers: dict[str, Answer] = {
        "requester": "group", "items": items, "purpose": "service", "control": control, "papers-provider": ("p.2", "p.3"),
    }  # fmt: skip
    return Request(answers, {}, DAY, name)


def _kinds(found: Difference) -> list[tuple[str, str, str, str, int]]:
    return [(one.kind, one.subject, one.before, one.after, one.count) for one in found.changes]


def test_the_same_pack_makes_no_difference() -> None:
    found = difference(small_pack(), small_pack(), [_request("written", "grades"), _request("unwritten", "grades")])
    assert found == Difference(2, 0, ())


def test_a_stricter_rule_shows_verdict_basis_and_item() -> None:
    requests = [
        _request("written", "grades"),
        _request("unwritten", "grades"),
        _request("unwritten", "grades", "secret"),
    ]
    found = difference(small_pack(), _strict(), requests)
    assert (found.requests, found.changed) == (3, 2)
    assert _kinds(found) == [
        ("verdict", "", "may-share", "consent", 2),
        ("basis", "", "provider", "consent-basis", 2),
        ("item", "grades", "may go", "stays", 2),
        ("item", "secret", "may go", "stays", 1),
    ]


def test_a_request_that_is_asked_more_says_which_question() -> None:
    found = difference(small_pack(), _asking(), [_request("written", "grades")])
    assert _kinds(found) == [("verdict", "", "may-share", "asks “more”", 1)]


def test_the_same_request_counts_once_and_keeps_its_name() -> None:
    requests = [_request("unwritten", "grades"), _request("unwritten", "grades", name="known")]
    found = difference(small_pack(), _strict(), requests)
    assert found.requests == 1
    assert [request.name for request in found.changes[0].shortest] == ["known"]


def test_three_of_the_shortest_are_shown_in_words() -> None:
    requests = [
        _request("unwritten", *items) for items in (("grades",), ("secret",), ("grades", "secret"), ("name", "grades"))
    ]
    change = difference(small_pack(), _strict(), requests).changes[0]
    assert change.count == 4
    assert len(change.shortest) == len(change.words) == 3
    assert change.words[0][:2] == ("Who asks? A group", "Which data? Grades")


def test_as_text_each_change_is_followed_by_its_requests() -> None:
    lines = list(difference_lines(difference(small_pack(), _strict(), [_request("unwritten", "grades", name="known")])))
    assert lines[:3] == [
        "verdict: may-share -> consent (1)",
        "  known, 5 answers, profile none",
        "    Who asks? A group",
    ]
    assert lines[-1] == "1 of 1 requests come out otherwise."


def test_as_json_it_is_plain() -> None:
    found = json.loads(json.dumps(difference(small_pack(), _strict(), [_request("unwritten", "grades")]).as_json()))
    assert found["changed"] == 1
    assert found["changes"][0]["shortest"][0]["answers"]["items"] == ["grades"]


def test_requests_made_from_a_pack_are_complete_and_always_the_same() -> None:
    pack = small_pack()
    made = list(made_requests(pack, {}, 40))
    assert made == list(made_requests(pack, {}, 40))
    walks = [walk(pack, answers, NO_PROFILE, DAY) for answers in made]
    assert all(found.ask is None for found in walks)
    assert {answers["requester"] for answers in made} >= {"family", "group", "court"}
    assert {answers.get("consent") for answers in made} >= {None, "signed", "refused"}
