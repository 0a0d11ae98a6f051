"""What the log says in numbers, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import codes, main
from tests import many

Out = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("figures") / "home"
    many.fill(home, 60, minutes=60 * 24)
    return home


def printed(out: Out, home: Path, *words: str) -> Any:
    assert main(["log", *words, "--json", "--home", str(home)]) == codes.FINE
    return json.loads(out.readouterr().out)


def test_stats_prints_every_chart_and_the_same_as_json(filled: Path, capsys: Out) -> None:
    found = printed(capsys, filled, "stats")
    assert main(["log", "stats", "--home", str(filled)]) == codes.FINE
    text = capsys.readouterr().out
    for chart in found["charts"]:
        assert chart["title"] in text and chart["definition"] in text and chart["denominator"] in text
        assert all(bar["label"] in text and bar["line"] in text for bar in chart["bars"])
    assert all(says in text for says in found["left_out"])


def test_the_line_of_a_bar_counts_what_the_bar_counts(filled: Path, capsys: Out) -> None:
    bars = [bar for chart in printed(capsys, filled, "stats")["charts"] for bar in chart["bars"] if bar["count"]]
    assert len(bars) > 7
    for bar in bars[::7]:
        assert printed(capsys, filled, "stats", "--where", bar["line"])["charts"][0]["of"] == bar["count"]


def test_a_line_that_makes_no_sense_gives_no_numbers(filled: Path, capsys: Out) -> None:
    assert main(["log", "stats", "--where", "outcome:maybe", "--home", str(filled)]) == codes.INPUT
    said = capsys.readouterr()
    assert said.err and not said.out


def test_an_empty_home_has_charts_of_nothing_and_gets_no_ledger(own_home: Path, capsys: Out) -> None:
    found = printed(capsys, own_home, "stats")
    assert {chart["of"] for chart in found["charts"]} == {0}
    assert not (own_home / "ledger.sqlite").exists()


def test_fixes_are_printed_most_first_and_the_same_as_json(filled: Path, capsys: Out) -> None:
    found = printed(capsys, filled, "fixes")
    clears = [fix["clears"] for fix in found["fixes"]]
    assert clears and clears == sorted(clears, reverse=True)
    assert all(fix["clears"] == len(fix["records"]) for fix in found["fixes"])
    assert main(["log", "fixes", "--home", str(filled)]) == codes.FINE
    text = capsys.readouterr().out
    assert all(fix["do"] in text and fix["records"][0]["number"] in text for fix in found["fixes"])


def test_the_board_page_is_written_where_it_is_wanted(filled: Path, tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "board.txt"
    words = ["log", "board", "--home", str(filled), "--out", str(out)]
    assert main([*words, "--year", "2021"]) == codes.FINE
    text = out.read_text(encoding="utf-8")
    assert "2021-22" in text and "2020-21" in text
    assert main(words) == codes.FINE


@pytest.mark.parametrize("words", [(), ("--out", "board.exe"), ("--out", "board.txt", "--year", "2999")])
def test_a_board_page_that_cannot_be_is_refused(
    words: tuple[str, ...], filled: Path, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["log", "board", "--home", str(filled), *words]) == codes.INPUT
    assert capsys.readouterr().err
    assert list(tmp_path.glob("board*")) == []


def test_a_rerun_of_all_ends_with_a_summary(filled: Path, capsys: Out) -> None:
    assert main(["log", "rerun", "--all", "--json", "--home", str(filled)]) == codes.FINE
    *rows, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert last["summary"]["decisions"] == len(rows) == sum(last["summary"]["outcomes"].values())
    assert main(["log", "rerun", "--home", str(filled)]) == codes.FINE
    text = capsys.readouterr().out
    assert all(row["number"] in text for row in rows)
