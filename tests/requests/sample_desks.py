"""Desks on the shipped rules with the profile of the example, and what is done on them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.request import Request
from tests import real


class Clock:
    """A day that the test sets."""

    def __init__(self, day: str) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime.fromisoformat(f"{self.day}T10:00:00").replace(tzinfo=UTC)


def example_desk(home: Path, at: datetime | None = None) -> Desk:
    """`at` is the moment that its clock shows; without it the clock goes."""
    return Desk(home, lambda: (real.pack(), real.profiles()["example"]), now=lambda: at or datetime.now(UTC))


def tutoring(desk: Desk) -> Request:
    """A request that is answered to its end, page by page."""
    example = next(example for example in real.examples() if example.id == "tutoring-no-control")
    request = desk.new()
    for value in example.answers.values():
        request.answer(value)
    return request


def restricted(desk: Desk, decision: Decision) -> str:
    """The number of a record that is restricted by the rules."""
    for example in real.examples():
        request = desk.unsaved(example.answers)
        if request.restricted and request.walk.ask is None:
            return request.decide(decision).number
    raise LookupError("no worked request is restricted")
