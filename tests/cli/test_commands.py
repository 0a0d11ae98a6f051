"""The commands as a person types them: what they print, what they end with, and one plain line when it goes wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import codes, main
from tests import real
from tests.cli.test_interview import check_shape

FIRST_RUN = str(real.RULES / "examples/first-run.yaml")
EXAMPLE = str(real.RULES / "profiles/example.yaml")
Out = pytest.CaptureFixture[str]


def _run(*words: str) -> int:
    try:
        return main(list(words))
    except SystemExit as left:  # argparse's own way out
        return int(left.code or 0)


def _json(out: Out, *words: str) -> Any:
    assert _run(*words) == codes.FINE
    return json.loads(out.readouterr().out)


def _decide(out: Out, *words: str) -> Any:
    return _json(out, "decide", FIRST_RUN, "--profile", EXAMPLE, "--json", *words)


def _complaint(out: Out, code: int, *words: str) -> str:
    """What a command that must fail says: on stderr only, and nothing of the program's inside."""
    assert _run(*words) == code
    said = out.readouterr()
    assert said.out == ""
    assert said.err.endswith("\n")
    assert "Traceback" not in said.err
    return said.err


def _one_line(out: Out, code: int, *words: str) -> None:
    assert len(_complaint(out, code, *words).splitlines()) == 1


def test_decide_prints_the_determination(capsys: Out) -> None:
    found = _decide(capsys)
    check_shape(found)
    assert found["verdict"] == "after-steps"
    assert [step["id"] for step in found["steps"]] == ["soo.3", "nsla"]


def test_decide_takes_json_and_the_last_line_of_an_interview(capsys: Out, tmp_path: Path) -> None:
    plain = _decide(capsys)
    answers = {
        "requester": "provider", "provider-who": "partner", "students": "few", "purpose": "school-service",
        "items": ["name", "grade-level", "grades", "attendance", "meal-status"], "staff-job": "yes",
        "school-control": "none", "papers-ferpa-school-official-outsourced": ["soo.4", "soo.9", "soo.6"],
        "meal-role": "none",
    }  # fmt: skip
    for number, whole in enumerate((answers, {"determination": plain, "answers": answers})):
        file = tmp_path / f"answers{number}.json"
        file.write_text(json.dumps(whole), encoding="utf-8")
        assert _json(capsys, "decide", str(file), "--profile", EXAMPLE, "--json") == plain


@pytest.mark.parametrize("words", [["--json"], []])
def test_decide_without_enough_answers_prints_the_next_question(words: list[str], capsys: Out, tmp_path: Path) -> None:
    file = tmp_path / "few.yaml"
    file.write_text("level: k12\nrequester: provider\n", encoding="utf-8")
    assert _run("decide", str(file), *words) == codes.UNANSWERED
    said = capsys.readouterr()
    assert json.loads(said.out)["ask"]["id"] == "provider-who"
    assert said.err == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("requester: family\nno-such-question: yes\n", 2),
        ("level: k12\nrequester: stranger\n", 2),
        ("requester: [family]\n", 1),
        ("requester: family\n\nitems: grades\n", 3),
        ("requester: family\nitems: [grades, nonsense]\n", 2),
        ("requester: family\nrequester: school\n", 2),
        ("requester: {a: b}\n", 1),
    ],
)
def test_a_wrong_answer_in_a_file_is_told_at_its_line(text: str, line: int, capsys: Out, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    said = _complaint(capsys, codes.INPUT, "decide", str(file))
    assert said.startswith(f"{file}:{line}: ")


def test_all_wrong_answers_are_told_in_one_run(capsys: Out, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("requester: stranger\nx: y\nstudents: few\nz: y\n", encoding="utf-8")
    lines = _complaint(capsys, codes.INPUT, "decide", str(file)).splitlines()
    assert [line.removeprefix(f"{file}:")[0] for line in lines] == ["1", "2", "4"]


BAD = {
    "empty": b"",
    "comment only": b"# nothing\n",
    "list": b"- a\n- b\n",
    "text": b"hello\n",
    "binary": bytes(range(256)),
    "utf-16": "requester: family".encode("utf-16"),
    "deep": b"[" * 50_000,
    "alias": b"requester: &a family\nlevel: *a\n",
    "truncated": b'requester: "fam',
    "answers are no mapping": b"answers: [a]\n",
    "answers are nothing": b"answers:\n",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_answers_gets_one_line(name: str, capsys: Out, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(BAD[name])
    _one_line(capsys, codes.INPUT, "decide", str(file))


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_profile_is_refused_at_its_place(name: str, capsys: Out, tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    file.write_bytes(BAD[name])
    said = _complaint(capsys, codes.INPUT, "decide", FIRST_RUN, "--profile", str(file))
    assert all(line.startswith(f"{file}:") for line in said.splitlines())


def test_a_truncated_profile_is_refused(capsys: Out, tmp_path: Path) -> None:
    whole = Path(EXAMPLE).read_bytes()
    file = tmp_path / "profile.yaml"
    file.write_bytes(whole[: whole.rindex(b"until") + 3])
    _one_line(capsys, codes.INPUT, "decide", FIRST_RUN, "--profile", str(file))


@pytest.mark.parametrize(
    "words",
    [
        ["decide", "nowhere.yaml"],
        ["decide", "/"],
        ["decide", FIRST_RUN, "--profile", "nowhere.yaml"],
        ["decide", FIRST_RUN, "--profile", "/"],
        ["interview", "--json", "--profile", "nowhere.yaml"],
    ],
)
def test_a_file_that_is_missing_or_a_folder_gets_one_line(words: list[str], capsys: Out) -> None:
    _one_line(capsys, codes.DISK, *words)


def test_rules_in_a_folder_without_rules_are_refused(capsys: Out, tmp_path: Path) -> None:
    _one_line(capsys, codes.INPUT, "rules", "check", "--rules", str(tmp_path))


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"], ["decide"], ["log"], ["log", "burn"], ["rules", "eat"],
        *(["decide", FIRST_RUN, "--on", day] for day in ("2026-02-30", "9999-12-31")),
    ],
)  # fmt: skip
def test_a_command_that_does_not_exist_ends_as_usage(words: list[str], capsys: Out) -> None:
    assert "Traceback" not in _complaint(capsys, codes.USAGE, *words)


@pytest.mark.parametrize("data", [b"[]", b"null", b'{"paragraphs": 7}', b"[" * 100_000])
def test_rules_with_a_broken_index_of_citations_get_lines_and_no_traceback(
    data: bytes, capsys: Out, tmp_path: Path
) -> None:
    folder = tmp_path / "ferpa"
    shutil.copytree(real.RULES / "ferpa", folder)
    (folder / "paragraphs.json").write_bytes(data)
    assert "paragraphs.json:1: " in _complaint(capsys, codes.INPUT, "rules", "check", "--rules", str(folder))


def test_a_mistake_in_the_rules_is_told_with_file_and_line(capsys: Out, tmp_path: Path) -> None:
    folder = tmp_path / "ferpa"
    shutil.copytree(real.RULES / "ferpa", folder)
    file = folder / "bases" / "consent.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("effect: permits", "effect: forbids"), encoding="utf-8")
    line = text[: text.index("effect: permits")].count("\n") + 1
    said = _complaint(capsys, codes.INPUT, "rules", "check", "--rules", str(folder))
    assert said.startswith(f"bases/consent.yaml:{line}: ")
