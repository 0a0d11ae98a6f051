"""Deciding: what is refused and why, what is kept, and what stays when the record cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.choices import CHOICES, DECLINES
from ferpa_wizard.core.examples import run
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.model import LAYERS, VERDICTS
from ferpa_wizard.core.record import Decision, choices
from ferpa_wizard.ledger.errors import DiskFull, LedgerError, LedgerReadOnly
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.request import Request
from tests import real
from tests.requests.sample_desks import example_desk, tutoring

NOT_NOW = Decision("not-now", ("practical",), "", "N", "principal")


def _fields(request: Request, decision: Decision) -> list[str]:
    with pytest.raises(DecisionError) as caught:
        request.decide(decision)
    return [field for field, _ in caught.value.problems]


def _kept(request: Request, decision: Decision) -> dict[str, Any]:
    kept = request.decide(decision).body["decision"]
    assert isinstance(kept, dict)
    return kept


@pytest.mark.parametrize(("known", "kept"), [("rosei", "rosei"), ("\ud800", "")])
def test_an_account_that_no_record_can_hold_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: str, kept: str
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: known)
    assert _kept(tutoring(example_desk(tmp_path)), NOT_NOW)["by"]["account"] == kept


def test_the_correction_is_there_before_and_after_sealing(tmp_path: Path) -> None:
    request = tutoring(example_desk(tmp_path))
    assert request.correction("not-now", ["ferpa"])
    assert not request.correction("not-now", ["other_federal", "practical"])
    assert not request.correction("share-after-steps", ["ferpa"])
    assert _kept(request, NOT_NOW)["correction"] == ""


def test_ferpa_that_binds_is_not_corrected(tmp_path: Path) -> None:
    example = next(example for example in real.examples() if example.id == "club-own-program")
    request = example_desk(tmp_path).new(example.answers)
    assert request.so_far.layers["ferpa"].binding == "sole"
    kept = _kept(request, Decision("do-not-share", ("ferpa",), "", "N"))
    assert (kept["correction"], kept["differs"], kept["reasons"]) == ("", False, ["ferpa"])


@pytest.mark.parametrize("choice", CHOICES)
def test_every_decision_can_be_recorded_with_words_and_a_reason(choice: str, tmp_path: Path) -> None:
    request = tutoring(example_desk(tmp_path))
    fits = {one.id: one.fits for one in request.choices()}
    reasons = ("district",) if choice in DECLINES else ()
    kept = _kept(request, Decision(choice, reasons, "Because.", "N"))
    assert (kept["choice"], kept["differs"]) == (choice, not fits[choice])
    determination = request.determination
    assert determination is not None
    assert determination.verdict == "after-steps"  # the result stays what it was beside the decision


def test_each_verdict_has_a_decision_that_agrees_with_it() -> None:
    met = set()
    for example in real.examples():
        _, found = run(example, real.pack(), real.profiles())
        met.add(found.verdict)
        assert any(choice.fits for choice in choices(found))
    assert met >= set(VERDICTS) - {"missing-fact"}


def test_an_unfinished_request_is_not_sealed(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = desk.new()
    request.answer("provider")
    assert _fields(request, Decision("ask-officer", by_name="N"))
    assert desk.recent() == []
    assert request.ask is not None


@pytest.mark.parametrize("words", ["x" * 2_001, "x" * 100_000])
def test_words_have_a_bound(words: str, tmp_path: Path) -> None:
    assert _fields(tutoring(example_desk(tmp_path)), Decision("not-now", ("practical",), words, "N")) == ["words"]


def test_a_name_has_a_bound_too(tmp_path: Path) -> None:
    assert _fields(tutoring(example_desk(tmp_path)), Decision("ask-officer", by_name="x" * 60_000)) == ["name"]


@pytest.mark.parametrize(("name", "words", "field"), [("N", "\ud800", "words"), ("N\udfff", "", "name")])
def test_half_a_character_is_told_at_its_field(name: str, words: str, field: str, tmp_path: Path) -> None:
    assert field in _fields(tutoring(example_desk(tmp_path)), Decision("not-now", ("practical",), words, name))


def test_a_reason_that_is_no_layer_is_refused(tmp_path: Path) -> None:
    assert _fields(tutoring(example_desk(tmp_path)), Decision("not-now", ("weather",), "", "N")) == ["reasons"]


def test_reasons_are_kept_in_the_order_of_the_layers(tmp_path: Path) -> None:
    decision = Decision("not-now", tuple(reversed(LAYERS)), "", "N")
    assert _kept(tutoring(example_desk(tmp_path)), decision)["reasons"] == list(LAYERS)


def test_one_request_is_sealed_once(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    request.decide(NOT_NOW)
    with pytest.raises(DecisionError):
        request.decide(NOT_NOW)
    assert desk.verify().count == 1


def test_a_text_stays_text(tmp_path: Path) -> None:
    """Markup and formulas come back as they were typed."""
    desk = example_desk(tmp_path)
    strange = "<b>=1+1</b> #set {{x}} \u202e \U0001f600 \u00df"
    request = tutoring(desk)
    assert request.note(Intake(reference=strange, words=strange, identity=strange)) == []
    number = request.decide(Decision("not-now", ("practical",), strange, strange)).number
    body: dict[str, Any] = desk.record(number).body
    assert body["decision"]["words"] == body["decision"]["by"]["name"] == body["request"]["reference"] == strange


def test_the_record_tells_what_was_asked_and_who_said_so(tmp_path: Path) -> None:
    body: dict[str, Any] = tutoring(example_desk(tmp_path)).decide(NOT_NOW).body
    answers = {one["question"]: one for one in body["answers"]}
    assert answers["requester"]["source"] == "person"
    assert answers["level"]["source"] == "profile"
    assert answers["start"]["source"] == "presumed"
    assert all(one["text"] and one["label"] for one in body["answers"])
    assert {item["id"]: item["stopped_by"] for item in body["items"]}["meal-status"] == ["other_federal"]
    assert body["determination"]["verdict"] == "after-steps"


def test_answers_that_were_set_aside_reach_no_record(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    request.edit("requester")
    request.answer("ourselves")
    while request.ask is not None:
        options = [option.id for option in request.ask.options]
        request.answer(options[0] if request.ask.kind == "one" else [])
    assert request.walk.set_aside
    body: dict[str, Any] = request.decide(Decision("ask-officer", (), "x", "N")).body
    assert not {one["question"] for one in body["answers"]} & set(request.walk.set_aside)


def test_time_is_kept_with_its_zone(tmp_path: Path) -> None:
    zone = datetime(2026, 11, 24, 23, 30, tzinfo=UTC).astimezone().tzinfo
    desk = Desk(tmp_path, lambda: (real.pack(), real.profiles()["example"]),
                now=lambda: datetime(2026, 11, 24, 23, 30, tzinfo=UTC).astimezone(zone))  # fmt: skip
    sealed = tutoring(desk).decide(NOT_NOW)
    decision = sealed.body["decision"]
    assert isinstance(decision, dict)
    assert datetime.fromisoformat(decision["at"]) - sealed.at < timedelta(seconds=1)


@pytest.mark.parametrize("fault", [LedgerReadOnly, DiskFull])
def test_a_ledger_that_refuses_keeps_request_and_draft(
    fault: type[LedgerError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)

    def refuse(*args: object, **more: object) -> None:
        raise fault(tmp_path / "ledger.sqlite")

    with monkeypatch.context() as broken:
        broken.setattr("ferpa_wizard.ledger.ledger.Ledger.append", refuse)
        with pytest.raises(LedgerError):
            request.decide(NOT_NOW)
    assert [row.id for row in desk.drafts()] == [request.id]
    assert request.determination is not None
    assert request.decide(NOT_NOW).number.endswith("-0001")
    assert desk.drafts() == []


def test_a_draft_that_cannot_be_saved_says_so_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = example_desk(tmp_path)
    request = desk.new()

    def refuse(*args: object) -> None:
        raise DiskFull(tmp_path / "drafts")

    with monkeypatch.context() as broken:
        broken.setattr("ferpa_wizard.ledger.drafts.Drafts.save", refuse)
        request.answer("provider")
    told, saved = request.save_problem, request.saved_at
    assert told
    assert saved is None
    request.answer("partner")
    assert request.save_problem is None
    assert [given.answer for given in desk.open_draft(request.id).walk.trail] == ["provider", "partner"]


@pytest.mark.skipif(os.name != "posix", reason="needs a file size limit of the system")
def test_a_full_disk_at_sealing_leaves_the_draft_and_a_sound_ledger(tmp_path: Path) -> None:
    request = tutoring(example_desk(tmp_path))
    request.decide(NOT_NOW)
    draft = tutoring(example_desk(tmp_path))
    code = (
        "import resource, signal, sys; from pathlib import Path; from ferpa_wizard.core.record import Decision\n"
        "from ferpa_wizard.ledger.errors import LedgerError; from ferpa_wizard.requests.desk import Desk\n"
        "home = Path(sys.argv[1]); desk = Desk.open(home, profile=Path(sys.argv[2])); request = desk.open_draft(sys.argv[3])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))\n"
        "try: request.decide(Decision('not-now', ('practical',), '', 'N'))\n"
        "except LedgerError: print('refused')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(real.RULES / "profiles/example.yaml"), draft.id],
        capture_output=True, text=True, timeout=60, check=False, cwd=real.RULES.parent,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == ("refused\n", "")
    desk = example_desk(tmp_path)
    assert (desk.verify().ok, desk.verify().count) == (True, 1)
    assert [row.id for row in desk.drafts()] == [draft.id]


def test_what_is_noted_of_the_request_is_kept_in_draft_and_record(tmp_path: Path) -> None:
    desk = example_desk(tmp_path)
    request = tutoring(desk)
    noted = Intake("R-7", "We need it.", "2026-11-01", "phone", "2026-12-01", "called back")
    assert request.note(noted) == []
    assert desk.open_draft(request.id).intake == noted
    body: dict[str, Any] = request.decide(NOT_NOW).body
    assert body["request"] == {"title": request.title, **asdict(noted)}


@pytest.mark.parametrize(
    ("noted", "field"),
    [
        (Intake(received="11/01/2026"), "received"),
        (Intake(received="9999-12-31"), "received"),
        (Intake(deadline="2026-02-30"), "deadline"),
        (Intake(way="pigeon"), "way"),
        (Intake(identity="x" * 201), "identity"),
        (Intake(words="\ud800"), "words"),
    ],
)
def test_what_cannot_be_noted_is_refused_and_nothing_changes(tmp_path: Path, noted: Intake, field: str) -> None:
    request = tutoring(example_desk(tmp_path))
    assert [name for name, _ in request.note(noted)] == [field]
    assert request.intake == Intake()


def test_the_clock_of_a_duty_runs_from_the_day_the_request_came_in(tmp_path: Path) -> None:
    request = example_desk(tmp_path).new()
    for answer in ("family", "parent", "no", ("grades",), "see", "no"):
        request.answer(answer)
    request.note(Intake(received="2026-11-01"))
    while request.ask is not None:
        request.answer(tuple(option.id for option in request.ask.options))
    body: dict[str, Any] = request.decide(Decision("share", by_name="N")).body
    assert {"duty": "access-45-days", "day": "2026-12-16"} in body["due"]


@pytest.mark.parametrize("choice", ["share", "share-after-steps", "ask-officer"])
def test_a_reason_for_what_is_no_refusal_is_refused_and_not_dropped(choice: str, tmp_path: Path) -> None:
    request = tutoring(example_desk(tmp_path))
    with pytest.raises(DecisionError) as refused:
        request.decide(Decision(choice, ("ferpa",), "Because.", "R. Osei"))
    assert [field for field, _ in refused.value.problems] == ["reasons"]
