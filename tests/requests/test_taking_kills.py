"""Whenever taking a release is killed, the old one or the new one stands, and the next look ends it well."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ferpa_wizard.requests.kept import in_use, load_state
from ferpa_wizard.requests.rules import read_rules
from ferpa_wizard.requests.taking import take_newest
from tests.requests.releases import AT, FILES, everything, lay, sealed, source

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are a matter of POSIX")
ROOT = Path(__file__).parents[2]
NEW = {**FILES, "profile.yaml": FILES["profile.yaml"].replace(b"directory-limit: no", b"directory-limit: yes")}


def _run(*pairs: object) -> list[int]:
    command = [sys.executable, "-m", "tests.requests.killed_taking", *map(str, pairs)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [int(line) for line in done.stdout.split()]


def _answer(home: Path) -> object:
    return read_rules(home, None)[1].answers.get("directory-limit")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A home with release 5, and release 6 on the share."""
    folder = tmp_path / "base"
    lay(folder / "share", sealed(release=5))
    assert take_newest(folder / "home", source(folder / "share"), AT).release == 5
    shutil.rmtree(folder / "share")
    lay(folder / "share", sealed(NEW, release=6))
    return folder


def _killed_everywhere(base: Path) -> list[Path]:
    (calls,) = _run(0, shutil.copytree(base, base.with_name("whole")))
    points = range(1, calls + 1)
    folders = [shutil.copytree(base, base.with_name(f"killed-{point}")) for point in points]
    assert _run(*(part for pair in zip(points, folders, strict=True) for part in pair)) == []
    return folders


def test_a_kill_at_any_write_leaves_the_old_release_or_the_new_one(base: Path) -> None:
    seen = set()
    outside = everything(base / "share")
    for folder in _killed_everywhere(base):
        found = in_use(folder / "home")
        assert found is not None
        seen.add(found.release)
        assert _answer(folder / "home") == {5: "no", 6: "yes"}[found.release]
        assert load_state(folder / "home").release == found.release
        assert everything(folder / "share") == outside
        again = take_newest(folder / "home", source(folder / "share"), AT)
        assert (again.release, again.refused, _answer(folder / "home")) == (6, "", "yes")
        assert [path.name for path in (folder / "home" / "central").iterdir()] == ["6"]
    assert seen == {5, 6}


def test_a_kill_at_any_write_of_the_first_release_leaves_none_or_all(base: Path) -> None:
    shutil.rmtree(base / "home")
    seen = set()
    for folder in _killed_everywhere(base):
        found = in_use(folder / "home")
        seen.add(found.release if found else 0)
        assert _answer(folder / "home") == ("yes" if found else None)
        assert take_newest(folder / "home", source(folder / "share"), AT).release == 6
    assert seen == {0, 6}
