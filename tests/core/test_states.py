"""Conversations that are walked once stand for all that are merged into them: against plain walks, one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import TypeAlias

import pytest

from ferpa_wizard.core.asking import next_page, open_rows
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.live import at_most_more
from ferpa_wizard.core.model import UNSURE, Pack
from ferpa_wizard.core.proof import Findings, prove
from ferpa_wizard.core.states import Node, Scope, States
from ferpa_wizard.core.values import options_of
from tests import real
from tests.core.small_pack import FACTS, PROVIDER, TREE_WHY, small_pack

DAY = "2026-11-24"
SMALL = small_pack()
# A fact that hangs on another, a date, and a question of the tree that hangs on what is asked for.
LONGER = small_pack(
    **{
        "tree/why.yaml": TREE_WHY
        + '  - {id: paper, section: why, when: {all: [{requester: group}, {asks-for: {tag: meal}}]}, ask: "Paper?", why: "w", find_out: "f", options: [{id: none, label: "No"}, {id: order, label: "Order"}]}\n',
        "facts/all.yaml": FACTS.replace(
            "  - id: control\n",
            '  - {id: since, kind: date, when: {control: [written, unwritten]}, ask: "Since?", why: "w", find_out: "f"}\n  - id: control\n',
        ),
        "barriers/order.yaml": 'id: order\ntitle: "Order"\nlayer: state\ncite: "42 USC 1"\nsays: "s"\nleave-out: "l"\nstops: {tag: directory}\nwhen: {paper: order}\nunless:\n'
        '  - {id: o.1, says: "Long ago", cite: "42 USC 1", holds: {since: {before: 2020-01-01}}, cure: {kind: wait, do: "Wait"}}\n',
    }
)

# An answer breaks what a federal law says that a basis is, or what it adds to it, or neither.
TWO_KINDS = small_pack(
    **{
        "facts/all.yaml": FACTS.replace(
            "  - id: control\n",
            '  - {id: where, ask: "Where?", why: "w", find_out: "f", options: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}]}\n'
            "  - id: control\n",
        ),
        "bases/provider.yaml": PROVIDER.split("paperwork:")[0]
        + '  - {id: p.8, layer: other_federal, says: "s", cite: "34 CFR 99.31", holds: {where: [b, c]}}\n'
        '  - {id: p.9, layer: other_federal, law: "Meal law", says: "s", cite: "34 CFR 99.31", holds: {where: [a, c]}}\n',
    }
)

pytestmark = pytest.mark.long

Outcome: TypeAlias = tuple[object, ...]


class Nothing:
    def at_page(self, node: Node, facts: Facts) -> None: ...
    def at_end(self, node: Node, facts: Facts) -> None: ...
    def never_ends(self, node: Node, facts: Facts) -> None:
        raise AssertionError(node.page, facts.answers)


def _states(pack: Pack, scope: Scope) -> States:
    states = States(pack, scope)
    states.walk(Nothing())
    return states


def _outcome(facts: Facts) -> Outcome:
    """All that a determination says but for its words, whichever item stands for its kind."""
    found = determine(facts, what_if=False)
    layers = tuple((name, layer.state, layer.binding) for name, layer in found.layers.items())
    items = tuple((item.share, item.stopped_by, item.basis) for item in found.items)
    return found.verdict, found.basis.id if found.basis else "", items, layers, found.unchecked


def _plain(pack: Pack, profile: Answers, answers: Answers, unsure: int) -> Iterator[Facts]:
    """The ends of every conversation, walked one by one with the whole pack and nothing kept."""
    facts = Facts(pack, answers, profile)
    page = next_page(facts)
    if page is None:
        yield facts
        return
    for answer in _answers(page, facts, unsure):
        yield from _plain(pack, profile, {**answers, page: answer}, unsure - (answer == UNSURE))


def _answers(page: str, facts: Facts, unsure: int) -> list[Answer]:
    pack = facts.pack
    if page in pack.checklists:
        rows = [row.id for row in open_rows(pack.checklists[page], facts)]
        return [tuple(rows), (), *((row,) for row in rows)]
    question = pack.questions[page]
    if question.kind == "items":
        return [(), *((item,) for item in pack.items), *combinations(pack.items, 2)]
    if question.kind == "date":
        return ["2019-12-31", "2020-01-01", "2020-01-02"]
    options = [option.id for option in options_of(question, facts) if option.id != UNSURE or unsure]
    return [tuple(options), (), *((option,) for option in options)] if question.kind == "many" else list(options)


@pytest.mark.parametrize("pack", [SMALL, LONGER], ids=["small", "longer"])
@pytest.mark.parametrize("profile", [{}, {"listed": ("name",), "p.3": "yes"}], ids=["bare", "profile"])
@pytest.mark.parametrize("unsure", [0, 1])
def test_merged_walks_end_as_plain_ones_do(pack: Pack, profile: dict[str, Answer], unsure: int) -> None:
    plain = list(_plain(pack, profile, {}, unsure))
    states = _states(pack, Scope("all", profile, pairs=True, unsure=unsure))
    merged = [Facts(pack, states.answers_at(node.place), profile) for node in states.nodes if not node.page]
    assert {_outcome(facts) for facts in merged} == {_outcome(facts) for facts in plain}
    assert states.nodes[0].longest == max(len(facts.answers) for facts in plain)
    assert len(merged) < len(plain) / 2


@pytest.mark.parametrize("pack", [SMALL, LONGER], ids=["small", "longer"])
def test_what_merged_walks_reach_is_what_plain_ones_reach(pack: Pack) -> None:
    found = prove(pack, Scope("all", {}))
    used, verdicts = set[str](), set[str]()
    for facts in _plain(pack, {}, {}, 1):
        told = determine(facts, what_if=False)
        verdicts.add(told.verdict)
        used.update(line.id for lines in (told.routes, told.duties, told.advice) for line in lines)
        used.update(item.basis for item in told.items if item.basis)
    assert set(found.verdicts) | {"part"} == verdicts | {"part"}  # part takes two items
    assert used <= found.used


def test_what_no_rule_tells_apart_is_one_state() -> None:
    """Grades are to every rule of the small pack as no data at all; a photo may be on the list."""
    states = _states(SMALL, Scope("all", {}))
    asked = [node for node in states.nodes if node.page == "items"]
    group = next(node for node in asked if states.answers_at(node.place)["requester"] == "group")
    kinds = states.rules.kinds_of_items(group.state)
    assert sorted(kinds) == [("grades",), ("meals-item",), ("name",), ("photo",), ("secret",)]
    family = next(node for node in asked if states.answers_at(node.place)["requester"] == "family")
    assert ("photo", "grades") in states.rules.kinds_of_items(family.state)
    leads = dict(group.leads)
    assert leads[()] == leads["grades",]
    assert len(set(leads.values())) == len(kinds)


def test_what_a_law_says_that_a_basis_is_and_what_it_adds_are_two_states() -> None:
    states = _states(TWO_KINDS, Scope("all", {}))
    leads = [dict(node.leads) for node in states.nodes if node.page == "where"]
    assert leads
    assert all(one["a"] != one["b"] for one in leads)


@cache
def _real(profile: str) -> States:
    standing = real.profiles()[profile].on(DAY) if profile != "none" else {}
    return _states(real.pack(), Scope(profile, standing))


@pytest.mark.parametrize("seed", range(60))
def test_each_conversation_of_the_shipped_rules_is_that_of_its_states(seed: int) -> None:
    """At each page the whole pack asks the same, offers the same, and in the end says the same."""
    chance, pack, states = random.Random(seed), real.pack(), _real("example")
    answers: dict[str, Answer] = {}
    node = states.nodes[0]
    while node.page:
        facts = Facts(pack, answers, states.scope.profile)
        assert next_page(facts) == node.page
        assert at_most_more(facts) >= node.longest - 1
        if node.page in pack.questions and pack.questions[node.page].kind == "one":
            offered = {option.id for option in options_of(pack.questions[node.page], facts)}
            assert offered - {UNSURE} == {answer for answer, _ in node.leads if answer != UNSURE}
        answer, place = chance.choice(node.leads)
        answers[node.page] = _another_of_its_kind(states, node, answer, chance)
        node = states.nodes[place]
    facts = Facts(pack, answers, states.scope.profile)
    assert next_page(facts) is None
    assert _outcome(facts) == _outcome(Facts(pack, states.answers_at(node.place), states.scope.profile))


def _another_of_its_kind(states: States, node: Node, answer: Answer, chance: random.Random) -> Answer:
    if node.page != "items" or len(answer) != 1:
        return answer
    return (chance.choice(next(kind for kind in states.rules.kinds_of_items(node.state) if answer[0] in kind)),)


SUBTREES: list[dict[str, Answer]] = [
    {"requester": "colleague", "items": ("grades",)},
    {"requester": "school", "items": ("meal-status",)},
    {"requester": "government", "government-who": "child-welfare", "items": ("unit-record",)},
    {"requester": "provider", "provider-who": "partner", "students": "few", "items": ("name",)},
]


@pytest.mark.parametrize("first", SUBTREES, ids=lambda first: str(first["requester"]))
def test_below_some_answers_the_shipped_rules_end_as_plain_walks_do(first: dict[str, Answer]) -> None:
    states, pack = _real("example"), real.pack()
    node = states.nodes[0]
    for page, answer in first.items():
        assert node.page == page
        sought = answer
        if page == "items":
            sought = (next(kind[0] for kind in states.rules.kinds_of_items(node.state) if answer[0] in kind),)
        node = states.nodes[dict(node.leads)[sought]]
    plain = list(_plain(pack, states.scope.profile, first, 1))
    ends = {place for place in _below(states, node) if not states.nodes[place].page}
    merged = [Facts(pack, states.answers_at(place), states.scope.profile) for place in ends]
    assert {_outcome(facts) for facts in merged} == {_outcome(facts) for facts in plain}
    assert node.longest == max(len(facts.answers) for facts in plain) - len(first)


def _below(states: States, node: Node) -> set[int]:
    seen, todo = {node.place}, [node]
    while todo:
        for _, place in todo.pop().leads:
            if place not in seen:
                seen.add(place)
                todo.append(states.nodes[place])
    return seen


def test_asking_that_does_not_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ferpa_wizard.core.states.next_page", lambda facts: "requester")
    found = prove(SMALL, Scope("all", {}, unsure=0))
    assert {one.what for one in found.broken.values()} == {"Asking does not end here."}


def test_a_bound_that_is_too_low_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ferpa_wizard.core.proof.at_most_more", lambda facts: 0)
    found = prove(SMALL, Scope("all", {}))
    assert "More pages may follow here than are announced." in {one.what for one in found.broken.values()}


def test_findings_add_up() -> None:
    one, other = prove(SMALL, Scope("a", {})), prove(SMALL, Scope("b", {"listed": ("name",)}))
    both = Findings()
    both.add(one)
    both.add(other)
    assert both.scopes == ["a", "b"]
    assert both.states == one.states + other.states
    assert both.used == one.used | other.used
