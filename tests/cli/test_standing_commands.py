"""Standing decisions and their uses from the command line."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.requests.desk import Desk
from tests import real

Out = pytest.CaptureFixture[str]
ANSWERS = next(one.answers for one in real.examples() if one.id == "new-school-wants-file")


@pytest.fixture
def number(own_home: Path, tmp_path: Path, capsys: Out) -> str:
    """A sealed decision to send the file to a new school, in a home with the example's profile."""
    own_home.mkdir()
    shutil.copy(real.RULES / "profiles/example.yaml", own_home / "profile.yaml")
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"answers": ANSWERS}), encoding="utf-8")
    decision = tmp_path / "decision.yaml"
    decision.write_text("decision: share\nby: R. Osei\n", encoding="utf-8")
    assert main(["decide", str(answers), "--json", "--seal", str(decision)]) == codes.FINE
    return str(json.loads(capsys.readouterr().out)["record"]["number"])


def _day() -> str:
    """Today, which the command line takes from the computer's clock."""
    desk = Desk.open()
    return desk.today


def _use(number: str, file: str, *words: str) -> int:
    return main(["log", "use", number, "--file", file, "--to", "Oak School", "--by", "R. Osei", *words])


def _uses(out: Out, number: str) -> list[dict[str, object]]:
    out.readouterr()
    assert main(["log", "uses", number, "--json"]) == codes.FINE
    return [json.loads(line) for line in out.readouterr().out.splitlines()]


def test_a_record_stands_and_its_uses_are_logged_and_listed(number: str, capsys: Out) -> None:
    assert main(["log", "stand", number, "--until", _day(), "--by", "R. Osei"]) == codes.FINE
    assert _use(number, "4711") == _use(number, "4712", "--on", _day()) == codes.FINE
    found = _uses(capsys, number)
    assert [(one["file"], one["day"], one["recipient"]) for one in found] == [
        ("4711", _day(), "Oak School"), ("4712", _day(), "Oak School"),
    ]  # fmt: skip
    assert main(["log", "uses", number]) == codes.FINE
    assert "4712" in capsys.readouterr().out
    assert main(["log", "verify"]) == codes.FINE


def test_rows_hold_each_use_once(number: str, capsys: Out, tmp_path: Path) -> None:
    assert main(["log", "stand", number, "--until", _day(), "--by", "R. Osei"]) == codes.FINE
    for file in ("4711", "4712"):
        assert _use(number, file) == codes.FINE
    out = tmp_path / "rows.csv"
    assert main(["log", "uses", number, "--csv", str(out), "--by", "R. Osei"]) == codes.FINE
    with out.open(encoding="utf-8-sig", newline="") as rows:
        assert [row["file"] for row in csv.DictReader(rows)] == ["4711", "4712"]
    assert main(["log", "paper", str(out)]) == codes.FINE
    assert _use(number, "4713") == codes.FINE
    assert main(["log", "uses", number, "--csv", str(out)]) == codes.FINE
    with out.open(encoding="utf-8-sig", newline="") as rows:
        assert [row["file"] for row in csv.DictReader(rows)] == ["4713"]
    out.unlink()
    assert main(["log", "uses", number, "--csv", str(out)]) == codes.FINE
    assert not out.exists()


def test_what_does_not_stand_is_refused_with_what_to_do(number: str, capsys: Out) -> None:
    assert _use(number, "4711") == codes.INPUT
    assert "log stand" in capsys.readouterr().err
    assert main(["log", "stand", number, "--until", "2099-01-01", "--by", "R. Osei"]) == codes.INPUT
    assert _uses(capsys, number) == []


@pytest.mark.parametrize(
    "words", [["stand", "--by", "N"], ["use", "--file", "1", "--by", "N"], ["use", "--file", "1", "--to", "Oak"]]
)
def test_what_is_left_out_is_told_with_an_example(number: str, capsys: Out, words: list[str]) -> None:
    assert main(["log", words[0], number, *words[1:]]) == codes.INPUT
    assert f"log {words[0]} 2026-0001" in capsys.readouterr().err


def test_rows_take_the_place_of_no_file_of_the_program(number: str, own_home: Path, capsys: Out) -> None:
    assert main(["log", "stand", number, "--until", _day(), "--by", "R. Osei"]) == codes.FINE
    assert _use(number, "4711") == codes.FINE
    before = (own_home / "ledger.sqlite").read_bytes()
    assert main(["log", "uses", number, "--csv", str(own_home / "ledger.sqlite"), "--by", "R. Osei"]) == codes.INPUT
    assert (own_home / "ledger.sqlite").read_bytes() == before
    assert [one["written"] for one in _uses(capsys, number)] == [False]


@pytest.mark.parametrize(("name", "by"), [("rows.csv", "\udcff"), ("\udcff.csv", "R. Osei")])
def test_rows_are_not_written_under_a_name_that_the_log_cannot_keep(
    number: str, capsys: Out, tmp_path: Path, name: str, by: str
) -> None:
    assert main(["log", "stand", number, "--until", _day(), "--by", "R. Osei"]) == codes.FINE
    assert _use(number, "4711") == codes.FINE
    out = tmp_path / name
    capsys.readouterr()
    assert main(["log", "uses", number, "--csv", str(out), "--by", by]) == codes.INPUT
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not out.exists()
    assert [one["written"] for one in _uses(capsys, number)] == [False]
