"""Long work in processes of its own, where there are processors for it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")
_WORKERS = 4  # at most


def side_by_side(
    work: Callable[[Job], Done], jobs: Sequence[Job], ready: Callable[[], None] | None = None
) -> Iterator[Done]:
    """What `work` makes of each job, in their order; `ready` is called first, in each process that works."""
    workers = min(os.cpu_count() or 1, _WORKERS, len(jobs))
    if workers <= 1 or getattr(sys, "frozen", False):
        if ready:
            ready()
        yield from map(work, jobs)
        return
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(ready,)) as pool:
        yield from pool.map(work, jobs)


def _begin(ready: Callable[[], None] | None) -> None:
    gc.disable()  # what is made in such a process is kept: looking for what is not takes a sixth of the time
    if ready:
        ready()
