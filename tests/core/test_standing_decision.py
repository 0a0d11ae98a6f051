"""What a standing decision and its uses are, apart from rules and ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ferpa_wizard.core.standing_decision import (
    Standing,
    do_each_time,
    each_time,
    entry_of_standing,
    problems,
    standing_in_entry,
)
from ferpa_wizard.core.typed import LONGEST_LINE
from ferpa_wizard.core.use import Logged, Use, chosen, entry_of_strike, entry_of_use, struck_in, use_in, written_in

STANDING = Standing("2026-0001", "2027-01-31", "A school asks")
USE = Use("2026-0001", "2026-11-26", "4711", "Oak School", "R. Osei")


def _logged(number: int, day: str, *, struck: bool = False, written: bool = False) -> Logged:
    return Logged(f"2026-{number:04}", replace(USE, day=day), day, struck=struck, written=written)


@pytest.mark.parametrize(
    ("ended", "day", "over"),
    [
        ("", "2027-01-31", False), ("", "2027-02-01", True), ("2026-12-24", "2026-12-24", True),
        ("2026-12-24", "2026-12-23", False), ("2026-12-24", "2027-02-01", True),
    ],
)  # fmt: skip
def test_it_stands_to_the_end_of_its_day_or_until_somebody_ended_it(ended: str, day: str, over: bool) -> None:
    assert bool(replace(STANDING, ended=ended).over(day)) is over


@pytest.mark.parametrize("until", ["soon", "2026-11-25", "2027-08-01"])
def test_a_day_that_is_none_past_or_too_late_is_told(until: str) -> None:
    found = problems(replace(STANDING, until=until), by="N", today="2026-11-26", latest="2027-07-31")
    assert [field for field, _ in found] == ["until"]


def test_the_first_and_the_last_day_are_taken() -> None:
    for until in ("2026-11-26", "2027-07-31"):
        assert problems(replace(STANDING, until=until), by="N", today="2026-11-26", latest="2027-07-31") == []


@pytest.mark.parametrize("by", ["", " ", "x" * (LONGEST_LINE + 1), "\ud800"])
def test_nobody_lets_a_decision_stand_without_a_name(by: str) -> None:
    found = problems(STANDING, by=by, today="2026-11-26", latest="2027-07-31")
    assert [field for field, _ in found] == ["by"]


def test_an_entry_says_what_it_was_made_of_and_another_shape_nothing() -> None:
    assert standing_in_entry(entry_of_standing(STANDING, by="N")) == STANDING
    assert use_in(entry_of_use(USE)) == USE
    strike = entry_of_strike(Logged("2026-0002", USE, USE.day), by="N")
    assert (use_in(strike), struck_in(strike)) == (None, "2026-0002")
    assert "4711" not in strike.values()
    assert (standing_in_entry({}), use_in({"file": 3}), struck_in({"strikes": 3})) == (None, None, "")
    assert (written_in({"uses": 3}), written_in({"uses": ["2026-0002", 3]})) == ((), ("2026-0002",))


@pytest.mark.parametrize(
    ("since", "until", "new", "numbers"),
    [
        ("", "", True, [1, 4]), ("", "", False, [1, 2, 4]), ("2026-11-26", "", False, [2, 4]),
        ("", "2026-11-26", False, [1, 2]), ("2026-11-27", "2026-11-27", True, [4]),
    ],
)  # fmt: skip
def test_uses_are_chosen_by_day_without_those_struck_out(since: str, until: str, new: bool, numbers: list[int]) -> None:
    uses = [
        _logged(1, "2026-11-25"),
        _logged(2, "2026-11-26", written=True),
        _logged(3, "2026-11-26", struck=True),
        _logged(4, "2026-11-27"),
    ]
    found = chosen(uses, since=since, until=until, new=new)
    assert [int(one.number[-1]) for one in found] == numbers


def test_each_use_has_the_conditions_of_the_way_and_the_duties_up_to_sharing() -> None:
    met = {"says": "A school asks", "status": "met"}
    found = {
        "basis": {"id": "transfer"},
        "bases": [
            {"id": "other", "conditions": [{"says": "No", "status": "met"}]},
            {"id": "transfer", "conditions": [met, {"says": "", "status": "met"}, {"says": "Not", "status": "to-do"}]},
        ],
        "duties": [
            {"do": "Check who asks", "when": "before", "by": "you"},
            {"do": "Tell the limits", "when": "at", "by": "you"},
            {"do": "No note is due", "when": "at", "by": ""},
            {"do": "Log it", "when": "after", "by": "you"},
        ],
    }
    assert each_time({"determination": found}) == ("A school asks",)
    assert do_each_time({"determination": found}) == ("Check who asks", "Tell the limits")
    assert each_time({"determination": {**found, "basis": None}}) == ()
