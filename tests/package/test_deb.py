"""The Debian package is installed, used by an ordinary user, upgraded and removed; the log stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.package import debian
from tests.package.packaged import ROOT, Done, assert_passed, needs

HOME = Path("/home") / debian.USER / "kept"
RULES = Path("/opt/ferpa-wizard/_internal/rules")
SEAL = ("decide", str(RULES / "examples/first-run.yaml"), "--profile", str(RULES / "profiles/example.yaml"))


def _package(folder: Path, version: str, out: Path) -> Path:
    words: list[str | Path] = ["--folder", folder, "--version", version, "--out", out]
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "deb.py", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_the_same_folder_gives_the_same_package(stand_in: Path, tmp_path: Path) -> None:
    needs("dpkg-deb")
    copied = tmp_path / "copied long ago by somebody with another mask"
    shutil.copytree(stand_in, copied)
    for file in copied.rglob("*"):
        file.chmod(0o700 if file.is_dir() or os.access(file, os.X_OK) else 0o600)
        os.utime(file, (1, 1))
    first, second = _package(stand_in, "1.0.0", tmp_path / "a"), _package(copied, "1.0.0", tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_everything_belongs_to_root_and_nobody_else_may_write(stand_in: Path, tmp_path: Path) -> None:
    needs("dpkg-deb")
    for file in stand_in.rglob("*"):
        file.chmod(0o777)
    package = _package(stand_in, "1.0.0", tmp_path / "out")
    listed = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout.splitlines()
    rights = [line.split()[:2] for line in listed if not line.startswith("l")]
    assert {owner for _, owner in rights} == {"root/root"}
    assert {mode for mode, _ in rights} <= {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"}


def test_no_package_is_made_of_an_empty_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "deb.py", "--folder", tmp_path, "--out", tmp_path / "out"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "root"
    debian.fresh(place)
    yield place
    subprocess.run(["rm", "-rf", place], check=True)


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """A screen outside that system, which its programs reach by a file alone."""
    needs("Xvfb")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                yield {"DISPLAY": f":{told.readline().strip()}"}
        finally:
            server.terminate()


def _dpkg(root: Path, *words: str) -> None:
    done = debian.inside(root, ["dpkg", *words])
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def _program(root: Path, *words: str, environment: dict[str, str] | None = None) -> Done:
    return debian.inside(root, ["ferpa-wizard", *words], user=debian.USER, environment=environment)


def _install(root: Path, package: Path) -> None:
    shutil.copy(package, root / "package.deb")
    _dpkg(root, "--install", "/package.deb")


def _installed(root: Path) -> list[Path]:
    """Each file that the package put there, as dpkg remembers it."""
    listed = debian.inside(root, ["dpkg", "--listfiles", "ferpa-wizard"]).stdout.splitlines()
    files = [file for file in (root / name.lstrip("/") for name in listed) if file.is_symlink() or file.is_file()]
    assert len(files) > 100
    return files


@pytest.mark.long
def test_it_is_installed_used_upgraded_and_removed_and_the_log_stays(folder: Path, root: Path, tmp_path: Path) -> None:
    _install(root, _package(folder, "1.0.0", tmp_path))
    assert_passed(_program(root, "self-test", "--json"))
    with _screen() as environment:
        on_screen = _program(root, "self-test", "--json", environment=environment)
    assert_passed(on_screen)
    assert "opened on xcb" in on_screen.stdout
    sealed = _program(root, "--home", str(HOME), *SEAL, "--seal", "share-after-steps")
    ledger = root / HOME.relative_to("/") / "ledger.sqlite"
    assert ledger.exists(), f"{sealed.stdout}\n{sealed.stderr}"

    newer = tmp_path / "newer"
    shutil.copytree(folder, newer, symlinks=True)
    (newer / "only in the new one").write_text("new", encoding="utf-8")
    (newer / "licences" / "replacing-qt.md").unlink()
    _install(root, _package(newer, "1.0.1", tmp_path))
    shutil.rmtree(newer)
    assert (root / "opt/ferpa-wizard/only in the new one").exists()
    assert not (root / "opt/ferpa-wizard/licences/replacing-qt.md").exists()
    assert_passed(_program(root, "self-test", "--json"))
    assert _program(root, "--home", str(HOME), "log", "verify").returncode == 0

    before, installed = ledger.read_bytes(), _installed(root)
    _dpkg(root, "--purge", "ferpa-wizard")
    assert [file for file in installed if file.is_symlink() or file.is_file()] == []
    assert not (root / "opt/ferpa-wizard").exists()
    assert ledger.read_bytes() == before


@pytest.mark.long
def test_every_library_that_a_file_asks_for_is_there(folder: Path, root: Path, tmp_path: Path) -> None:
    _install(root, _package(folder, "1.0.0", tmp_path))
    only_where_wanted = ("libcups.so", "libwayland-")  # recommended, not needed: printing, and screens without X
    script = "find /opt/ferpa-wizard -type f | xargs ldd 2>/dev/null"
    environment = {"LD_LIBRARY_PATH": "/opt/ferpa-wizard/_internal"}
    told = debian.inside(root, ["sh", "-c", script], environment=environment).stdout
    assert "libQt6Core.so.6 => /opt/ferpa-wizard" in told
    missing = {line.split()[0] for line in told.splitlines() if line.endswith("not found")}
    assert {name for name in missing if not name.startswith(only_where_wanted)} == set()
