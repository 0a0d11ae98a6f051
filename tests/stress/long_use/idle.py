"""A window with a day's work behind it, which nobody touches: how often it wakes up, and what that takes."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QTimer

from ferpa_wizard.desktop.garbage import searched_here_only
from tests.stress.long_use import loop
from tests.stress.long_use.asides import CYCLE, read_charts, read_rules, read_the_log
from tests.stress.long_use.walk import Steps, Walker, desk_in
from tests.stress.parts import Tally

BEFORE = 3  # requests, and looks at other pages
NOTICE = 12_000  # milliseconds in which what was told goes away, and what waits for later is done
STORM = 10  # milliseconds


def idle(folder: Path, tally: Tally, seconds: int, *, storm: bool) -> tuple[float, float]:
    """Wakeups a minute, and per mille of a core: half the time on Home, half with a question up."""
    desk = desk_in(folder / "home")
    app, window = loop.opened(desk, folder / "out")
    walker = Walker(
        app, window, desk, asides={4: read_the_log, 5: read_charts, 6: read_rules}, cycle=CYCLE, variety=BEFORE
    )
    seen: list[tuple[float, float]] = []

    def told(says: str) -> None:
        tally.wrong("failures told", says)

    def work() -> Steps:
        for number in range(4, 4 + BEFORE):
            yield from walker.one(number)

    def begin() -> Steps:
        window.start()
        yield

    clock = QTimer()
    clock.timeout.connect(lambda: None)
    for before in (work, begin):
        loop.run(app, before(), walker.leave_sheet, told)
        _wait(NOTICE)
        if storm:
            clock.start(STORM)
        seen.append(_watch(seconds * 500))
        clock.stop()
    desk.close()
    wakes, cpu = (sum(one[place] for one in seen) for place in (0, 1))
    return wakes * 60 / seconds, cpu * 1000 / seconds


def _watch(milliseconds: int) -> tuple[float, float]:
    """How often the event loop woke up meanwhile, and the seconds of a core that it took."""
    wakes = 0

    def count() -> None:
        nonlocal wakes
        wakes += 1

    dispatcher = QAbstractEventDispatcher.instance()
    dispatcher.awake.connect(count)
    before = time.process_time()
    _wait(milliseconds)
    took = time.process_time() - before
    dispatcher.awake.disconnect(count)
    return wakes, took


def _wait(milliseconds: int) -> None:
    """The event loop as the program runs it, for so long."""
    QTimer.singleShot(milliseconds, QCoreApplication.quit)
    with searched_here_only():
        QCoreApplication.exec()
