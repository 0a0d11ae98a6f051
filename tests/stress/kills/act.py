"""What is killed: an act that is done over and over, and what must hold whenever it was killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.stress.forks import Ack

Checked = Iterator[tuple[str, str]]
"""What is wrong, in pairs of a kind (LOST, BAD) and a sentence."""
LOST, BAD = "lost", "bad"
"""Acknowledged and not there; not whole, or something that a new start would tell or ask."""


@dataclass(frozen=True, slots=True)
class Act:
    """`prepare` makes a world, once; on a copy of it the act is killed `kills` times in a row, then comes a new copy.

    `run` does the act until nothing is left to do, and acknowledges each time. `check` is a new start after a kill; it
    knows all that was acknowledged on that copy. A kill falls within the first `rounds` times. `weaken` spoils the act in the process that is killed.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path, Ack], None]
    check: Callable[[Path, Sequence[str]], Checked]
    weaken: Callable[[], None]
    kills: int = 8
    rounds: int = 2


def bad(sentences: Iterator[str]) -> Checked:
    """These sentences as things that are not whole."""
    for says in sentences:
        yield BAD, says
