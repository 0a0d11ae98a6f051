"""The profile as people change it: read anew after each save, with the former file kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.profile import NO_PROFILE, Person
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.school import StandingFact
from tests import real

ON = "2027-08-01"
EXAMPLE = (real.RULES / "profiles" / "example.yaml").read_bytes()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk.open(tmp_path)
    yield made
    made.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.school.file.write_bytes(EXAMPLE)
    return desk


def facts(desk: Desk) -> dict[str, StandingFact]:
    return {fact.ask.id: fact for fact in desk.school.facts(desk.school.look(), ON)}


def test_every_standing_question_and_row_is_there_with_its_answer_and_day(filled: Desk) -> None:
    found, pack = facts(filled), filled.pack
    standing = {question.id for question in pack.questions.values() if question.standing}
    rows = {row.id for basis in pack.bases for part in basis.paperwork for row in part.ticks() if row.standing}
    assert standing | rows <= set(found)
    assert (found["level"].answer, found["level"].until, found["level"].own) == ("k12", "2027-08-14", False)
    assert (found["soi.2"].label, found["soi.2"].until, found["soi.2"].own) == ("Yes", "2027-07-31", True)
    assert found["soi.2"].lapsed and not found["level"].lapsed
    assert found["military-funds"].answer is None


def test_a_saved_fact_holds_for_the_next_request(filled: Desk) -> None:
    assert filled.profile.answers["directory-limit"] == "no"
    shown = filled.school.look()
    filled.school.keep(filled.school.answered(shown, "directory-limit", "yes", "2027-12-31"))
    assert filled.profile.answers["directory-limit"] == "yes"
    assert filled.profile.until["directory-limit"] == "2027-12-31"
    shown = filled.school.look()
    filled.school.keep(filled.school.without(shown, "directory-limit"))
    assert "directory-limit" not in filled.profile.answers


def test_a_new_day_of_review_goes_for_what_has_none_of_its_own(filled: Desk) -> None:
    school = filled.school
    school.keep(school.reviewed(school.look().profile, "2028-08-14"))
    assert filled.profile.until["level"] == "2028-08-14"
    assert filled.profile.until["soi.2"] == "2027-07-31"


def test_a_file_written_by_hand_is_kept_also_after_a_second_save(filled: Desk) -> None:
    school = filled.school
    school.keep(replace(school.look().profile, school="A"))
    school.keep(replace(school.look().profile, school="B"))
    assert school.before.read_bytes() == EXAMPLE
    assert filled.profile.school == "B"


def test_the_schedule_is_kept(filled: Desk) -> None:
    school, rules = filled.school, (Rule("decision", ("not-now",), 3), Rule("decision", (), 7))
    school.keep(replace(school.look().profile, retention=rules))
    assert filled.profile.retention == rules
    school.keep(school.reviewed(school.look().profile, "2028-08-14"))
    assert filled.profile.retention == rules


def test_people_and_second_person_are_kept(filled: Desk) -> None:
    school, people = filled.school, (Person("registrar", 'A. "Bo" O\'Hara', "555"), Person("principal"))
    school.keep(replace(school.look().profile, people=people, second_person=("differs", "shares"), state="CA"))
    assert (filled.profile.people, filled.profile.second_person) == (people, ("differs", "shares"))
    assert [overlay.id for overlay in filled.pack.overlays] == ["ca"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"school": " "}, "school"), ({"review_by": "soon"}, "review_by"), ({"people": (Person("", "x"),)}, "people"),
     ({"school": "\ud800"}, "school")],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_at_its_field(filled: Desk, change: dict[str, str], field: str) -> None:
    with pytest.raises(DecisionError) as caught:
        filled.school.keep(replace(filled.school.look().profile, **change))  # type: ignore[arg-type]
    assert [name for name, _ in caught.value.problems] == [field]
    assert filled.school.file.read_bytes() == EXAMPLE


def test_a_state_that_is_not_held_is_told_before_anything_is_written(filled: Desk) -> None:
    with pytest.raises(DecisionError) as caught:
        filled.school.keep(replace(filled.school.look().profile, state="ZZ", district="none.yaml"))
    assert [name for name, _ in caught.value.problems] == ["state", "district"]
    assert filled.school.file.read_bytes() == EXAMPLE
    assert not filled.school.before.exists()


def test_an_answer_that_is_not_offered_and_a_day_that_is_none_are_refused(filled: Desk) -> None:
    shown = filled.school.look()
    with pytest.raises(AnswerError):
        filled.school.answered(shown, "level", "kindergarten", "")
    with pytest.raises(DecisionError):
        filled.school.answered(shown, "level", "k12", "soon")


def test_a_file_with_mistakes_is_shown_with_them_and_kept_when_it_is_replaced(desk: Desk) -> None:
    broken = b"school: S\nstat: CA\nanswers:\n  levl: k12\n"
    desk.school.file.write_bytes(broken)
    shown = desk.school.look()
    assert [mistake.line for mistake in shown.mistakes] == [2, 4]
    assert replace(shown.profile, sha256="") == NO_PROFILE
    desk.school.keep(replace(shown.profile, school="S"))
    assert desk.school.before.read_bytes() == broken
    assert desk.school.look().mistakes == ()


def test_without_a_file_everything_is_open_and_the_first_save_makes_it(desk: Desk) -> None:
    assert {fact.answer for fact in facts(desk).values()} == {None}
    school = desk.school
    school.keep(replace(school.answered(school.look(), "level", "k12", ""), school="S"))
    assert desk.profile.answers == {"level": "k12"}
    assert not school.before.exists()


@pytest.mark.parametrize("before", [None, EXAMPLE, b"school: S\nanswers:\n  levl: k12\n"])
def test_what_somebody_else_saved_meanwhile_is_not_written_over(desk: Desk, before: bytes | None) -> None:
    if before is not None:
        desk.school.file.write_bytes(before)
    other = Desk.open(desk.home).school
    mine, theirs = desk.school.look().profile, other.look().profile
    other.keep(replace(theirs, school="Theirs", people=(Person("counsel"),)))
    after = desk.school.file.read_bytes()
    with pytest.raises(RequestsError):
        desk.school.keep(replace(mine, school="Mine"))
    assert desk.school.file.read_bytes() == after
    desk.school.keep(replace(desk.school.look().profile, school="Mine"))
    shown = desk.school.look().profile
    assert (shown.school, shown.people) == ("Mine", (Person("counsel"),))


def test_a_file_that_names_a_broken_policy_is_mended_and_kept(filled: Desk) -> None:
    policy = filled.home / "district.yaml"
    policy.write_bytes((real.RULES / "district" / "example.yaml").read_bytes())
    school = filled.school
    school.keep(replace(school.look().profile, district=policy.name))
    before, looked_at = school.file.read_bytes(), school.look().profile
    policy.write_text("garbage: [")
    school.keep(replace(looked_at, district=""))
    assert school.before.read_bytes() == before
    assert filled.profile.district == ""
