"""`log verify`, `log checkpoint` and `log paper` as they are typed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.requests.desk import Desk
from tests.cli.test_records import _seal, _sealed
from tests.ledger.attacks import cut_last, edit_text
from tests.ledger.attacks_on_files import unguarded
from tests.ledger.samples import COUNT, fill

Out = pytest.CaptureFixture[str]


def test_a_checkpoint_finds_a_tail_that_was_cut_off(capsys: Out, own_home: Path, tmp_path: Path) -> None:
    fill(own_home)
    file = str(tmp_path / "kept.json")
    assert main(["log", "checkpoint", "--out", file]) == codes.FINE
    assert main(["log", "verify", "--checkpoint", file]) == codes.FINE
    unguarded(cut_last)(own_home)
    assert main(["log", "verify"]) == codes.FINE
    capsys.readouterr()
    assert main(["log", "verify", "--checkpoint", file, "--json"]) == codes.MISMATCH
    found = json.loads(capsys.readouterr().out)
    (chain,) = found["chains"]
    assert (found["ok"], chain["verdict"], chain["entry"], chain["fault"]) == (
        False,
        "does-not-match",
        COUNT,
        "rewound",
    )


def test_the_groups_on_the_screen_are_a_head_that_can_be_typed_back(capsys: Out, own_home: Path) -> None:
    fill(own_home)
    assert main(["log", "checkpoint"]) == codes.FINE
    said = capsys.readouterr().out.splitlines()
    groups = [line for line in said if len(line.split()) == 4 and all(len(word) == 4 for word in line.split())]
    assert main(["log", "verify", "--head", " ".join(groups)]) == codes.FINE
    assert main(["log", "checkpoint", "--json"]) == codes.FINE
    capsys.readouterr()
    assert main(["log", "verify", "--head", " ".join(reversed(groups))]) == codes.MISMATCH


@pytest.mark.parametrize("content", [None, "", "{}", "Dear diary"])
def test_a_checkpoint_that_is_none_is_one_line(
    content: str | None, capsys: Out, own_home: Path, tmp_path: Path
) -> None:
    fill(own_home)
    if content is not None:
        (tmp_path / "kept.json").write_text(content)
    assert main(["log", "verify", "--checkpoint", str(tmp_path / "kept.json")]) == codes.INPUT
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1


def test_no_checkpoint_is_taken_where_there_is_no_log_or_one_that_does_not_hold(
    capsys: Out, own_home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "kept.json"
    assert main(["log", "checkpoint", "--out", str(out)]) != codes.FINE
    assert not own_home.exists()
    fill(own_home)
    unguarded(edit_text)(own_home)
    assert main(["log", "checkpoint", "--out", str(out)]) != codes.FINE
    assert not out.exists()


def test_a_changed_record_is_named_in_words_and_in_json(capsys: Out, own_home: Path) -> None:
    fill(own_home)
    unguarded(edit_text)(own_home)
    assert main(["log", "verify"]) == codes.MISMATCH
    assert "2026-0004" in capsys.readouterr().out
    assert main(["log", "verify", "--json"]) == codes.MISMATCH
    (chain,) = json.loads(capsys.readouterr().out)["chains"]
    assert (chain["entry"], chain["fault"], chain["count"]) == (4, "text", 3)


def test_a_report_is_written_whatever_was_found(capsys: Out, own_home: Path, tmp_path: Path) -> None:
    fill(own_home)
    out = tmp_path / "report.txt"
    assert main(["log", "verify", "--out", str(out)]) == codes.FINE
    healthy = out.read_text(encoding="utf-8")
    unguarded(edit_text)(own_home)
    assert main(["log", "verify", "--out", str(out)]) == codes.MISMATCH
    assert "entry 4 (text)" not in healthy
    assert "entry 4 (text)" in out.read_text(encoding="utf-8")
    assert main(["log", "verify", "--out", str(own_home / "ledger.sqlite")]) not in (codes.FINE, codes.MISMATCH)


def test_papers_are_held_against_the_records(capsys: Out, own_home: Path, tmp_path: Path) -> None:
    number = _sealed(capsys, "share-after-steps")["record"]["number"]
    file = tmp_path / "letter.txt"
    file.write_text("Dear all", encoding="utf-8")
    desk = Desk.open(own_home)
    desk.issued.note(number, [file])
    desk.close()
    assert main(["log", "verify", "--papers", str(file)]) == codes.FINE
    assert main(["log", "paper", str(file)]) == codes.FINE
    file.write_text("Dear nobody", encoding="utf-8")
    (tmp_path / "other.txt").touch()
    capsys.readouterr()
    assert main(["log", "verify", "--papers", str(file), str(tmp_path / "other.txt"), "--json"]) == codes.MISMATCH
    papers = json.loads(capsys.readouterr().out)["papers"]
    assert [paper["state"] for paper in papers] == ["changed", "unknown"]
    assert papers[0]["record"] == number
    assert main(["log", "paper", str(file), "--json"]) == codes.MISMATCH
    assert json.loads(capsys.readouterr().out)[0]["state"] == "changed"


def test_copies_of_other_desks_are_checked_too(capsys: Out, own_home: Path) -> None:
    _seal("share-after-steps")
    fill(own_home / "desks" / "new")
    with closing(sqlite3.connect(own_home / "desks" / "new" / "ledger.sqlite")) as connection:
        (desk,) = connection.execute("SELECT value FROM meta WHERE name = 'installation'").fetchone()
    copy = (own_home / "desks" / "new").rename(own_home / "desks" / desk)
    capsys.readouterr()
    assert main(["log", "verify"]) == codes.FINE
    assert len(capsys.readouterr().out.splitlines()) == 2
    unguarded(edit_text)(copy)
    assert main(["log", "verify"]) == codes.MISMATCH
    assert desk in capsys.readouterr().out.splitlines()[1]
