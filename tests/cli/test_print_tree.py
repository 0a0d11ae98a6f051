"""`rules print`: the tree as a file in the form that its name asks for, with the school's own head."""

from __future__ import annotations

from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.documents.docx import to_docx
from ferpa_wizard.documents.tree_paper import tree_paper
from tests import real

Out = pytest.CaptureFixture[str]


@pytest.mark.parametrize(("suffix", "starts"), [("pdf", b"%PDF-"), ("html", b"<!"), ("docx", b"PK"), ("txt", b"")])
def test_the_tree_is_written_in_each_form(suffix: str, starts: bytes, tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / f"tree.{suffix}"
    assert main(["rules", "print", "--out", str(out)]) == codes.FINE
    assert out.read_bytes().startswith(starts)
    assert str(out) in capsys.readouterr().out


def test_it_has_the_head_and_the_sheets_of_the_school(tmp_path: Path, own_home: Path) -> None:
    (own_home / "papers").mkdir(parents=True)
    (own_home / "papers" / "letterhead.yaml").write_text('school: "Hill Valley"\npaper: a4\n', encoding="utf-8")
    out = tmp_path / "tree.docx"
    assert main(["rules", "print", "--out", str(out)]) == codes.FINE
    assert out.read_bytes() == to_docx(tree_paper(real.pack(), school="Hill Valley"), paper="a4")


def test_another_folder_of_rules_can_be_printed(tmp_path: Path) -> None:
    out = tmp_path / "tree.txt"
    assert main(["rules", "print", "--rules", str(real.RULES / "ferpa"), "--out", str(out)]) == codes.FINE
    assert main(["rules", "print", "--rules", str(tmp_path / "none"), "--out", str(tmp_path / "b.txt")]) != codes.FINE
    assert not (tmp_path / "b.txt").exists()


def test_another_form_is_refused_in_one_line(tmp_path: Path, capsys: Out) -> None:
    assert main(["rules", "print", "--out", str(tmp_path / "tree.odt")]) == codes.INPUT
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(tmp_path.glob("tree*")) == []


def test_it_has_to_be_told_where_to(capsys: Out) -> None:
    with pytest.raises(SystemExit) as left:
        main(["rules", "print"])
    assert left.value.code == codes.USAGE
    assert "--out" in capsys.readouterr().err


@pytest.mark.parametrize("name", [".", "..", "home/papers/tree.txt"])
def test_a_place_that_is_no_file_or_the_programs_own_is_refused(
    name: str, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_home / "papers").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert main(["rules", "print", "--out", name]) == codes.INPUT
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
