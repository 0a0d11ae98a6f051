"""What is left to do on a decision, and what makes it something that can be noted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ferpa_wizard.core.todo import Todo, as_they_stand, dated, entry_of_todo, problems, todo_in, todos_of

BODY = {
    "restricted": False,
    "decision": {"choice": "share-after-steps"},
    "determination": {
        "steps": [{"id": "c.1", "do": "Sign it", "by": "principal"}],
        "duties": [
            {"id": "access", "do": "Let them see it", "by": "records office"},
            {"id": "tell", "do": "Tell them", "by": "you"},
            {"id": "no-limits", "do": "No note is due", "by": ""},
        ],
    },
    "due": [{"duty": "access", "day": "2027-01-10"}],
}


def _ids(choice: str) -> list[str]:
    return [todo.id for todo in todos_of("2026-0001", {**BODY, "decision": {"choice": choice}})]


def test_steps_come_first_and_what_nobody_has_to_do_is_left_out() -> None:
    assert _ids("share-after-steps") == ["step-c.1", "access", "tell"]


def test_what_is_shared_now_has_no_steps_left() -> None:
    assert _ids("share") == ["access", "tell"]


@pytest.mark.parametrize("choice", ["not-now", "do-not-share", "ask-officer"])
def test_where_nothing_goes_only_the_clocks_run_on(choice: str) -> None:
    assert _ids(choice) == ["access"]


def test_the_clocks_are_sealed_along_with_the_decision() -> None:
    (entry,) = dated("2026-0001", {**BODY, "restricted": True})
    assert todo_in(entry) == Todo("2026-0001", "access", "Let them see it", "records office", "2027-01-10")
    assert entry["restricted"] is True


def test_the_newest_note_holds_and_what_people_added_comes_last() -> None:
    todos = todos_of("2026-0001", BODY)
    done = replace(todos[1], done="2026-12-01")
    own = Todo("2026-0001", "own-1", "The agreement ends", due="2027-06-30")
    stand = as_they_stand(todos, [replace(done, done=""), own, done])
    assert [todo.id for todo in stand] == ["step-c.1", "access", "tell", "own-1"]
    assert stand[1] == done


@pytest.mark.parametrize(
    ("due", "done", "late"),
    [("2026-11-25", "", True), ("2026-11-26", "", False), ("", "", False), ("2026-11-25", "2026-11-26", False)],
)
def test_overdue_is_what_is_open_after_its_day(due: str, done: str, late: bool) -> None:
    assert Todo("r", "i", "s", due=due, done=done).is_overdue("2026-11-26") is late


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"due": "2026-13-01"}, "due"), ({"due": "soon"}, "due"), ({"done": "yes"}, "done"), ({"says": ""}, "says"),
        ({"says": "x" * 201, "id": "own-1"}, "says"), ({"owner": "x" * 201}, "owner"), ({"owner": "\ud800"}, "owner"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_is_told_at_its_field(change: dict[str, str], field: str) -> None:
    assert [name for name, _ in problems(replace(Todo("r", "log", "Do it", "you"), **change))] == [field]


def test_what_a_rule_asks_for_may_be_longer_than_what_people_type() -> None:
    assert problems(Todo("r", "log", "x" * 300)) == []


def test_an_entry_of_another_shape_says_nothing() -> None:
    whole = entry_of_todo(Todo("r", "i", "s"), restricted=False, by="")
    assert todo_in(whole) == Todo("r", "i", "s")
    assert todo_in({}) is None
    assert todo_in({**whole, "due": 3}) is None
