"""
Writes the source of a Windows Installer package of the built folder: `python packaging/msi.py [--folder F]`.

`candle` and `light` of WiX 3 compile it on Windows, `wixl` on Linux, each told x64. It installs for all users of a
computer, takes the place of every older version, and writes nothing but its folder, a shortcut in the Start menu and
its entry under Apps.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from components import ROOT

from ferpa_wizard import __version__

NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
# These three never change: Windows knows by them that one version takes the place of another.
UPGRADE_CODE = UUID("5b1c2a54-7f0e-4c43-9d0a-0a6f5c1f8e21")
PRODUCTS = UUID("a4d9f9b2-6a5c-4f1c-8d4f-31d0b1f6f0d7")
COMPONENTS = UUID("c9a0e0a8-3b83-4a5e-9a3c-6f2f2f1f7b55")
WINDOW, COMMANDS = "ferpa-wizard-window.exe", "ferpa-wizard.exe"
NAME = "FERPA Wizard"


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--folder", type=Path, default=ROOT / "dist" / "ferpa-wizard")
    wanted.add_argument("--version", default=__version__)
    wanted.add_argument("--icon", type=Path, default=ROOT / "build" / "icon" / "ferpa-wizard.ico")
    wanted.add_argument("--out", type=Path, default=ROOT / "build" / "ferpa-wizard.wxs")
    given = wanted.parse_args()
    if not any((given.folder / name).exists() for name in (WINDOW, COMMANDS, "ferpa-wizard")):
        print(f"{given.folder} holds no packaged program. Build one first: make package", file=sys.stderr)
        return 1
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(source(given.folder, given.version, given.icon, given.out.parent))
    print(given.out)
    return 0


def source(folder: Path, version: str, icon: Path, seen_from: Path) -> bytes:
    """The source for this folder, which names files as they are seen from where it will lie. Raises OSError."""
    wix = ET.Element("Wix", xmlns=NAMESPACE)
    product = ET.SubElement(
        wix,
        "Product",
        Id=_guid(PRODUCTS, version),
        Name=NAME,
        Language="1033",
        Codepage="65001",
        Version=version,
        Manufacturer=NAME,
        UpgradeCode=_written(UPGRADE_CODE),
    )
    ET.SubElement(product, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine")
    ET.SubElement(
        product, "MajorUpgrade", DowngradeErrorMessage=f"A newer version of {NAME} is installed. Remove it first."
    )
    ET.SubElement(product, "MediaTemplate", EmbedCab="yes")
    ET.SubElement(product, "Icon", Id="program.ico", SourceFile=_seen(icon, seen_from))
    ET.SubElement(product, "Property", Id="ARPPRODUCTICON", Value="program.ico")
    ET.SubElement(product, "Property", Id="ARPNOMODIFY", Value="1")
    target = ET.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    ET.SubElement(target, "Directory", Id="ProgramMenuFolder")
    programs = ET.SubElement(target, "Directory", Id="ProgramFiles64Folder")
    feature = ET.SubElement(product, "Feature", Id="Program", Title=NAME, Level="1")
    for component in _fill(ET.SubElement(programs, "Directory", Id="INSTALLDIR", Name=NAME), folder, folder):
        ET.SubElement(feature, "ComponentRef", Id=component)
    for file in product.iter("File"):
        file.set("Source", _seen(folder / str(file.get("Source")), seen_from))
    ET.indent(wix)
    text: str = ET.tostring(wix, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _fill(directory: ET.Element, folder: Path, top: Path) -> Iterable[str]:
    """Put each file below this directory as a component of its own, whose id and GUID come from its place."""
    for entry in sorted(folder.iterdir()):
        place = entry.relative_to(top).as_posix()
        if entry.is_dir():
            yield from _fill(ET.SubElement(directory, "Directory", Id=_id("d", place), Name=entry.name), entry, top)
            continue
        component = ET.SubElement(
            directory, "Component", Id=_id("c", place), Guid=_guid(COMPONENTS, place), Win64="yes"
        )
        file = ET.SubElement(component, "File", Id=_id("f", place), Source=place, Name=entry.name, KeyPath="yes")
        if place == WINDOW:
            _shortcut(file)
        yield _id("c", place)


def _shortcut(file: ET.Element) -> None:
    ET.SubElement(
        file, "Shortcut", Id="StartMenu", Name=NAME, Directory="ProgramMenuFolder", WorkingDirectory="INSTALLDIR",
        Icon="program.ico", Advertise="yes",
    )  # fmt: skip


def _seen(file: Path, place: Path) -> str:
    return os.path.relpath(file.resolve(), place.resolve())


def _id(kind: str, place: str) -> str:
    """Windows Installer wants short names of letters and digits; a place in the folder can be neither."""
    return kind + hashlib.sha256(place.encode()).hexdigest()[:24]


def _guid(kind: UUID, name: str) -> str:
    return _written(uuid5(kind, name))


def _written(guid: UUID) -> str:
    return "{" + str(guid).upper() + "}"


if __name__ == "__main__":
    sys.exit(main())
