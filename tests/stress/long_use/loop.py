"""Work of many small steps in Qt's own event loop, where what is to be deleted goes and sheets really are modal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ferpa_wizard import paths
from ferpa_wizard.desktop.app import RESOURCES, application, open_window
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.failures import Failures
from ferpa_wizard.desktop.garbage import searched_here_only
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk

TURNS = 3  # of the loop between two steps: what a page leaves for later comes in the next turn or the one after
SHEETS = 5  # milliseconds until a sheet that came up is answered
Told = Callable[[str], None]


class FolderChooser(Choosers):
    """Saves into a folder of the job, and asks nobody."""

    def __init__(self, folder: Path) -> None:
        self.to = folder
        folder.mkdir(exist_ok=True)

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.to

    def file(self, parent: QWidget, title: str, *, name: str) -> Path | None:
        return self.to / name


def opened(desk: Desk, folder: Path) -> tuple[QApplication, Window]:
    """A window on this desk, shown where nobody sees it; what it saves lies in the folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    window = open_window(app, desk, paths.data() / RESOURCES, choosers=FolderChooser(folder))
    window.resize(1024, 700)
    window.show()
    return app, window


def run(app: QApplication, steps: Iterator[object], sheets: Callable[[QDialog], object], told: Told) -> None:
    """Take one step after the other in the event loop; `sheets` answers each dialog that comes up meanwhile.

    `told` hears what the window would have told of as a failure. What a step raises is raised here.
    """
    failures, stepping = Failures(), _Stepping(steps, sheets)
    failures.happened.connect(told)
    failures.watch()
    clock, answers = QTimer(), QTimer()  # a timer is not due again while what it began, a sheet, goes on
    clock.timeout.connect(stepping.turn)
    answers.timeout.connect(stepping.answer)
    clock.start(0)
    answers.start(SHEETS)
    try:
        with searched_here_only():
            app.exec()
    finally:
        failures.unwatch()
        clock.stop()
        answers.stop()
    if stepping.error is not None:
        raise stepping.error


class _Stepping:
    def __init__(self, steps: Iterator[object], sheets: Callable[[QDialog], object]) -> None:
        self._steps, self._sheets = steps, sheets
        self._turns = 0
        self.error: BaseException | None = None

    def turn(self) -> None:
        """One step each few turns."""
        self._turns += 1
        if self._turns % TURNS == 0 and self.error is None:
            self._guarded(self._step)

    def answer(self) -> None:
        """Answer the sheet that holds a step up, if there is one."""
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, QDialog):
            self._guarded(lambda: self._sheets(sheet))

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            QCoreApplication.quit()

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001  Qt would print it and go on
            self.error = self.error or error
            QCoreApplication.exit()
