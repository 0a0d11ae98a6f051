"""The commands for authors of rules: coverage, diff, handbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.read_coverage import COVERAGE
from tests import real
from tests.core.small_pack import FILES, PROVIDER, small_pack

Out = pytest.CaptureFixture[str]
STRICT = PROVIDER.replace("[written, unwritten]", "[written]")


def _stored(folder: Path, name: str, pack: Pack) -> str:
    """A pack as it is stored beside a record."""
    file = folder / name
    file.write_bytes(pack.content)
    return str(file)


def _folder(folder: Path, measure: str = "law: []") -> str:
    for name, text in {**FILES, COVERAGE: measure}.items():
        file = folder / "rules" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return str(folder / "rules")


def test_diff_of_a_pack_with_itself_is_fine(capsys: Out, tmp_path: Path) -> None:
    file = _stored(tmp_path, "a", small_pack())
    assert main(["rules", "diff", file, file]) == codes.FINE
    assert capsys.readouterr().out.startswith("0 of ")


def test_diff_tells_what_a_stricter_pack_changes(capsys: Out, tmp_path: Path) -> None:
    other = _stored(tmp_path, "b", small_pack(**{"bases/provider__yaml": STRICT}))
    assert main(["rules", "diff", _folder(tmp_path), other]) == codes.MISMATCH
    said = capsys.readouterr().out
    assert said.startswith("verdict: ")
    assert "    Who asks? A group\n" in said
    assert main(["rules", "diff", "--json", _folder(tmp_path), other]) == codes.MISMATCH
    found = json.loads(capsys.readouterr().out)
    assert found["changed"] == sum(one["count"] for one in found["changes"] if one["kind"] == "verdict")


@pytest.mark.parametrize("words", [["diff"], ["diff", "a"], ["coverage", "a"], [], ["nonsense"]])
def test_only_diff_takes_two_places(words: list[str], capsys: Out) -> None:
    with pytest.raises(SystemExit) as left:
        main(["rules", *words])
    assert left.value.code == codes.USAGE
    assert "usage: ferpa-wizard " in capsys.readouterr().err


def test_diff_of_what_is_no_pack_is_one_line(capsys: Out, tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("no", encoding="utf-8")
    assert main(["rules", "diff", str(tmp_path / "bad"), str(tmp_path / "bad")]) == codes.INPUT
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_coverage_tells_gaps_and_mistakes(capsys: Out, tmp_path: Path) -> None:
    folder = _folder(tmp_path, 'law: [{id: x.1}, {id: p.1}]\npropositions: [{id: p.1, reason: "r"}]')
    assert main(["rules", "coverage", "--rules", folder]) == codes.MISMATCH
    said = capsys.readouterr()
    assert "  x.1: No rule holds it, and no reason is given.\n" in said.out
    assert said.err == "coverage.yaml:2: The rules hold “p.1” under its own name. Remove it here.\n"


def test_coverage_as_json_is_one_object(capsys: Out) -> None:
    main(["rules", "coverage", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert {line["id"] for line in found["paragraphs"]} >= {"34 CFR 99.31(a)(2)", "34 CFR 99.37(e)"}


def test_handbook_prints_the_shipped_book(capsys: Out) -> None:
    assert main(["rules", "handbook"]) == codes.FINE
    said = capsys.readouterr().out
    assert said.startswith("# The rules\n")
    assert all(f"`{basis.id}`" in said for basis in real.pack().bases)
