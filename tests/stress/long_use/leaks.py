"""Leaks for the measuring to find: with each request something of each kind is not let go of."""

from __future__ import annotations

import os
import threading

from PySide6.QtCore import QTimer

from ferpa_wizard.desktop.pages.saved import SavedPage
from tests.stress.long_use.walk import Steps, Walker

BYTES = 256 * 1024  # kept with each request
SHOWS_IN = (
    "threads", "Python threads", "descriptors", "widgets", "objects of Qt", "widgets of ours", "timers at work", "memory",
)  # fmt: skip


class LeakingWalker(Walker):
    """Keeps a page, a thread, a descriptor, a timer and some memory with each request."""

    def request(self) -> Steps:
        yield from super().request()
        self._keep()

    def _keep(self) -> None:
        kept = self.__dict__.setdefault("kept", [])
        page = SavedPage(self.shell.look, self.desk.record(self.desk.recent(1)[0].number), ())
        page.setParent(self.window)
        thread = threading.Thread(target=self._gate().wait, daemon=True)
        thread.start()
        clock = QTimer(self.window)
        clock.start(60_000)
        kept += [page, thread, os.open(os.devnull, os.O_RDONLY), clock, os.urandom(BYTES)]

    def _gate(self) -> threading.Event:
        return self.__dict__.setdefault("gate", threading.Event())  # type: ignore[no-any-return]
