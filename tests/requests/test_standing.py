"""Standing decisions on the real rules: what may stand, how long, each reason for which a use is refused, and the uses."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.use import Use
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.papers import why_no_entry, write_entries, write_rows
from tests import real
from tests.exported import export
from tests.requests.sample_desks import Clock

NOTICE_ENDS = "2027-07-31"  # the line in the yearly notice, in the profile of the example
EXAMPLES = {one.id: one for one in real.examples()}
TRANSFER = "new-school-wants-file"


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-26")


def _desk(home: Path, clock: Clock, *, pack: Pack | None = None, profile: Profile | None = None) -> Desk:
    rules = (pack or real.pack(), profile or real.profiles()["example"])
    return Desk(home, lambda: rules, now=clock)


def _sealed(desk: Desk, example: str, choice: str = "share") -> str:
    reasons = ("district",) if choice in ("not-now", "do-not-share") else ()
    return desk.new(EXAMPLES[example].answers).decide(Decision(choice, reasons, "Because.", "R. Osei")).number


def _standing(desk: Desk, until: str = NOTICE_ENDS) -> str:
    number = _sealed(desk, TRANSFER)
    desk.standing.stand(number, until, by="R. Osei")
    return number


def _use(number: str, day: str = "2026-11-26", file: str = "4711", to: str = "Oak School") -> Use:
    return Use(number, day, file, to, "R. Osei")


def _refused(desk: Desk, use: Use) -> str:
    with pytest.raises(DecisionError) as refusal:
        desk.uses.log(use)
    assert {field for field, _ in refusal.value.problems} == {""}
    return str(refusal.value)


# What may stand


def test_a_plain_yes_to_a_school_that_enrolls_the_student_may_stand(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    (standing,) = desk.standing.every()
    assert (standing.record, standing.until) == (number, NOTICE_ENDS)
    assert standing.title == desk.recent()[0].title
    assert _desk(tmp_path, clock).standing.every() == [standing]
    assert desk.verify().ok


@pytest.mark.parametrize(
    ("example", "choice"),
    [
        ("club-with-consent", "share"),
        ("subpoena-all-done", "share"),
        ("parent-sees-grades", "share"),
        ("warn-next-school", "share"),
        (TRANSFER, "not-now"),
        (TRANSFER, "share-after-steps"),
        ("tutoring-no-control", "share-after-steps"),
        ("line-in-notice-nobody-asked", "share"),
        ("immigration-asks-if-enrolled", "share"),
    ],
)
def test_what_is_decided_each_time_cannot_stand_and_says_why(
    tmp_path: Path, clock: Clock, example: str, choice: str
) -> None:
    desk = _desk(tmp_path, clock)
    number = _sealed(desk, example, choice)
    assert desk.standing.stay(number).why_not
    with pytest.raises(DecisionError):
        desk.standing.stand(number, "2026-12-31", by="R. Osei")
    assert desk.standing.every() == []


def test_an_emergency_cannot_stand_for_the_reason_that_the_rules_give(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    request = desk.new({"start": "danger", "threat": "now", "who-told": "right"})
    number = request.decide(Decision("share", (), "", "R. Osei")).number
    emergency = next(basis for basis in real.pack().bases if basis.effect == "emergency")
    assert request.so_far.basis is not None and request.so_far.basis.id == emergency.id
    assert desk.standing.stay(number).why_not == (emergency.each_time,)


def test_the_reason_is_that_of_the_way_where_the_rules_have_one() -> None:
    told = {basis.id for basis in real.pack().bases if basis.each_time}
    assert {"ferpa-consent", "ferpa-order-subpoena", "ferpa-health-safety-emergency"} <= told
    assert not told & {basis.id for basis in real.pack().bases if basis.may_stand}


def test_a_fact_of_the_profile_that_lapses_sooner_is_the_limit_and_is_told(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    stay = desk.standing.stay(_sealed(desk, TRANSFER))
    assert stay.latest == NOTICE_ENDS
    (says,) = stay.lapses
    assert "Your yearly notice says that you send records" in says


def test_without_such_a_fact_it_stands_for_a_year_at_most(tmp_path: Path, clock: Clock) -> None:
    lasting = replace(real.profiles()["example"], until={})
    desk = _desk(tmp_path, clock, profile=lasting)
    number = _sealed(desk, TRANSFER)
    stay = desk.standing.stay(number)
    assert (stay.latest, stay.lapses) == ("2027-11-26", ())
    for wrong in ("2027-11-27", "2026-11-25", "in June"):
        with pytest.raises(DecisionError) as refusal:
            desk.standing.stand(number, wrong, by="R. Osei")
        assert [field for field, _ in refusal.value.problems] == ["until"]
    clock.day = "2027-11-27"
    assert desk.standing.stay(number).why_not


# Refusals


def test_a_use_after_the_last_day_is_refused(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk, "2027-01-31")
    clock.day = "2027-02-01"
    assert "2027-01-31" in _refused(desk, _use(number, "2027-02-01"))
    desk.uses.log(_use(number, "2027-01-31"))  # on the day on which it went out it still stood
    assert len(desk.uses.of(number)) == 1


def test_a_use_is_refused_once_the_line_in_the_notice_has_lapsed(tmp_path: Path, clock: Clock) -> None:
    earlier = replace(real.profiles()["example"], until={})
    number = _standing(_desk(tmp_path, clock, profile=earlier), "2027-10-31")
    desk = _desk(tmp_path, clock)
    clock.day = "2027-08-01"
    assert "Your yearly notice says that you send records" in _refused(desk, _use(number, "2027-08-01"))
    assert desk.uses.of(number) == []
    desk.uses.log(_use(number, NOTICE_ENDS))
    assert len(desk.uses.of(number)) == 1


def test_a_use_is_refused_when_todays_rules_ask_for_more(tmp_path: Path, clock: Clock) -> None:
    number = _standing(_desk(tmp_path, clock))
    files = json.loads(real.pack().content)
    name = "bases/transfer-enrolment.yaml"
    stricter = files[name].replace("holds: {purpose: [enrolment, shared-student]}", "holds: {purpose: shared-student}")
    assert stricter != files[name]
    pack = pack_from_bytes(json.dumps({**files, name: stricter}).encode())
    assert _refused(_desk(tmp_path, clock, pack=pack), _use(number))


def test_a_use_is_refused_when_todays_profile_says_otherwise(tmp_path: Path, clock: Clock) -> None:
    number = _standing(_desk(tmp_path, clock))
    example = real.profiles()["example"]
    other = replace(example, answers={**example.answers, "tr.4b1": "no"})
    says = _refused(_desk(tmp_path, clock, profile=other), _use(number))
    assert "Your yearly notice says that you send records" in says
    assert "counts as a school official" not in says  # what does not matter here is not told


def test_a_use_is_refused_once_somebody_ended_it_and_not_after_that_was_taken_back(
    tmp_path: Path, clock: Clock
) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    ended = desk.standing.end(number, by="R. Osei")
    assert desk.standing.every() == []
    assert _refused(desk, _use(number))
    desk.standing.resume(ended, by="R. Osei")
    desk.uses.log(_use(number))
    assert len(desk.uses.of(number)) == 1
    assert desk.verify().ok


def test_a_use_is_refused_once_another_record_took_the_place(tmp_path: Path, clock: Clock) -> None:
    desk, other = _desk(tmp_path, clock), _desk(tmp_path, clock)
    number = _standing(desk)
    assert other.standing.every()
    clock.day = "2026-11-28"
    newer = desk.new(replaces=number).decide(Decision("not-now", ("district",), "No.", "R. Osei")).number
    for one in (desk, other):
        assert newer in _refused(one, _use(number, "2026-11-28"))
        assert one.standing.every() == []
        (why,) = one.standing.stay(number).why_not
        assert newer in why
        with pytest.raises(DecisionError, match=newer):
            one.standing.stand(number, "2026-12-31", by="R. Osei")
    desk.uses.log(_use(number, "2026-11-27"))  # on the day on which it went out it still stood


def test_what_was_ended_is_not_ended_again_on_a_later_day(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    ended = desk.standing.end(number, by="R. Osei")
    clock.day = "2026-12-01"
    with pytest.raises(RequestsError, match="2026-11-26"):
        desk.standing.end(number, by="R. Osei")
    assert _refused(desk, _use(number, "2026-11-30"))
    shorter = desk.standing.stand(number, "2026-12-31", by="R. Osei")
    with pytest.raises(RequestsError):
        desk.standing.resume(ended, by="R. Osei")
    assert desk.standing.of(number) == shorter


def test_each_refusal_says_what_to_do_now(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk, "2027-01-31")
    clock.day = "2027-09-01"
    late, lapsed = desk.standing.refusals(number, "2027-02-01"), desk.standing.stay(number).why_not
    assert late[-1].endswith(lapsed[-1])
    again = desk.new_like(number)
    assert again.walk.facts.value("requester") == "school"
    assert again.given("items") == EXAMPLES[TRANSFER].answers["items"]


def test_what_does_not_stand_or_is_no_decision_is_a_sentence(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _sealed(desk, TRANSFER)
    with pytest.raises(RequestsError):
        desk.uses.log(_use(number))
    desk.standing.stand(number, "2026-12-31", by="R. Osei")
    for other, error in (("2026-0002", RequestsError), ("2026-0099", LedgerError)):
        with pytest.raises(error):
            desk.standing.stay(other)
    with pytest.raises(RequestsError):
        desk.uses.strike(number, by="R. Osei")


# Uses


def test_twenty_uses_are_twenty_entries_and_the_chain_holds(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    before = desk.verify().count
    for file in range(20):
        desk.uses.log(_use(number, file=str(4700 + file)))
    assert desk.verify().count == before + 20
    assert desk.verify().ok
    assert [one.use.file for one in _desk(tmp_path, clock).uses.of(number)] == [str(4700 + file) for file in range(20)]


def test_a_use_that_was_struck_out_stays_and_counts_no_more(tmp_path: Path, clock: Clock) -> None:
    desk, other = _desk(tmp_path, clock), _desk(tmp_path, clock)
    number = _standing(desk)
    wrong, right = desk.uses.log(_use(number)), desk.uses.log(_use(number, file="4712"))
    assert len(other.uses.standing(number)) == 2
    desk.uses.strike(wrong.number, by="R. Osei")
    for one in (desk, other, _desk(tmp_path, clock)):
        assert one.uses.standing(number) == [right]
        assert [logged.struck for logged in one.uses.of(number)] == [True, False]
    assert desk.verify().ok


def test_a_use_is_struck_out_once_and_by_any_form_of_its_number(tmp_path: Path, clock: Clock) -> None:
    desk, other = _desk(tmp_path, clock), _desk(tmp_path, clock)
    number = _standing(desk)
    logged = desk.uses.log(_use(number))
    assert other.uses.strike(logged.number[5:], by="").struck
    count = desk.verify().count
    for one in (desk, other):
        for name in (logged.number, str(int(logged.number[5:]))):
            with pytest.raises(RequestsError):
                one.uses.strike(name, by="R. Osei")
    assert desk.verify().count == count


@pytest.mark.parametrize("by", ["\ud800", "x" * 201])
def test_no_entry_takes_a_name_that_it_cannot_keep(tmp_path: Path, clock: Clock, by: str) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    logged = desk.uses.log(_use(number))
    todo = desk.todos.of(number)[0]
    acts: list[Callable[[], object]] = [
        lambda: desk.uses.strike(logged.number, by=by),
        lambda: desk.uses.note_written(number, [logged], by=by),
        lambda: desk.standing.end(number, by=by),
        lambda: desk.todos.note(todo, by=by),
    ]
    count = desk.verify().count
    for act in acts:
        with pytest.raises(DecisionError) as refusal:
            act()
        assert [field for field, _ in refusal.value.problems] == ["by"]
    assert desk.uses.of(number) == [logged]
    ended = desk.standing.end(number, by="")
    with pytest.raises(DecisionError):
        desk.standing.resume(ended, by=by)
    assert desk.verify().count == count + 1


def test_the_number_of_a_file_stands_in_the_entry_of_the_use_and_nowhere_else(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    logged = desk.uses.log(_use(number, file="FILE-4711"))
    desk.uses.note_written(number, [logged], by="R. Osei")
    desk.uses.strike(logged.number, by="R. Osei")
    export(desk, tmp_path / "all.jsonl", "jsonl")
    lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["header"]["kind"] for line in lines if "FILE-4711" in line] == ["use"]
    export(desk, tmp_path / "all.csv", "csv")
    assert "FILE-4711" not in (tmp_path / "all.csv").read_text(encoding="utf-8")


def test_the_last_recipients_come_first_and_once(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    logged = [desk.uses.log(_use(number, to=to)) for to in ("Oak", "Elm", "Oak", "Ash")]
    assert desk.uses.recipients(number) == ["Ash", "Oak", "Elm"]
    desk.uses.strike(logged[-1].number, by="R. Osei")
    assert desk.uses.recipients(number) == ["Oak", "Elm"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "today"}, "day"), ({"day": "2026-11-27"}, "day"), ({"day": "2026-11-25"}, "day"),
        ({"file": ""}, "file"), ({"file": "x" * 61}, "file"), ({"file": "\ud800"}, "file"),
        ({"recipient": ""}, "recipient"), ({"recipient": "x" * 201}, "recipient"), ({"by": ""}, "by"),
    ],
)  # fmt: skip
def test_what_cannot_be_logged_is_told_at_its_field(
    tmp_path: Path, clock: Clock, change: dict[str, str], field: str
) -> None:
    desk = _desk(tmp_path, clock)
    number = _standing(desk)
    with pytest.raises(DecisionError) as refusal:
        desk.uses.log(replace(_use(number), **change))
    assert [name for name, _ in refusal.value.problems] == [field]
    assert desk.uses.of(number) == []


# Entries for the students' files


def test_each_row_has_the_day_the_file_and_who_got_it(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path / "home", clock)
    number = _standing(desk)
    clock.day = "2026-12-01"
    for day, file, to in (("2026-11-27", "1", "Oak"), ("2026-12-01", "=2", "Elm")):
        desk.uses.log(_use(number, day, file, to))
    out = write_rows(desk.record(number), desk.uses.standing(number), tmp_path / "rows.csv")
    with out.open(encoding="utf-8-sig", newline="") as file_:
        rows = list(csv.DictReader(file_))
    shown = [(row["file"], row["shared on"], row["name of party"], row["reference"]) for row in rows]
    assert shown == [("1", "2026-11-27", "Oak", number), ("'=2", "2026-12-01", "Elm", number)]


def test_each_slip_has_them_too_and_later_uses_get_a_file_of_their_own(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path / "home", clock)
    number = _standing(desk)
    first = desk.uses.log(_use(number, file="4711", to="Oak School"))
    (one,) = write_entries(desk.record(number), [first], tmp_path, ("txt",))
    said = one.read_text(encoding="utf-8")
    assert all(word in said for word in ("4711", "Oak School", "Nov 26, 2026"))
    (two,) = write_entries(desk.record(number), [desk.uses.log(_use(number, file="4712"))], tmp_path, ("txt",))
    assert two != one and "4711" not in two.read_text(encoding="utf-8")


def test_what_was_written_out_is_known_afterwards(tmp_path: Path, clock: Clock) -> None:
    desk, other = _desk(tmp_path, clock), _desk(tmp_path, clock)
    number = _standing(desk)
    first = desk.uses.log(_use(number))
    desk.uses.note_written(number, [first], by="R. Osei")
    desk.uses.log(_use(number, file="4712"))
    for one in (desk, other):
        assert [logged.written for logged in one.uses.of(number)] == [True, False]


def test_where_no_entry_is_due_it_says_why_and_the_use_is_logged(tmp_path: Path, clock: Clock) -> None:
    desk = _desk(tmp_path, clock)
    number = _sealed(desk, "tutoring-in-order")
    desk.standing.stand(number, "2027-01-31", by="R. Osei")
    desk.uses.log(_use(number))
    assert "99.32(d)" in why_no_entry(desk.record(number))
    assert why_no_entry(desk.record(_standing(desk))) == ""
