"""The page as a browser and a screen reader take it."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ferpa_wizard.documents.characters import visible
from ferpa_wizard.documents.document import Cell, Checklist, Document, Table, texts
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.html import to_html
from ferpa_wizard.documents.record_paper import record_paper
from tests.documents.samples import NUMBER, SEAL, VERDICTS, Body, combination, refused, tutoring

AT = datetime(2026, 11, 24, tzinfo=UTC)
VOID = {"meta", "path", "br"}
HOSTILE = "<img src=x onerror=alert(1)> </style><script>bad()</script> {{ 7*7 }} & \"q\" 'q'"


class Page(HTMLParser):
    """Collects start tags, checks that they nest, and joins what is shown."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.shown: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "head" not in self.open:
            self.shown.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def html(body: Body) -> str:
    return to_html(record_paper(body, number=NUMBER, seal=SEAL))


def hostile(text: str) -> Body:
    body = refused()
    body["request"] |= {"title": text, "words": text, "reference": text}
    body["decision"] |= {"words": text, "correction": text}
    body["decision"]["by"] = {"name": text, "role": text, "account": text}
    body["answers"][0]["label"] = text
    body["determination"] |= {"label": text, "says": text}
    return body


def test_the_page_names_its_language_and_its_title() -> None:
    source = html(tutoring())
    page = Page(source)
    assert page.all("html") == [{"lang": "en"}]
    title = re.search("<title>(.*)</title>", source)
    assert title is not None
    assert NUMBER in title.group(1)
    assert page.open == []


@pytest.mark.parametrize("verdict", VERDICTS)
def test_one_first_heading_and_no_level_skipped(verdict: str) -> None:
    page = Page(html(combination(verdict, "not-now")))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_header_cell_says_what_it_heads() -> None:
    document = record_paper(tutoring(), number=NUMBER, seal=SEAL)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    scopes = [attributes["scope"] for attributes in Page(to_html(document)).all("th")]
    assert scopes.count("col") == sum(len(table.header) for table in tables)
    assert scopes.count("row") == sum(len(table.rows) for table in tables)


def test_a_table_of_one_column_has_cells_under_its_header() -> None:
    table = Table(("What",), ((Cell("Grades"),), (Cell("Name"),)), (1,))
    page = Page(to_html(Document("T", "en", AT, "", "", (table,))))
    assert [attributes["scope"] for attributes in page.all("th")] == ["col"]
    assert len(page.all("td")) == 2


def test_steps_are_a_real_list() -> None:
    document = record_paper(tutoring(), number=NUMBER, seal=SEAL)
    (steps,) = [block for block in document.blocks if isinstance(block, Checklist)]
    page = Page(to_html(document))
    assert len(page.all("ul")) == 1
    assert len(page.all("li")) == len(steps.tasks)


def test_pictures_are_hidden_from_screen_readers() -> None:
    pictures = Page(html(tutoring())).all("svg")
    assert pictures
    assert all(picture["aria-hidden"] == "true" for picture in pictures)


def test_the_page_needs_nothing_beside_itself() -> None:
    page = Page(html(tutoring()))
    for tag, attributes in page.tags:
        assert tag not in {"script", "link", "img", "iframe", "object"}
        assert not {"src", "href", "action"} & attributes.keys()
    assert "url(" not in html(tutoring())


def test_every_text_of_the_document_is_on_the_page() -> None:
    for body in (tutoring(), refused()):
        document = record_paper(body, number=NUMBER, seal=SEAL)
        shown = "".join(Page(to_html(document)).shown)
        for text in texts(document):
            assert text in shown


def test_hostile_text_is_shown_and_never_obeyed() -> None:
    page = Page(html(hostile(HOSTILE)))
    assert not page.all("img")
    assert not page.all("script")
    assert len(page.all("style")) == 1
    assert page.shown.count(HOSTILE) >= 6


@pytest.mark.parametrize("text", ["中文 שלום", "👩‍👩‍👧", "a" * 65536, "x\u0301", "* $ \\ # _ `"])
def test_characters_that_paper_lacks_are_kept(text: str) -> None:
    page = Page(html(hostile(text)))
    assert page.shown.count(text) >= 6


@pytest.mark.parametrize("text", ["\0", "\x1b", "\ud800", "\u202e", "\u2066", "\u200b", "\x85"])
def test_what_hides_or_reorders_is_named(text: str) -> None:
    source = html(hostile(f"a{text}b"))
    assert text not in source
    assert f"a‹U+{ord(text):04X}›b" in source
    source.encode("utf-8")


def test_a_missing_template_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ferpa_wizard.documents.html.data", lambda: tmp_path)
    with pytest.raises(DocumentError, match="missing"):
        html(tutoring())
    (tmp_path / "resources" / "papers").mkdir(parents=True)
    (tmp_path / "resources" / "papers" / "paper.css").touch()
    with pytest.raises(DocumentError, match="missing"):
        html(tutoring())


def test_lines_of_a_text_stay_lines() -> None:
    assert visible("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree four"
