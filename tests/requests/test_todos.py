"""What is left to do, over a real home folder: sealed along, noted, listed by day, and kept out where restricted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.sealed import Sealed
from tests import real
from tests.requests.sample_desks import example_desk

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
FAR = "9999-12-31"


def _sealed(desk: Desk, example: str, choice: str = "share") -> Sealed:
    found = next(one for one in real.examples() if one.id == example)
    request = desk.new(found.answers)
    return request.decide(Decision(choice, ("district",) if choice == "not-now" else (), "Because.", "R. Osei"))


def test_a_clock_goes_into_the_ledger_with_its_decision(tmp_path: Path) -> None:
    desk = example_desk(tmp_path, NOW)
    sealed = _sealed(desk, "parent-sees-grades")
    (todo,) = desk.todos.due(FAR)
    assert (todo.record, todo.done) == (sealed.number, "")
    assert todo in desk.todos.of(sealed.number)
    assert desk.verify().ok
    assert [row.number for row in desk.recent()] == [sealed.number]


def test_a_date_can_be_added_moved_and_done(tmp_path: Path) -> None:
    desk = example_desk(tmp_path, NOW)
    number = _sealed(desk, "tutoring-no-control", "share-after-steps").number
    ends = Todo(number, "own-1", "The agreement ends", "Ms. Ode", "2027-06-30")
    desk.todos.note(ends)
    assert desk.todos.due("2027-06-29") == []
    assert desk.todos.due("2027-06-30") == [ends]
    moved = replace(ends, due="2027-01-31")
    desk.todos.note(moved, by="R. Osei")
    assert desk.todos.due(FAR) == [moved]
    desk.todos.note(replace(moved, done="2027-01-30"))
    assert desk.todos.due(FAR) == []
    assert desk.todos.of(number)[-1].done == "2027-01-30"
    assert example_desk(tmp_path, NOW).todos.of(number) == desk.todos.of(number)
    assert desk.record(number).todos == tuple(desk.todos.of(number))


def test_the_oldest_comes_first_over_all_records(tmp_path: Path) -> None:
    desk = example_desk(tmp_path, NOW)
    for day in ("2027-03-01", "2027-01-01", "2027-02-01"):
        number = _sealed(desk, "tutoring-no-control", "share-after-steps").number
        desk.todos.note(Todo(number, "own-1", "The agreement ends", due=day))
    assert [todo.due for todo in desk.todos.due(FAR)] == ["2027-01-01", "2027-02-01", "2027-03-01"]


def test_what_another_program_notes_is_seen(tmp_path: Path) -> None:
    mine, other = example_desk(tmp_path, NOW), example_desk(tmp_path, NOW)
    number = _sealed(mine, "tutoring-no-control", "share-after-steps").number
    assert mine.todos.due(FAR) == []
    other.todos.note(Todo(number, "own-1", "The agreement ends", due="2027-03-01"))
    assert [todo.due for todo in mine.todos.due(FAR)] == ["2027-03-01"]


def test_nothing_of_a_restricted_decision_is_listed(tmp_path: Path) -> None:
    desk = example_desk(tmp_path, NOW)
    secret = next(
        one.id
        for one in real.examples()
        if one.profile == "example" and one.answers.get("court-kind") == "grand-jury-secret"
    )
    number = _sealed(desk, secret, "ask-officer").number
    desk.todos.note(Todo(number, "own-1", "Call the court", due="2026-11-01"))
    assert desk.todos.due(FAR) == []
    assert desk.todos.of(number)[-1].says == "Call the court"


def test_what_cannot_be_noted_leaves_the_ledger_alone(tmp_path: Path) -> None:
    desk = example_desk(tmp_path, NOW)
    number = _sealed(desk, "tutoring-no-control", "share-after-steps").number
    with pytest.raises(DecisionError):
        desk.todos.note(Todo(number, "own-1", "", due="2027-03-01"))
    with pytest.raises(LedgerError):
        desk.todos.note(Todo("2026-0099", "own-1", "The agreement ends"))
    desk.todos.note(Todo(number, "own-1", "The agreement ends"))
    with pytest.raises(RequestsError):  # a note is no decision
        desk.todos.of("2026-0002")
    assert desk.verify().count == 2


def test_without_a_ledger_nothing_is_due(tmp_path: Path) -> None:
    assert example_desk(tmp_path, NOW).todos.due(FAR) == []
