"""`log export` and `log verify --bundle` as people type them."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.requests.exporting import SUFFIXES
from tests import many
from tests.exported import register

Out = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "home"
    many.fill(folder, 30, minutes=60 * 24)
    return folder


def run(home: Path, *words: object) -> int:
    return main(["log", *map(str, words), "--home", str(home)])


@pytest.mark.parametrize("form", [*SUFFIXES])
def test_each_form_is_written(form: str, home: Path, tmp_path: Path, capsys: Out) -> None:
    assert run(home, "export", "--format", form, "--out", tmp_path / "out") == codes.FINE
    assert (tmp_path / "out").stat().st_size > 1_000
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_search_narrows_it_and_columns_are_chosen(home: Path, tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "out.csv"
    words = ("--where", "basis:consent", "--columns", "number, asked-by,basis")
    assert run(home, "export", "--out", out, *words) == codes.FINE
    found = register(out)
    assert tuple(found[0]) == ("number", "asked by", "basis")
    assert 0 < len(found) < 30
    assert {"onsent" in row["basis"] for row in found} == {True}
    assert capsys.readouterr().out.startswith(f"{len(found)} ")


@pytest.mark.parametrize("form", [*SUFFIXES])
def test_a_line_of_strange_bytes_finds_nothing(form: str, home: Path, tmp_path: Path, capsys: Out) -> None:
    words = ("--format", form, "--out", tmp_path / "out", "--where", "zq\udcff\x00")
    assert run(home, "export", *words) == codes.FINE
    assert capsys.readouterr().out.startswith("0 ")


def test_what_people_typed_stays_out(home: Path, tmp_path: Path) -> None:
    for extra in ((), ("--no-free-text",)):
        assert run(home, "export", "--out", tmp_path / "out.csv", *extra) == codes.FINE
        assert ("title" in register(tmp_path / "out.csv")[0]) == (not extra)


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "jsonl", "--no-free-text"),
        ("--columns", "mood"),
        ("--where", "bassis:consent"),
        ("--where", "", "--restricted"),
        ("--format", "pdf", "--columns", "number"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_had_is_one_line(words: tuple[str, ...], home: Path, tmp_path: Path, capsys: Out) -> None:
    assert run(home, "export", "--out", tmp_path / "out", *words) == codes.INPUT
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert list(tmp_path.iterdir()) == []


def test_how_far_it_is_stands_on_a_terminal_alone(
    home: Path, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(home, "export", "--out", tmp_path / "out.csv") == codes.FINE
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(home, "export", "--out", tmp_path / "out.csv") == codes.FINE
    said = capsys.readouterr().err
    assert "\r" in said and "\n" not in said and said.endswith("\r")


def test_an_export_that_is_stopped_leaves_nothing(
    home: Path, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ferpa_wizard.cli.exporting.sys.stderr.isatty", stop)
    assert run(home, "export", "--out", tmp_path / "out.csv") == codes.STOPPED
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_is_checked(home: Path, tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "out.zip"
    assert run(home, "export", "--format", "bundle", "--out", out) == codes.FINE
    capsys.readouterr()
    assert run(home, "verify", "--bundle", out, "--json") == codes.FINE
    (chain,) = json.loads(capsys.readouterr().out)["chains"]
    assert run(home, "verify", "--bundle", out, "--head", chain["head"]) == codes.FINE
    assert run(home, "verify", "--bundle", out, "--head", "1" * 64) == codes.MISMATCH
    assert run(home, "verify", "--bundle", out, "--head", "x") == codes.INPUT
    with zipfile.ZipFile(out, "a") as opened:
        opened.writestr("more.txt", "x")
    assert run(home, "verify", "--bundle", out) == codes.MISMATCH
    assert run(home, "verify", "--bundle", tmp_path / "nowhere") == codes.INPUT
