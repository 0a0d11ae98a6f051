"""Every figure of the log over fifty decisions is the one that was counted by hand (fifty.yaml)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.core.small_cells import few
from ferpa_wizard.documents.board import BoardPage, board_paper
from ferpa_wizard.documents.document import texts
from ferpa_wizard.requests.board import making, spans, write_board
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_charts import charts
from ferpa_wizard.requests.log_fixes import Fixing
from ferpa_wizard.requests.steps import whole
from tests import real
from tests.documents.structure import facts
from tests.documents.voices import ours
from tests.requests import fifty
from tests.requests.test_exporting import plain

CHARTS = list(fifty.table()["charts"])


class Filled(NamedTuple):
    desk: Desk
    numbers: dict[int, str]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    home = tmp_path_factory.mktemp("fifty")
    numbers = fifty.fill(home)
    desk = Desk(home, lambda: (real.pack(), real.profiles()["example"]), now=lambda: fifty.NOW)
    desk.book.catch_up()
    yield Filled(desk, numbers)
    desk.close()


@pytest.fixture(scope="module")
def page(filled: Filled) -> BoardPage:
    return whole(making(filled.desk, *spans(2026, date(2026, 11, 27))))


@pytest.mark.parametrize("kind", sorted(fifty.table()["kinds"]))
def test_the_rules_say_of_each_kind_what_the_table_says(kind: str) -> None:
    said = fifty.table()["kinds"][kind]
    body = fifty.sealed(next(row for row in fifty.rows() if row.kind == kind))
    found = body["determination"]
    asked = next(row["answer"] for row in body["answers"] if row["question"] == "requester")
    chosen = next(one for one in found["bases"] if one["id"] == found["basis"]["id"])
    assert (asked, found["basis"]["id"], found["verdict"]) == (said["asks"], said["way"], said["verdict"])
    assert found["layers"]["ferpa"]["binding"] == said["ferpa"]
    assert [row["id"] for row in chosen["conditions"] if row["status"] != "met"] == said["lacks"]


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_counts_as_by_hand(filled: Filled, name: str) -> None:
    chart = next(one for one in charts(filled.desk.book, read_search("")) if one.id == name)
    wanted = {key: int(count) for key, count in fifty.table()["charts"][name].items()}
    assert chart.of == wanted.pop("of")
    added = [[" ".join(one.values) for one in bar.search.filters] for bar in chart.bars]
    assert {" ".join(values): bar.count for values, bar in zip(added, chart.bars, strict=True)} == wanted


def test_every_chart_was_counted(filled: Filled) -> None:
    assert [chart.id for chart in charts(filled.desk.book, read_search(""))] == CHARTS


def test_the_fixes_clear_what_was_counted(filled: Filled) -> None:
    wanted = dict(fifty.table()["fixes"])
    found = whole(Fixing(filled.desk.book, real.pack(), read_search("")).looking())
    assert (found.of, found.tried) == (int(wanted.pop("of")),) * 2
    cleared = {one.fix.id: [place.number for place in one.records] for one in found.ranked}
    assert cleared == {name: [filled.numbers[int(row)] for row in rows] for name, rows in wanted.items()}
    assert list(cleared) == list(wanted), "what clears most comes first"


@pytest.mark.parametrize("year", ["this", "last"])
def test_the_board_reads_the_counts_by_hand(page: BoardPage, year: str) -> None:
    counted = {cell: int(count) for cell, count in fifty.table()["board"][year].items()}
    printed = (page.this if year == "this" else page.last).counts
    assert printed.cells == {cell: few(count) for cell, count in counted.items()}
    assert printed.total == sum(counted.values())


def test_the_board_reads_what_would_have_helped_most(page: BoardPage) -> None:
    board = fifty.table()["board"]
    titles = {basis.id: basis.title for basis in real.pack().bases}
    assert page.bases == tuple(titles[way] for way in board["ways"])
    cure = next(
        tick.cures[0].do
        for basis in real.pack().bases
        for row in basis.paperwork
        for tick in row.ticks()
        if tick.id == board["fix"]["id"]
    )
    assert page.fix is not None
    assert (page.fix.do, page.fix.clears) == (cure, few(int(board["fix"]["clears"])))


def test_no_name_and_no_number_of_a_record_is_on_the_page(page: BoardPage, filled: Filled) -> None:
    said = "\n".join(texts(board_paper(page, ours(), real.pack())))
    assert not any(number in said for number in filled.numbers.values())
    titles = {row.title for row in filled.desk.book.page(read_search(""))}
    assert titles and not any(title in said for title in titles)


def test_the_page_is_one_page(page: BoardPage, filled: Filled, tmp_path: Path) -> None:
    assert facts(write_board(filled.desk, page, tmp_path / "board.pdf"))["Pages"] == "1"


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx", ".txt"])
def test_the_board_is_a_paper_in_each_form_with_the_letterhead(
    page: BoardPage, filled: Filled, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"board{suffix}"
    papers = filled.desk.home / "papers"
    papers.mkdir(exist_ok=True)
    (papers / "letterhead.yaml").write_text('school: "Oak Hill District"\n', encoding="utf-8")
    write_board(filled.desk, page, out)
    if suffix == ".pdf" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    assert "Oak Hill District" in plain(out)
