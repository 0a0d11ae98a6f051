"""Builds everything once, passes it down, and runs the event loop."""

from __future__ import annotations

import signal
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from ferpa_wizard import paths
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.roles import tell_roles
from ferpa_wizard.desktop.failures import Failures
from ferpa_wizard.desktop.garbage import searched_here_only
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.window import NAME, Window
from ferpa_wizard.requests.courier import Courier
from ferpa_wizard.requests.desk import Desk

RESOURCES = "resources"


def application() -> QApplication:
    """The one QApplication, in the style that looks the same everywhere."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QCoreApplication.setApplicationName(NAME)
    made = QApplication([NAME])
    made.setStyle("Fusion")
    tell_roles()
    return made


def open_window(app: QApplication, desk: Desk, resources: Path, *, choosers: Choosers | None = None) -> Window:
    """A window on the desk, in the look that was kept; not shown yet."""
    memory = Memory(desk.home, desk.policy)
    look = Look(app, resources)
    look.use(memory.kept.theme, memory.kept.percent)
    window = Window(look, desk, memory, choosers=choosers)
    window.resize(*_fitting(app, memory.kept.width, memory.kept.height))
    return window


def run(desk: Desk, resources: Path | None = None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    app = application()
    failures = Failures()
    desk.courier = Courier(desk)
    window = open_window(app, desk, resources or paths.data() / RESOURCES)
    failures.happened.connect(window.tell, Qt.ConnectionType.QueuedConnection)
    failures.watch()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    try:
        with searched_here_only():
            return app.exec()
    finally:
        failures.unwatch()


def refuse(says: str) -> None:
    """Say in a window of its own why the program does not open: who starts it by its icon sees no terminal."""
    application()
    box = QMessageBox(QMessageBox.Icon.Critical, NAME, "", QMessageBox.StandardButton.Close)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{NAME} does not open here. Your work is safe.\n\n{says}")
    box.exec()


def _fitting(app: QApplication, width: int, height: int) -> tuple[int, int]:
    free = app.primaryScreen().availableGeometry()
    return min(width, free.width()), min(height, free.height())
