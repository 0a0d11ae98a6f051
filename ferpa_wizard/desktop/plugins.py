"""Whether the parts of Qt that are loaded while the program runs are there, and can be loaded on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStyleFactory

from ferpa_wizard.requests.computer.check import Check

STYLE = "fusion"
KINDS = ("platforms", "iconengines", "imageformats", "printsupport", "styles")
_AGAIN = "Install the program again; if it stays so, ask which system library is missing."
_PRINTING = "The program works without, and PDFs can be saved; to print, install the system's printing (CUPS on Linux)."


def platform_check() -> Check:
    """The plugin that will draw the window. Asked before there is an application: without it, Qt ends the program."""
    asked, wrong = _platforms(), []
    for name in asked:  # in the order in which Qt tries them
        for file in _files("platforms"):
            if _name(file).startswith(name):  # Wayland has had several
                if not (problem := _why_not(file)):
                    return Check("qt-platform", True, f"The window is drawn by {name}.")
                wrong.append(problem)
    return Check("qt-platform", False, " ".join([f"No window can be drawn by {' or '.join(asked)}.", *wrong, _AGAIN]))


def plugin_checks(resources: Path) -> list[Check]:
    """One for each other kind that is in use; there is an application by then."""
    return [_icons(resources), _style(), _printing()]


def plugins() -> dict[str, list[str]]:
    """The names of the plugins that are there, by kind; nothing is loaded."""
    return {kind: [_name(file) for file in _files(kind)] for kind in KINDS}


def _platforms() -> list[str]:
    """The platforms that Qt will try; each may be asked for with options after a colon."""
    asked = [each.split(":")[0] for each in os.environ.get("QT_QPA_PLATFORM", "").split(";")]
    if any(asked):
        return [*filter(None, asked)]
    if sys.platform in ("win32", "darwin"):
        return ["windows" if sys.platform == "win32" else "cocoa"]
    return ["xcb" if os.environ.get("DISPLAY") else "wayland"]


def _icons(resources: Path) -> Check:
    """An icon of ours, drawn by the icon engine."""
    engines = [file for file in _files("iconengines") if _name(file) == "svgicon"]
    wrong = [problem for file in engines if (problem := _why_not(file))]
    pictures = sorted((resources / "icons").glob("*.svg"))
    drawn = bool(pictures) and not QIcon(str(pictures[0])).pixmap(16).isNull()
    if engines and drawn and not wrong:
        return Check("qt-icons", True, f"Icons can be drawn; {len(pictures)} are there.")
    return Check("qt-icons", False, " ".join(["Icons cannot be drawn.", *wrong, _AGAIN]))


def _style() -> Check:
    if QStyleFactory.create(STYLE) is None:
        return Check("qt-style", False, f"The style {STYLE} cannot be made. {_AGAIN}")
    return Check("qt-style", True, f"The style {STYLE} can be made.")


def _printing() -> Check:
    """Printers are not looked for: that could ask the network."""
    files = _files("printsupport")
    wrong = [problem for file in files if (problem := _why_not(file))]
    if wrong or not files:
        return Check("qt-print", None, " ".join(["Nothing can be printed here.", *wrong, _PRINTING]))
    return Check("qt-print", True, f"Printing can be loaded: {', '.join(map(_name, files))}.")


def _why_not(file: Path) -> str:
    """What keeps a plugin from being loaded; empty when nothing does."""
    loader = QPluginLoader(str(file))
    return "" if loader.load() else f"{loader.errorString()}."


def _files(kind: str) -> list[Path]:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / kind
    return sorted(file for file in folder.glob("*") if file.suffix in (".so", ".dll", ".dylib"))


def _name(file: Path) -> str:
    return file.stem.removeprefix("lib").removeprefix("q")
