"""A decision that waits for a second person: kept with its draft, filled in again, and gone once it is sealed."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.record import Decision
from ferpa_wizard.documents.record_paper import record_paper
from ferpa_wizard.documents.text import to_text
from ferpa_wizard.ledger.errors import DiskFull
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, DraftError
from ferpa_wizard.requests.waiting import changed, outcome, wait, waiting_decision
from tests import real
from tests.exported import export
from tests.requests.sample_desks import tutoring

FILLED = Decision("do-not-share", ("district",), "Our board closed it.", "R. Osei", "registrar", notes={"purpose": "n"})


def a_desk(home: Path, *second_person: str, profile: str = "example") -> Desk:
    standing = replace(real.profiles()[profile], second_person=second_person or ("differs",))
    return Desk(home, lambda: (real.pack(), standing), now=lambda: datetime.now(UTC))


def test_it_waits_as_it_was_filled_in_and_is_listed_so(tmp_path: Path) -> None:
    request = tutoring(a_desk(tmp_path))
    wait(request, FILLED)
    tutoring(a_desk(tmp_path))
    again = a_desk(tmp_path)
    assert {row.id: row.waiting for row in again.drafts()}[request.id]
    assert sorted(row.waiting for row in again.drafts()) == [False, True]
    opened = again.open_draft(request.id)
    assert waiting_decision(opened) == FILLED


def test_it_is_sealed_once_the_second_name_is_in_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    request = tutoring(a_desk(tmp_path))
    wait(request, FILLED)
    desk = a_desk(tmp_path)
    opened = desk.open_draft(request.id)
    filled = waiting_decision(opened)
    assert filled is not None
    with pytest.raises(DecisionError) as lacking:
        opened.decide(filled)
    assert [field for field, _ in lacking.value.problems] == ["second"]
    body: dict[str, Any] = opened.decide(replace(filled, second_name="J. Moreau", second_role="principal")).body
    assert body["decision"]["second"] == {"name": "J. Moreau", "role": "principal"}
    assert desk.drafts() == []
    assert list((tmp_path / "drafts").rglob("*.json")) == []


@pytest.mark.parametrize(
    ("change", "field"), [({"by_name": ""}, "name"), ({"words": ""}, "words"), ({"choice": ""}, "choice"), ({"reasons": ()}, "reasons")]
)  # fmt: skip
def test_only_the_second_person_may_be_missing(change: dict[str, Any], field: str, tmp_path: Path) -> None:
    request = tutoring(a_desk(tmp_path))
    with pytest.raises(DecisionError) as lacking:
        wait(request, replace(FILLED, **change))
    assert [name for name, _ in lacking.value.problems] == [field]
    assert waiting_decision(a_desk(tmp_path).open_draft(request.id)) is None


def test_waiting_that_cannot_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = tutoring(a_desk(tmp_path))

    def refuse(*args: object) -> None:
        raise DiskFull(tmp_path / "drafts")

    monkeypatch.setattr("ferpa_wizard.ledger.drafts.Drafts.save", refuse)
    with pytest.raises(DraftError):
        wait(request, FILLED)


def test_a_draft_from_before_waits_for_nobody(tmp_path: Path) -> None:
    request = tutoring(a_desk(tmp_path))
    file = tmp_path / "drafts" / f"{request.id}.json"
    stored = json.loads(file.read_text())
    del stored["waiting"], stored["passed_on"]
    file.write_text(json.dumps(stored))
    opened = a_desk(tmp_path).open_draft(request.id)
    assert waiting_decision(opened) is None
    assert opened.walk.facts.answers == request.walk.facts.answers
    assert [row.waiting for row in a_desk(tmp_path).drafts()] == [False]


def test_a_fact_of_the_school_that_changed_meanwhile_is_told(tmp_path: Path) -> None:
    request = tutoring(a_desk(tmp_path))
    wait(request, FILLED)
    same = a_desk(tmp_path).open_draft(request.id)
    then = same.draft.waiting["found"]
    assert changed(then, same.so_far, "filled in") == ""
    standing = replace(real.profiles()["example"], second_person=("differs",))
    other = replace(standing, answers={**standing.answers, "soo.5": "no"})
    later = Desk(tmp_path, lambda: (real.pack(), other)).open_draft(request.id)
    assert later.determination is not None
    said = changed(then, later.so_far, "filled in")
    assert same.so_far.label in said
    assert later.so_far.label in said
    assert same.so_far.label != later.so_far.label


@pytest.mark.parametrize("what", ["basis", "items", "steps", "layers"])
def test_what_stands_behind_the_same_result_is_compared_too(what: str, tmp_path: Path) -> None:
    found = tutoring(a_desk(tmp_path)).so_far
    said = {name: changed({**outcome(found), name: "other"}, found, "filled in") for name in outcome(found)}
    assert said[what]
    assert len(set(said.values())) == len(said)
    assert changed({}, found, "filled in") == ""


def paper(body: dict[str, Any]) -> str:
    return to_text(record_paper(body, number="2026-0001", seal="0" * 64))


def test_who_agreed_stands_on_the_paper_and_in_the_export(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    body: dict[str, Any] = tutoring(desk).decide(replace(FILLED, second_name="J. Moreau", second_role="principal")).body
    assert "J. Moreau, principal" in paper(body)
    export(desk, tmp_path / "out.csv", "csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["agreed by"], row["role of who agreed"]) == ("J. Moreau", "principal")


def test_a_record_from_before_reads_as_it_did(tmp_path: Path) -> None:
    body: dict[str, Any] = tutoring(a_desk(tmp_path, "shares")).decide(FILLED).body
    assert "second" not in body["decision"]
    without = paper(body)
    body["decision"]["second"] = {"name": "J. Moreau", "role": ""}
    more = set(paper(body).splitlines()) - set(without.splitlines())
    assert any("J. Moreau" in line for line in more)


@pytest.mark.parametrize(
    ("when", "needs"),
    [
        (("differs",), {"share", "do-not-share"}),
        (("shares",), {"share", "share-after-steps"}),
        (("declines",), {"not-now", "do-not-share"}),
        (("always",), {"share", "share-after-steps", "not-now", "do-not-share", "ask-officer"}),
        (("shares", "declines"), {"share", "share-after-steps", "not-now", "do-not-share"}),
    ],
)
def test_the_profile_says_which_choices_need_a_second_person(
    when: tuple[str, ...], needs: set[str], tmp_path: Path
) -> None:
    request = tutoring(a_desk(tmp_path, *when))
    assert {choice.id for choice in request.choices() if request.second_for(choice.id)} == needs
