"""When a decision needs a second person, for each value of the profile and each kind of choice; and who it may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.people import people_for
from ferpa_wizard.core.profile import NO_PROFILE, SECOND_PERSON, Person, Profile
from ferpa_wizard.core.record import Decision, choices, problems, seal, second_for
from ferpa_wizard.core.second import same_person, why_second
from ferpa_wizard.core.typed import LONGEST_LINE
from ferpa_wizard.core.walk import Walk, walk
from tests import real

NEEDING = {
    "differs": {("share", True), ("share-after-steps", True), ("not-now", True), ("do-not-share", True), ("ask-officer", True)},
    "shares": {(choice, differs) for choice in ("share", "share-after-steps") for differs in (True, False)},
    "declines": {(choice, differs) for choice in ("not-now", "do-not-share") for differs in (True, False)},
    "always": {(choice, differs) for choice in CHOICES for differs in (True, False)},
}  # fmt: skip
TUTORING = next(example for example in real.examples() if example.id == "tutoring-no-control")  # after steps
NOT_NOW = Decision("not-now", ("practical",), "", "R. Osei", "registrar")


def walked() -> Walk:
    return walk(real.pack(), TUTORING.answers, real.profiles()["example"], "2026-11-24")


@pytest.mark.parametrize("differs", [True, False])
@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("when", SECOND_PERSON)
def test_each_value_of_the_profile_asks_for_its_decisions_and_no_others(
    when: str, choice: str, *, differs: bool
) -> None:
    assert bool(why_second([when], choice, differs=differs)) == ((choice, differs) in NEEDING[when])
    assert why_second([], choice, differs=differs) == ""
    assert why_second([when], "", differs=differs) == ""  # nothing is chosen yet


def test_differing_is_what_the_result_does_not_support() -> None:
    found, profile = determine(walked().facts), Profile(second_person=("differs",))
    asked = {choice.id: bool(second_for(found, choice.id, profile)) for choice in choices(found)}
    assert asked == {choice.id: not choice.fits for choice in choices(found)}
    assert set(asked.values()) == {True, False}  # this result has choices of both kinds


@pytest.mark.parametrize("name", ["R. Osei", "r. osei", " R.  Osei ", "R.\tOSEI"])
def test_the_same_person_in_other_letters_cannot_agree(name: str) -> None:
    found = determine(walked().facts)
    for profile in (Profile(second_person=("always",)), NO_PROFILE):
        assert [field for field, _ in problems(found, replace(NOT_NOW, second_name=name), profile)] == ["second"]
    assert problems(found, replace(NOT_NOW, second_name="J. Moreau"), Profile(second_person=("always",))) == []


def test_nobody_is_not_the_same_person_as_nobody() -> None:
    assert not same_person("", "")
    assert not same_person(" ", " ")


@pytest.mark.parametrize(("change", "field"), [
    ({"second_name": ""}, "second"),
    ({"second_name": "  "}, "second"),
    ({"second_name": "x" * (LONGEST_LINE + 1)}, "second"),
    ({"second_name": "\ud800"}, "second"),
    ({"second_role": "x" * (LONGEST_LINE + 1)}, "second-role"),
])  # fmt: skip
def test_what_the_second_person_lacks_is_told_at_its_field(change: dict[str, str], field: str) -> None:
    decision = replace(replace(NOT_NOW, second_name="J. Moreau"), **change)  # type: ignore[arg-type]
    found = problems(determine(walked().facts), decision, Profile(second_person=("declines",)))
    assert [name for name, _ in found] == [field]


def sealed(decision: Decision, profile: Profile) -> dict[str, Any]:
    given = walked()
    found = determine(given.facts)
    at = datetime(2026, 11, 24, tzinfo=UTC)
    body = seal(given, found, decision, intake=Intake(), profile=profile, on="2026-11-24", at=at)["decision"]
    assert isinstance(body, dict)
    return body


def test_the_record_holds_who_agreed_and_nothing_where_nobody_had_to() -> None:
    agreed = replace(NOT_NOW, second_name=" J. Moreau ", second_role="principal")
    assert sealed(agreed, Profile(second_person=("always",)))["second"] == {"name": "J. Moreau", "role": "principal"}
    assert "second" not in sealed(NOT_NOW, NO_PROFILE)


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("The privacy officer", ["privacy officer"]),
        ("The principal (with your school's lawyer)", ["principal", "district lawyer"]),
        ("Your school's lawyer", ["district lawyer"]),
        ("Their supervisor or the principal", ["principal"]),
        ("The conduct office", []),
        ("", []),
    ],
)
def test_whoever_has_to_judge_is_offered_first(role: str, first: list[str]) -> None:
    roles = ["school secretary", "principal", "privacy officer", "district lawyer"]
    people = people_for(Profile(people=tuple(Person(one) for one in roles)), role)
    assert [person.role for person, judges in people if judges] == first
    assert [person.role for person, _ in people][: len(first)] == first
    assert sorted(person.role for person, _ in people) == sorted(roles)
