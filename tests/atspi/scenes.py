"""The program as it goes through all screens of which pictures are taken; it waits on each until a line comes in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QWidget

from docs.pictures.scenes import Scenes
from ferpa_wizard import paths
from ferpa_wizard.desktop.app import RESOURCES, application, open_window
from ferpa_wizard.requests.desk import Desk


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    app, desk = application(), Desk.open(parser.parse_args().home)
    window = open_window(app, desk, paths.data() / RESOURCES)
    window.show()
    window.activateWindow()
    asked, loop = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read), QEventLoop()
    asked.activated.connect(loop.quit)

    def shoot(name: str, shown: QWidget) -> None:
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
        asked.setEnabled(True)
        loop.exec()
        sys.stdin.readline()

    asked.setEnabled(False)
    Scenes(window, desk, shoot).all()
    window.close()
    desk.close()


if __name__ == "__main__":
    main()
