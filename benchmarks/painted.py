"""What every window under measurement reports once it is painted and takes input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Painted(QObject):
    """Notices the first paint of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() is QEvent.Type.Paint
        return False


def report_when_painted(app: QApplication, window: QWidget) -> None:
    """Show the window; once it is painted and the event loop has nothing to do, say so and end."""
    painted = Painted(window)
    window.show()
    while not painted.seen:
        app.processEvents()
    QTimer.singleShot(0, lambda: _report(app))  # after all that is waiting
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
