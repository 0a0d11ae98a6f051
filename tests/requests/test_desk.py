"""A request from its first answer to its record, over a real home folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.entry import read_entry
from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.ledger.errors import LedgerError, LedgerGone
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.lossless import read_line
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.request import Request
from tests import real
from tests.exported import export
from tests.requests.sample_desks import example_desk, tutoring

DANGER = {"start": "danger"}


def test_a_draft_is_kept_at_each_answer_and_carried_on(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    request.answer("provider")
    request.answer("partner")
    rows = example_desk(tmp_path).drafts()
    assert [row.id for row in rows] == [request.id]
    again = example_desk(tmp_path).open_draft(request.id)
    assert [given.answer for given in again.walk.trail] == ["provider", "partner"]
    assert again.ask == request.ask


def test_an_answer_outlives_a_kill(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from ferpa_wizard.requests.desk import Desk;"
        "request = Desk.open(Path(sys.argv[1]), profile=Path(sys.argv[2])).new(); request.answer('provider');"
        "print('answered', flush=True); sys.stdin.read()"
    )
    profile = str(real.RULES / "profiles/example.yaml")
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), profile], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "answered\n"
        os.kill(program.pid, signal.SIGKILL)
    desk = example_desk(tmp_path)
    request = desk.open_draft(desk.drafts()[0].id)
    assert request.walk.facts.answers["requester"] == "provider"


def test_a_wrong_answer_changes_nothing(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    with pytest.raises(AnswerError):
        request.answer("stranger")
    assert request.walk.trail == ()


def test_undo_and_redo(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    request.answer("provider")
    request.answer("vendor")
    assert request.undo()
    assert request.ask is not None and request.ask.id == "provider-who"
    assert request.redo()
    assert request.walk.facts.answers["provider-who"] == "vendor"
    request.undo()
    request.undo()
    assert request.undo() is None


def test_back_walks_page_by_page_and_forward_again(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    request.answer("provider")
    request.answer("vendor")
    assert request.back() and request.back() and not request.back()
    assert request.given("requester") == "provider"
    request.answer("provider")
    assert request.ask is not None and request.ask.id == "provider-who"


def test_what_people_keep_out_of_lists_is_restricted_like_what_the_rules_keep_out(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    open_title = request.title
    assert not request.note(Intake(reference="4417", keep_out=True))
    assert request.restricted and request.title != open_title
    assert desk.open_draft(request.id).restricted
    assert [row.title for row in desk.drafts()] == [""]
    sealed = request.decide(Decision("share-after-steps", (), "Because.", "R. Osei"))
    assert sealed.body["restricted"] is True
    assert desk.recent() == []
    assert export(desk, tmp_path / "out.csv", "csv") > 0
    assert "4417" not in (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert desk.record(sealed.number).body == sealed.body


def test_an_answer_without_a_record_is_counted_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    request.note(Intake(words="seeded-word-4417"))
    request.leave_without_record()
    desk.close()
    again = example_desk(tmp_path)
    assert again.drafts() == [] and again.recent() == []
    assert again.verify().count == 1
    assert all(b"seeded-word-4417" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    with pytest.raises(DecisionError):
        request.decide(Decision("share-after-steps", (), "Because.", "R. Osei"))


def _names(request: Request, answers: Mapping[str, Answer] | None = None) -> list[str]:
    return [ask.id for ask in request.page(answers)]


def test_a_page_tells_what_its_answers_would_bring_up_and_keeps_nothing(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    assert _names(request) == ["requester"]
    assert _names(request, {"requester": "family"}) == ["requester", "family-who"]
    assert _names(request, {"requester": "family", "family-who": "parent"}) == ["requester", "family-who", "adult"]
    assert _names(request, {"requester": "colleague"}) == ["requester"]
    assert _names(request) == ["requester"]
    assert not request.walk.trail


def test_a_page_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    with pytest.raises(AnswerError):
        request.answer_page({"requester": "family", "family-who": "stranger"})
    assert not request.walk.trail
    request.answer_page({"requester": "family", "family-who": "parent", "adult": "no"})
    assert [given.answer for given in request.walk.trail] == ["family", "parent", "no"]
    assert request.undo()
    assert not request.walk.trail


def test_page_by_page_back_and_forward_again(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    request.answer_page({"requester": "provider", "provider-who": "vendor"})
    request.answer_page({"students": "few", "items": ("grades",)})
    assert request.page_back() and _names(request) == ["students", "items"]
    assert request.page_back() and _names(request) == ["requester", "provider-who"]
    assert not request.page_back()
    request.answer_page({"requester": "provider", "provider-who": "vendor"})
    assert _names(request) == ["students", "items"]


def test_half_a_page_is_in_view_with_its_first_question(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    request.answer("provider")
    assert _names(request) == ["requester", "provider-who"]
    request.edit("provider-who")
    assert _names(request) == ["provider-who"]
    rows = [row for section in request.rail() for row in section.rows]
    assert [row.question for row in rows if row.now] == ["provider-who"]


def test_a_record_is_sealed_verified_and_exported(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    sealed = request.decide(Decision("share-after-steps", by_name="R. Osei", by_role="registrar"))
    assert desk.record(sealed.number).body == sealed.body
    assert desk.verify().ok
    assert desk.verify(sealed.seal).ok
    assert export(desk, tmp_path / "out.jsonl", "jsonl") == 1
    assert read_entry(read_line((tmp_path / "out.jsonl").read_bytes())).seal == sealed.seal
    assert [row.number for row in desk.recent()] == [sealed.number]
    assert desk.drafts() == []


def test_a_ledger_that_is_put_in_place_of_the_open_one_is_the_one_that_goes_on(tmp_path: Path) -> None:
    desk, ledger = example_desk(tmp_path), tmp_path / "ledger.sqlite"
    first = tutoring(desk).decide(Decision("share-after-steps", by_name="N"))
    backup = ledger.read_bytes()
    tutoring(desk).decide(Decision("share-after-steps", by_name="N"))
    ledger.replace(tmp_path / "damaged.sqlite")
    with pytest.raises(LedgerGone):
        tutoring(desk).decide(Decision("share-after-steps", by_name="N"))
    ledger.write_bytes(backup)
    assert [row.number for row in desk.recent()] == [first.number]
    again = tutoring(desk).decide(Decision("share-after-steps", by_name="N"))
    with Ledger.open(tmp_path, now=datetime.now(UTC), readonly=True) as there:
        assert there.get(again.number).seal == again.seal


@pytest.mark.parametrize(
    ("decision", "fields"),
    [
        (Decision("share-after-steps"), ["name"]),
        (Decision("do-not-share", by_name="N"), ["reasons", "words"]),
        (Decision("not-now", by_name="N"), ["reasons"]),
        (Decision("share", by_name="N"), ["words"]),
        (Decision("perhaps", by_name="N"), ["choice"]),
    ],
)
def test_a_decision_that_lacks_something_names_the_field(decision: Decision, fields: list[str], tmp_path: Path) -> None:
    request = tutoring(example_desk(tmp_path))
    with pytest.raises(DecisionError) as caught:
        request.decide(decision)
    assert [field for field, _ in caught.value.problems] == fields


def test_ferpa_named_though_it_does_not_bind_is_corrected_and_both_are_kept(tmp_path: Path) -> None:
    request = tutoring(example_desk(tmp_path))
    decision = Decision("do-not-share", ("ferpa", "practical"), "We have no time.", "N", "principal")
    body = request.decide(decision).body
    kept = body["decision"]
    assert isinstance(kept, dict)
    assert kept["reasons"] == ["ferpa", "practical"]
    assert kept["correction"]
    assert kept["differs"] is True


def test_a_change_after_the_result_is_noted(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    request.see_result()
    request.remove_items(["meal-status"])
    determination = request.determination
    assert determination is not None and [step.id for step in determination.steps] == ["soo.3"]
    body = request.decide(Decision("share-after-steps", by_name="N")).body
    assert body["changed_after_result"] == ["items"]


def test_what_is_taken_back_or_done_again_after_the_result_is_noted(tmp_path: Path) -> None:
    request = tutoring(example_desk(tmp_path))
    request.edit("school-control")
    request.answer("in-writing")
    request.see_result()
    request.undo()
    assert request.draft.changed_after_result == ("school-control",)
    again = tutoring(example_desk(tmp_path / "again"))
    again.remove_items(["meal-status"])
    again.undo()
    again.see_result()
    again.redo()
    assert again.draft.changed_after_result == ("items",)


def test_a_ledger_that_cannot_be_opened_keeps_the_draft(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("not a ledger", encoding="utf-8")
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    with pytest.raises(LedgerError):
        request.decide(Decision("share-after-steps", by_name="N"))
    assert [row.id for row in desk.drafts()] == [request.id]
    assert (tmp_path / "ledger.sqlite").read_text(encoding="utf-8") == "not a ledger"


def test_a_damaged_draft_is_told_and_hides_no_other(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    kept, broken = desk.new(), desk.new()
    for request in (kept, broken):
        request.answer("provider")
    file = tmp_path / "drafts" / f"{broken.id}.json"
    file.write_bytes(file.read_bytes()[:40])
    fresh = example_desk(tmp_path)
    assert [row.id for row in fresh.drafts()] == [kept.id]
    assert len(fresh.problems()) == 1


def test_the_danger_path_takes_two_answers(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new(DANGER)
    request.answer("now")
    request.answer("right")
    assert request.determination is not None
    assert request.determination.verdict == "may-share-emergency"


def test_the_panel_says_which_answer_closed_a_way(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    request.answer("provider")
    panel = request.panel()
    assert panel.ruled_out
    assert all(row.question in request.walk.facts.answers for row in panel.ruled_out)
    assert {row.basis for row in panel.open} & {row.basis for row in panel.ruled_out} == set()


def test_a_restricted_decision_is_in_no_list_and_no_ordinary_export(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    word = "zanzibar"
    request = desk.new({"requester": "government", "government-who": "immigration"})
    request.note(Intake(reference=word, words=word, identity=word))
    while request.ask is not None:
        options = request.ask.options
        request.answer((options[0].id,) if request.ask.kind == "many" else options[-1].id)
    number = request.decide(Decision("ask-officer", words=word, by_name=word, by_role=word)).number
    assert desk.recent() == []
    assert word not in request.title
    for kind in ("csv", "jsonl"):
        assert export(desk, tmp_path / f"log.{kind}", kind) == 1
        assert word not in (tmp_path / f"log.{kind}").read_text(encoding="utf-8")
    body: dict[str, Any] = desk.record(number).body
    assert body["request"]["words"] == word
    assert desk.verify().ok


def test_a_question_stays_on_the_page_where_it_was_answered(tmp_path: Path) -> None:
    """After a change the walk may take it elsewhere; without it the page could never be left."""
    request = example_desk(tmp_path).new(
        {"requester": "ourselves", "students": "one", "items": (), "learned-from": "decided-it"}
    )
    assert _names(request) == ["learned-from", "purpose"]
    answers: dict[str, Answer] = {"learned-from": "decided-it", "purpose": "publish"}
    assert _names(request, answers) == ["learned-from", "purpose"]
    request.answer_page(answers)
    assert not set(_names(request)) & set(answers)


def test_a_draft_that_was_put_away_comes_back_after_something_was_written(tmp_path: Path) -> None:
    home = example_desk(tmp_path)
    sealed = tutoring(home).decide(Decision("ask-officer", words="To be sure.", by_name="N"))
    draft = tutoring(home).id
    desk = example_desk(tmp_path)
    assert desk.recent()  # the ledger is open for reading
    desk.discard(draft)
    desk.later.note(sealed.number, "They called back.", by="N")
    desk.restore(draft)
    assert [row.id for row in desk.drafts()] == [draft]
