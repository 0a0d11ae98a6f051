"""The source of the Windows Installer package; compiled, and installed under Wine, where these are. Not on Windows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.package.packaged import ROOT, needs

# By it Windows knows older versions: one that is installed under another is neither upgraded nor removed.
UPGRADE_CODE = "{5B1C2A54-7F0E-4C43-9D0A-0A6F5C1F8E21}"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def _source(folder: Path, version: str, out: Path) -> ET.Element:
    icon = out.parent / "program.ico"
    icon.write_bytes(b"\0\0\1\0\0\0")
    command: list[str | Path] = [
        sys.executable,
        ROOT / "packaging" / "msi.py",
        "--folder",
        folder,
        "--version",
        version,
    ]
    done = subprocess.run([*command, "--icon", icon, "--out", out], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return ET.fromstring(out.read_bytes())  # noqa: S314 - written by us


def _components(wix: ET.Element) -> dict[str, str]:
    """Each file by its place in the folder, with the GUID that Windows counts it by."""
    return dict(_below(next(one for one in wix.iter(f"{WIX}Directory") if one.get("Id") == "INSTALLDIR"), ""))


def _below(directory: ET.Element, place: str) -> Iterator[tuple[str, str]]:
    for component in directory.findall(f"{WIX}Component"):
        yield place + str(component[0].get("Name")), str(component.get("Guid"))
    for inner in directory.findall(f"{WIX}Directory"):
        yield from _below(inner, f"{place}{inner.get('Name')}/")


def test_every_file_is_one_component_of_the_one_feature(stand_in: Path, tmp_path: Path) -> None:
    wix = _source(stand_in, "1.0.0", tmp_path / "a.wxs")
    files = {file.relative_to(stand_in).as_posix() for file in stand_in.rglob("*") if file.is_file()}
    guids = _components(wix)
    assert guids.keys() == files
    assert len(set(guids.values())) == len(files)
    referred = {one.get("Id") for one in wix.iter(f"{WIX}ComponentRef")}
    assert referred == {one.get("Id") for one in wix.iter(f"{WIX}Component")}


def test_a_new_version_keeps_the_upgrade_code_and_the_guid_of_each_place(stand_in: Path, tmp_path: Path) -> None:
    older = _source(stand_in, "1.0.0", tmp_path / "a.wxs")
    (stand_in / "_internal" / "another").write_text("new", encoding="utf-8")
    (stand_in / "_internal" / "rules" / "pack.yaml").write_text("id: changed\n", encoding="utf-8")
    newer = _source(stand_in, "1.0.1", tmp_path / "b.wxs")
    before, after = older[0], newer[0]
    assert before.get("UpgradeCode") == after.get("UpgradeCode") == UPGRADE_CODE
    assert before.get("Id") != after.get("Id")
    assert _components(older).items() <= _components(newer).items()


def test_the_guide_for_it_has_the_upgrade_code() -> None:
    guide = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    assert re.findall(r"upgrade code is `(.*?)`", guide) == [UPGRADE_CODE]


def test_the_same_folder_gives_the_same_source(stand_in: Path, tmp_path: Path) -> None:
    for name in ("a.wxs", "b.wxs"):
        _source(stand_in, "1.0.0", tmp_path / name)
    assert (tmp_path / "a.wxs").read_bytes() == (tmp_path / "b.wxs").read_bytes()


def _compiled(folder: Path, version: str, out: Path) -> Path:
    needs("wixl", "msiinfo")
    source, package = out / f"{version}.wxs", out / f"{version}.msi"
    _source(folder, version, source)
    command: list[str | Path] = ["wixl", "--arch", "x64", "--output", package, source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return package


def _table(package: Path, name: str) -> list[list[str]]:
    done = subprocess.run(["msiinfo", "export", package, name], capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()[3:]]


@pytest.fixture
def package(stand_in: Path, tmp_path: Path) -> Path:
    return _compiled(stand_in, "1.2.3", tmp_path)


def test_it_is_compiled_for_all_users_of_a_64_bit_computer(package: Path) -> None:
    properties = {row[0]: row[1] for row in _table(package, "Property")}
    assert (properties["ALLUSERS"], properties["ProductVersion"]) == ("1", "1.2.3")
    summary = subprocess.run(["msiinfo", "suminfo", package], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Template: x64;", summary, re.M)


def test_it_removes_what_is_older_and_refuses_to_go_back(package: Path) -> None:
    rows = {row[-1]: row for row in _table(package, "Upgrade")}
    older, newer = rows["WIX_UPGRADE_DETECTED"], rows["WIX_DOWNGRADE_DETECTED"]
    assert older[2] == newer[1] == "1.2.3"
    assert "RemoveExistingProducts" in {row[0] for row in _table(package, "InstallExecuteSequence")}
    assert any("WIX_DOWNGRADE_DETECTED" in cell for row in _table(package, "LaunchCondition") for cell in row)


def test_the_menu_opens_the_window_and_not_a_console(package: Path) -> None:
    (shortcut,) = _table(package, "Shortcut")
    files = {row[1]: row[2] for row in _table(package, "File")}
    assert files[shortcut[3]].endswith("ferpa-wizard-window.exe")
    assert shortcut[1] == "ProgramMenuFolder"


class Wine:
    """A Windows of Wine's own kind in a folder: enough to install in, and no proof for Windows itself."""

    def __init__(self, folder: Path) -> None:
        self._program = shutil.which("wine64") or "/usr/lib/wine/wine64"
        if not Path(self._program).exists():
            pytest.skip("not installed: wine64")
        needs("xvfb-run")
        self._environment = {**os.environ, "WINEPREFIX": str(folder), "WINEDEBUG": "-all"}
        self.disk = folder / "drive_c"
        self._run("wineboot", "--init")

    def msiexec(self, *words: str | Path) -> bool:
        """Whether it went well."""
        return self._run("msiexec", *words, "/qn").returncode == 0

    def end(self) -> None:
        """Stop what Wine keeps running in the background for this folder alone."""
        server = Path(self._program).resolve().with_name("wineserver")
        subprocess.run([server, "--kill"], env=self._environment, check=False)

    def listed(self) -> int:
        """How often the program stands among those that can be removed."""
        return self._run("uninstaller", "--list").stdout.count("|||FERPA Wizard")

    def installed(self) -> set[str]:
        top = self.disk / "Program Files" / "FERPA Wizard"
        return {file.relative_to(top).as_posix() for file in top.rglob("*") if file.is_file()}

    def _run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        command = ["xvfb-run", "-a", self._program, *words]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def wine(tmp_path: Path) -> Iterator[Wine]:
    folder = tmp_path / "wine"
    made = Wine(folder)
    yield made
    made.end()
    shutil.rmtree(folder)


@pytest.mark.long
def test_it_is_installed_upgraded_and_removed_under_wine_and_the_log_stays(
    wine: Wine, stand_in: Path, tmp_path: Path
) -> None:
    before = {file.relative_to(stand_in).as_posix() for file in stand_in.rglob("*") if file.is_file()}
    first = _compiled(stand_in, "1.0.0", tmp_path)
    assert wine.msiexec("/i", first)
    assert wine.installed() == before
    log = wine.disk / "users" / "Public" / "ledger.sqlite"
    log.write_bytes(b"sealed")

    (stand_in / "licences" / "LICENSE").unlink()
    (stand_in / "_internal" / "new").write_text("new", encoding="utf-8")
    after = before - {"licences/LICENSE"} | {"_internal/new"}
    second = _compiled(stand_in, "1.0.1", tmp_path)
    assert wine.msiexec("/i", second)
    assert (wine.installed(), wine.listed()) == (after, 1)

    assert not wine.msiexec("/i", first), "an older version was not refused"
    assert (wine.installed(), wine.listed()) == (after, 1)

    assert wine.msiexec("/x", second)
    assert (wine.installed(), wine.listed()) == (set(), 0)
    assert log.read_bytes() == b"sealed"
