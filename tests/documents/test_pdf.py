"""The PDF as an archive, a printer and a screen reader take it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.documents.characters import covered_by, printable
from ferpa_wizard.documents.document import Document, Heading, Paragraph, Table, texts
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.pdf import BODY_FONT, PaperSize, to_pdf
from ferpa_wizard.paths import data
from tests.documents.samples import (
    CHOICES,
    NUMBER,
    SEAL,
    VERDICTS,
    Body,
    combination,
    refused,
    tutoring,
)
from tests.documents.sheets import record

FONTS = data() / "resources" / "fonts"
COVERED = covered_by(FONTS / BODY_FONT)
HOSTILE = (
    '#panic() #read("/etc/passwd") *b* _i_ $x$ \\ ` ``` // /* */ <l> @r = - + / ~ -- ... "q" \'q\'',
    "<img src=x onerror=alert(1)>",
    "a" * 65536,
    "word " * 13107,
    "שלום עולם مرحبا",
    "中文",
    "👩‍👩‍👧 🎓",
    "\0\x01\x1b\x7f\ud800\u202e",
    "e\u0301 \u0302",
    "one\n\n\ntwo",
)


def pdf(body: Body) -> bytes:
    return to_pdf(record(body), paper="us-letter")


def hostile(text: str) -> Body:
    body = refused()
    body["request"] |= {"title": text, "words": text}
    body["decision"]["by"]["name"] = text
    body["answers"][0]["label"] = text
    return body


def objects(data: bytes) -> bytes:
    """The file with every compressed stream opened."""
    opened = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            opened.append(stream)
    return b"\n".join(opened)


def printed(data: bytes, folder: Path) -> str:
    """What the file says to a program that reads it, without white space."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    file = folder / "paper.pdf"
    file.write_bytes(data)
    done = subprocess.run([tool, "-raw", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode("utf-8").split())


def test_it_is_tagged_and_says_so() -> None:
    inside = objects(pdf(tutoring()))
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"/Lang", b"/ParentTree"):
        assert mark in inside
    for role in (b"/H1", b"/H2", b"/Table", b"/THead", b"/TH", b"/L", b"/LI"):
        assert re.search(rb"/S ?" + role + rb"\b", inside)


def test_it_claims_both_standards_and_names_title_and_language() -> None:
    inside = objects(pdf(tutoring())).decode("latin-1")
    assert re.search(r"pdfuaid:part>1<", inside)
    assert re.search(r"pdfaid:part>2<", inside)
    assert re.search(r"pdfaid:conformance>A<", inside)
    assert re.search(r"/Lang ?\(en\)", inside)
    assert f"Decision record {NUMBER}: Tutoring group asks" in inside
    assert re.search(r"/DisplayDocTitle true", inside)


def test_each_table_has_one_header_row() -> None:
    paper = record(tutoring())
    tables = sum(isinstance(block, Table) for block in paper.blocks)
    inside = objects(to_pdf(paper, paper="a4"))
    assert len(re.findall(rb"/S ?/THead\b", inside)) == tables


def test_only_our_own_font_is_in_it() -> None:
    names = set(re.findall(rb"/FontName ?/(?:[A-Z]{6}\+)?([\w-]+)", objects(pdf(tutoring()))))
    assert names
    assert all(name.startswith(b"Inter-") for name in names)


def test_the_same_record_gives_the_same_bytes() -> None:
    assert pdf(tutoring()) == pdf(tutoring())


def test_another_record_gives_other_bytes() -> None:
    assert pdf(tutoring()) != pdf(refused())


@pytest.mark.parametrize(("paper", "width"), [("us-letter", "612"), ("a4", "595")])
def test_the_paper_has_the_size_that_was_asked_for(paper: PaperSize, width: str) -> None:
    data = objects(to_pdf(record(tutoring()), paper=paper))
    assert re.search(rb"/MediaBox ?\[0 0 " + width.encode(), data)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_prints_on_three_pages_at_most(verdict: str) -> None:
    choice = CHOICES[VERDICTS.index(verdict) % len(CHOICES)]
    data = objects(pdf(combination(verdict, choice)))
    pages = len(re.findall(rb"/Type ?/Page\b", data))
    assert 1 <= pages <= 3


