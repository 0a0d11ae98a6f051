"""What a process holds, counted from outside and from inside, and whether it grows."""

from __future__ import annotations

import ctypes
import gc
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ferpa_wizard.desktop.pages.todo_card import DueCard
from ferpa_wizard.desktop.window import Window

WARM, LEAST = 0.15, 3  # of the samples, and at least so many, in which caches fill
_POOLED, _EVENTS = "Thread (pooled)", "anon_inode:[eventfd]"  # Qt's own, for half a minute when it scales a picture
_malloc_trim = ctypes.CDLL(None).malloc_trim
_OURS = "ferpa_wizard.desktop."


@dataclass(frozen=True, slots=True)
class Sample:
    """`held` is counted and must stay the same; `memory` is in KiB."""

    requests: int
    memory: float
    held: dict[str, int]


def sample(app: QApplication, window: Window, requests: int) -> Sample:
    """Everything, once what nothing refers to any more is gone."""
    gc.collect()
    _empty_caches()
    _malloc_trim(0)  # else what was freed and is kept for later counts, and differs from time to time
    due = _due(window)
    held = {
        "threads": sum(_name(thread) != _POOLED for thread in Path("/proc/self/task").iterdir()),
        "Python threads": threading.active_count(),
        "descriptors": sum(_target(file) != _EVENTS for file in Path("/proc/self/fd").iterdir()),
        "windows": len(app.topLevelWidgets()),
        "widgets": len(app.allWidgets()) - sum(isinstance(one, QWidget) for one in due),
        "objects of Qt": len(window.findChildren(QObject)) - len(due),
        "timers at work": sum(timer.isActive() for timer in window.findChildren(QTimer)),
        "widgets of ours": sum(_is_ours(one) for one in gc.get_objects()) - sum(map(_is_ours, due)),
    }
    return Sample(requests, _memory(), held)


def _due(window: Window) -> list[QObject]:
    """The parts of Home that say what falls due: one row for each thing, up to five, and there is more from day to day."""
    return [part for card in window.findChildren(DueCard) for part in (card, *card.findChildren(QObject))]


def growing(samples: Sequence[Sample], most: float | None) -> dict[str, str]:
    """What did not stay flat after the warm-up, by its name, each with a sentence; `most` is what memory may grow for
    each 1,000 requests, in KiB, None where the requests are too few to tell.
    """
    warm = _warm(samples)
    found = {}
    for name in warm[0].held:
        seen = [one.held[name] for one in warm]
        if min(seen) != max(seen):
            found[name] = f"{name}: {' '.join(map(str, seen[:3]))} ... {' '.join(map(str, seen[-3:]))}"
    if most is not None and (growth := memory_growth(samples)) > most:
        found["memory"] = f"memory: {growth:.0f} KiB more for each 1,000 requests"
    return found


def memory_growth(samples: Sequence[Sample]) -> float:
    """KiB for each 1,000 requests after the warm-up: from the least that one half needs to the least of the other, since
    what a page takes for a while says nothing.
    """
    warm = _warm(samples)
    half = len(warm) // 2
    first, last = (min(one.memory for one in part) for part in (warm[:half], warm[half:]))
    return 1000 * (last - first) / (warm[half].requests - warm[0].requests)


def _warm(samples: Sequence[Sample]) -> Sequence[Sample]:
    return samples[max(LEAST, round(len(samples) * WARM)) :]


def _empty_caches() -> None:
    """What SQLite keeps of its files at hand is bounded (32 MiB for the index of the log), and fills as the log grows."""
    for one in gc.get_objects():
        if isinstance(one, sqlite3.Connection):
            with suppress(sqlite3.Error):  # closed, or of another thread
                one.execute("PRAGMA shrink_memory")


def _memory() -> float:
    """The share of the physical memory that this process has, in KiB."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return float(next(line for line in lines if line.startswith("Pss:")).split()[1])


def _name(thread: Path) -> str:
    return (thread / "comm").read_text(encoding="utf-8").strip()


def _target(file: Path) -> str:
    """What a descriptor leads to; that of the listing itself is gone by now."""
    try:
        return str(file.readlink())
    except FileNotFoundError:
        return _EVENTS


def _is_ours(one: object) -> bool:
    kind = type(one)
    return kind.__module__.startswith(_OURS) and issubclass(kind, QWidget)
