"""Nothing was left out of the package that a command needs: every kind of paper and of export is written by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.package.packaged import Done, run

pytestmark = pytest.mark.long
Program = Callable[..., Done]


@pytest.fixture(scope="module")
def program(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The packaged program, on a log with one decision in it."""
    home, rules = tmp_path_factory.mktemp("whole") / "home", folder / "_internal" / "rules"

    def ask(*words: str | Path) -> Done:
        done = run([folder / "ferpa-wizard", "--home", home, *words])
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done

    example, profile = rules / "examples" / "first-run.yaml", rules / "profiles" / "example.yaml"
    ask("decide", example, "--profile", profile, "--seal", "share-after-steps")
    return ask


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "pdf", "bundle"])
def test_an_export_of_each_form(program: Program, tmp_path: Path, form: str) -> None:
    program("log", "export", "--format", form, "--out", tmp_path / "log")
    assert (tmp_path / "log").stat().st_size > 0


@pytest.mark.parametrize("kind", ["pdf", "html", "docx", "txt"])
def test_a_paper_of_each_kind(program: Program, tmp_path: Path, kind: str) -> None:
    program("rules", "print", "--out", tmp_path / f"rules.{kind}")
    assert (tmp_path / f"rules.{kind}").stat().st_size > 0


def test_the_rules_pass_their_examples(program: Program) -> None:
    program("rules", "test")


def test_the_log_is_checked_and_copied(program: Program, tmp_path: Path) -> None:
    program("log", "verify")
    program("log", "backup", tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").stat().st_size > 0
