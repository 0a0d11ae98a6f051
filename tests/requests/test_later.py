"""Notes on records and new versions of them; the record that was sealed stays as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from tests import real
from tests.exported import export
from tests.requests.sample_desks import example_desk, restricted

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
BY = Decision("ask-officer", (), "To be sure.", "R. Osei")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return example_desk(tmp_path, NOW)


def sealed(desk: Desk, *, name: str = "tutoring-no-control", intake: Intake | None = None) -> str:
    request = desk.new(next(one.answers for one in real.examples() if one.id == name))
    assert request.note(intake or Intake()) == []
    return request.decide(BY).number


def test_a_note_stands_beside_the_record_and_changes_nothing_of_it(desk: Desk) -> None:
    number, other = sealed(desk), sealed(desk)
    before = desk.record(number)
    desk.later.note(number, " They called back. ", by="P. Lee")
    desk.later.note(number, "All is settled.", by="R. Osei")
    assert [(one.note.says, one.note.by) for one in desk.later.notes(number)] == [
        ("They called back.", "P. Lee"),
        ("All is settled.", "R. Osei"),
    ]
    assert desk.later.notes(other) == []
    after = desk.record(number)
    assert (after.seal, after.body) == (before.seal, before.body)
    assert desk.verify().ok
    again = Desk(desk.home, lambda: (real.pack(), real.profiles()["example"]), now=lambda: NOW)
    assert len(again.later.notes(number)) == 2


@pytest.mark.parametrize(
    ("says", "by", "field"), [("", "x", "says"), ("x", " ", "by"), ("x" * 2001, "y", "says"), ("\ud800", "y", "says")]
)
def test_a_note_that_lacks_something_says_what_and_is_not_kept(desk: Desk, says: str, by: str, field: str) -> None:
    number = sealed(desk)
    with pytest.raises(DecisionError) as error:
        desk.later.note(number, says, by=by)
    assert [name for name, _ in error.value.problems] == [field]
    assert desk.later.notes(number) == []


def test_a_new_version_names_the_old_one_and_the_old_one_the_new(desk: Desk) -> None:
    old = sealed(desk)
    new = desk.new(replaces=old).decide(BY).number
    assert desk.record(new).body["replaces"] == old
    assert desk.later.replaced_by(old) == new
    assert desk.later.replaced_by(new) == ""
    assert desk.record(new).body["answers"] == desk.record(old).body["answers"]
    with pytest.raises(RequestsError, match=new):
        desk.new(replaces=old)
    assert desk.verify().ok


def test_a_record_is_replaced_once_and_the_draft_that_came_second_stays(desk: Desk) -> None:
    old = sealed(desk)
    other = Desk(desk.home, lambda: (real.pack(), real.profiles()["example"]), now=lambda: NOW)
    first, second = desk.new(replaces=old), other.new(replaces=old)
    second.see_result()
    new = first.decide(BY).number
    before = desk.verify().count
    for _ in range(2):  # it is refused again, and the sequence that was undone confuses nothing
        with pytest.raises(DecisionError, match=new):
            second.decide(BY)
    assert desk.later.replaced_by(old) == new
    assert desk.verify().ok and desk.verify().count == before
    assert [row.id for row in other.drafts()] == [second.id]
    assert other.new(replaces=new).decide(BY).number == other.later.replaced_by(new)


def test_a_draft_keeps_of_which_record_it_is_the_new_version(desk: Desk) -> None:
    old = sealed(desk)
    request = desk.new(replaces=old)
    request.edit("requester")
    request.answer("school")
    assert desk.open_draft(request.id).draft.replaces == old


def test_a_new_version_knows_what_was_known_of_the_request_as_it_came_in(desk: Desk) -> None:
    known = Intake(
        reference="A-17", words="All grades, please.", received="2026-11-01", way="phone", deadline="2026-12-01",
        identity="ID card seen", asker="Pat Lee",
    )  # fmt: skip
    old = sealed(desk, intake=known)
    new = desk.new(replaces=old)
    assert new.intake == known
    request = desk.record(new.decide(BY).number).body["request"]
    assert request == desk.record(old).body["request"]


def test_a_new_version_of_a_restricted_record_is_restricted_whatever_is_answered(desk: Desk) -> None:
    kept_out, by_rules = sealed(desk, intake=Intake(keep_out=True)), restricted(desk, BY)
    for old in (kept_out, by_rules):
        request = desk.new(replaces=old)
        request.edit("requester")
        request.answer("public")
        assert request.restricted
        assert [row.title for row in desk.drafts()] == [""]
        desk.discard(request.id)
        desk.new(replaces=old).decide(BY)
    assert desk.recent() == []


def test_what_is_no_decision_takes_no_note(desk: Desk) -> None:
    number = sealed(desk, name="parent-sees-grades")
    clock = f"{number[:5]}{int(number[5:]) + 1:04}"  # the clock that goes with it
    with pytest.raises(RequestsError):
        desk.later.note(clock, "x", by="y")


def test_notes_on_a_restricted_record_are_marked_so(desk: Desk) -> None:
    number = restricted(desk, BY)
    desk.later.note(number, "Kept apart.", by="R. Osei")
    out = desk.home / "out.jsonl"
    export(desk, out, "jsonl")
    assert "Kept apart." not in out.read_text(encoding="utf-8")
