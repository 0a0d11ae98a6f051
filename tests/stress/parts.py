"""What a part is made of: jobs that count, and the figures that are made of the counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BROKE = "jobs that ended by themselves"
"""Counted by what runs the jobs."""
_KEPT = 20  # sentences on what went wrong, of one job


@dataclass(slots=True)
class Tally:
    """What was seen: `counts` are summed over the jobs of a part, of `most` the greatest counts."""

    counts: dict[str, int] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    wrongs: list[str] = field(default_factory=list)

    def count(self, what: str, times: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + times

    def peak(self, what: str, value: float) -> None:
        self.most[what] = max(value, self.most.get(what, value))

    def wrong(self, what: str, how: str) -> None:
        """Count something that must not be, and keep a sentence on it (the seed, the call, the file)."""
        self.count(what)
        if len(self.wrongs) < _KEPT:
            self.wrongs.append(f"{what}: {how}")

    def add(self, other: Tally) -> None:
        for what, times in other.counts.items():
            self.count(what, times)
        for what, value in other.most.items():
            self.peak(what, value)
        self.wrongs += other.wrongs

    def __getitem__(self, what: str) -> int:
        """How often something was counted; never is 0."""
        return self.counts.get(what, 0)

    def as_json(self) -> dict[str, Any]:
        return {"counts": self.counts, "most": self.most, "wrongs": self.wrongs}


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of a part, which runs in a process of its own, in an empty folder in memory, from a seed that its name gives.

    The same code and name do the same again. `seconds` is when it is taken for hung.
    """

    name: str
    run: Callable[[Path, Tally], None]
    seconds: int = 900


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `held` says that the figure is as it has to be and that the control was caught."""

    what: str
    figure: str
    control: str
    held: bool


@dataclass(frozen=True, slots=True)
class Part:
    """`jobs` is told whether this is the long run; `needs` are commands that have to be installed."""

    name: str
    jobs: Callable[[bool], list[Job]]
    figures: Callable[[Tally], Iterator[Figure]]
    needs: tuple[str, ...] = ()
