"""Each kind of paper as PDF: what other programs find of headings, tables, reading order, title and language."""

from __future__ import annotations

import importlib
import itertools
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.documents.characters import printable
from ferpa_wizard.documents.document import Block, Checklist, Document, Heading, Pairs, Table, texts
from ferpa_wizard.documents.pdf import to_pdf
from tests.documents.every_paper import every_paper
from tests.documents.structure import Node, facts, structure
from tests.documents.test_pdf import COVERED, objects

pytestmark = pytest.mark.long

PAPERS = tuple(every_paper())
# Reads the end of compressed data as the end of its line where the last byte is a line break, and then counts one too few.
MISREAD = "PDFA2A-STREAM-LENGTH-001"


@cache
def made(name: str) -> bytes:
    return to_pdf(every_paper()[name], paper="us-letter")


@pytest.fixture
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The PDF of the paper that the test is about."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(made(request.getfixturevalue("name")))
    return path


def spoken(document: Document) -> str:
    """All texts in the order in which they stand, without white space; a state stands before the line below it."""
    blocks = tuple(_state_first(block) for block in document.blocks)
    said = "".join(printable(text, COVERED) for text in texts(replace(document, blocks=blocks)))
    return "".join(said.split())


def _state_first(block: Block) -> Block:
    if not isinstance(block, Checklist):
        return block
    return Checklist(tuple(replace(task, note=task.state, state=task.note) for task in block.tasks))


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_tagged_and_says_its_title_and_language(name: str, file: Path) -> None:
    told, document = facts(file), every_paper()[name]
    assert told["Tagged"] == "yes"
    assert told["Title"] == document.title
    assert set(re.findall(r"/Lang ?\((\w+)\)", objects(file.read_bytes()).decode("latin-1"))) == {document.language}


def test_the_spanish_form_is_spanish() -> None:
    found = {name: paper.language for name, paper in every_paper().items() if paper.language != "en"}
    assert set(found.values()) == {"es"}
    assert [name for name in found if not name.endswith("consent-form-es")] == []


@pytest.mark.parametrize("name", PAPERS)
def test_headings_tables_lists_and_order_are_those_of_the_paper(name: str, file: Path) -> None:
    tree, paper = structure(file), every_paper()[name]  # read once: poppler takes half a second
    _headings(tree, paper)
    _tables(tree, paper)
    _lists(tree, paper)
    assert tree.text == spoken(paper)


def _headings(tree: Node, paper: Document) -> None:
    found = [node for node in tree.all() if re.fullmatch(r"H\d", node.role)]
    asked = [block for block in paper.blocks if isinstance(block, Heading)]
    assert [(node.role, node.text) for node in found] == [(f"H{one.level}", "".join(one.text.split())) for one in asked]
    levels = [int(node.role[1]) for node in found]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def _tables(tree: Node, paper: Document) -> None:
    """Header cells in each table, and as many cells in each row."""
    found = list(tree.all("Table"))
    asked = [block for block in paper.blocks if isinstance(block, Table)]
    assert len(found) == len(asked)
    for table, block in zip(found, asked, strict=True):
        assert [cell.text for cell in table.all("TH")] == ["".join(title.split()) for title in block.header]
        assert [len(row.inside) for row in table.all("TR")] == [len(block.header)] * (len(block.rows) + 1)


def _lists(tree: Node, paper: Document) -> None:
    """Facts and boxes are lists with as many entries."""
    asked = [
        len(block.rows if isinstance(block, Pairs) else block.tasks)
        for block in paper.blocks
        if isinstance(block, Pairs | Checklist)
    ]
    found = ([node for node in one.inside if node.role == "LI"] for one in tree.all("L"))
    assert [len(entries) for entries in found] == asked


@pytest.mark.parametrize("name", PAPERS)
def test_a_checker_finds_nothing_against_the_standards(name: str, file: Path) -> None:
    checker: Any = pytest.importorskip(
        "page", reason="page-validation is not installed: tests/documents/pdf-checker.txt"
    )
    found = [
        f"{failure.rule_id}: {failure.message}"
        for standard in ("ua1", "pdfa2a")
        for failure in checker.validate_pdf(file, profile=standard).failures
        if failure.rule_id != MISREAD
    ]
    assert found == []


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    try:
        checker: Any = importlib.import_module("page")
    except ImportError:
        pytest.skip("page-validation is not installed: tests/documents/pdf-checker.txt")
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(made(PAPERS[0]).replace(b"/StructTreeRoot", b"/StructTreeRoof"))
    assert not checker.validate_pdf(bare, profile="ua1").is_compliant
