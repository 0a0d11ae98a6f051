"""What the package is made with: which parts go in, whose they are, the icon, what Windows shows of a program."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.package.packaged import ROOT


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/env/PySide6/Qt/plugins/platforms/libqxcb.so"),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "C:\\env\\PySide6\\plugins\\platforms\\qwindows.dll"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "/env/PySide6/Qt/lib/libQt6Core.so.6"),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0"),
        ("libxcb-cursor.so.0", "/lib/x86_64-linux-gnu/libxcb-cursor.so.0"),
        ("rules/ferpa/pack.yaml", "/source/rules/ferpa/pack.yaml"),
    ],
)
def test_what_the_program_uses_is_kept(makers: Path, place: str, source: str) -> None:
    import contents

    assert contents.kept([(place, source, "BINARY")]) == [(place, source, "BINARY")]


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/env/PySide6/Qt/plugins/tls/libqopensslbackend.so"),
        ("PySide6/Qt/plugins/imageformats/libqtiff.so", "/env/PySide6/Qt/plugins/imageformats/libqtiff.so"),
        ("PySide6/Qt/translations/qt_de.qm", "/env/PySide6/Qt/translations/qt_de.qm"),
        ("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6"),
        ("PySide6/Qt/lib/QtQml.framework/Versions/A/Resources/Info.plist", "/env/Info.plist"),
        ("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6"),
        ("libstdc++.so.6", "/lib64/libstdc++.so.6"),
    ],
)
def test_what_it_does_not_use_and_what_every_desktop_has_is_left_out(makers: Path, place: str, source: str) -> None:
    import contents

    assert contents.kept([(place, source, "BINARY")]) == []


def test_a_file_of_unknown_origin_stops_the_build(makers: Path, tmp_path: Path) -> None:
    import components

    stray = tmp_path / "libstray.so"
    stray.touch()
    with pytest.raises(SystemExit):
        components.named([("libstray.so", str(stray), "BINARY")])


def test_a_component_without_a_licence_text_stops_the_build(makers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import components

    monkeypatch.setattr(components, "ROOT", Path("/nowhere"))
    with pytest.raises(SystemExit, match="ferpa-wizard"):
        components.named([])


def test_a_list_of_components_is_the_same_for_the_same_components(makers: Path, tmp_path: Path) -> None:
    import components
    import sbom
    import statement

    found = components.named([("lxml/etree.so", str(ROOT / "rules" / "ferpa" / "pack.yaml"), "DATA")])
    for name in ("a", "b"):
        sbom.write(tmp_path / name, found, statement.source_date())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    said = json.loads((tmp_path / "a").read_text(encoding="utf-8"))
    assert said["metadata"]["component"]["name"] == "ferpa-wizard"
    assert [component["name"] for component in said["components"]] == ["pyinstaller"]


def test_a_changed_file_changes_the_statement(makers: Path, stand_in: Path) -> None:
    import statement

    made = statement.source_date()
    statement.write(stand_in, made)
    first = json.loads((stand_in / "build.json").read_text(encoding="utf-8"))
    assert first["sha256_of_sha256sums"] == sha256((stand_in / "SHA256SUMS").read_bytes()).hexdigest()
    (stand_in / "ferpa-wizard").write_text("changed", encoding="utf-8")
    statement.write(stand_in, made)
    second = json.loads((stand_in / "build.json").read_text(encoding="utf-8"))
    assert {name for name in first if first[name] != second[name]} == {"sha256_of_sha256sums"}


@pytest.mark.desktop
def test_the_icon_is_drawn_in_every_size_of_each_form(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "packaging" / "icon.py", tmp_path], check=True)
    from PySide6.QtGui import QImageReader

    ico = QImageReader(str(tmp_path / "ferpa-wizard.ico"))
    drawn = {}
    for index in range(ico.imageCount()):
        ico.jumpToImage(index)
        image = ico.read()
        drawn[image.width()] = image.pixelColor(image.width() // 2, image.height() // 12).alpha()
    assert drawn == dict.fromkeys((16, 24, 32, 48, 64, 128, 256), 255)
    _assert_icns((tmp_path / "ferpa-wizard.icns").read_bytes())


def _assert_icns(data: bytes) -> None:
    """Its parts follow each other to the very end, and each is a PNG."""
    name, length = struct.unpack(">4sI", data[:8])
    assert (name, length) == (b"icns", len(data))
    place = 8
    while place < len(data):
        _, length = struct.unpack(">4sI", data[place : place + 8])
        assert data[place + 8 : place + 16] == b"\x89PNG\r\n\x1a\n"
        place += length
    assert place == len(data)


def test_windows_is_told_the_version(makers: Path, tmp_path: Path) -> None:
    import version_resource

    file = Path(version_resource.write(tmp_path / "version.txt", "3.20.1"))
    seen: dict[str, object] = {}
    words = {name: _taking(name, seen) for name in ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable")}
    words |= {name: _taking(name, seen) for name in ("VarFileInfo", "VarStruct")}
    words["StringStruct"] = lambda name, value: seen.update({name: value})
    eval(file.read_text(encoding="utf-8"), words)  # noqa: S307 - PyInstaller reads it like this
    assert seen["filevers"] == seen["prodvers"] == (3, 20, 1, 0)
    assert seen["FileVersion"] == seen["ProductVersion"] == "3.20.1"


def _taking(name: str, seen: dict[str, object]):  # type: ignore[no-untyped-def] # stands for any of PyInstaller's words
    return lambda *_, **named: seen.update(named if name == "FixedFileInfo" else {})
