"""No command says a word of what is restricted, but for the one that is given the number of its record."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.requests.desk import Desk
from tests import real
from tests.requests.secrets import Seeded, leaked, seed

Out = pytest.CaptureFixture[str]
NAMELESS = (
    ["log", "list"],
    ["log", "list", "--json"],
    ["log", "list", "--where", ""],
    ["log", "list", "--where", "", "--json"],
    ["log", "show"],
    ["log", "rerun"],
    ["log", "rerun", "--json"],
    ["log", "stats"],
    ["log", "stats", "--json"],
    ["log", "fixes"],
    ["log", "fixes", "--json"],
    ["log", "verify"],
    ["log", "due"],
    ["log", "due", "--json"],
    ["log", "verify", "--json"],
    ["log", "review"],
    ["log", "review", "--json"],
    ["log", "purge"],
    ["about"],
    ["about", "--json"],
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("restricted") / "home"


@pytest.fixture(scope="module")
def seeded(home: Path) -> Iterator[Seeded]:
    desk = Desk(home, lambda: (real.pack(), real.profiles()["example"]))
    yield seed(desk, random.Random(11))
    desk.close()


def _said(words: list[str], home: Path, out: Out) -> tuple[int, str]:
    code = main([*words, "--home", str(home)])
    said = out.readouterr()
    return code, said.out + said.err


@pytest.mark.parametrize("words", NAMELESS, ids=" ".join)
def test_no_command_says_a_word_of_them(words: list[str], home: Path, seeded: Seeded, capsys: Out) -> None:
    code, said = _said(words, home, capsys)
    asks_which = words == ["log", "show"]  # and names one as an example
    assert (code == codes.FINE) == (not asks_which)
    assert said or "due" in words
    assert leaked(seeded, said) == []
    assert asks_which or not any(number in said for number in seeded.in_records)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_export_holds_no_word_of_them(kind: str, home: Path, seeded: Seeded, capsys: Out, tmp_path: Path) -> None:
    out = tmp_path / f"log.{kind}"
    code, said = _said(["log", "export", "--format", kind, "--out", str(out)], home, capsys)
    assert code == codes.FINE
    assert leaked(seeded, said + out.read_text(encoding="utf-8")) == []


def test_the_list_shows_the_ordinary_ones(home: Path, seeded: Seeded, capsys: Out) -> None:
    _, said = _said(["log", "list"], home, capsys)
    assert len(said.splitlines()) == len(seeded.ordinary)
    assert all(number in said for number in seeded.ordinary)


def test_a_search_says_on_the_side_how_many_it_does_not_list(home: Path, seeded: Seeded, capsys: Out) -> None:
    assert main(["log", "list", "--where", "", "--json", "--home", str(home)]) == codes.FINE
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == len(seeded.ordinary)
    assert str(len(seeded.in_records)) in said.err.split()


def test_a_record_that_is_asked_for_by_number_is_shown_with_its_own_words(
    home: Path, seeded: Seeded, capsys: Out
) -> None:
    for number, words in list(seeded.in_records.items())[::7]:
        code, said = _said(["log", "show", number], home, capsys)
        assert code == codes.FINE
        assert set(words) <= set(leaked(seeded, said)) <= {*words, *seeded.in_todos}
