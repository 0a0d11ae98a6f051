"""Numbers as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from ferpa_wizard.core.numbers import counted, percent, school_year


def test_a_school_year_begins_in_july() -> None:
    assert [school_year(date(2026, 6, 30)), school_year(date(2026, 7, 1))] == [2025, 2026]


@pytest.mark.parametrize(("number", "says"), [(0, "0 dogs"), (1, "1 dog"), (2, "2 dogs"), (3000, "3,000 dogs")])
def test_one_is_one_and_more_are_many(number: int, says: str) -> None:
    assert counted(number, "dog") == says


@pytest.mark.parametrize(
    ("count", "of", "says"),
    [
        (0, 7, "0%"),
        (7, 7, "100%"),
        (1, 2, "50%"),
        (1, 8, "13%"),
        (1, 201, "under 1%"),
        (1, 200, "1%"),
        (999, 1000, "over 99%"),
        (0, 0, ""),
    ],
)
def test_a_part_is_neither_nothing_nor_all_unless_it_is(count: int, of: int, says: str) -> None:
    assert percent(count, of) == says
