"""Python's search for garbage, in the window's thread alone: it deletes what it finds in whichever thread it looks, and
widgets bear only their own.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

EACH = 5_000  # milliseconds


@contextmanager
def searched_here_only() -> Iterator[None]:
    """Inside, other threads look for none; this one does when its event loop has time for it."""
    clock = QTimer()
    clock.timeout.connect(_look)
    gc.disable()
    clock.start(EACH)
    try:
        yield
    finally:
        clock.stop()
        gc.enable()


def _look() -> None:
    """The oldest generation whose turn it is, as Python itself would choose."""
    counts = gc.get_count()
    due = [age for age, most in enumerate(gc.get_threshold()) if counts[age] > most]
    if due:
        gc.collect(due[-1])
