"""Entries whose text was changed after sealing: nothing rests on them, and people are told which they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from tests.requests.sample_desks import Clock
from tests.requests.spoiling import spoil
from tests.requests.test_standing import TRANSFER, _desk, _sealed, _standing, _use

SHARED, REFUSED = '"choice":"share"', '"choice":"do-not-share"'


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-26")


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, number: desk.record(number),
        lambda desk, number: desk.rerun(number),
        lambda desk, number: desk.todos.of(number),
        lambda desk, number: desk.new(replaces=number),
        lambda desk, number: desk.later.note(number, "A note.", by="R. Osei"),
        lambda desk, number: desk.standing.stay(number),
        lambda desk, number: desk.standing.stand(number, "2026-12-31", by="R. Osei"),
        lambda desk, number: desk.new_like(number),
        lambda desk, number: desk.issued.note(number, []),
    ],
)
def test_nothing_rests_on_a_decision_that_was_changed(
    tmp_path: Path, clock: Clock, act: Callable[[Desk, str], object]
) -> None:
    number = _sealed(_desk(tmp_path, clock), TRANSFER, "not-now")
    spoil(tmp_path, number, '"choice":"not-now"', SHARED)
    desk = _desk(tmp_path, clock)
    with pytest.raises(RequestsError, match=number):
        act(desk, number)
    assert desk.verify().count == 0  # nothing holds, and nothing was added


def test_no_use_is_logged_under_a_decision_that_was_changed(tmp_path: Path, clock: Clock) -> None:
    number = _standing(_desk(tmp_path, clock))
    spoil(tmp_path, number, SHARED, REFUSED)
    desk = _desk(tmp_path, clock)
    with pytest.raises(RequestsError, match=number):
        desk.uses.log(_use(number))
    assert desk.uses.of(number) == []


def test_a_decision_that_was_changed_is_in_no_list_and_is_told(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    changed, kept = _sealed(desk, TRANSFER), _sealed(desk, TRANSFER)
    assert desk.altered == ""
    spoil(tmp_path, changed, '"decision":{', '"decisio_":{')
    again = _desk(tmp_path, clock)
    assert [row.number for row in again.recent()] == [kept]
    again.recent()
    assert again.altered.count(changed) == 1
    assert kept not in again.altered


def _last(desk: Desk) -> str:
    return f"2026-{desk.verify().count:04}"


def test_a_use_that_was_changed_goes_into_no_slip_and_is_told(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    wrong, right = desk.uses.log(_use(number)), desk.uses.log(_use(number, file="4712"))
    spoil(tmp_path, wrong.number, "4711", "4799")
    again = _desk(tmp_path, clock)
    assert again.uses.of(number) == [right]
    assert wrong.number in again.altered
    for act in (lambda: again.uses.strike(wrong.number, by="R. Osei"), lambda: again.record(wrong.number)):
        with pytest.raises(RequestsError, match=wrong.number):
            act()


def test_a_todo_that_was_changed_is_not_listed(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    _sealed(desk, "parent-sees-grades")
    (todo,) = desk.todos.due("9999-12-31")
    clock_of = _last(desk)
    spoil(tmp_path, clock_of, todo.due, "2026-01-01")
    again = _desk(tmp_path, clock)
    assert again.todos.due("9999-12-31") == []
    assert todo in again.todos.of(todo.record)  # the decision itself says so
    assert clock_of in again.altered


def test_a_note_that_was_changed_is_not_shown(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _sealed(desk, TRANSFER)
    desk.later.note(number, "They called.", by="R. Osei")
    spoil(tmp_path, _last(desk), "They called.", "Nobody did.")
    again = _desk(tmp_path, clock)
    assert again.later.notes(number) == []
    assert "2026-0002" in again.altered


def test_a_decision_does_not_stand_again_because_its_end_was_changed(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    other = _standing(desk)
    number = _standing(desk)
    desk.standing.end(number, by="R. Osei")
    ended = _last(desk)
    later = _standing(desk)
    spoil(tmp_path, ended, '"ended":"2026-11-26"', '"ended":""')
    again = _desk(tmp_path, clock)
    for one in (other, number):  # nobody can tell which of them it was
        with pytest.raises(DecisionError, match=ended):
            again.uses.log(_use(one))
    again.uses.log(_use(later))
    again.standing.stand(other, "2026-12-31", by="R. Osei")
    again.uses.log(_use(other))


def test_a_decision_does_not_stand_again_because_what_replaced_it_was_changed(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    desk.new(replaces=number).decide(Decision("not-now", ("district",), "No.", "R. Osei"))
    replaced = _last(desk)
    spoil(tmp_path, replaced, f'"record":"{number}"', '"record":"2026-0099"')
    with pytest.raises(DecisionError, match=replaced):
        _desk(tmp_path, clock).uses.log(_use(number))


def test_the_command_line_tells_once_which_entry_it_left_out(
    tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    wrong = desk.uses.log(_use(number))
    desk.uses.log(_use(number, file="4712"))
    spoil(tmp_path, wrong.number, "4711", "4799")
    assert main(["log", "uses", number, "--home", str(tmp_path)]) == codes.FINE
    said = capsys.readouterr()
    assert "4712" in said.out and "4799" not in said.out
    assert said.err.count(wrong.number) == 1 and len(said.err.splitlines()) == 1
    spoil(tmp_path, number, SHARED, REFUSED)
    assert main(["log", "show", number, "--home", str(tmp_path)]) == codes.INPUT
    assert number in capsys.readouterr().err