@pytest.mark.parametrize("body", [tutoring(), refused()], ids=["tutoring", "refused"])
def test_every_text_of_the_document_is_printed(body: Body, tmp_path: Path) -> None:
    shown = printed(pdf(body), tmp_path)
    for text in texts(record(body)):
        assert "".join(text.split()) in shown


def test_page_number_and_seal_stand_on_every_page(tmp_path: Path) -> None:
    shown = printed(pdf(tutoring()), tmp_path)
    assert "Page1of3" in shown
    assert "Page3of3" in shown
    assert shown.count(f"{NUMBER}·Seal{SEAL}") == 3


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_and_never_obeyed(text: str, tmp_path: Path) -> None:
    shown = printed(pdf(hostile(text)), tmp_path)
    start = "".join(printable(text, COVERED).split())[:120]
    assert shown.count(start) >= 3


def test_what_the_font_lacks_is_named_by_number(tmp_path: Path) -> None:
    shown = printed(pdf(hostile("a中b🎓c\0d")), tmp_path)
    assert "a‹U+4E2D›b‹U+1F393›c‹U+0000›d" in shown


def test_names_from_many_places_are_printed_as_they_are(tmp_path: Path) -> None:
    names = "José Łukasz Nguyễn Şule Ångström Ольга Ελένη Ó’Brien"
    assert "".join(names.split()) in printed(pdf(hostile(names)), tmp_path)


def test_a_word_without_an_end_is_broken_and_not_cut_off(tmp_path: Path) -> None:
    body = hostile("k" * 500)
    assert "k" * 400 in printed(pdf(body), tmp_path)


def test_all_four_weights_cover_the_same_characters() -> None:
    covers = {covered_by(font) for font in FONTS.glob("Inter-*.ttf")}
    assert covers == {COVERED}
    assert len(list(FONTS.glob("Inter-*.ttf"))) == 4
    assert not COVERED & {ord("中"), 0xFFFF}


def test_a_letter_and_its_accent_become_one_where_the_font_has_it() -> None:
    assert printable("e\u0302x\u0302", {ord("ê"), ord("x")}) == "êx‹U+0302›"


def test_every_character_said_to_be_covered_can_be_printed() -> None:
    every = "".join(map(chr, sorted(COVERED)))
    body = tutoring()
    body["request"]["words"] = every
    assert pdf(body)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_printed(text: str) -> None:
    body = tutoring()
    body["request"] |= {"title": text, "words": text, "reference": text}
    body["answers"][0]["label"] = text
    assert pdf(body)


def test_a_paper_that_cannot_be_laid_out_is_one_sentence() -> None:
    paper = record(tutoring())
    skipping = Document(paper.title, "en", paper.at, "", "", (Heading(1, "One"), Heading(3, "Three")))
    with pytest.raises(DocumentError, match="HTML"):
        to_pdf(skipping, paper="a4")


def test_a_missing_font_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ferpa_wizard.documents.pdf.data", lambda: tmp_path)
    with pytest.raises(DocumentError, match="program"):
        to_pdf(record(tutoring()), paper="a4")


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0", b"x" * 40])
def test_a_damaged_font_is_no_crash(content: bytes, tmp_path: Path) -> None:
    font = tmp_path / "broken.ttf"
    font.write_bytes(content)
    with pytest.raises(ValueError, match="font"):
        covered_by(font)


def test_a_paper_without_a_table_or_list_is_fine() -> None:
    paper = record(tutoring())
    assert to_pdf(Document("Bare", "en", paper.at, "", "", (Heading(1, "Bare"), Paragraph(""))), paper="a4")
