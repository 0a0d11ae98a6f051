"""The line on a paper that must not be taken for a real one, in each form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.documents.document import Document, texts
from ferpa_wizard.documents.html import to_html
from ferpa_wizard.documents.pdf import to_pages, to_pdf
from ferpa_wizard.documents.text import to_text
from tests.documents.samples import tutoring
from tests.documents.sheets import record
from tests.documents.structure import facts, structure
from tests.documents.test_docx import in_order, opened
from tests.documents.test_html import Page
from tests.documents.test_pdf import printed
from tests.documents.test_pdf_structure import MISREAD, spoken

MARK = "TRIAL <1>. No & record."
JOINED = "".join(MARK.split())


def ordinary() -> Document:
    return record(tutoring())


def trial() -> Document:
    return replace(ordinary(), watermark=MARK)


def test_it_is_the_first_text_of_the_paper_and_no_text_of_others() -> None:
    assert next(texts(trial())) == MARK
    assert list(texts(trial()))[1:] == list(texts(ordinary()))


def test_it_stands_on_every_page_of_the_pdf(tmp_path: Path) -> None:
    pages = len(to_pages(trial(), paper="us-letter", ppi=20))
    assert pages > 1
    assert printed(to_pdf(trial(), paper="us-letter"), tmp_path).count(JOINED) == pages
    assert JOINED not in printed(to_pdf(ordinary(), paper="us-letter"), tmp_path)


def test_it_is_read_aloud_once_and_moves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(to_pdf(trial(), paper="a4"))
    tree = structure(file)
    assert tree.text == spoken(trial())
    assert next(tree.all("P")).text == JOINED
    assert facts(file)["Tagged"] == "yes"
    assert len(to_pages(trial(), paper="a4", ppi=20)) == len(to_pages(ordinary(), paper="a4", ppi=20))


def test_a_checker_finds_nothing_against_the_standards(tmp_path: Path) -> None:
    checker: Any = pytest.importorskip(
        "page", reason="page-validation is not installed: tests/documents/pdf-checker.txt"
    )
    file = tmp_path / "paper.pdf"
    file.write_bytes(to_pdf(trial(), paper="us-letter"))
    failures = [one for name in ("ua1", "pdfa2a") for one in checker.validate_pdf(file, profile=name).failures]
    assert [one.rule_id for one in failures if one.rule_id != MISREAD] == []


def test_the_web_page_shows_it_on_screen_and_on_each_printed_page() -> None:
    page = Page(to_html(trial()))
    lines = [line for line in page.all("p") if line.get("class") in ("watermark no", "behind")]
    assert [line.get("aria-hidden") for line in lines] == [None, "true"]  # a screen reader meets it once
    assert "".join(page.shown).count(MARK) == 2
    source = to_html(trial())
    printing = source[source.index(".behind { display: none; }") :]
    assert "position: fixed" in printing[printing.index("@media print") : printing.index("</style>")]
    assert "watermark" not in to_html(ordinary())


def test_the_word_file_has_it_in_its_text_and_in_the_footer_of_every_page() -> None:
    assert in_order(trial()).count(MARK) == 2
    word = opened(trial())
    assert word.paragraphs[0].text == MARK
    assert MARK in word.sections[0].footer.paragraphs[0].text
    assert in_order(trial()).replace(f"{MARK}\n", "").replace(MARK, "") == in_order(ordinary())


def test_plain_text_begins_and_ends_with_it() -> None:
    lines = to_text(trial()).splitlines()
    assert lines[0] == lines[-1] == MARK
    assert MARK not in to_text(ordinary())
