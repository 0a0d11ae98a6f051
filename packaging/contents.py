"""What goes into the packaged program, out of all that PyInstaller finds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

Part = tuple[str, str, str]  # the place in the folder, where it comes from, PyInstaller's word for its kind

# Of Qt's plugins, those that this program uses, on any system: what draws the window, asks for files, prints, types.
PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platforminputcontexts": ("compose", "ibus"),
    "platformthemes": ("qxdgdesktopportal",),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
    "printsupport": ("",),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qico"),
    "styles": ("",),
}
# Parts of Qt that come along with others and that nothing here loads.
UNUSED_LIBRARIES = (
    *("Qt6Qml", "Qt6Quick", "Qt6Pdf", "Qt6VirtualKeyboard", "Qt6EglF", "Qt6Network", "Qt6OpenGL", "Qt6WlShell"),
    *("QtQml", "QtQuick", "QtPdf", "QtVirtualKeyboard", "QtNetwork", "QtOpenGL", "opengl32sw", "d3dcompiler"),
)
# Of the libraries of a Linux system, those that its desktops do not all have, or that Python is built for. The rest
# belongs to the system: it knows its graphics card, its fonts and its printers, and mends it.
SYSTEM_LIBRARIES = (
    *("libpython", "libsqlite3", "libcrypto", "libffi"),
    *("libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util", "libxcb-util"),
    "libxkbcommon-x11",
)
SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")


def kept(parts: Iterable[Part]) -> list[Part]:
    """These parts without what the program does not use and what a desktop has by itself."""
    return [part for part in parts if _wanted(part[0].replace("\\", "/"), part[1])]


def _wanted(place: str, source: str) -> bool:
    *folders, name = place.split("/")
    plain = name.removeprefix("lib")
    if "translations" in folders or "qml" in folders or plain.startswith(UNUSED_LIBRARIES):
        return False
    if any(f"{unused}.framework" in place for unused in UNUSED_LIBRARIES):
        return False
    if "plugins" in folders:
        return plain.startswith(PLUGINS.get(folders[-1], ("\0",)))
    if not folders and source.startswith(SYSTEM_FOLDERS):
        return name.startswith(SYSTEM_LIBRARIES)
    return True


def write(file: Path, parts: Sequence[Part]) -> None:
    """Keep what went in and where it came from, for those who name its components. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(sorted(part[:3] for part in parts), indent=1), encoding="utf-8")


def read(file: Path) -> list[Part]:
    """What `write` kept. Raises OSError or ValueError."""
    return [(place, source, kind) for place, source, kind in json.loads(file.read_text(encoding="utf-8"))]
