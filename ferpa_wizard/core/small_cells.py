"""Counts for a paper that leaves the house: small ones are not printed, and cannot be worked out from the others.

A count of 1 to 4 reads "fewer than 5". Where the total would give it away, another count is held back with it. Which
one that is hangs on sums that anybody can work out from the paper, so that knowing this program helps nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

FEW: Final = "few"
HIDDEN: Final = "hidden"
LEAST = 5
"""The smallest count that is printed; 0 is printed too."""
Shown = int | Literal["few", "hidden"]


@dataclass(frozen=True, slots=True)
class Published:
    """What may be printed of counts that add up to a total."""

    total: Shown
    cells: Mapping[str, Shown]


def few(count: int) -> Shown:
    """A count that stands alone."""
    return FEW if 0 < count < LEAST else count


def publish(counts: Mapping[str, int]) -> Published:
    """What may be printed of five counts or more: the first large one is held back first where one has to be."""
    total = sum(counts.values())
    small = {name: count for name, count in counts.items() if few(count) == FEW}
    hidden: dict[str, Shown] = dict.fromkeys(counts, HIDDEN)
    if few(total) == FEW:
        return Published(FEW, hidden)
    shown: dict[str, Shown] = {name: few(count) for name, count in counts.items()}
    if not small or _may_differ(len(small), sum(small.values())):
        return Published(total, shown)
    if small.keys() == counts.keys():
        return Published(HIDDEN, hidden)
    beside = next((name for name, count in counts.items() if count >= LEAST), None)
    if beside is None or not _may_differ_beside(len(small), sum(small.values()) + counts[beside]):
        return Published(total, hidden)
    return Published(total, {**shown, beside: HIDDEN})


def _may_differ(cells: int, together: int) -> bool:
    """Can each of so many small counts still be two numbers, where people know what they add up to?"""
    return cells > 1 and cells < together < cells * (LEAST - 1)


def _may_differ_beside(cells: int, together: int) -> bool:
    """The same where one large count is held back with them, and people know that they needed it."""
    most = 2 if cells == 1 else cells * (LEAST - 1)
    return together >= most + LEAST
