"""The Word file as python-docx, a zip reader and an office program take it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.documents.characters import visible
from ferpa_wizard.documents.document import (
    Block,
    Callout,
    Cell,
    Checklist,
    Document,
    Heading,
    Pair,
    Pairs,
    Paragraph,
    Table,
    Task,
    Tone,
    texts,
)
from ferpa_wizard.documents.docx import to_docx
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.pdf import PaperSize
from ferpa_wizard.paths import data
from tests.documents.samples import CHOICES, NUMBER, SEAL, VERDICTS, Body, combination, refused, tutoring
from tests.documents.sheets import AT, everything, record

PARTS = {
    "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels",
    "word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/footer1.xml",
}  # fmt: skip
HOSTILE = (
    "<w:p><w:r><w:t>x</w:t></w:r></w:p> ]]> <!-- --> <?x y?> &amp; &#0; \"q\" 'q'",
    '=HYPERLINK("http://example.org","x") +1 -1 @x {MERGEFIELD a} { PAGE }',
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "_x0041_ {{ 7*7 }} {% x %} %s {0} \\n ‹U+0000›",
    "a" * 65536,
    "word " * 13107,
    "שלום עולם مرحبا",
    "中文",
    "👩‍👩‍👧 🎓",
    "e\u0301 \u0302",
    "  two  spaces  ",
    "one\n\n\ntwo",
)


def made(*blocks: Block, title: str = "Title", at: datetime = AT, language: str = "en") -> Document:
    return Document(title, language, at, "Masthead", "Footer", blocks)


def opened(document: Document, paper: PaperSize = "us-letter") -> Any:
    import docx

    return docx.Document(BytesIO(to_docx(document, paper=paper)))


def parts(document: Document) -> dict[str, bytes]:
    with ZipFile(BytesIO(to_docx(document, paper="us-letter"))) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def shown(element: Any) -> str:
    """What a reader sees in this part of the file."""
    marks = {"br": "\n", "tab": "\t"}
    words = (node.text or "" if _name(node) == "t" else marks.get(_name(node), "") for node in _nodes(element))
    return "".join(words)


def _nodes(element: Any) -> Iterator[Any]:
    return (node for node in element.iter() if isinstance(node.tag, str) and _name(node.getparent()) == "r")


def _name(node: Any) -> str:
    return "" if node is None else str(node.tag).rpartition("}")[2]


def in_order(document: Document) -> str:
    word = opened(document)
    return shown(word.element.body) + "".join(shown(line._p) for line in word.sections[0].footer.paragraphs)


def test_headings_are_real_and_at_their_level() -> None:
    document = record(tutoring())
    asked = [(block.level, block.text) for block in document.blocks if isinstance(block, Heading)]
    lines = [line for line in opened(document).paragraphs if line.style.name.startswith("Heading")]
    assert [(int(line.style.name.split()[1]), line.text) for line in lines] == asked


@pytest.mark.parametrize("level", range(1, 10))
def test_a_heading_of_each_level_has_that_outline_level(level: int) -> None:
    word = opened(made(Heading(level, "x")))
    (style,) = [line.style for line in word.paragraphs if line.text == "x"]
    (outline,) = style.element.xpath("w:pPr/w:outlineLvl/@w:val")
    assert int(outline) == min(level, 6) - 1


def test_title_language_and_times_are_set() -> None:
    properties = opened(made(title="Décision ‹1›", language="es")).core_properties
    assert (properties.title, properties.language) == ("Décision ‹1›", "es")
    assert properties.created == properties.modified == AT
    assert properties.author == properties.last_modified_by == "FERPA Wizard"


def test_a_title_too_long_for_the_properties_is_cut_there_only() -> None:
    word = opened(made(Heading(1, "t" * 300), title="t" * 300))
    assert word.core_properties.title == "t" * 254 + "…"
    assert "t" * 300 in shown(word.element.body)


@pytest.mark.parametrize(("language", "tag"), [("en", "en-US"), ("es", "es-US"), ("vi", "vi")])
def test_the_text_is_in_the_language_of_the_document(language: str, tag: str) -> None:
    word = opened(made(Paragraph("x"), language=language))
    assert word.styles.element.xpath("w:docDefaults//w:lang/@w:val") == [tag]
    assert word.element.body.xpath("//w:lang") == []


@pytest.mark.parametrize(("paper", "size"), [("us-letter", (8.5, 11)), ("a4", (8.27, 11.69))])
def test_the_paper_has_the_size_that_was_asked_for(paper: PaperSize, size: tuple[float, float]) -> None:
    word = opened(made(Table(("a", "b"), ((Cell("1"), Cell("2")),), (2, 7))), paper)
    section = word.sections[0]
    assert (section.page_width.inches, section.page_height.inches) == pytest.approx(size, abs=0.01)
    widths = [column.width.inches for column in word.tables[0].columns]
    assert sum(widths) == pytest.approx(section.page_width.inches - 1.7, abs=0.01)
    assert widths[1] / widths[0] == pytest.approx(3.5, abs=0.01)


def test_the_footer_stands_on_every_page() -> None:
    word = opened(record(tutoring()))
    (section,) = word.sections
    assert [line.text for line in section.footer.paragraphs] == [f"Decision record {NUMBER} · Seal {SEAL}"]
    assert not section.different_first_page_header_footer
    assert not word.settings.odd_and_even_pages_header_footer


def test_the_font_is_named_with_one_in_its_stead() -> None:
    word = opened(made())
    assert set(word.styles.element.xpath("//w:rFonts/@*")) == {"Inter"}
    assert b'<w:altName w:val="Segoe UI,Arial"/>' in parts(made())["word/fontTable.xml"]


@pytest.mark.parametrize("body", [tutoring(), refused()], ids=["tutoring", "refused"])
def test_every_text_stands_in_reading_order(body: Body) -> None:
    document = record(body)
    bare = replace(document, masthead="", footer="")
    said = [[document.masthead], *(list(texts(replace(bare, blocks=(one,)))) for one in document.blocks)]
    shows, place = in_order(document), 0
    for block in (*said, [document.footer]):
        place = max(shows.index(text, place) + len(text) for text in block)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_can_be_written(verdict: str) -> None:
    choice = CHOICES[VERDICTS.index(verdict) % len(CHOICES)]
    assert f"The label of {verdict}" in in_order(record(combination(verdict, choice)))


def test_the_header_row_of_each_table_is_repeated_and_no_other() -> None:
    document = record(tutoring())
    tables = opened(document).tables
    asked = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == len(asked)
    for table, block in zip(tables, asked, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == list(block.header)
        marked = [bool(row.xpath("w:trPr/w:tblHeader")) for row in table._tbl.tr_lst]
        assert marked == [True] + [False] * len(block.rows)
        assert table._tbl.xpath("w:tblPr/w:tblLook/@w:firstRow") == ["1"]


def test_cells_are_a_plain_grid() -> None:
    body = opened(record(tutoring())).element.body
    assert body.xpath("//w:tc//w:tbl | //w:gridSpan | //w:vMerge") == []
    assert body.xpath("//w:tc[not(w:p)]") == []


def test_a_short_row_stays_whole_and_a_long_one_may_break() -> None:
    rows = ((Cell("short"),), (Cell("long " * 1000),))
    (table,) = opened(made(Table(("a",), rows, (1,)))).tables
    assert [bool(row.xpath("w:trPr/w:cantSplit")) for row in table._tbl.tr_lst] == [True, True, False]


def test_two_tables_stay_two_and_a_table_may_be_the_end() -> None:
    table = Table(("a",), ((Cell("b"),),), (1,))
    body = opened(made(table, table)).element.body
    assert [_name(node) for node in body] == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_a_table_without_rows_keeps_its_header() -> None:
    (table,) = opened(made(Table(("a", "b"), (), (1, 1)))).tables
    assert [cell.text for cell in table.rows[0].cells] == ["a", "b"]


def test_tasks_have_a_box_that_shows_if_they_are_done() -> None:
    tasks = Checklist((Task("Sign", "34 CFR 99.30", "To do"), Task("Send", done=True)))
    lines = [line.text for line in opened(made(tasks)).paragraphs if line.style.name == "Task"]
    assert lines == ["☐\tSign  To do\n34 CFR 99.30", "☑\tSend"]


def test_a_callout_is_framed_in_its_tone_and_is_no_table() -> None:
    tones = json.loads((data() / "resources" / "papers" / "tones.json").read_text(encoding="utf-8"))
    word = opened(made(*(Callout(tone, f"label {tone}", "text", "note") for tone in Tone)))
    assert word.tables == []
    for tone in Tone:
        (line,) = [line for line in word.paragraphs if line.text == f"label {tone}"]
        ink, tint = tones[tone]["ink"].lstrip("#"), tones[tone]["tint"].lstrip("#")
        frame = line.style.element
        assert frame.xpath("w:pPr/w:pBdr/*/@w:color") == [ink] * 4
        assert frame.xpath("w:pPr/w:shd/@w:fill") == [tint]
        assert str(line.runs[0].style.font.color.rgb) == ink


def test_lines_of_one_callout_share_a_frame_and_two_callouts_do_not() -> None:
    callout = Callout(Tone.ASK, "label", "text", "note")
    styles = [line.style.name for line in opened(made(callout, callout, Paragraph("x"))).paragraphs[1:]]
    assert styles == [*["Callout ask"] * 3, "Gap", *["Callout ask"] * 3, "Normal"]


def test_a_callout_keeps_its_lines_together() -> None:
    word = opened(made(Callout(Tone.YES, "label", "text", "note", lead=True), Callout(Tone.YES, "", "", "")))
    lines = [line for line in word.paragraphs if line.style.name == "Callout yes"]
    assert [bool(line.paragraph_format.keep_with_next) for line in lines] == [True, True, False]


@pytest.mark.parametrize(
    "after",
    [Table(("a",), (), (1,)), Checklist((Task("a"),)), Pairs((Pair("a", "b"),))],
    ids=["table", "checklist", "pairs"],
)
def test_a_sentence_stays_with_what_it_introduces(after: Block) -> None:
    word = opened(made(Paragraph("first"), Paragraph("before"), after))
    keeps = {line.text: line.paragraph_format.keep_with_next for line in word.paragraphs}
    assert keeps["before"] is True
    assert keeps["first"] is None


def test_the_same_document_gives_the_same_bytes_in_every_time_zone() -> None:
    code = (
        "import hashlib, sys\n"
        "from tests.documents.sheets import everything\n"
        "from ferpa_wizard.documents.docx import to_docx\n"
        "print(hashlib.sha256(to_docx(everything('x'), paper='a4')).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2"))
    }
    assert len(hashes) == 1


def test_another_document_gives_other_bytes() -> None:
    assert to_docx(everything("a"), paper="a4") != to_docx(everything("b"), paper="a4")


def test_every_part_bears_the_time_of_the_document() -> None:
    east = AT.astimezone(timezone(timedelta(hours=9)))
    with ZipFile(BytesIO(to_docx(made(at=east), paper="a4"))) as pack:
        for entry in pack.infolist():
            assert entry.date_time == (2026, 11, 24, 10, 52, 30)
            assert entry.compress_type == ZIP_STORED
            assert (entry.create_system, entry.extra) == (0, b"")


@pytest.mark.parametrize(("year", "kept"), [(1, 1980), (9999, 2107)])
def test_a_time_that_no_zip_holds_is_no_crash(year: int, kept: int) -> None:
    made_then = opened(made(at=datetime(year, 6, 1, tzinfo=UTC)))
    assert made_then.core_properties.created.year == kept


def test_nothing_in_it_runs_computes_or_fetches() -> None:
    found = parts(everything(HOSTILE[1]))
    assert found.keys() == PARTS
    for name, content in found.items():
        assert b"TargetMode" not in content
        assert b"vnd.ms-" not in content
        if name.startswith("word/"):
            tags = set(re.findall(rb"<(\w+:\w+)", content))
            assert not tags & {b"w:fldChar", b"w:fldSimple", b"w:instrText", b"w:hyperlink", b"w:object", b"w:drawing"}
            assert not re.search(rb"w:rsid", content)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_literal_in_every_place(text: str) -> None:
    document = everything(text)
    shows = in_order(document)
    assert shows.count(text) >= len(list(texts(document)))


@pytest.mark.parametrize(
    "text", ["\0", "\x01", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\ufffe", "\uffff"]
)
def test_what_xml_forbids_or_hides_is_named(text: str) -> None:
    document = everything(f"a{text}b")
    shows = in_order(document)
    assert text not in shows
    assert shows.count(f"a‹U+{ord(text):04X}›b") == len(list(texts(document)))
    assert opened(document).core_properties.title == f"a‹U+{ord(text):04X}›b"


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    document = everything(text)
    assert in_order(document).count(visible(text)) >= len(list(texts(document)))


def test_a_missing_or_damaged_part_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ferpa_wizard.documents.docx.data", lambda: tmp_path)
    papers = tmp_path / "resources" / "papers"

    def refusal() -> str:
        with pytest.raises(DocumentError, match="HTML") as refused:
            to_docx(made(), paper="a4")
        return str(refused.value)

    assert "could not be read" in refusal()
    shutil.copytree(data() / "resources" / "papers", papers)
    assert to_docx(made(), paper="a4")
    for name in ("docx/word/styles.xml", "tones.json"):
        whole = (papers / name).read_bytes()
        (papers / name).write_bytes(whole[: len(whole) // 2])
        assert "could not be read" in refusal()
        (papers / name).write_bytes(whole)
    shutil.rmtree(papers / "docx")
    assert "could not be read" in refusal()


def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(DocumentError, match="missing"):
        to_docx(made(), paper="a4")
