"""What an interview ends with: the promised object, key by key, and answers from which `decide` says the same."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.cli.interview import JsonTalk, hold
from ferpa_wizard.requests.desk import Desk
from tests import real
from tests.cli.test_interview import Answering, _desk

EXAMPLE = real.RULES / "profiles/example.yaml"
ASK = {"id", "section", "text", "hint", "why", "find_out", "kind", "options", "at_most_more"}
KEYS = {
    "conditions": {"id", "status", "layer", "cite", "cure", "says", "because"},
    "cure": {"kind", "do", "by"},
    "bases": {"id", "title", "cite", "status", "because", "covers", "conditions"},
    "layers": {"state", "binding", "says"},
    "items": {"id", "label", "content", "share", "stopped_by", "basis"},
    "steps": {"id", "do", "cite"},
    "duties": {"id", "when", "do", "by", "cite"},
    "routes": {"id", "title", "steps", "steps_text", "cite"},
    "advice": {"id", "says", "cite"},
    "unknown": {"question", "if_yes", "if_no"},
}
TOP = {
    "verdict", "says", "label", "basis", "bases", "layers", "items", "steps", "duties", "routes", "unknown", "advice",
    "judge", "unchecked", "law_note", "pack",
}  # fmt: skip


def _walked(home: Path, number: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    talk = Answering(random.Random(number))
    hold(_desk(home, number).unsaved(), JsonTalk(talk, talk), seal=False)
    return [line["ask"] for line in talk.lines if "ask" in line], talk.lines[-1]


@pytest.mark.parametrize("number", range(1000, 1020))
def test_every_promised_key_is_there(number: int, tmp_path: Path) -> None:
    asks, end = _walked(tmp_path, number)
    for ask in asks:
        assert ask.keys() >= ASK
        assert ask["kind"] in {"one", "many", "text", "date", "number"}
        assert all(set(option) == {"id", "label", "hint"} for option in ask["options"])
        assert "unsure" not in [option["id"] for option in ask["options"]][:-1]
    found = end["determination"]
    assert found.keys() >= TOP
    for key in KEYS.keys() - {"conditions", "cure", "layers"}:
        assert all(one.keys() >= KEYS[key] for one in found[key]), key
    assert all(layer.keys() >= KEYS["layers"] for layer in found["layers"].values())
    for line in (line for basis in found["bases"] for line in basis["conditions"]):
        assert line.keys() >= KEYS["conditions"]
        assert line["cure"] is None or line["cure"].keys() >= KEYS["cure"]
    assert found["judge"] is None or set(found["judge"]) == {"role", "test"}
    assert (found["judge"] is not None) == (found["verdict"] == "judgement")


@pytest.mark.parametrize("number", range(2000, 2020))
def test_decide_says_the_same_of_the_answers(number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, end = _walked(tmp_path, number)
    file = tmp_path / "answers.json"
    words = ["--profile", str(EXAMPLE)] if number % 2 else []
    for whole in (end, end["answers"]):
        file.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        assert main(["decide", str(file), "--json", *words]) == codes.FINE
        assert json.loads(capsys.readouterr().out) == end["determination"]


def test_every_key_of_the_answers_is_a_page_that_was_asked(tmp_path: Path) -> None:
    for number in range(3000, 3006):
        asks, end = _walked(tmp_path, number)
        assert set(end["answers"]) == {ask["id"] for ask in asks}


def _lines(home: Path, *said: object, seal: bool = False) -> list[dict[str, Any]]:
    target = io.StringIO()
    source = io.StringIO("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in said))
    with pytest.raises(EOFError):
        hold(_desk(home, 1).unsaved(), JsonTalk(source, target), seal=seal)
    return [json.loads(line) for line in target.getvalue().splitlines()]


HOSTILE = [
    "null", "true", "1", '"x"', "{", "\x00", "[" * 5000, '{"answer": null}', '{"answer": {}}', '{"answer": true}',
    '{"answer": [["a"]]}', '{"answer": NaN}', '{"answer": 1e999}', '{"change": null}', '{"change": []}', '{"change": {}}',
    '{"back": false}', '{"back": 1}', '{"answer": "\\ud800"}', '{"answer": "' + "x" * 5000 + '"}', "{'answer': 'x'}",
    '{"answer": 12345678901234567890}', '{"change": "items"}', '{"answer": []}', "", " ", '{"answer": "family", "back": true}',
]  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE)
def test_a_hostile_line_gets_an_error_and_the_same_question(line: str, tmp_path: Path) -> None:
    written = _lines(tmp_path, line)
    assert [next(iter(found)) for found in written] == ["ask", "error", "ask"]
    assert set(written[1]["error"]) == {"code", "says"}
    assert written[0] == written[2]


def test_a_changed_answer_asks_only_what_no_longer_counts(tmp_path: Path) -> None:
    said = [{"answer": "provider"}, {"answer": "partner"}, {"answer": "few"}, {"answer": ["grades"]}]
    written = _lines(tmp_path, *said, {"change": "provider-who"}, {"answer": "vendor"})
    asked = [found["ask"]["id"] for found in written]
    assert asked == ["requester", "provider-who", "students", "items", "purpose", "provider-who", "purpose"]


def test_what_comes_back_after_a_change_is_undone_is_not_asked_again(tmp_path: Path) -> None:
    said = [{"answer": "provider"}, {"answer": "partner"}, {"answer": "few"}, {"answer": ["grades"]}]
    away = [{"change": "requester"}, {"answer": "family"}, {"change": "requester"}, {"answer": "provider"}]
    assert [found["ask"]["id"] for found in _lines(tmp_path, *said, *away)][-1] == "purpose"


def test_a_bound_never_grows_over_bad_lines_and_back(tmp_path: Path) -> None:
    said: list[object] = [{"answer": "provider"}, "bad", {"answer": "stranger"}, {"answer": "partner"}, {"back": True}]
    bounds = [found["ask"]["at_most_more"] for found in _lines(tmp_path, *said) if "ask" in found]
    assert bounds == sorted(bounds, reverse=True)


def test_nothing_is_left_behind_by_an_interview_that_is_not_sealed(tmp_path: Path) -> None:
    home = tmp_path / "untouched"
    _walked(home, 1)
    _lines(home, {"answer": "provider"})
    assert not home.exists()


@pytest.mark.parametrize("number", [0, 1])
def test_the_program_itself_says_what_the_loop_says(number: int, tmp_path: Path) -> None:
    asks, end = _walked(tmp_path, number)
    said = "".join(json.dumps({"answer": end["answers"][ask["id"]]}, ensure_ascii=False) + "\n" for ask in asks)
    words = ["--profile", str(EXAMPLE)] if number % 2 else []
    run = subprocess.run(
        [sys.executable, "-m", "ferpa_wizard", "interview", "--json", *words],
        input=said, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        cwd=real.RULES.parent,
    )  # fmt: skip
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == codes.FINE
    assert [line["ask"] for line in lines[:-1]] == asks
    assert lines[-1] == end


def test_input_that_ends_early_stops_with_one_line_and_no_record(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ferpa_wizard", "--home", str(tmp_path / "h"), "interview", "--json", "--seal"],
        input='{"answer": "k12"}\n', capture_output=True, text=True, timeout=60, check=False, cwd=real.RULES.parent,
    )  # fmt: skip
    assert run.returncode == codes.STOPPED
    assert len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "h").exists()


def test_bad_lines_when_the_decision_is_asked_for(tmp_path: Path) -> None:
    danger: list[object] = [{"change": "start"}, {"answer": "danger"}, {"answer": "now"}, {"answer": "right"}]
    said = [*danger, "bad", {"answer": "perhaps"}, {"back": True}, {"answer": "do-not-share"}, {"answer": ["weather"]},
            {"answer": ["practical"]}, {"answer": " "}, {"answer": "We tried."}, {"answer": ", counselor"}]  # fmt: skip
    written = _lines(tmp_path, *said, seal=True)
    assert not any("record" in found for found in written)
    assert Desk.open(tmp_path).recent() == []
    assert next(iter(written[-1])) == "ask"


@pytest.mark.parametrize(
    "line", [r'{"answer": "\ud800"}', r'{"change": "\udfff"}', r'{"answer": ["\ud800"]}', r'{"\ud800": 1}']
)
def test_half_a_character_is_a_bad_line(line: str) -> None:
    """Over real pipes: what is written has to be UTF-8."""
    run = subprocess.run(
        [sys.executable, "-m", "ferpa_wizard", "interview", "--json"],
        input=line + "\n", capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, cwd=real.RULES.parent,
    )  # fmt: skip
    assert run.returncode == codes.STOPPED
    assert [next(iter(json.loads(written))) for written in run.stdout.splitlines()] == ["ask", "error", "ask"]


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ferpa_wizard", "interview", "--json"],
        input=b"\xff\xfe\x00\n", capture_output=True, timeout=60, check=False, cwd=real.RULES.parent,
    )  # fmt: skip
    assert run.returncode == codes.STOPPED
    assert [next(iter(json.loads(written))) for written in run.stdout.splitlines()] == ["ask", "error", "ask"]
