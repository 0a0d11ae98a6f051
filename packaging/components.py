"""Which components the packaged program is made of, and where their licence texts are."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from contents import Part

from ferpa_wizard import __version__

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "packaging" / "licences"
QT_LICENCES = (TEXTS / "LGPL-3.0.txt", TEXTS / "GPL-3.0.txt")
LGPL = "LGPL-3.0-only"
OWN_PURL = f"pkg:generic/ferpa-wizard@{__version__}"
# Where a distribution says its licence only in words, or offers several, the one that is used here.
LICENCES = {
    "jinja2": "BSD-3-Clause",
    "lxml": "BSD-3-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pynacl": "Apache-2.0",
    "pyside6-essentials": LGPL,
    "python-docx": "MIT",
    "pyyaml": "MIT",
    "shiboken6": LGPL,
}


@dataclass(frozen=True)
class Component:
    """One part with a name, a version and a licence of its own."""

    name: str
    version: str
    licence: str  # an SPDX expression; empty where only the text says it
    purl: str
    texts: tuple[Path, ...] = field(compare=False)


def named(parts: Iterable[Part]) -> list[Component]:
    """
    The components that these parts come from, by name.

    Raises SystemExit for a part that no component is known for, and for a component without a licence text.
    """
    found = {_own(), _starter(), *(_of(place, Path(source)) for place, source, kind in parts if kind != "SYMLINK")}
    without = sorted(component.name for component in found if not any(text.exists() for text in component.texts))
    if without:
        raise SystemExit(f"No licence text was found for {', '.join(without)}; name its place in {__file__}.")
    return sorted(found, key=lambda component: component.name)


def _of(place: str, source: Path) -> Component:
    for folder, component in _inside().items():
        if source.is_relative_to(folder):
            return component
    if place.replace("\\", "/").startswith("PySide6/Qt/") or place.startswith("Qt"):
        return _icu(source) if "icu" in source.name else _qt()
    if owner := _installed().get(source.resolve()):
        return _python_part(owner)
    if package := _debian_package(source):
        return _debian(package)
    if place == "base_library.zip" or any(source.resolve().is_relative_to(folder) for folder in _python_folders()):
        return _python()
    raise SystemExit(f"It is not known what {source} belongs to, so its licence is not; name it in {__file__}.")


def _inside() -> Mapping[Path, Component]:
    """What lies in this repository: other people's work by its folder, and last our own."""
    resources = ROOT / "resources"
    fonts, icons = resources / "fonts", resources / "icons"
    inter = Component("inter", "4.001", "OFL-1.1", "pkg:github/rsms/inter", (fonts / "OFL.txt",))
    lucide = Component("lucide", "", "ISC", "pkg:github/lucide-icons/lucide", (icons / "LICENSE",))
    return {fonts: inter, icons: lucide, **{ROOT / name: _own() for name in ("ferpa_wizard", "rules", "resources")}}


def _own() -> Component:
    return Component("ferpa-wizard", __version__, "Apache-2.0", OWN_PURL, (ROOT / "LICENSE",))


def _starter() -> Component:
    """The small program that starts Python; PyInstaller brings it."""
    return _python_part("pyinstaller")


@cache
def _installed() -> Mapping[Path, str]:
    """Each file of what pip installed, with the name of its distribution."""
    return {
        Path(str(part.locate_file(file))).resolve(): part.name.lower().replace("_", "-")
        for part in distributions()
        for file in part.files or ()
        if file.suffix != ".pyc"
    }


@cache
def _python_part(name: str) -> Component:
    part = distribution(name)
    said = part.metadata.get_all("License-Expression") or [""]
    licence = LICENCES.get(name) or said[0]
    if not licence:
        raise SystemExit(f"{name} does not say its licence as an expression; name it in {__file__}.")
    texts = tuple(_texts_of(part)) or (QT_LICENCES if licence == LGPL else ())
    return Component(name, part.version, licence, f"pkg:pypi/{name}@{part.version}", texts)


def _texts_of(part: Distribution) -> list[Path]:
    own = (file for file in part.files or () if file.parts[0].endswith(".dist-info"))
    return [Path(str(part.locate_file(file))) for file in own if {"licenses", "sboms"} & set(file.parts)]


@cache
def _qt() -> Component:
    from PySide6.QtCore import qVersion

    return Component(
        "qt", qVersion(), LGPL, f"pkg:generic/qt@{qVersion()}", (*QT_LICENCES, *sorted((TEXTS / "qt").iterdir()))
    )


def _icu(source: Path) -> Component:
    version = source.name.rpartition(".")[2] if source.suffix[1:].isdigit() else ""
    return Component("icu", version, "Unicode-3.0", f"pkg:generic/icu@{version}", (TEXTS / "qt" / "icu.txt",))


def _python_folders() -> list[Path]:
    """Where the interpreter's own files are, the library that it is made of too."""
    return [Path(place).resolve() for place in (sys.base_prefix, sysconfig.get_path("stdlib"))]


@cache
def _python() -> Component:
    version = ".".join(map(str, sys.version_info[:3]))
    short = ".".join(map(str, sys.version_info[:2]))
    texts = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",  # on Windows
        Path("/usr/share/doc") / f"python{short}" / "copyright",  # Debian's own Python
    )
    return Component("python", version, "PSF-2.0", f"pkg:generic/python@{version}", texts)


@cache
def _debian_package(source: Path) -> str:
    """The package of this system that the file belongs to; empty where there is none."""
    real = source.resolve()
    places = {str(place) for file in (source, real) for place in (file, Path(str(file).removeprefix("/usr")))}
    for place in sorted(places):
        try:
            done = subprocess.run(["dpkg", "-S", place], capture_output=True, text=True, check=False)
        except OSError:
            return ""
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return ""


@cache
def _debian(package: str) -> Component:
    command = ["dpkg-query", "-W", "-f", "${Version}\n", package]
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[0]
    text = Path("/usr/share/doc") / package / "copyright"
    return Component(package, version, "", f"pkg:deb/debian/{package}@{version}", (text,))
