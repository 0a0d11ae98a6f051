"""Passing a request on: what another desk gets of it, under whose rules it comes out, and files that are none."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.intake import Intake
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import PassedOnError
from ferpa_wizard.requests.passing import MAX_BYTES, problems, read_passed
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import changed, wait, waiting_decision
from tests import real
from tests.requests.sample_desks import tutoring
from tests.requests.test_waiting import FILLED, a_desk

INTAKE = Intake("R-7", "We need it.", "2026-11-01", "phone", "2026-12-01", "called back")


def passed(desk: Desk, request: Request, folder: Path) -> Path:
    out = folder / "passed.json"
    desk.pass_on(request, out, name="R. Osei", role="registrar")
    return out


def given_by_people(request: Request) -> dict[str, Any]:
    return {one.ask.id: one.answer for one in request.walk.trail if one.source == "person"}


def test_another_desk_gets_equal_answers_in_a_draft_of_its_own(tmp_path: Path) -> None:
    here, there = a_desk(tmp_path / "here"), a_desk(tmp_path / "there")
    request = tutoring(here)
    assert request.note(INTAKE) == []
    request.see_result()
    request.remove_items(["meal-status"])
    taken = there.take_over(read_passed(passed(here, request, tmp_path)))
    assert taken.id != request.id
    assert taken.so_far == request.so_far
    assert given_by_people(taken) == given_by_people(request)
    assert taken.intake == INTAKE
    assert taken.draft.changed_after_result == ("items",)  # who gets it knows that an answer was changed
    kept = there.open_draft(there.drafts()[0].id)
    assert kept.draft.passed_on["name"] == "R. Osei"
    assert [row.id for row in here.drafts()] == [request.id]  # it stays where it was


@pytest.mark.parametrize("example", real.examples()[::25], ids=lambda example: example.id)
def test_each_kind_of_request_comes_back_as_it_was(example: Any, tmp_path: Path) -> None:
    here = a_desk(tmp_path / "here")
    request = here.new(example.answers)
    taken = a_desk(tmp_path / "there").take_over(read_passed(passed(here, request, tmp_path)))
    assert given_by_people(taken) == given_by_people(request)
    assert taken.so_far == request.so_far


def test_a_decision_that_waits_goes_along_to_the_second_person(tmp_path: Path) -> None:
    here, there = a_desk(tmp_path / "here"), a_desk(tmp_path / "there")
    request = tutoring(here)
    wait(request, FILLED)
    taken = there.take_over(read_passed(passed(here, request, tmp_path)))
    assert waiting_decision(taken) == FILLED
    assert [row.waiting for row in there.drafts()] == [True]
    assert there.drafts() and taken.decide(replace(FILLED, second_name="J. Moreau")).number
    assert there.drafts() == []


def test_what_does_not_count_and_what_the_profile_says_stay_here(tmp_path: Path) -> None:
    here = a_desk(tmp_path)
    request = tutoring(here)
    request.edit("requester")
    request.answer("family")
    assert request.walk.set_aside
    draft = read_passed(passed(here, request, tmp_path))
    assert set(draft.answers) == set(given_by_people(request))
    assert not set(draft.answers) & {*request.walk.set_aside, *(one.ask.id for one in request.walk.assumed)}


def test_it_comes_out_under_the_rules_and_the_profile_of_the_other_desk(tmp_path: Path) -> None:
    here = a_desk(tmp_path / "here")
    standing = replace(real.profiles()["example"], answers={**real.profiles()["example"].answers, "soo.5": "no"})
    there = Desk(tmp_path / "there", lambda: (real.pack(), standing))
    request = tutoring(here)
    draft = read_passed(passed(here, request, tmp_path))
    taken = there.take_over(draft)
    said = changed(draft.passed_on["found"], taken.so_far, "passed on")
    assert request.so_far.label in said
    assert taken.so_far.label in said
    same = a_desk(tmp_path / "third").take_over(draft)
    assert changed(draft.passed_on["found"], same.so_far, "passed on") == ""


def test_a_restricted_request_stays_restricted_and_has_no_title_in_the_file(tmp_path: Path) -> None:
    here, there = a_desk(tmp_path / "here"), a_desk(tmp_path / "there")
    request = tutoring(here)
    title = request.title
    request.note(Intake(keep_out=True))
    file = passed(here, request, tmp_path)
    assert title not in file.read_text()
    assert there.take_over(read_passed(file)).restricted
    assert [row.title for row in there.drafts()] == [""]


@pytest.mark.parametrize(
    ("name", "role", "fields"),
    [
        ("R. Osei", "", []), ("", "registrar", ["name"]), (" ", "", ["name"]), ("x" * 201, "", ["name"]),
        ("N", "x" * 201, ["role"]), ("\ud800", "", ["name"]),
    ],
)  # fmt: skip
def test_who_passes_it_on_has_a_name(name: str, role: str, fields: list[str]) -> None:
    assert [field for field, _ in problems(name, role)] == fields


def test_no_file_of_the_ledger_is_written_over(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    tutoring(desk).decide(replace(FILLED, choice="not-now"))
    before = (tmp_path / "ledger.sqlite").read_bytes()
    with pytest.raises(PassedOnError):
        desk.pass_on(tutoring(desk), tmp_path / "ledger.sqlite", name="N", role="")
    assert (tmp_path / "ledger.sqlite").read_bytes() == before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    with pytest.raises(PassedOnError):
        desk.pass_on(tutoring(desk), tmp_path / "none" / "passed.json", name="N", role="")


def test_what_a_file_says_of_records_and_agreements_does_not_count_here(whole: bytes, tmp_path: Path) -> None:
    there = a_desk(tmp_path / "there")
    number = tutoring(there).decide(replace(FILLED, second_name="J. Moreau")).number
    file = tmp_path / "passed.json"
    spoiled = _with("draft", "replaces", value=number)(_with("draft", "agreement", value="some-partner")(whole))
    file.write_bytes(spoiled)
    taken = there.take_over(read_passed(file))
    assert (taken.draft.replaces, taken.draft.agreement) == ("", "")
    taken.decide(replace(FILLED, second_name="J. Moreau"))
    assert there.later.replaced_by(number) == ""


# -- files that are none -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("passing")
    desk = a_desk(folder)
    request = tutoring(desk)
    wait(request, FILLED)
    return passed(desk, request, folder).read_bytes()


def _with(*path: str, value: object) -> Callable[[bytes], bytes]:
    def spoil(data: bytes) -> bytes:
        found = json.loads(data)
        inner = found
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        return json.dumps(found).encode()

    return spoil


def _each(values: Sequence[object], *path: str) -> list[Callable[[bytes], bytes]]:
    return [_with(*path, value=value) for value in values]


def _raw(data: bytes) -> Callable[[bytes], bytes]:
    return lambda _: data


HOSTILE: list[Callable[[bytes], bytes]] = [
    *map(_raw, (b"", b"\0" * 500, b"Dear diary", b"\xff\xfe{}", b"[]", b"null", b"[" * 100_000, b'{"a":' * 50_000, b"{}")),
    _raw(b'{"kind": ' + b"9" * 10_000 + b"}"),
    lambda data: data.ljust(MAX_BYTES + 1),
    lambda data: data[:-2],
    lambda data: data.replace(b'"format": 1,', b'"format": 1, "format": 1,', 1),
    lambda data: data.replace(b'"format": 1,', b'"format": NaN,', 1),
    lambda data: data.replace(b'"R. Osei"', b'"\\ud800"'),
    lambda data: data.decode().encode("utf-16"),
    _with("kind", value="a-draft"),
    _with("kind", value=["ferpa-wizard-request"]),
    *_each((0, 2, True, "1", 1.0, None), "format"),
    *_each((None, [], "x", {}), "draft"),
    *_each(("../x", "", 5, None), "draft", "id"),
    *_each((0, 2, True), "draft", "format"),
    *_each((None, [], {"q": None}, {"q": {}}, {"q": [[]]}), "draft", "answers"),
    *_each(("now", "0001-01-01T00:00:00+00:00", 1), "draft", "started"),
    *_each(("pigeon", 1), "draft", "way"),
    _with("draft", "received", value="2026-02-30"),
    *_each((5, None, ["x"]), "draft", "asker"),
    _with("draft", "words", value="x" * 20_001),
    *_each(([], {"choice": "share"}, "x"), "draft", "waiting"),
    _with("draft", "waiting", "reasons", value=5),
    *_each(({}, [], {"name": "N"}), "draft", "passed_on"),
    *_each(("", " ", "x" * 201, 5), "draft", "passed_on", "name"),
    *_each(("now", "9999-12-31T23:59:59+00:00", None), "draft", "passed_on", "at"),
    *_each(({}, [], {"label": "x" * 201}, {"label": 1}), "draft", "passed_on", "found"),
]  # fmt: skip


@pytest.mark.parametrize("spoil", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_made_of_it(
    spoil: Callable[[bytes], bytes], whole: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "passed.json"
    file.write_bytes(spoil(whole))
    with pytest.raises(PassedOnError) as refused:
        read_passed(file)
    assert file.name in str(refused.value)
    assert len(str(refused.value)) < 400


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    places = [tmp_path, tmp_path / "none.json"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        places.append(tmp_path / "pipe")
    for place in places:
        with pytest.raises(PassedOnError):
            read_passed(place)


ANSWERS = [
    {"requester": "stranger"}, {"requester": ["provider"]}, {"no-such-question": "x"}, {"items": "grades"},
    {"items": ["grades", "grades", "nothing"]}, {"": ""}, {"requester": ""}, {"start": "danger" * 1000}, {"requester": 7},
    {"__class__": "x"},
]  # fmt: skip


@pytest.mark.parametrize("answers", ANSWERS)
def test_answers_that_fit_no_question_are_asked_again(answers: dict[str, Any], whole: bytes, tmp_path: Path) -> None:
    file = tmp_path / "passed.json"
    file.write_bytes(_with("draft", "answers", value=answers)(whole))
    taken = a_desk(tmp_path / "there").take_over(read_passed(file))
    assert taken.ask is not None
    assert taken.draft.answers
    assert set(taken.walk.facts.answers).isdisjoint(set(answers) - {"items"})


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_file_that_something_else_changed_is_read_or_refused(seed: int, whole: bytes, tmp_path_factory: Any) -> None:
    chance = random.Random(seed)
    data = bytearray(whole)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        piece = bytes(data[chance.randrange(len(data)) :][: chance.randint(0, 30)])
        data[at : at + chance.randint(0, 30)] = chance.choice((b"", piece, b"null", b"1e999", b"[]", b'"\xff"'))
    file = tmp_path_factory.getbasetemp() / "changed.json"
    file.write_bytes(bytes(data))
    try:
        draft = read_passed(file)
    except PassedOnError:
        return
    a_desk(tmp_path_factory.getbasetemp() / "there").unsaved(draft.answers).so_far  # noqa: B018  replays it all
