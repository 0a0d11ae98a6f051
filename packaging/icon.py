"""Draws the program's icon in the forms that each system wants: `python packaging/icon.py FOLDER`."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).parent / "icon" / "ferpa-wizard.svg"
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
# The names that an .icns gives to its pictures, each with the pixels of one side.
ICNS_SIZES = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def draw(folder: Path) -> None:
    """Write ferpa-wizard.ico and .icns into the folder, which is made. Raises OSError."""
    app = QGuiApplication.instance() or QGuiApplication(["icon"])
    pictures = {size: _png(size) for size in {*ICO_SIZES, *ICNS_SIZES.values()}}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ferpa-wizard.ico").write_bytes(_ico({size: pictures[size] for size in ICO_SIZES}))
    (folder / "ferpa-wizard.icns").write_bytes(_icns(pictures))
    del app  # it has to live until the last picture is drawn


def _png(size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # PySide's annotations want bytes, its code a str
    return bytes(kept.data())


def _ico(pictures: Mapping[int, bytes]) -> bytes:
    """A heading, a line for each picture, the pictures as PNG. A side of 256 is written as 0."""
    place = 6 + 16 * len(pictures)
    lines = b""
    for size, data in pictures.items():
        lines += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return struct.pack("<HHH", 0, 1, len(pictures)) + lines + b"".join(pictures.values())


def _icns(pictures: Mapping[int, bytes]) -> bytes:
    parts = (struct.pack(">4sI", name, 8 + len(pictures[size])) + pictures[size] for name, size in ICNS_SIZES.items())
    body = b"".join(parts)
    return struct.pack(">4sI", b"icns", 8 + len(body)) + body


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
