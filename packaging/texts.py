"""Copies the licence texts of all components into the packaged program."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from components import ROOT, TEXTS, Component

COMMON = Path("/usr/share/common-licenses")  # Debian's copyright files point into it
GENERAL = ("README.md", "replacing-qt.md")


def copy(components: Iterable[Component], folder: Path) -> None:
    """Put a folder for each component into this one, which is made anew, and what holds for all. Raises OSError."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in GENERAL:
        shutil.copyfile(TEXTS / name, folder / name)
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    for component in components:
        _copy(component, folder / component.name)


def _copy(component: Component, folder: Path) -> None:
    folder.mkdir()
    for text in component.texts:
        if text.exists():
            shutil.copyfile(text, folder / text.name)
    copyright_file = folder / "copyright"
    if copyright_file.exists():
        said = copyright_file.read_text(encoding="utf-8", errors="replace")
        for common in sorted(COMMON.iterdir()):
            if f"{COMMON}/{common.name}" in said:
                shutil.copyfile(common, folder / common.name)
