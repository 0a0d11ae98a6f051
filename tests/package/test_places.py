"""The packaged program works where packaged programs often do not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import pytest

from tests.package.packaged import BARE, assert_passed, builders_places, run, run_in_own_mounts

pytestmark = pytest.mark.long
SELF_TEST = ("self-test", "--json")


@pytest.fixture(scope="module")
def away(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy in a folder that has spaces, accents and other scripts in its name."""
    place = tmp_path_factory.mktemp("place") / "Program Files é 学校" / "ferpa wizard"
    shutil.copytree(folder, place, symlinks=True)
    yield place
    shutil.rmtree(place)


def test_a_folder_with_spaces_and_other_scripts_in_its_name(away: Path) -> None:
    assert_passed(run([away / "ferpa-wizard", *SELF_TEST]))


def assert_passes_with_temporary(folder: Path, away: Path, steps: str) -> None:
    """The self-test passes where these steps made its folder for temporary files."""
    environment = {**BARE, "TMPDIR": str(folder)}
    assert_passed(run_in_own_mounts(steps, [away / "ferpa-wizard", *SELF_TEST], environment=environment))


def test_without_path_home_or_the_python_that_built_it(away: Path) -> None:
    gone = "\n".join(f"mount -t tmpfs -o size=4k none {quote(str(place))}" for place in builders_places())
    assert_passed(run_in_own_mounts(gone, [away / "ferpa-wizard", *SELF_TEST]))


def test_a_folder_that_cannot_be_written(away: Path) -> None:
    place = quote(str(away))
    readonly = f"mount --bind {place} {place}\nmount -o remount,bind,ro {place}"
    held = f"if touch {place}/made 2>/dev/null; then echo 'the folder can be written'; exit 9; fi"
    assert_passed(run_in_own_mounts(f"{readonly}\n{held}", [away / "ferpa-wizard", *SELF_TEST]))


def test_a_temporary_folder_that_may_not_run_programs(away: Path, tmp_path: Path) -> None:
    assert_passes_with_temporary(tmp_path, away, f"mount -t tmpfs -o noexec,size=64m none {tmp_path}")


def test_a_temporary_folder_that_is_full(away: Path, tmp_path: Path) -> None:
    steps = f"mount -t tmpfs -o size=64k none {tmp_path}\ncat /dev/zero >{tmp_path}/all 2>/dev/null || true"
    assert_passes_with_temporary(tmp_path, away, steps)
