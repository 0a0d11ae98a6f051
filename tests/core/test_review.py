"""The review of a record: each act in each state, and what the history comes to."""

from __future__ import annotations

from itertools import product

import pytest

from ferpa_wizard.core import review as core
from ferpa_wizard.core.review import ACTS, STATES, Review, problems, refusal, review_in, state

REFUSED = ""
TABLE = {
    ("due", "agree"): "agreed",
    ("due", "ask-change"): "change-asked",
    ("due", "reopen"): REFUSED,
    ("agreed", "agree"): REFUSED,
    ("agreed", "ask-change"): REFUSED,
    ("agreed", "reopen"): "reopened",
    ("change-asked", "agree"): "agreed",
    ("change-asked", "ask-change"): "change-asked",
    ("change-asked", "reopen"): REFUSED,
    ("reopened", "agree"): "agreed",
    ("reopened", "ask-change"): "change-asked",
    ("reopened", "reopen"): REFUSED,
    ("replaced", "agree"): REFUSED,
    ("replaced", "ask-change"): REFUSED,
    ("replaced", "reopen"): REFUSED,
}
WAYS_TO = {
    "due": (),
    "agreed": ("agree",),
    "change-asked": ("ask-change",),
    "reopened": ("agree", "reopen"),
    "replaced": ("agree",),
}


@pytest.mark.parametrize(("before", "act"), list(product(STATES, ACTS)))
def test_each_act_in_each_state_leads_on_or_is_refused_with_what_to_do(before: str, act: str) -> None:
    after = TABLE[before, act]
    replaced = before == "replaced"
    assert state(WAYS_TO[before], replaced=replaced) == before
    assert bool(refusal(before, act)) is (after == REFUSED)
    # One that was refused, and came into the ledger all the same, changes nothing.
    assert state((*WAYS_TO[before], act), replaced=replaced) == (after or before)


@pytest.mark.parametrize("before", [one for one in STATES if one != "replaced"])
def test_no_state_is_a_dead_end(before: str) -> None:
    assert any(TABLE[before, act] not in (REFUSED, before) for act in ACTS)


def test_an_act_of_a_newer_program_counts_for_nothing() -> None:
    assert state(("agree", "frame-it"), replaced=False) == "agreed"


@pytest.mark.parametrize(
    ("act", "words", "by", "fields"),
    [
        ("agree", "", "P. Lee", []),
        ("ask-change", " ", "P. Lee", ["words"]),
        ("reopen", "", "", ["words", "by"]),
        ("agree", "x" * (core.LONGEST_WORDS + 1), "P. Lee", ["words"]),
        ("agree", "\ud800", "P. Lee", ["words"]),
        ("nod", "x", "P. Lee", ["act"]),
    ],
)
def test_what_a_review_lacks_is_named_at_its_field(act: str, words: str, by: str, fields: list[str]) -> None:
    review = Review("2026-0001", "", "0" * 64, act, words, by)
    assert [field for field, _ in problems(review)] == fields


def test_a_review_comes_back_from_its_entry_and_nothing_else_does() -> None:
    review = Review("2026-0001", "a" * 32, "0" * 64, "agree", "", "P. Lee")
    body = core.entry_of_review(review, restricted=True)
    assert review_in(body) == review
    assert body["restricted"] is True
    assert review_in({**body, "seal": 1}) is None
    assert review_in({}) is None
