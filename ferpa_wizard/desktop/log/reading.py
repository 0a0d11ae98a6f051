"""Bringing the log up to date: at once where little came in, else in slices with a line that says how far it is."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter

from ferpa_wizard.requests.steps import Step

AT_ONCE = 0.15  # seconds


def read_at_once(work: Generator[Step, None, None]) -> bool:
    """Do it if it is short; False where there is more to do. Raises what the work raises."""
    until = perf_counter() + AT_ONCE
    return all(perf_counter() <= until for _ in work)
