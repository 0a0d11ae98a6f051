"""Takes the pictures of the program, itself on shipped examples: all screens in every look, and those of the documents.

All of them land in build/pictures, a folder for each look; what the documents show is copied beside this file.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QWidget

from docs.pictures.scenes import Scenes
from ferpa_wizard import paths
from ferpa_wizard.desktop.app import RESOURCES, application, open_window
from ferpa_wizard.requests.desk import Desk

HERE = Path(__file__).parent
ALL = HERE.parents[1] / "build" / "pictures"


@dataclass(frozen=True)
class Look:
    """A theme at a text size, in a window of so many pixels."""

    name: str
    theme: str
    percent: int = 100
    size: tuple[int, int] = (1024, 700)


LOOKS = (
    Look("light", "light"),
    Look("dark", "dark"),
    Look("contrast", "contrast"),
    Look("large", "light", 200, (1366, 768)),
    Look("small", "light", 100, (1024, 600)),
)
SHOWN = {
    "light": ("home", "question", "students", "result", "due", "log", "agreements", "rules", "practice", "school",
              "record", "uses", "path"),
    "dark": ("home", "question", "result"),
}  # fmt: skip


def main() -> int:
    for look in LOOKS:
        folder = ALL / look.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as home:
            _take(look, Path(home), folder)
        for name in SHOWN.get(look.name, ()):
            shutil.copy(folder / f"{name}.png", HERE / f"{name}_{look.name}.png")
    return 0


def _take(look: Look, home: Path, folder: Path) -> None:
    data = paths.data()
    (home / "profile.yaml").write_bytes((data / "rules/profiles/example.yaml").read_bytes())
    desk = Desk.open(home)
    window = open_window(application(), desk, data / RESOURCES)
    window.desk_shell.look.use(look.theme, look.percent)
    window.resize(*look.size)
    window.show()
    window.activateWindow()

    def shoot(name: str, shown: QWidget) -> None:
        shown.grab().save(str(folder / f"{name}.png"))

    Scenes(window, desk, shoot).all()
    window.close()
    window.deleteLater()
    desk.close()


if __name__ == "__main__":
    sys.exit(main())
