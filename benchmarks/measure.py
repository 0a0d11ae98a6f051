"""A measured row, and the sums that rows are made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True)
class Row:
    """One line of the table. `figure` is compared with `reach`; both are None for a row left out."""

    what: str
    ours: str
    against: str
    figure: float | None
    reach: float | None
    unit: str  # "x", "ms", "s"
    note: str = ""

    @property
    def shown(self) -> str:
        return "left out" if self.figure is None else f"{self.figure:.2f} {self.unit}"

    @property
    def verdict(self) -> str:
        if self.figure is None or self.reach is None:
            return ""
        return "yes" if self.figure <= self.reach else "NO"


def left_out(what: str, why: str) -> Row:
    return Row(what, "", "", None, None, "", why)


def seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def interleaved(runs: Sequence[Callable[[], float]], *, rounds: int) -> list[float]:
    """The median of each run; they take turns, so that a slow moment of the machine hits all of them."""
    taken = [[run() for run in runs] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]


def quantile(values: Sequence[float], part: float) -> float:
    return sorted(values)[max(0, ceil(part * len(values)) - 1)]
