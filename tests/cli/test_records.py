"""Records from the command line: sealed, listed, shown, exported, verified."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.core.model import LAYERS
from tests import real

FIRST_RUN = str(real.RULES / "examples/first-run.yaml")
EXAMPLE = str(real.RULES / "profiles/example.yaml")
Out = pytest.CaptureFixture[str]
SECOND = "second: {name: J. Moreau, role: principal}\n"
DECISION = "decision: do-not-share\nreason: [ferpa, district]\nwords: Board rule 7.\nby: R. Osei, registrar\n" + SECOND


def _seal(decision: str, *words: str) -> int:
    return main(["decide", FIRST_RUN, "--profile", EXAMPLE, "--json", "--seal", decision, *words])


def _sealed(out: Out, decision: str, *words: str) -> Any:
    assert _seal(decision, *words) == codes.FINE
    return json.loads(out.readouterr().out)


def _shown(out: Out, number: str) -> Any:
    assert main(["log", "show", number]) == codes.FINE
    return json.loads(out.readouterr().out)


def _file(tmp_path: Path, text: str) -> str:
    file = tmp_path / "decision.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_decision_by_name_is_sealed_as_the_window_seals_it(capsys: Out) -> None:
    found = _sealed(capsys, "share-after-steps")
    shown = _shown(capsys, found["record"]["number"])
    assert shown["seal"] == found["record"]["seal"]
    record = shown["record"]
    assert record["determination"] == {key: value for key, value in found.items() if key != "record"}
    assert record["decision"]["choice"] == "share-after-steps"
    assert record["pack"]["sha256"] == real.pack().sha256
    profile = real.profiles()["example"]
    assert (record["profile"]["school"], record["profile"]["sha256"]) == (profile.school, profile.sha256)
    assert record["profile"]["answers"].keys() == profile.on(record["on"]).keys()
    assert {answer["source"] for answer in record["answers"]} == {"person", "profile", "presumed"}


def test_a_decision_in_a_file_keeps_reasons_words_and_name(capsys: Out, tmp_path: Path) -> None:
    number = _sealed(capsys, _file(tmp_path, DECISION))["record"]["number"]
    kept = _shown(capsys, number)["record"]["decision"]
    assert (kept["choice"], kept["words"], kept["differs"]) == ("do-not-share", "Board rule 7.", True)
    assert kept["reasons"] == ["ferpa", "district"]
    assert kept["correction"]  # FERPA was named and does not bind: both stay
    assert (kept["by"]["name"], kept["by"]["role"]) == ("R. Osei", "registrar")
    assert kept["second"] == {"name": "J. Moreau", "role": "principal"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("unknown choice", DECISION.replace("do-not-share", "perhaps")),
        ("unknown key", DECISION + "mood: good\n"),
        ("unknown layer", DECISION.replace("district", "weather")),
        ("no name", DECISION.replace("R. Osei, registrar", '""')),
        ("no reason", DECISION.replace("reason: [ferpa, district]\n", "")),
        ("no words though it differs", DECISION.replace("words: Board rule 7.\n", "")),
        ("nobody agreed though it differs", DECISION.replace(SECOND, "")),
        ("the same person agreed", DECISION.replace("J. Moreau", "r.  OSEI")),
        ("a second person without a name", DECISION.replace("name: J. Moreau, ", "")),
        ("a second person who is a text", DECISION.replace("{name: J. Moreau, role: principal}", "J. Moreau")),
        ("nothing", ""),
        ("no mapping", "- share\n"),
    ],
)
def test_a_decision_that_lacks_something_seals_nothing(name: str, text: str, capsys: Out, tmp_path: Path) -> None:
    assert _seal(_file(tmp_path, text)) == codes.INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err
    assert main(["log", "list"]) == codes.FINE
    assert capsys.readouterr().out == ""


def test_a_decision_that_is_no_name_and_no_file_is_refused(capsys: Out, tmp_path: Path) -> None:
    for strange in ("perhaps", str(tmp_path), ""):
        if strange:
            assert _seal(strange) == codes.INPUT
            assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_day_decides_which_standing_facts_hold(capsys: Out) -> None:
    """After the profile has lapsed its facts are asked again, so the same answers no longer suffice."""
    assert main(["decide", FIRST_RUN, "--profile", EXAMPLE, "--json", "--on", "2027-07-31"]) == codes.FINE
    capsys.readouterr()
    assert main(["decide", FIRST_RUN, "--profile", EXAMPLE, "--json", "--on", "2029-01-01"]) == codes.UNANSWERED
    assert json.loads(capsys.readouterr().out)["ask"]["id"] == "level"


def test_a_record_keeps_the_day_it_was_decided_for(capsys: Out) -> None:
    number = _sealed(capsys, "share-after-steps", "--on", "2026-12-01")["record"]["number"]
    assert _shown(capsys, number)["record"]["on"] == "2026-12-01"


def test_the_log_lists_newest_first_and_exports_all(capsys: Out, tmp_path: Path) -> None:
    numbers = [_sealed(capsys, choice)["record"]["number"] for choice in ("share-after-steps", "ask-officer")]
    assert main(["log", "list", "--json"]) == codes.FINE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["number"] for row in rows] == numbers[::-1]
    assert [row["choice"] for row in rows] == ["ask-officer", "share-after-steps"]
    assert {row["verdict"] for row in rows} == {"after-steps"}
    for kind in ("csv", "jsonl"):
        assert main(["log", "export", "--format", kind, "--out", str(tmp_path / f"out.{kind}")]) == codes.FINE
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum('"determination"' in line for line in lines) == 2
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        table = [row for row in csv.reader(file) if row]
    assert sum(any(number in cell for cell in row for number in numbers) for row in table) == 2


def test_verify_passes_and_then_finds_one_changed_byte(capsys: Out, own_home: Path) -> None:
    _sealed(capsys, "share-after-steps")
    assert main(["log", "verify", "--json"]) == codes.FINE
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], found["count"]) == (True, 1)
    with closing(sqlite3.connect(own_home / "ledger.sqlite")) as connection, connection:
        guards = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), 'Share', 'Shore') AS BLOB)")
    assert main(["log", "verify", "--json"]) == codes.MISMATCH
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_a_seal_kept_elsewhere_finds_a_missing_tail(capsys: Out) -> None:
    seal = _sealed(capsys, "share-after-steps")["record"]["seal"]
    assert main(["log", "verify", "--head", seal]) == codes.FINE
    assert main(["log", "verify", "--head", "1" * 64]) == codes.MISMATCH


@pytest.mark.parametrize("head", ["x", "0" * 63, "", "g" * 64, "ß"])
def test_a_head_that_is_no_seal_is_refused_in_one_line(head: str, capsys: Out) -> None:
    """An empty one must not pass for a check that was made."""
    _sealed(capsys, "share-after-steps")
    assert main(["log", "verify", "--head", head]) in (codes.INPUT, codes.USAGE)
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [["show", "2026-0001"], ["show"], ["export"], ["verify"], ["export", "--out", "x.csv"]]
)
def test_a_log_without_records_says_so_in_one_line(words: list[str], capsys: Out, own_home: Path) -> None:
    code = main(["log", *words])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert len((said.err + said.out).splitlines()) == 1
    assert code in (codes.INPUT, codes.LEDGER, codes.MISMATCH)
    assert not (own_home / "ledger.sqlite").exists()


@pytest.mark.parametrize("number", ["2026-0002", "1999-0001", "2", "x", "../..", "2026-99999999999999999999"])
def test_a_record_that_is_not_there_gets_one_line(number: str, capsys: Out) -> None:
    _sealed(capsys, "share-after-steps")
    assert main(["log", "show", number]) in (codes.LEDGER, codes.INPUT)
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_an_export_into_a_missing_folder_leaves_nothing(capsys: Out, tmp_path: Path) -> None:
    _sealed(capsys, "share-after-steps")
    assert main(["log", "export", "--out", str(tmp_path / "no" / "x.csv")]) in (codes.LEDGER, codes.DISK)
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "no").exists()


@pytest.mark.long
def test_the_examples_pass() -> None:
    assert main(["rules", "test"]) == codes.FINE


def test_about_tells_the_pack_and_makes_nothing(capsys: Out, own_home: Path) -> None:
    assert main(["about", "--json"]) == codes.FINE
    found = json.loads(capsys.readouterr().out)
    assert found["pack"]["sha256"] == real.pack().sha256
    assert found["home"] == str(own_home)
    assert not own_home.exists()


def test_the_outline_names_every_question_and_basis(capsys: Out) -> None:
    assert main(["rules", "outline"]) == codes.FINE
    text = capsys.readouterr().out
    assert all(f"[{name}]" in text for name in (*real.pack().questions, *(basis.id for basis in real.pack().bases)))


def test_layers_in_a_decision_are_the_five(capsys: Out, tmp_path: Path) -> None:
    text = DECISION.replace("[ferpa, district]", f"[{', '.join(reversed(LAYERS))}]")
    number = _sealed(capsys, _file(tmp_path, text))["record"]["number"]
    assert _shown(capsys, number)["record"]["decision"]["reasons"] == list(LAYERS)


def test_decisions_are_looked_at_under_the_rules_of_today(capsys: Out) -> None:
    numbers = [_sealed(capsys, decision)["record"]["number"] for decision in ("share-after-steps", "ask-officer")]
    assert main(["log", "rerun", "--json"]) == codes.FINE
    *lines, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["number"]: line["outcome"] for line in lines} == dict.fromkeys(numbers, "same")
    assert last["summary"]["outcomes"] == {"different": 0, "open": 0, "other-reason": 0, "same": 2}
    assert main(["log", "rerun", "--all"]) == codes.FINE
    assert [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()[:2]] == numbers
    assert main(["log", "rerun", numbers[0]]) == codes.FINE
    assert capsys.readouterr().out.startswith(numbers[0])


def test_what_is_to_do_on_a_record_is_listed_and_noted_as_done(capsys: Out) -> None:
    number = _sealed(capsys, "share-after-steps")["record"]["number"]
    assert main(["log", "due", number, "--json"]) == codes.FINE
    todos = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert todos and not any(todo["done"] for todo in todos)
    first = todos[0]["id"]
    assert main(["log", "done", number, first, "--by", "R. Osei"]) == codes.FINE
    assert main(["log", "due", number, "--json"]) == codes.FINE
    told = capsys.readouterr().out.splitlines()
    assert json.loads(next(line for line in told if line.startswith("{")))["done"]
    assert main(["log", "due"]) == codes.FINE
    assert main(["log", "verify"]) == codes.FINE


@pytest.mark.parametrize("words", [("done",), ("done", "2026-0001"), ("done", "2026-0001", "nothing")])
def test_a_todo_that_is_not_there_is_one_sentence(capsys: Out, words: tuple[str, ...]) -> None:
    _seal("share-after-steps")
    capsys.readouterr()
    assert main(["log", *words]) != codes.FINE
    assert len(capsys.readouterr().err.splitlines()) == 1
