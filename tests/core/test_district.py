"""A district's profile with exceptions by school, and what becomes of it beside a school's own."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.district import District, read_district, with_district
from ferpa_wizard.core.errors import ProfileError
from ferpa_wizard.core.profile import FOREVER, NO_PROFILE, Person, Profile, read_profile
from tests import real

TEXT = b"""\
school: "Hill Valley"
review_by: 2027-08-14
state: CA
second_person: [differs]
log_folder: //server/ferpa
people: [{role: "officer"}]
retention: [{kind: decision, years: 3}]
answers:
  level: k12
  directory-limit: no
  soi.2: {value: yes, until: 2027-07-31}
schools:
  "Lincoln  High":
    answers: {directory-limit: yes, soi.2: no}
    people: [{role: "principal"}]
    log_folder: //server/lincoln
  Adams Middle: {second_person: [always], review_by: 2027-01-31, answers: {visa-school: no}}
  Oak: {}
"""


def _district(text: bytes = TEXT) -> District:
    return read_district(text, "profile.yaml", real.pack())


def test_a_school_has_its_own_over_what_holds_for_all() -> None:
    found = _district().of("lincoln high")
    assert found.answers == {"level": "k12", "directory-limit": "yes", "soi.2": "no"}
    assert (found.school, found.people, found.log_folder) == (
        "Lincoln High",
        (Person("principal"),),
        "//server/lincoln",
    )
    assert (found.second_person, found.state, len(found.retention)) == (("differs",), "CA", 1)
    # A school's own answer does not take over the day of the answer that it replaces.
    assert found.until == dict.fromkeys(found.answers, "2027-08-14")


def test_another_school_has_none_of_it() -> None:
    found = _district().of("Adams Middle")
    assert (found.answers["directory-limit"], found.answers["visa-school"]) == ("no", "no")
    assert (found.until["visa-school"], found.until["level"]) == ("2027-01-31", "2027-08-14")
    assert (found.second_person, found.people) == (("always",), (Person("officer"),))
    assert _district().of("Oak").answers == _district().of("nowhere").answers == _district().profile.answers


@pytest.mark.parametrize(
    ("line", "wrong"),
    [(16, b"  Oak: {answers: {level: k13}}"), (16, b"  Oak: {answers: {levle: k12}}"), (16, b"  Oak: {state: CA}"),
     (16, b"  Oak: {school: Elm}"), (16, b"  Oak: {schools: {}}"), (16, b"  oak: {}\n  OAK: {}"), (16, b"  '': {}"),
     (16, b"  Oak: {people: [{name: A}]}"), (16, b"  Oak: {review_by: soon}"), (16, b"  Oak: k12"),
     (16, b"  Oak: {log_folder: ferpa}"), (16, b"  Oak: {second_person: [never]}")],
)  # fmt: skip
def test_a_mistake_in_a_school_is_told_at_its_line(line: int, wrong: bytes) -> None:
    base = TEXT.replace(b"  Oak: {}\n", wrong + b"\n")
    with pytest.raises(ProfileError) as caught:
        _district(base)
    at = base.decode().splitlines().index(wrong.decode().splitlines()[-1]) + 1
    assert [one.line for one in caught.value.mistakes] == [at]


def test_a_desks_own_profile_has_no_schools() -> None:
    with pytest.raises(ProfileError):
        read_profile(TEXT, "profile.yaml", real.pack())


def test_what_the_district_sets_goes_before_and_the_rest_stays() -> None:
    own = Profile(
        "Oak", "hash", {"level": "college", "funds": "yes"}, {"level": FOREVER, "funds": "2027-01-01"}, "TX", "ours.yaml",
        (Person("secretary"),), review_by="2026-12-31", log_folder="//own/ferpa",
    )  # fmt: skip
    found = with_district(own, _district().of("Oak"), release=7)
    assert found.answers == {"level": "k12", "funds": "yes", "directory-limit": "no", "soi.2": "yes"}
    assert found.until == {
        "level": "2027-08-14",
        "funds": "2027-01-01",
        "directory-limit": "2027-08-14",
        "soi.2": "2027-07-31",
    }
    assert (found.state, found.district, found.people) == ("CA", "ours.yaml", (Person("officer"),))
    assert (found.school, found.sha256, found.log_folder, found.release) == ("Oak", "hash", "//server/ferpa", 7)
    assert found.by_district == {"level", "directory-limit", "soi.2"}


def test_a_school_without_a_profile_has_the_districts() -> None:
    found = with_district(NO_PROFILE, _district().profile, release=7)
    assert (found.school, found.answers["level"]) == ("Hill Valley", "k12")
    assert with_district(NO_PROFILE, _district().profile, release=7, school="Elm").school == "Elm"
