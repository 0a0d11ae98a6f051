"""Long work in steps, so that who waits sees how far it is and can stop it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Step:
    """So many are done of so many; `what` names one of them: “Decision 140 of 214”."""

    done: int
    of: int
    what: str

    @property
    def says(self) -> str:
        return f"{self.what} {self.done:,} of {self.of:,}"


def whole(work: Generator[Step, None, Found]) -> Found:
    """Do it all at once; what it comes to."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: Found = done.value
            return found
