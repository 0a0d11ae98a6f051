"""Whenever a push, pull, backup or restore is killed, nothing is lost, nothing half is taken for whole, and it goes on."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ferpa_wizard.ledger.chains import chains
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from tests.ledger.desks import Desk, District, forget_the_disk, kinds, rows
from tests.ledger.killed import ACTS
from tests.ledger.samples import NOW, record
from tests.ledger.test_kills import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are a matter of POSIX")
KILLS = 8


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_the_disk(monkeypatch)
    monkeypatch.setattr("ferpa_wizard.ledger.push._SEGMENT_ENTRIES", 3)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A desk of eleven entries that pushed four, since then purged one of them, and an officer who saw the four."""
    folder = tmp_path / "base"
    folder.mkdir()
    district = District(folder)
    desk = district.desk("north", 4)
    district.pull()
    (folder / "backups").mkdir()
    desk.seal(3)
    desk.purge(2, 6)
    desk.seal(3)
    return folder


def _desk(folder: Path) -> Desk:
    return Desk(folder / "north", folder / "share", "north")


def _run(act: str, *pairs: object) -> list[int]:
    command = [sys.executable, "-m", "tests.ledger.killed", act, *map(str, pairs)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [int(line) for line in done.stdout.split()]


def _killed(act: str, base: Path) -> list[Path]:
    """Copies of the folder, in each of which the act was killed at another point."""
    whole = shutil.copytree(base, base.with_name("whole"))
    (calls,) = _run(act, 0, whole)
    chance = random.Random(act)
    points = sorted(chance.sample(range(1, calls), KILLS))
    folders = [shutil.copytree(base, base.with_name(f"killed-{point}")) for point in points]
    assert _run(act, *(part for pair in zip(points, folders, strict=True) for part in pair)) == []
    return folders


def _texts_of(rows_: list[tuple[object, ...]]) -> list[object]:
    """The headers, which no purge changes."""
    return [row[3] for row in rows_ if len(row) == 6]


def test_a_killed_push_leaves_only_whole_files_and_goes_on(base: Path) -> None:
    for folder in _killed("push", base):
        desk, district = _desk(folder), District(folder)
        found = district.pull("witness")["north"]
        # Entry 6 was purged before it was pushed: it is taken over together with its purge, entry 8.
        assert found.faults == () or (kinds(found), found.count) == (["broken"], 4)
        headers = _texts_of(desk.rows())
        assert _texts_of(rows(district.copy(desk, "witness"))) == headers[: found.count]
        assert found.count >= 4
        desk.push()
        for officer in ("witness", "officer", "late"):
            assert district.pull(officer)["north"].faults == ()
            assert rows(district.copy(desk, officer)) == desk.rows()
        assert list(folder.rglob("share/**/*.part")) == []


def test_a_killed_pull_leaves_a_copy_that_holds_and_goes_on(base: Path) -> None:
    _desk(base).push()
    for folder in _killed("pull", base):
        desk, district = _desk(folder), District(folder)
        assert verify(district.copy(desk)).holds
        assert [chain.home for chain in chains(folder / "officer")] == [district.copy(desk)]
        assert district.pull()["north"].faults == ()
        assert rows(district.copy(desk)) == desk.rows()


def test_a_killed_first_pull_goes_on_as_well(base: Path) -> None:
    _desk(base).push()
    shutil.rmtree(base / "officer")
    for folder in _killed("pull", base):
        desk, district = _desk(folder), District(folder)
        assert all(verify(chain.home).holds for chain in chains(folder / "officer"))
        assert district.pull()["north"].faults == ()
        assert rows(district.copy(desk)) == desk.rows()


def test_a_killed_backup_leaves_the_former_one_or_a_whole_one(base: Path, tmp_path: Path) -> None:
    ACTS["backup"](base)
    for backup in (base / "backups").iterdir():
        backup.rename(backup.with_name("ledger-2026-01-01-000000.sqlite"))
    for folder in _killed("backup", base):
        left = list((folder / "backups").glob("ledger*.sqlite"))
        assert left
        for number, backup in enumerate(left):
            copy = folder / f"copy-{number}"
            copy.mkdir()
            shutil.copyfile(backup, copy / "ledger.sqlite")
            assert rows(copy) == _desk(folder).rows()
        ACTS["backup"](folder)
        assert len(list((folder / "backups").iterdir())) == 1
        assert verify(folder / "north").holds


@pytest.mark.parametrize("act", ["restore", "restore-share"])
def test_a_killed_restore_leaves_nothing_or_all(base: Path, act: str) -> None:
    desk = _desk(base)
    desk.push()
    shutil.copyfile(base / "north" / "ledger.sqlite", base / "backups" / "old.sqlite")
    for folder in _killed(act, base):
        new = folder / "new"
        if not (new / "ledger.sqlite").exists():
            ACTS[act](folder)
        assert rows(new) == desk.rows()
        with Ledger.open(new, now=NOW) as ledger:
            ledger.append("decision", record(), at=NOW)
        assert verify(new).count == 12
