"""A walk through many requests, with a sample of all meters after each cycle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from tests.stress.long_use import loop
from tests.stress.long_use.meters import Sample, sample
from tests.stress.long_use.walk import Steps, Walker, desk_in
from tests.stress.parts import Tally

SETTLES = 5  # turns until Home stands as it stays
TOLD = "failures told"
Make = Callable[[QApplication, Window, Desk], Walker]


def measured(folder: Path, tally: Tally, make: Make, count: int, *, every: int) -> list[Sample]:
    """Walk so many requests; the samples at Home. What the window tells of as a failure is counted."""
    desk = desk_in(folder / "home")
    app, window = loop.opened(desk, folder / "out")
    walker, samples = make(app, window, desk), []

    def walk() -> Steps:
        for number in range(count):
            yield from walker.one(number)
            if number % every == every - 1:
                window.desk_shell._forget_pages()  # what they show depends on all that was decided so far
                for _ in range(SETTLES):
                    yield
                samples.append(sample(app, window, number + 1))

    def leave(sheet: QDialog) -> None:
        walker.leave_sheet(sheet)  # looked up each time: an export answers its own

    loop.run(app, walk(), leave, lambda says: tally.wrong(TOLD, says))
    if not (checked := desk.verify()).ok:
        tally.wrong(TOLD, checked.says)
    desk.close()
    return samples
