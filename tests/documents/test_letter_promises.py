"""What a letter promises is what is listed in it, and who says no is told item by item."""

from __future__ import annotations

from typing import Any

import pytest

from ferpa_wizard.core.choices import CHOICES, DECLINES
from ferpa_wizard.documents.document import Checklist, Document, Heading, Table
from ferpa_wizard.documents.letter import letter
from ferpa_wizard.requests.sealed import Sealed
from tests.documents.golden import EXAMPLES, golden
from tests.documents.sealing import sealed_example
from tests.documents.test_letter import say, start, written
from tests.documents.voices import ours, voice

_SHEET = ours().files["letter"]


def of(sealed: Sealed) -> Document:
    return letter(voice(dict(sealed.body)))


def says(sealed: Sealed) -> str:
    return " ".join(written(dict(sealed.body)).split("\n"))


def answers(sealed: Sealed) -> dict[str, str]:
    """What the table says of each item, with the line below."""
    tables = [block for block in of(sealed).blocks if isinstance(block, Table)]
    rows = next((table.rows for table in tables if table.header[0] == _SHEET["items-what"]), ())
    return {row[0].text: f"{row[1].text} {row[1].note}" for row in rows}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("verdict", EXAMPLES)
def test_steps_are_promised_only_where_they_are_listed(verdict: str, choice: str) -> None:
    sealed = golden(verdict, choice)
    listed = any(isinstance(block, Checklist) for block in of(sealed).blocks)
    own = start("step-own") in says(sealed)
    promised = {_SHEET["later"], _SHEET["later-part"], _SHEET["ferpa-free-steps"]}
    assert listed or not [sentence for sentence in promised if sentence in says(sealed)]
    assert listed or own or not [row for row in answers(sealed).values() if _SHEET["item-later"] in row]


@pytest.mark.parametrize("choice", [choice for choice in CHOICES if choice not in DECLINES])
@pytest.mark.parametrize("verdict", ["part", "consent", "not-as-asked"])
def test_a_letter_that_shares_less_says_that_ferpa_asks_for_consent(verdict: str, choice: str) -> None:
    sealed = golden(verdict, choice)
    stopped = [item["label"] for item in sealed.body["items"] if "ferpa" in item["stopped_by"]]  # type: ignore[attr-defined]
    # The family was asked and said no in the one, and was not asked yet in the other.
    key = "ferpa-unsigned" if verdict == "not-as-asked" else "ferpa-opens"
    assert say(key, items="; ".join(stopped)) in says(sealed)


@pytest.mark.parametrize("choice", DECLINES)
def test_what_nothing_stops_is_kept_back_by_our_own_choice(choice: str) -> None:
    rest = "Name; Grade level or year; Grades and report cards; Attendance"
    assert say("chose-no-steps", items=rest) in says(golden("after-steps", choice))
    assert start("chose-rest") not in says(golden("after-steps", choice))
    assert say("chose-rest", items="Name; Honors, awards and degrees") in says(golden("part", choice))
    # Nobody has looked yet at what would let the name go.
    assert start("chose-rest") not in says(golden("consent", choice))
    assert start("chose-rest") not in says(golden("must-share", choice))


@pytest.mark.parametrize("choice", ["share-after-steps", "not-now", "ask-officer", "do-not-share"])
def test_the_clock_of_a_family_runs_on_while_the_school_takes_its_time(choice: str) -> None:
    assert start("access-stands-by") in says(golden("must-share", choice))
    assert start("access-stands-doubt-by") in says(golden("judgement", choice))
    assert "Jan 4, 2027" in says(golden("must-share", choice)) and "Jan 4, 2027" in says(golden("judgement", choice))
    assert start("access-stands-by") not in says(golden("may-share", choice))


def test_danger_is_answered_at_once_and_waits_for_no_check() -> None:
    given = answers(golden("may-share-emergency", "share"))
    assert given
    assert {row.strip() for row in given.values()} == {_SHEET["item-danger"]}
    for choice in ("share-after-steps", "ask-officer"):
        assert _SHEET["danger-call"] in says(golden("may-share-emergency", choice))


def test_a_plain_yes_with_steps_lists_them_and_no_step_is_half_a_sentence() -> None:
    sealed = sealed_example("recruiter-wants-list", "share")
    (steps,) = [block for block in of(sealed).blocks if isinstance(block, Checklist)]
    assert [task.text for task in steps.tasks] == [_SHEET["step-take-some"]]


def test_who_acts_is_told_to_the_one_who_reads() -> None:
    tables = [block for block in of(golden("consent", "not-now")).blocks if isinstance(block, Table)]
    rows: dict[str, Any] = {row[0].text: row[1].text for row in tables[-1].rows}
    assert rows[ours().files["routes"]["alt-narrow"]].startswith(_SHEET["by-requester"])


def test_the_section_on_limits_is_there_only_where_something_is_limited() -> None:
    for verdict, choice, key in (
        ("may-share", "ask-officer", "law"),
        ("may-share", "not-now", "why"),
        ("part", "share", "why"),
    ):
        headings = [block.text for block in of(golden(verdict, choice)).blocks if isinstance(block, Heading)]
        assert (_SHEET[key] in headings) and (_SHEET["law" if key == "why" else "why"] not in headings)
