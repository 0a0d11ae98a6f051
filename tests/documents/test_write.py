"""Saving a paper: all of it or nothing, and a sentence when it fails."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ferpa_wizard.documents.document import Document
from ferpa_wizard.documents.docx import to_docx
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.html import to_html
from ferpa_wizard.documents.pdf import to_pdf
from ferpa_wizard.documents.text import to_text
from ferpa_wizard.documents.write import write
from tests.documents.samples import tutoring
from tests.documents.sheets import record


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def paper() -> Document:
    return record(tutoring())


def test_the_suffix_names_the_form(paper: Document, tmp_path: Path) -> None:
    assert write(paper, tmp_path / "a.pdf", paper="a4").read_bytes() == to_pdf(paper, paper="a4")
    assert write(paper, tmp_path / "a.HTML").read_text(encoding="utf-8") == to_html(paper)
    assert write(paper, tmp_path / "a.docx", paper="a4").read_bytes() == to_docx(paper, paper="a4")
    assert write(paper, tmp_path / "a.txt").read_bytes() == to_text(paper).encode("utf-8")
    assert names(tmp_path) == ["a.HTML", "a.docx", "a.pdf", "a.txt"]


def test_letter_is_the_paper_when_none_is_named(paper: Document, tmp_path: Path) -> None:
    written = write(paper, tmp_path / "a.pdf").read_bytes()
    assert written == to_pdf(paper, paper="us-letter")


def test_a_paper_takes_the_place_of_an_older_one(paper: Document, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    out.write_text("old", encoding="utf-8")
    being_read = tmp_path / "b.html"
    being_read.hardlink_to(out)
    write(paper, out)
    assert out.read_text(encoding="utf-8") == to_html(paper)
    assert being_read.read_text(encoding="utf-8") == "old"


def test_another_suffix_is_refused(paper: Document, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"\.pdf"):
        write(paper, tmp_path / "a.odt")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "says"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "read"), (errno.EACCES, "open"), (errno.EIO, "safe")],
)
def test_a_failing_disk_leaves_no_part_and_the_older_paper(
    code: int, says: str, paper: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.html"
    out.write_text("old", encoding="utf-8")

    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DocumentError, match=says) as refusal:
        write(paper, out)
    assert out.name in str(refusal.value)
    assert out.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.html"]


def test_the_file_is_on_the_disk_before_it_has_its_name(
    paper: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.html"
    named = []
    monkeypatch.setattr(os, "fsync", lambda _handle: named.append(out.exists()))
    write(paper, out)
    assert named[0] is False


def test_a_missing_folder_is_a_sentence(paper: Document, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="folder"):
        write(paper, tmp_path / "none" / "a.html")


def test_a_folder_of_that_name_is_a_sentence(paper: Document, tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()
    with pytest.raises(DocumentError):
        write(paper, tmp_path / "a.html")
    assert names(tmp_path) == ["a.html"]


def test_a_name_too_long_is_a_sentence(paper: Document, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="shorter"):
        write(paper, tmp_path / ("a" * 300 + ".html"))
    assert names(tmp_path) == []


def test_heavy_parts_are_not_loaded_with_the_room() -> None:
    code = (
        "import sys, ferpa_wizard.documents.write\n"
        "print(*sorted({'typst', 'jinja2', 'markupsafe', 'docx', 'lxml', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == ""
