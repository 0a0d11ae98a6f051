"""Long work in a thread of its own, for work of which one step alone would hold up the window."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial

from PySide6.QtCore import QObject, QThread, Signal

from ferpa_wizard.desktop.failures import SENTENCE
from ferpa_wizard.desktop.room import PAPER_ERRORS, RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.requests.steps import Step

STACK = 8 << 20  # bytes, as the first thread has: some systems give others too little to set a page


class Aside(QThread):
    """Does one piece of work, and closes it, in the same thread.

    `went` has each step. Once the thread is through, one of the others follows: `done` with the result, `failed` with
    a sentence for people, `stopped` when nothing is left of the work. All arrive in the thread of the window; connect
    methods of its objects and no lambda, which would run in this thread.
    """

    went = Signal(object)
    done = Signal(object)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QObject, work: Generator[Step, None, object]) -> None:
        super().__init__(parent)
        self._work = work
        self._tell: Callable[[], object] = partial(self.failed.emit, SENTENCE)  # an error that nobody foresaw
        self.setStackSize(STACK)
        self.finished.connect(self._on_finished)

    def run(self) -> None:
        try:
            while not self.isInterruptionRequested():
                self.went.emit(next(self._work))
            self._work.close()
        except StopIteration as end:
            self._tell = partial(self.done.emit, end.value)
        except (*STORE_ERRORS, *PAPER_ERRORS) as error:
            self._tell = partial(self.failed.emit, str(error))
        except RULES_ERRORS as error:
            self._tell = partial(self.failed.emit, without_rules(error))
        else:
            self._tell = self.stopped.emit

    def stop(self) -> None:
        """Do no further step; `stopped` follows, or the end that came before."""
        self.requestInterruption()

    def end(self) -> None:
        """Stop, and come back when nothing of it runs."""
        self.stop()
        self.wait()

    def _on_finished(self) -> None:
        self._tell()
