"""Schedules: read from the profile with every mistake told, the first rule that fits, days, and what belongs to whom."""

from __future__ import annotations

import pytest

from ferpa_wizard.core import hold, retention
from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.errors import ProfileError
from ferpa_wizard.core.profile import read_profile
from ferpa_wizard.core.retention import Rule, belongs_to, first_that_fits, named_in
from tests import real

NO = Rule("decision", ("not-now", "do-not-share"), 3)
ALL = Rule("decision", (), 7)


def _read(rules: str) -> tuple[Rule, ...]:
    return read_profile(f"school: S\nretention:\n{rules}answers: {{}}\n".encode(), "p.yaml", real.pack()).retention


def test_a_schedule_is_read_in_its_order() -> None:
    rules = _read("  - {kind: decision, outcome: [not-now, do-not-share], years: 3}\n  - {kind: decision, years: 7}\n")
    assert rules == (NO, ALL)
    assert _read("  - {kind: decision, outcome: share, years: 7}\n") == (Rule("decision", ("share",), 7),)


def test_without_one_there_are_no_rules() -> None:
    assert read_profile(b"school: S\nanswers: {}\n", "p.yaml", real.pack()).retention == ()


@pytest.mark.parametrize(
    "wrong",
    [
        "{kind: decisions, years: 3}",
        "{years: 3}",
        "{kind: decision}",
        "{kind: decision, years: 0}",
        "{kind: decision, years: 101}",
        "{kind: decision, years: three}",
        "{kind: decision, outcome: [yes-please], years: 3}",
        "{kind: decision, outcome: [], years: 3}",
        "{kind: decision, years: 3, month: 2}",
        "{kind: decision, outcome: share, years: 2}",  # the rule above takes it
        "three years",
    ],
)
def test_each_mistake_is_told_at_its_line(wrong: str) -> None:
    first = "  - {kind: decision, outcome: [share], years: 3}\n"
    with pytest.raises(ProfileError) as caught:
        _read(f"{first}  - {wrong}\n")
    assert {(one.file, one.line) for one in caught.value.mistakes} == {("p.yaml", 4)}


def test_a_rule_that_can_never_count_is_a_mistake() -> None:
    everything = "".join(f"  - {{kind: decision, outcome: {name}, years: 3}}\n" for name in CHOICES)
    with pytest.raises(ProfileError):
        _read(f"{everything}  - {{kind: decision, years: 7}}\n")


def test_the_first_that_fits_counts_and_none_means_for_ever() -> None:
    assert first_that_fits((NO, ALL), "not-now") == NO
    assert first_that_fits((NO, ALL), "share") == ALL
    assert first_that_fits((ALL, NO), "not-now") == ALL
    assert first_that_fits((NO,), "share") is None
    assert first_that_fits((), "share") is None


@pytest.mark.parametrize(
    ("decided", "years", "last"),
    [
        ("2026-11-27", 3, "2029-11-27"),
        ("2028-02-29", 1, "2029-03-01"),
        ("2028-02-29", 4, "2032-02-29"),
        ("2028-02-29", 72, "2100-03-01"),
    ],
)
def test_the_last_day_is_never_a_day_too_early(decided: str, years: int, last: str) -> None:
    assert Rule("decision", (), years).last_day(decided) == last


def test_what_names_a_record_belongs_to_it_and_of_another_desk_to_that_one() -> None:
    assert belongs_to({"record": "2026-0001", "says": "x"}) == ("", "2026-0001")
    assert belongs_to({"record": "2026-0001", "installation": ""}) == ("", "2026-0001")
    assert belongs_to({"record": "2026-0001", "installation": "a" * 32}) == ("a" * 32, "2026-0001")
    assert belongs_to({"entries": [1]}) is None
    assert belongs_to({"record": 7}) is None


def test_a_purge_names_entries_and_nothing_else() -> None:
    body = retention.entry_of_purge({3, 1}, by="P. Lee", words="The schedule.", schedule=[ALL.says])
    assert named_in(body) == [1, 3]
    assert named_in({"entries": [1, "2", True, None]}) == [1]
    assert named_in({"entries": "1"}) == []


@pytest.mark.parametrize(
    ("acts", "count"),
    [
        ((), 0),
        (("hold",), 1),
        (("hold", "release"), 0),
        (("hold", "hold", "release"), 1),
        (("release", "hold"), 1),
        (("hold", "release", "release", "hold"), 1),
    ],
)
def test_each_hold_needs_its_own_release(acts: tuple[str, ...], count: int) -> None:
    assert hold.standing(acts) == count


def test_a_hold_says_why_and_who() -> None:
    assert [name for name, _ in hold.problems(hold.Hold("2026-0001", "hold", " ", ""))] == ["words", "by"]
    assert hold.problems(hold.Hold("2026-0001", "release", "Settled.", "P. Lee")) == []
    kept = hold.Hold("2026-0001", "hold", "A lawsuit.", "P. Lee")
    body = hold.entry_of_hold(kept, restricted=False)
    assert hold.hold_in(body) == kept
    assert hold.hold_in({**body, "act": "keep"}) is None
