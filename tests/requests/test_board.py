"""The page for the board: which days it covers, and that its small counts stay its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ferpa_wizard.core.small_cells import FEW, HIDDEN, publish
from ferpa_wizard.documents.board import CELLS, BoardPage, BoardYear, board_paper
from ferpa_wizard.documents.document import Table, texts
from ferpa_wizard.requests.board import spans
from tests import real
from tests.documents.voices import ours

AT = datetime(2026, 11, 27, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("year", "today", "this", "last"),
    [
        (2025, "2026-11-27", ("2025-26", "2025-07-01", "2026-07-01"), ("2024-25", "2024-07-01", "2025-07-01")),
        (2026, "2026-11-27", ("2026-27", "2026-07-01", "2026-11-28"), ("2025-26", "2025-07-01", "2025-11-28")),
        (2026, "2026-07-01", ("2026-27", "2026-07-01", "2026-07-02"), ("2025-26", "2025-07-01", "2025-07-02")),
        (2027, "2028-02-28", ("2027-28", "2027-07-01", "2028-02-29"), ("2026-27", "2026-07-01", "2027-02-28")),
        (1999, "2026-11-27", ("1999-00", "1999-07-01", "2000-07-01"), ("1998-99", "1998-07-01", "1999-07-01")),
    ],
)
def test_a_school_year_runs_from_july_and_one_that_still_runs_beside_the_same_days(
    year: int, today: str, this: tuple[str, ...], last: tuple[str, ...]
) -> None:
    found = spans(year, date.fromisoformat(today))
    assert [(one.name, one.first.isoformat(), one.end.isoformat()) for one in found] == [this, last]


def made(this: tuple[int, ...], last: tuple[int, ...]) -> BoardPage:
    years = [publish(dict(zip(CELLS, counts, strict=True))) for counts in (this, last)]
    return BoardPage("Example", AT, BoardYear("2026-27", years[0]), BoardYear("2025-26", years[1]))


@pytest.mark.parametrize(
    "counts", [(61, 3, 0, 72, 83), (2, 1, 61, 72, 83), (61, 1, 1, 72, 83), (4, 4, 4, 4, 4), (3, 0, 0, 0, 0)]
)
def test_no_count_that_is_held_back_is_on_the_paper_nor_a_sum_with_it(counts: tuple[int, ...]) -> None:
    """The sentences and the table print counts of the cells and the total, and nothing else that could be subtracted."""
    page = made(counts, (900, 901, 902, 903, 904))
    paper = board_paper(page, ours(), real.pack())
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    shown = {page.this.counts.total, *page.this.counts.cells.values()} - {FEW, HIDDEN}
    column = {row[1].text for row in table.rows}
    assert {int(text) for text in column if text.isdigit()} == shown
    always = {*texts(board_paper(made((0,) * 5, (0,) * 5), ours(), real.pack()))}
    counted = [text for text in texts(paper) if text not in always]
    numbers = {
        int(word) for text in counted for word in text.replace(",", " ").replace(".", " ").split() if word.isdigit()
    }
    beside = {page.last.counts.total, *page.last.counts.cells.values()}
    assert shown <= numbers | {0} and numbers <= shown | beside | {0, 5}, "“fewer than 5” apart"


def test_both_years_stand_beside_each_other() -> None:
    page = made((10, 20, 30, 40, 50), (11, 21, 31, 41, 51))
    (table,) = (block for block in board_paper(page, ours(), real.pack()).blocks if isinstance(block, Table))
    assert table.header[1:] == ("2026-27", "2025-26")
    assert {(row[1].text, row[2].text) for row in table.rows} == {
        *((f"{n}0", f"{n}1") for n in range(1, 6)),
        ("150", "155"),
    }
