"""Schedule, what keeps a record here all the same, and the purge: of one record, and nothing of any other."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ferpa_wizard.core import standing_decision
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.retention import Rule, named_in
from ferpa_wizard.core.standing_decision import Standing
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.core.use import Use
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.schema import _GUARDS
from ferpa_wizard.requests.checking import look_at_papers
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.retention import Row, Why
from tests import real
from tests.exported import export
from tests.ledger.samples import VERIFIER
from tests.requests.sample_desks import Clock

EXAMPLES = {one.id: one for one in real.examples()}
TRANSFER, TUTORING = "new-school-wants-file", "tutoring-no-control"
NO = Rule("decision", ("not-now", "do-not-share", "ask-officer"), 3)
YES = Rule("decision", ("share",), 7)
SCHEDULE = (NO, YES)
FAR = "2040-01-01"


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-27")


Made = Callable[..., Desk]


@pytest.fixture
def made(tmp_path: Path, clock: Clock) -> Made:
    def desk(home: str = "home", schedule: tuple[Rule, ...] = SCHEDULE) -> Desk:
        profile = replace(real.profiles()["example"], until={}, retention=schedule)
        return Desk(tmp_path / home, lambda: (real.pack(), profile), now=clock)

    return desk


@pytest.fixture
def desk(made: Made) -> Desk:
    return made()


def _sealed(desk: Desk, choice: str = "ask-officer", example: str = TUTORING, replaces: str = "") -> str:
    reasons = ("district",) if choice in ("not-now", "do-not-share") else ()
    request = desk.new(EXAMPLES[example].answers, replaces=replaces)
    return request.decide(Decision(choice, reasons, "Because of it all.", "R. Osei", "registrar")).number


def _why(desk: Desk, number: str) -> tuple[Why, ...]:
    return next(row.why for row in desk.keeping.retention.due() if row.number == number)


def _rows(desk: Desk) -> dict[str, Row]:
    return {row.number: row for row in desk.keeping.retention.due()}


def _purge(desk: Desk, *numbers: str) -> int:
    return desk.keeping.retention.purge(numbers, by="P. Lee", words="By the schedule.").entries


def _stays(desk: Desk, number: str) -> None:
    """What is listed as staying is refused by the purge as well, and nothing is written."""
    before = desk.verify().count
    with pytest.raises(DecisionError) as refusal:
        _purge(desk, number)
    assert {field for field, _ in refusal.value.problems} == {"record"}
    assert desk.verify().count == before
    assert desk._open(writing=False).get(number).text


def _both_verify(desk: Desk) -> None:
    assert desk.verify().ok
    done = subprocess.run(
        [sys.executable, VERIFIER, desk.home / "ledger.sqlite"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


# What is due


def test_a_record_is_due_the_day_after_the_last_one_by_the_first_rule_that_fits(desk: Desk, clock: Clock) -> None:
    no, yes = _sealed(desk), _sealed(desk, "share", TRANSFER)
    clock.day = "2029-11-27"
    assert _rows(desk) == {}
    clock.day = "2029-11-28"
    row = _rows(desk)[no]
    assert (row.last_day, row.rule, row.may_go) == ("2029-11-27", NO.says, True)
    assert list(_rows(desk)) == [no]
    assert list(desk.keeping.retention.due("2033-11-27"))[-1].number == no
    assert [row.number for row in desk.keeping.retention.due("2033-11-28")] == [no, yes]


def test_what_no_rule_fits_is_kept_for_ever(made: Made, clock: Clock) -> None:
    desk, bare = made(), made(schedule=())
    number = _sealed(desk, "share-after-steps")
    clock.day = FAR
    for one in (desk, bare):
        assert list(one.keeping.retention.due()) == []
        assert one.keeping.retention.says
        _stays(one, number)
    assert desk.keeping.retention.says != bare.keeping.retention.says


def test_a_record_that_is_not_due_yet_stays(desk: Desk, clock: Clock) -> None:
    number = _sealed(desk)
    clock.day = "2029-11-27"
    _stays(desk, number)
    clock.day = "2029-11-28"
    _purge(desk, number)


def test_a_hold_wins_over_every_schedule(desk: Desk, clock: Clock) -> None:
    number = _sealed(desk)
    desk.keeping.holds.hold(number, "A lawsuit.", by="P. Lee")
    clock.day = FAR
    assert len(_why(desk, number)) == 1
    _stays(desk, number)
    desk.keeping.holds.release(number, "It ended.", by="P. Lee")
    assert _why(desk, number) == ()
    _purge(desk, number)


def test_what_is_still_to_do_keeps_it(desk: Desk, clock: Clock) -> None:
    number = _sealed(desk)
    todo = Todo(number, "own-1", "Get the data back.")
    desk.todos.note(todo)
    clock.day = FAR
    assert len(_why(desk, number)) == 1
    _stays(desk, number)
    desk.todos.note(replace(todo, done="2027-01-01"))
    _purge(desk, number)


def test_a_decision_that_still_stands_keeps_its_record(desk: Desk, clock: Clock) -> None:
    number = _with_a_use(desk)
    stands = Standing(number, "2034-06-30", "A file goes to a new school.")
    desk._entries.append(standing_decision.KIND, standing_decision.entry_of_standing(stands, by="R. Osei"))
    clock.day = "2034-06-30"
    assert len(_why(desk, number)) == 1
    _stays(desk, number)
    clock.day = "2034-07-01"
    _purge(desk, number)


def test_uses_that_nobody_wrote_out_keep_it(desk: Desk, clock: Clock) -> None:
    number = _with_a_use(desk)
    late = desk.uses.log(Use(number, "2026-11-27", "4712", "Oak School", "R. Osei"))
    clock.day = FAR
    assert len(_why(desk, number)) == 1
    _stays(desk, number)
    desk.uses.strike(late.number, by="R. Osei")
    assert _why(desk, number) == ()
    _purge(desk, number)


@pytest.mark.parametrize(("acts", "stays"), [(("ask-change",), True), (("agree", "reopen"), True), (("agree",), False)])
def test_an_open_review_keeps_it(desk: Desk, clock: Clock, acts: tuple[str, ...], stays: bool) -> None:
    number = _sealed(desk)
    for act in acts:
        desk.keeping.reviews.act(number, act, "Why so?", by="P. Lee")
    clock.day = FAR
    assert bool(_why(desk, number)) is stays
    if stays:
        _stays(desk, number)
        desk.keeping.reviews.act(number, "agree", by="P. Lee")
    _purge(desk, number)


def test_a_draft_of_its_new_version_keeps_it(desk: Desk, clock: Clock) -> None:
    number = _sealed(desk)
    request = desk.new(replaces=number)
    request.note(Intake(reference="R-8"))
    clock.day = FAR
    assert len(_why(desk, number)) == 1
    _stays(desk, number)
    desk.discard(request.id)
    _purge(desk, number)
    assert list((desk.home / "drafts").rglob("*.json")) == []


def test_a_text_that_was_tampered_with_is_no_records_end(desk: Desk, clock: Clock) -> None:
    number, other = _sealed(desk), _sealed(desk)
    desk.close()
    with closing(sqlite3.connect(desk.home / "ledger.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER bodies_keep")
        connection.execute(
            "UPDATE bodies SET body = CAST(replace(body, 'R. Osei', 'X. Osei') AS BLOB) WHERE sequence = 1"
        )
        connection.execute(_GUARDS["bodies_keep"])
    clock.day = FAR
    assert list(_rows(desk)) == [other]
    _stays(desk, number)


@pytest.mark.parametrize("which", ["9999", "the first todo"])
def test_what_is_no_decision_is_not_purged(desk: Desk, clock: Clock, which: str) -> None:
    number = _sealed(desk, "do-not-share", "parent-sees-grades")
    clock.day = FAR
    with pytest.raises((LedgerError, RequestsError)):
        _purge(desk, "9999" if which == "9999" else str(int(number[5:]) + 1))
    assert desk.verify().ok


def test_all_are_purged_or_none(desk: Desk, clock: Clock) -> None:
    free, held = _sealed(desk), _sealed(desk)
    desk.keeping.holds.hold(held, "A lawsuit.", by="P. Lee")
    clock.day = FAR
    with pytest.raises(DecisionError, match=held):
        _purge(desk, free, held)
    assert desk.record(free).body
    assert [row.may_go for row in _rows(desk).values()] == [True, False]


def test_who_and_why_are_needed(desk: Desk, clock: Clock) -> None:
    number = _sealed(desk)
    clock.day = FAR
    with pytest.raises(DecisionError) as refusal:
        desk.keeping.retention.purge([number], by=" ", words="")
    assert [field for field, _ in refusal.value.problems] == ["by", "words"]
    assert desk.record(number).body


# What a purge takes


def test_a_purge_takes_all_that_belongs_to_a_record_and_nothing_of_another(desk: Desk, clock: Clock) -> None:
    number, other = _everything(desk), _everything(desk)
    kept = {entry.sequence for entry in _texts(desk, other)}
    gone = {entry.sequence for entry in _texts(desk, number)}
    assert {entry.kind for entry in _texts(desk, number)} == _KINDS
    clock.day = FAR
    assert desk.keeping.retention.purge([number], by="P. Lee", words="By the schedule.").left == ()
    ledger = desk._open(writing=False)
    (purge,) = ledger.every("purge")
    body = purge.body or {}
    assert set(named_in(body)) == gone
    assert (body["by"], body["words"], body["schedule"]) == ("P. Lee", "By the schedule.", [YES.says])
    assert {entry.sequence for entry in ledger.every() if entry.text is None} == gone
    assert {entry.sequence for entry in _texts(desk, other)} == kept
    assert desk.record(other).body
    _both_verify(desk)


def test_every_reader_copes_with_one_of_each_that_was_purged(
    desk: Desk, made: Made, clock: Clock, tmp_path: Path
) -> None:
    papers = tmp_path / "letter.txt"
    papers.write_text("Dear all,")
    number, other = _everything(desk, papers), _sealed(desk)
    reader = made()  # has read all of it before
    for one in (desk, reader):
        _read_all(one, number, papers)
    clock.day = FAR
    _purge(desk, number)
    for one in (desk, reader, made()):
        for sentence in _refusals(one, number):
            assert "P. Lee" in sentence and "By the schedule." in sentence
        assert [row.number for row in one.recent()] == [other]
        assert one.todos.due("9999-12-31") == [] == one.standing.every()
        assert one.later.notes(number) == [] == one.uses.of(number)
        assert one.later.replaced_by(number) == ""
        assert one.standing.of(number) is None
        assert [paper.made for paper in look_at_papers(one.home, [papers], at=one.now())] == [None]
        assert one.keeping.holds.every() == []
        assert [row.number for row in one.keeping.reviews.due()] == [other]
        assert [row.number for row in one.keeping.retention.due()] == [other]
        assert list(one.history.use.counting())
        assert one.history.use.decisions.total() == 1
        assert export(one, tmp_path / "csv", "csv") == one.verify().count
        assert export(one, tmp_path / "jsonl", "jsonl") == one.verify().count
        past = one.history.past(real.pack().sha256)
        assert list(past.looking())
        assert [row.number for row in past.rows] == [other]
        with pytest.raises(RequestsError):
            one.standing.resume(Standing(number, FAR, "x"), by="R. Osei")
        with pytest.raises(RequestsError):
            one.uses.note_written(number, [], by="R. Osei")
        with pytest.raises(RequestsError):
            one.issued.note(number, [papers])
    assert Desk.open(desk.home).verify().ok
    _both_verify(desk)


def test_a_purged_record_is_not_purged_twice(desk: Desk, clock: Clock) -> None:
    number = _sealed(desk)
    clock.day = FAR
    _purge(desk, number)
    count = desk.verify().count
    with pytest.raises(RequestsError):
        _purge(desk, number)
    assert desk.keeping.retention.purge([], by="P. Lee", words="To clean up.").number == ""
    assert desk.verify().count == count


def test_what_was_written_of_a_record_while_it_was_purged_goes_with_the_next_purge(desk: Desk, clock: Clock) -> None:
    number = _sealed(desk)
    clock.day = FAR
    _purge(desk, number)
    late = {"format": 1, "record": number, "says": "Too late.", "by": "R. Osei", "restricted": False}
    entry = desk._open().append("note", late, at=clock())
    assert _purge(desk) == 1
    assert desk._open().get(entry.sequence).text is None
    _both_verify(desk)


def test_what_is_said_here_of_another_desks_record_goes_once_that_desk_has_purged_it(made: Made, clock: Clock) -> None:
    desk, other = made(), made("elsewhere")
    number = _sealed(other)
    installation = other._open().installation
    copy = desk.home / "desks" / installation
    copy.mkdir(parents=True)
    shutil.copy(other.home / "ledger.sqlite", copy)
    desk.keeping.reviews.act(number, "agree", "Fine by me.", by="P. Lee", installation=installation)
    clock.day = FAR
    assert list(desk.keeping.retention.due()) == []
    assert _purge(desk) == 0
    _purge(other, number)
    shutil.copy(other.home / "ledger.sqlite", copy)
    assert _purge(desk) == 1
    assert b"Fine by me." not in (desk.home / "ledger.sqlite").read_bytes()
    with pytest.raises(RequestsError):
        desk.keeping.reviews.state(number, installation)
    _both_verify(desk)


def test_restricted_records_are_due_and_marked(desk: Desk, clock: Clock) -> None:
    for example in real.examples():
        request = desk.unsaved(example.answers)
        if request.restricted and request.walk.ask is None:
            number = request.decide(Decision("ask-officer", (), "Kept apart.", "R. Osei")).number
            break
    else:
        raise LookupError("no worked request is restricted")
    clock.day = FAR
    (row,) = desk.keeping.retention.due()
    assert (row.number, row.restricted) == (number, True)
    for todo in desk.todos.of(number):
        desk.todos.note(replace(todo, done="2027-01-01"))
    _purge(desk, number)
    assert list(desk.keeping.retention.due()) == []


# What makes one of each

_KINDS = {"decision", "todo", "note", "paper", "standing", "use", "disclosure", "review", "hold", "supersede"}


def _with_a_use(desk: Desk) -> str:
    """A decision that stands, all done, with one use that was written out."""
    number = _sealed(desk, "share", TRANSFER)
    desk.standing.stand(number, "2027-11-27", by="R. Osei")
    logged = desk.uses.log(Use(number, "2026-11-27", "4711", "Oak School", "R. Osei"))
    desk.uses.note_written(number, [logged], by="R. Osei")
    for todo in desk.todos.of(number):
        desk.todos.note(replace(todo, done="2026-12-01"))
    return number


def _everything(desk: Desk, paper: Path | None = None) -> str:
    """A record with an entry of each kind that may belong to one; a newer one took its place, and went before it."""
    number = _with_a_use(desk)
    desk.todos.note(Todo(number, "own-1", "Get it back.", due="2026-12-01", done="2026-12-01"))
    desk.later.note(number, "They called back.", by="R. Osei")
    desk.issued.note(number, [paper or desk.home / "ledger.lock"])
    desk.uses.strike(desk.uses.log(Use(number, "2026-11-27", "4712", "Oak School", "R. Osei")).number, by="R. Osei")
    desk.standing.end(number, by="R. Osei")
    desk.keeping.reviews.act(number, "agree", "Well done.", by="P. Lee")
    desk.keeping.holds.hold(number, "A lawsuit.", by="P. Lee")
    desk.keeping.holds.release(number, "It ended.", by="P. Lee")
    body = {"format": 1, "record": number, "by_record": "2026-9999", "restricted": False}
    desk._open().append("supersede", body, at=desk._now())
    return number


def _texts(desk: Desk, number: str) -> list[Entry]:
    """The entries of a record that have a text, by what they say themselves."""
    ledger = desk._open(writing=False)
    sequence = ledger.get(number).sequence
    found = [entry for entry in ledger.every() if (entry.body or {}).get("record") == number]
    return [ledger.get(sequence), *found]


def _read_all(desk: Desk, number: str, paper: Path) -> None:
    assert desk.record(number).todos
    assert desk.later.notes(number) and desk.uses.of(number) and desk.standing.of(number)
    (found,) = look_at_papers(desk.home, [paper], at=desk.now())
    assert found.made is not None and found.made.record == number
    assert desk.keeping.holds.of(number).history
    assert desk.keeping.reviews.history(number)
    for _ in desk.history.use.counting():
        pass


def _refusals(desk: Desk, number: str) -> list[str]:
    """What each reader says that is asked for the record itself."""
    acts: list[Callable[[], object]] = [
        lambda: desk.record(number),
        lambda: desk.rerun(number),
        lambda: desk.todos.of(number),
        lambda: desk.todos.note(Todo(number, "own-2", "x")),
        lambda: desk.later.note(number, "x", by="y"),
        lambda: desk.new(replaces=number),
        lambda: desk.standing.stay(number),
        lambda: desk.new_like(number),
        lambda: desk.uses.log(Use(number, "2026-11-27", "1", "x", "y")),
        lambda: desk.keeping.reviews.state(number),
        lambda: desk.keeping.reviews.act(number, "agree", by="x"),
        lambda: desk.keeping.holds.hold(number, "x", by="y"),
        lambda: desk.keeping.holds.of(number),
        lambda: desk.keeping.retention.purge([number], by="x", words="y"),
    ]
    said = []
    for act in acts:
        with pytest.raises(RequestsError) as refusal:
            act()
        said.append(str(refusal.value))
    return said
