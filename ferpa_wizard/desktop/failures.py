"""What nobody else caught: it is logged, and people get a calm sentence.

A store that does not answer can stand in the way of any press; its own sentence is shown then, wherever that was.
"""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from ferpa_wizard.desktop.room import PAPER_ERRORS, STORE_ERRORS

log = logging.getLogger(__name__)

SENTENCE = (
    "Something in this program did not work. Your answers are saved. Go on, or close the program and start it again."
)


class Failures(QObject):
    """Takes the place of sys.excepthook; `happened` arrives in the thread of the window."""

    happened = Signal(str)

    def watch(self) -> None:
        """Catch what nobody else caught."""
        sys.excepthook = self._on_exception

    def unwatch(self) -> None:
        """Leave exceptions to Python again."""
        sys.excepthook = sys.__excepthook__

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("uncaught", exc_info=(kind, error, trace))
        has_sentence = isinstance(error, (*STORE_ERRORS, *PAPER_ERRORS))
        self.happened.emit(str(error) if has_sentence else SENTENCE)
