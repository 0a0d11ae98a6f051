"""Charts over any search: a bar, the list behind its line and the rows of an export hold the same decisions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ferpa_wizard.core.charts import Chart
from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.log_charts import charts, left_out
from tests import many

COUNT = 400
NOW = many.START + timedelta(days=COUNT // 2)
LINES = (
    "",
    "outcome:share,not-now",
    "outcome:shared",
    "-outcome:shared",
    "layer:district",
    "layer:district layer:ferpa",
    "layer:district,ferpa",
    "basis:consent",
    "asked:school",
    "asked:family,public",
    'by:"Dana Ruiz",moore',
    "subpoena",
    '"asked about"',
    "item:grades is:differs",
    "after:2021-10 before:2022",
    "took:same-day,over-45-days",
    "late:not-yet,1-7-days",
    "is:overdue",
    "figure:blamed -layer:state",
    "missing:id.1",
    "asked:none",
    "basis:none",
    "review:due",
    "verdict:may-share,must-share",
    "zebra",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LogBook]:
    home = tmp_path_factory.mktemp("charted")
    many.fill(home, COUNT, minutes=60 * 12)
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        book = LogBook(home, lambda: ledger, lambda: NOW)
        book.catch_up()
        yield book
        book.close()


def lines() -> list[str]:
    """Each line, and many made of two of them."""
    chance = random.Random(5)
    return [*LINES, *(" ".join(chance.sample(LINES, 2)).strip() for _ in range(40))]


def by_id(book: LogBook, line: str) -> dict[str, Chart]:
    return {chart.id: chart for chart in charts(book, read_search(line))}


@pytest.mark.parametrize("line", lines(), ids=lambda line: line or "everything")
def test_bar_list_and_rows_count_the_same(book: LogBook, line: str) -> None:
    search = read_search(line)
    assert not search.wrong
    whole = {row.id for row in book.queries.every(search)}
    for chart in charts(book, search):
        assert chart.of <= len(whole)
        for bar in chart.bars:
            again = read_search(bar.line)
            found = [row.id for row in book.queries.every(again)]
            assert not again.wrong
            assert bar.count == book.count(again) == len(found), (chart.id, bar.label, bar.line)
            assert {*found} <= whole
        assert [row[:2] for row in chart.rows] == [(bar.label, bar.count) for bar in chart.bars]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line or "everything")
def test_bars_add_up_to_what_the_chart_is_of(book: LogBook, line: str) -> None:
    for chart in charts(book, read_search(line)):
        total = sum(bar.count for bar in chart.bars)
        assert total >= chart.of if chart.id == "reasons" else total == chart.of, chart.id


def test_what_a_chart_leaves_out_is_told(book: LogBook) -> None:
    everything = book.count(read_search(""))
    found = by_id(book, "")
    for name in ("missing", "pairs", "days", "overdue"):
        chart = found[name]
        assert 0 < chart.of < everything
        assert any(str(everything - chart.of) in note for note in chart.notes)
    assert sum(bar.count for bar in found["reasons"].bars) > found["reasons"].of
    assert by_id(book, "outcome:shared")["reasons"].of == 0


def test_what_is_late_is_what_is_overdue(book: LogBook) -> None:
    bars = by_id(book, "")["overdue"].bars
    assert all(bar.count for bar in bars)
    assert sum(bar.count for bar in bars[1:]) == book.count(read_search("is:overdue"))


def test_who_is_named_by_a_whole_id_is_nobody_else(book: LogBook) -> None:
    """Part of the words for several who ask, “school” is the id of one of them."""
    asked = {row.asked for row in book.queries.every(read_search("asked:school"))}
    assert asked == {"school"}
    assert {row.asked for row in book.queries.every(read_search("asked:schoo"))} > asked
    assert {row.asked for row in book.queries.every(read_search("asked:none"))} == {""}


def test_what_no_list_shows_is_told_beside_the_charts(tmp_path: Path) -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    body = many.bodies()[0]
    with Ledger.open(tmp_path, now=now) as ledger:
        ledger.append("decision", {**body, "restricted": True}, at=now)
        old = ledger.append("decision", body, at=now)
        new = ledger.append("decision", body, at=now)
        pair = {"format": 1, "record": old.number, "by_record": new.number, "restricted": False}
        ledger.append("supersede", pair, at=now)
        book = LogBook(tmp_path, lambda: ledger, lambda: now)
        book.catch_up()
        assert len(left_out(book, read_search(""))) == 2
        assert len(left_out(book, read_search("-review:replaced"))) == 1
        assert by_id(book, "")["outcomes"].of == 2
        book.close()
