"""Long work in slices of the event loop: the window answers in between, and the work can be stopped."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS
from ferpa_wizard.requests.steps import Step

SLICE = 0.02  # seconds of work before the window has its turn


class Slices(QObject):
    """Runs one piece of work at a time; `done` has its result, `failed` a sentence for people."""

    went = Signal(object)
    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Generator[Step, None, object] | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(0)
        self._clock.timeout.connect(self._slice)

    def run(self, work: Generator[Step, None, object]) -> None:
        """Begin; what ran before is stopped."""
        self.stop()
        self._work = work
        self._clock.start()

    def stop(self) -> None:
        """Do no more; nothing is told of it."""
        self._clock.stop()
        if self._work is not None:
            self._work.close()
        self._work = None

    @property
    def runs(self) -> bool:
        return self._work is not None

    def _slice(self) -> None:
        work, until = self._work, perf_counter() + SLICE
        try:
            while work is not None:
                step = next(work)
                if perf_counter() > until:
                    self.went.emit(step)
                    return
        except StopIteration as end:
            self.stop()
            self.done.emit(end.value)
        except (*STORE_ERRORS, *RULES_ERRORS) as error:
            self.stop()
            self.failed.emit(str(error))
