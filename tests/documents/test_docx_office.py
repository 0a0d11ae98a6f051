"""The Word file as an office program takes it: opened, laid out, and made into a tagged PDF that is read again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ferpa_wizard.documents.document import Document, Heading, Table
from ferpa_wizard.documents.docx import to_docx
from ferpa_wizard.documents.record_paper import record_paper
from tests.documents.every_paper import every_paper
from tests.documents.samples import NUMBER, SEAL, refused
from tests.documents.sheets import squeezed
from tests.documents.structure import Node, structure

pytestmark = pytest.mark.long

_TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_KINDS = ("record", "letter", "consent-form-es", "agreement-provider", "counsel")


def converted(papers: dict[str, Document], folder: Path) -> dict[str, Path]:
    """Each paper as the office program's own PDF."""
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("soffice (libreoffice-writer) or pdftotext (poppler-utils) is not installed")
    files = {name: folder / f"{name}.docx" for name in papers}
    for name, paper in papers.items():
        files[name].write_bytes(to_docx(paper, paper="us-letter"))
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", _TAGGED, "--outdir", str(folder), *map(str, files.values())]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {name: file.with_suffix(".pdf") for name, file in files.items()}


def test_an_office_program_opens_it(tmp_path: Path) -> None:
    paper = record_paper(refused(), number=NUMBER, seal=SEAL)
    pdf = converted({"paper": paper}, tmp_path)["paper"]
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    pages = [page for page in done.stdout.decode("utf-8").split("\f") if page.strip()]
    assert 2 <= len(pages) <= 5
    for page in pages:
        assert NUMBER in page
        assert SEAL in page


def test_it_keeps_headings_and_header_cells_of_every_kind(tmp_path: Path) -> None:
    papers = {kind: _first(kind) for kind in _KINDS}
    for kind, pdf in converted(papers, tmp_path).items():
        tree, paper = structure(pdf), papers[kind]
        headings = [block for block in paper.blocks if isinstance(block, Heading)]
        found = [(node.role, node.text) for node in tree.all(*(f"H{level}" for level in range(1, 7)))]
        assert found == [(f"H{one.level}", squeezed(one.text)) for one in headings], kind
        assert _headers(tree) == [
            [squeezed(title) for title in block.header] for block in paper.blocks if isinstance(block, Table)
        ], kind


def _first(kind: str) -> Document:
    return next(paper for name, paper in every_paper().items() if name.endswith(f".{kind}"))


def _headers(tree: Node) -> list[list[str]]:
    return [[cell.text for cell in table.all("TH")] for table in tree.all("Table")]
