"""The interview by program: three hundred walks, each within the bound that its first question announced."""

from __future__ import annotations

import contextlib
import io
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli.interview import JsonTalk, hold
from ferpa_wizard.core.model import LAYERS, STATES, VERDICTS
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.requests.desk import Desk
from tests import real

BASIS = {"met", "near", "unknown", "route", "ruled-out"}
CONDITION = {"met", "to-do", "unknown", "not-met"}


class Answering(io.StringIO):
    """Reads each question as it is written and answers by chance."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []
        self._chance = chance
        self._waiting: list[str] = []

    def write(self, text: str) -> int:
        found = json.loads(text)
        self.lines.append(found)
        if "ask" in found:
            self._waiting.append(json.dumps({"answer": self._answer(found["ask"])}))
        return len(text)

    def _answer(self, ask: dict[str, Any]) -> object:
        ids = [option["id"] for option in ask["options"]]
        if ask["kind"] == "one":
            return self._chance.choice(ids)
        return self._chance.sample(ids, self._chance.randint(0, min(4, len(ids))))

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # typeshed names the wrong base
        return self._waiting.pop(0) + "\n"


def _desk(home: Path, number: int) -> Desk:
    profile = real.profiles()["example"] if number % 2 else NO_PROFILE
    return Desk(home, lambda: (real.pack(), profile), now=lambda: datetime(2026, 11, 24, 10, tzinfo=UTC))


@pytest.mark.parametrize("number", range(300))
def test_each_walk_ends_in_a_determination_within_its_bound(number: int, tmp_path: Path) -> None:
    talk = Answering(random.Random(number))
    hold(_desk(tmp_path, number).unsaved(), JsonTalk(talk, talk), seal=False)
    asks = [line["ask"] for line in talk.lines if "ask" in line]
    bounds = [ask["at_most_more"] for ask in asks]
    assert len(asks) - 1 <= bounds[0]
    assert all(later < earlier for earlier, later in pairwise(bounds))
    assert set(talk.lines[-1]) == {"determination", "answers"}
    check_shape(talk.lines[-1]["determination"])


def check_shape(found: dict[str, Any]) -> None:
    assert found["verdict"] in VERDICTS
    assert list(found["layers"]) == list(LAYERS)
    for layer in found["layers"].values():
        assert layer["state"] in STATES
        assert layer["binding"] in {"no", "shared", "sole"}
    assert found["basis"] is None or set(found["basis"]) == {"id", "title", "cite"}
    assert {basis["status"] for basis in found["bases"]} <= BASIS
    assert {line["status"] for line in _conditions(found)} <= CONDITION
    assert all(set(item["stopped_by"]) <= set(LAYERS) for item in found["items"])
    assert all(not (item["share"] and item["stopped_by"]) for item in found["items"])
    assert {duty["when"] for duty in found["duties"]} <= {"before", "at", "after"}
    assert all(route["steps"] == len(route["steps_text"]) > 0 for route in found["routes"])
    assert {"id", "version", "sha256", "law_as_of"} <= set(found["pack"])


def _conditions(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for basis in found["bases"]:
        yield from basis["conditions"]


def _talk(tmp_path: Path, *lines: str, seal: bool = False) -> list[dict[str, Any]]:
    target = io.StringIO()
    source = io.StringIO("".join(line + "\n" for line in lines))
    desk = _desk(tmp_path, 1)
    with contextlib.suppress(EOFError):  # the script of a test may end early
        hold(desk.unsaved(), JsonTalk(source, target), seal=seal)
    return [json.loads(line) for line in target.getvalue().splitlines()]


BAD = [
    "no json", "[]", "{}", '{"answer": 7.5}', '{"answer": [1]}', '{"answer": "stranger"}', '{"back": true}', '{"change": "x"}',
]  # fmt: skip


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_told_and_the_question_asked_again(line: str, tmp_path: Path) -> None:
    written = _talk(tmp_path, line)
    assert [next(iter(found)) for found in written] == ["ask", "error", "ask"]
    assert written[0] == written[2]


def test_back_and_change_ask_the_earlier_question_again(tmp_path: Path) -> None:
    first, second = '{"answer": "family"}', '{"answer": "parent"}'
    written = _talk(tmp_path, first, second, '{"back": true}', second, '{"change": "requester"}')
    asked = [found["ask"]["id"] for found in written if "ask" in found]
    assert asked == ["requester", "family-who", "adult", "family-who", "adult", "requester"]


@pytest.mark.parametrize("agrees", ["J. Moreau, principal", "r. osei"])
def test_the_second_person_is_asked_where_the_school_wants_one(agrees: str, tmp_path: Path) -> None:
    profile = replace(NO_PROFILE, second_person=("shares",))
    desk = Desk(tmp_path, lambda: (real.pack(), profile), now=lambda: datetime.now(UTC))
    said = ["share", "R. Osei, counselor", agrees]
    lines = [{"change": "start"}, *({"answer": one} for one in ("danger", "now", "right", *said))]
    source, target = io.StringIO("".join(json.dumps(line) + "\n" for line in lines)), io.StringIO()
    with contextlib.suppress(EOFError):  # one who agrees with themselves is asked again
        hold(desk.unsaved(), JsonTalk(source, target), seal=True)
    written = [json.loads(line) for line in target.getvalue().splitlines()]
    assert "second" in [one["ask"]["id"] for one in written if "ask" in one]
    refused = [one["error"]["code"] for one in written if "error" in one]
    assert refused[-1:] == (["decision"] if agrees == "r. osei" else [])
    assert desk.verify().count == 1 - len(refused[-1:])


def test_sealing_asks_for_the_decision_last(tmp_path: Path) -> None:
    answers = ['{"change": "start"}', '{"answer": "danger"}', '{"answer": "now"}', '{"answer": "right"}']
    decision = ['{"answer": "share"}', '{"answer": "R. Osei, counselor"}']
    written = _talk(tmp_path, *answers, *decision, seal=True)
    assert written[-1]["record"]["number"].endswith("-0001")
    assert Desk.open(tmp_path).verify().count == 1
