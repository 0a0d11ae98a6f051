"""What lies in the packaged program: known parts with their licences, and nothing of the machine that built it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import pytest

from tests.package.packaged import ROOT, builders_places, needs

pytestmark = pytest.mark.long
MOST_BYTES = 200_000_000
ELF = b"\x7fELF"


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_it_is_small_enough(folder: Path) -> None:
    assert sum(file.stat().st_size for file in _files(folder) if not file.is_symlink()) <= MOST_BYTES


def test_the_list_of_hashes_names_every_file_as_it_is(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {file.relative_to(folder).as_posix(): file for file in _files(folder)}
    assert listed.keys() == found.keys() - {"SHA256SUMS", "build.json"}
    for name, digest in listed.items():
        with found[name].open("rb") as stream:
            assert file_digest(stream, "sha256").hexdigest() == digest, name


def test_the_statement_holds_the_hash_of_the_hashes(folder: Path) -> None:
    said = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    assert said["sha256_of_sha256sums"] == sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
    assert {"commit", "source_date", "python", "qt", "pyinstaller"} <= said.keys()


def test_no_file_holds_a_place_of_the_machine_that_built_it(folder: Path) -> None:
    places = [str(place).encode() for place in (ROOT, *builders_places())]
    texts = {file.relative_to(folder).as_posix(): file.read_bytes() for file in _files(folder) if not _of_python(file)}
    assert [name for name, data in texts.items() if any(place in data for place in places)] == []
    assert [name for name, code in _compiled(folder) if any(place in code for place in places)] == []


def _of_python(file: Path) -> bool:
    """The interpreter and its parts, taken as they are: they may keep where they were installed."""
    return file.name.startswith("libpython3") or file.parent.name == "lib-dynload"


def _compiled(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each module inside the program's file, which keeps them compressed."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(folder / "ferpa-wizard")).open_embedded_archive("PYZ.pyz")
    assert "ferpa_wizard.paths" in archive.toc
    yield from ((name, archive.extract(name, raw=True) or b"") for name in archive.toc)


def _components(folder: Path) -> list[dict[str, Any]]:
    listed = json.loads((folder / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    return [listed["metadata"]["component"], *listed["components"]]


def test_every_component_has_a_licence_text(folder: Path) -> None:
    for component in _components(folder):
        texts = [file for file in (folder / "licences" / component["name"]).iterdir() if file.stat().st_size > 400]
        assert texts, component["name"]
        assert component["licenses"]


def test_qt_and_python_are_components_with_their_versions(folder: Path) -> None:
    said = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    versions = {component["name"]: component.get("version") for component in _components(folder)}
    assert (versions["qt"], versions["python"]) == (said["qt"], said["python"])


def test_every_link_leads_to_a_file_inside(folder: Path) -> None:
    for link in filter(Path.is_symlink, folder.rglob("*")):
        assert link.resolve(strict=True).is_relative_to(folder.resolve()), link


def test_every_library_belongs_to_a_component(folder: Path, makers: Path) -> None:
    import components
    import contents

    names = {component["name"] for component in _components(folder)}
    parts = contents.read(ROOT / "build" / "contents.json")
    libraries = [part for part in parts if part[2] in {"BINARY", "EXTENSION"}]
    assert len(libraries) > 50
    assert {component.name for component in components.named(libraries)} <= names


def _needed(folder: Path) -> Iterator[tuple[str, str]]:
    """Each version of the C library that a file asks for, and the file."""
    for file in _files(folder):
        with file.open("rb") as stream:
            if stream.read(4) != ELF:
                continue
        told = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True).stdout
        yield from ((version, file.name) for version in re.findall(r"\bGLIBC_([\d.]+)", told))


def test_no_file_needs_a_newer_c_library_than_the_documented_one(folder: Path) -> None:
    needs("objdump")
    depends = (ROOT / "packaging" / "deb" / "depends").read_text(encoding="utf-8")
    floor = re.search(r"^libc6 \(>= ([\d.]+)\)$", depends, re.M)
    assert floor
    assert f"glibc {floor[1]}" in (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    needed = list(_needed(folder))
    assert needed
    assert [(version, name) for version, name in needed if _order(version) > _order(floor[1])] == []


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
