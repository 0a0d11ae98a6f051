"""What every window under measurement reports once it is painted and takes input."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

PAINTS = (QEvent.Type.Paint, QEvent.Type.UpdateRequest)
PATIENCE_S = 10


class Painted(QObject):
    """Notices when a window paints what has changed in it, or itself for the first time."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._seen = window, False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        self._seen = self._seen or event.type() in PAINTS
        return False

    def wait(self, app: QApplication) -> None:
        """Handle events until it has painted. Raises TimeoutError."""
        end = time.monotonic() + PATIENCE_S
        while not self._seen:
            app.processEvents()
            if time.monotonic() > end:
                raise TimeoutError("the window was not painted")
        self._window.removeEventFilter(self)


def report_when_painted(app: QApplication, window: QWidget) -> None:
    """Show the window; say so once it is painted, and again once nothing is left to do, with the memory then."""
    painted = Painted(window)
    window.show()
    painted.wait(app)
    sys.stdout.write("painted\n")
    sys.stdout.flush()
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: _report(app)))  # after all that waits, in two turns
    app.exec()


def _report(app: QApplication) -> None:
    sys.stdout.write(json.dumps({"platform": app.platformName(), **memory()}) + "\n")
    sys.stdout.flush()
    app.quit()


def memory() -> dict[str, int]:
    """Resident and proportional memory of this process in KiB; empty where the system does not tell."""
    file = Path("/proc/self/smaps_rollup")
    if not file.exists():
        return {}
    lines = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return {words[0][:-1].lower(): int(words[1]) for words in lines if words[0] in ("Rss:", "Pss:")}
