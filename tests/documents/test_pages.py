"""Pictures of pages: as many as the PDF has, as large as was asked for, and the same each time."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from ferpa_wizard.documents.document import Document, Heading, Paragraph
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.pdf import PaperSize, to_pages, to_pdf
from tests.documents.samples import tutoring
from tests.documents.sheets import record


@pytest.fixture
def paper() -> Document:
    return record(tutoring())


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_there_is_a_picture_of_each_page_of_the_pdf(paper: Document) -> None:
    pages = re.findall(rb"/Type ?/Page\b", to_pdf(paper, paper="us-letter"))
    pictures = to_pages(paper, paper="us-letter", ppi=50)
    assert len(pictures) == len(pages) > 1
    assert len(set(pictures)) == len(pictures)


def test_a_paper_of_one_page_has_one_picture(paper: Document) -> None:
    short = Document("Bare", "en", paper.at, "", "", (Heading(1, "Bare"), Paragraph("One line.")))
    assert len(to_pages(short, paper="a4", ppi=50)) == 1


@pytest.mark.parametrize(("sheet", "inches"), [("us-letter", (8.5, 11)), ("a4", (210 / 25.4, 297 / 25.4))])
@pytest.mark.parametrize("ppi", [72, 150])
def test_a_picture_has_the_size_of_the_sheet(
    paper: Document, sheet: PaperSize, inches: tuple[float, float], ppi: int
) -> None:
    for picture in to_pages(paper, paper=sheet, ppi=ppi):
        assert size(picture) == pytest.approx((inches[0] * ppi, inches[1] * ppi), abs=1)


def test_the_same_paper_gives_the_same_pictures(paper: Document) -> None:
    assert to_pages(paper, paper="a4", ppi=40) == to_pages(paper, paper="a4", ppi=40)


def test_pages_that_cannot_be_made_are_one_sentence(
    paper: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ferpa_wizard.documents.pdf.data", lambda: tmp_path)
    with pytest.raises(DocumentError, match="safe"):
        to_pages(paper, paper="a4", ppi=40)
