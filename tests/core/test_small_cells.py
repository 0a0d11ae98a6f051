"""Whoever has the paper and the program cannot work out a count that was held back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from ferpa_wizard.core.small_cells import FEW, HIDDEN, LEAST, Shown, few, publish

NAMES = ("a", "b", "c", "d", "e")
Counts = tuple[int, ...]
MOST = 23
"""Up to here every way to fill five cells is tried; with so many every case of the rule has come up."""


def every(cells: int, total: int) -> Iterator[Counts]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in every(cells - 1, total - first))


def printed(counts: Counts) -> tuple[Shown, ...]:
    found = publish(dict(zip(NAMES, counts, strict=True)))
    return (found.total, *found.cells.values())


def test_all_counts_that_print_alike_differ_in_each_cell_that_is_held_back() -> None:
    """The attack: try every table there is, keep those that print like this one, and look what they have in common."""
    alike: dict[tuple[Shown, ...], list[set[int]]] = defaultdict(lambda: [set() for _ in range(len(NAMES) + 1)])
    for total in range(MOST + 1):
        for counts in every(len(NAMES), total):
            for seen, count in zip(alike[printed(counts)], (total, *counts), strict=True):
                seen.add(count)
    undone = {
        page: values
        for page, values in alike.items()
        for shown, seen in zip(page, values, strict=True)
        if shown in (FEW, HIDDEN) and len(seen) == 1
    }
    assert undone == {}


def test_what_is_printed_is_true() -> None:
    for total in range(MOST):
        for counts in every(5, total):
            for shown, count in zip(printed(counts), (total, *counts), strict=True):
                assert shown in (FEW, HIDDEN) or shown == count
                assert (shown == FEW) <= (0 < count < LEAST)
                assert count == 0 or count >= LEAST or shown in (FEW, HIDDEN)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0)),
        ((5, 9, 0, 20, 7), (41, 5, 9, 0, 20, 7)),
        ((9, 0, 30, 2, 0), (41, HIDDEN, 0, 30, FEW, 0)),
        ((9, 2, 30, 3, 0), (44, 9, FEW, 30, FEW, 0)),
        ((2, 0, 1, 0, 0), (FEW, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN)),
        ((5, 1, 0, 0, 30), (36, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN)),
    ],
)
def test_some_tables_as_they_print(counts: Counts, shown: tuple[Shown, ...]) -> None:
    assert printed(counts) == shown


def test_a_count_alone_is_printed_from_five_on() -> None:
    assert [few(count) for count in (0, 1, 4, 5)] == [0, FEW, FEW, 5]
