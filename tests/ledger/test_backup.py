"""Backups are whole and checked, and a ledger that was put back goes on where it ended."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from ferpa_wizard.ledger.backup import backup
from ferpa_wizard.ledger.errors import (
    ExportFailed,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerGone,
    LedgerMissing,
    NotRestored,
)
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.restore import restore_from_file, restore_from_share
from ferpa_wizard.ledger.verify import verify
from tests.ledger.desks import Desk, District, kinds, later, rewritten, rows
from tests.ledger.samples import COUNT, NOW, PACK_SHA256, Check, Tamper, record
from tests.ledger.test_verifier import HALF_WRITTEN


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _as_home(backup_file: Path, home: Path) -> Path:
    home.mkdir()
    shutil.copyfile(backup_file, home / "ledger.sqlite")
    return home


# --- backup ------------------------------------------------------------------------------------------


def test_a_backup_holds_the_same_and_holds(home: Path, place: Path, tmp_path: Path, check: Check) -> None:
    made = backup(home, place / "monday.sqlite", now=NOW)
    assert (made.path, made.count, _names(place)) == (place / "monday.sqlite", COUNT, ["monday.sqlite"])
    copy = _as_home(made.path, tmp_path / "copy")
    assert rows(copy) == rows(home)
    assert check(at=copy).holds
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600 or os.name != "posix"


def test_in_a_folder_the_newest_stay(home: Path, place: Path) -> None:
    made = [backup(home, place, now=NOW + timedelta(days=day), keep=3) for day in range(5)]
    assert _names(place) == [f"ledger-2026-11-{day}-105200.sqlite" for day in (26, 27, 28)]
    assert [one.deleted for one in made] == [0, 0, 0, 1, 1]


def test_a_clock_that_was_ahead_does_not_cost_the_backup_just_made(home: Path, place: Path) -> None:
    for _ in range(2):
        backup(home, place, now=NOW + timedelta(days=4000), keep=2)
    made = backup(home, place, now=NOW, keep=1)
    assert _names(place) == [made.path.name]


def test_only_backups_of_this_ledger_are_deleted(home: Path, place: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with Ledger.open(other, now=NOW) as ledger:
        ledger.append("decision", record(), at=NOW)
    theirs = backup(other, place, now=NOW - timedelta(days=9)).path
    (place / "ledger-2020-01-01-000000.sqlite").write_text("a diary with an odd name")
    (place / "ledger-2020.sqlite").write_text("a diary")
    *_, newest = (backup(home, place, now=NOW + timedelta(days=day), keep=1).path for day in range(3))
    assert set(_names(place)) == {theirs.name, newest.name, "ledger-2020-01-01-000000.sqlite", "ledger-2020.sqlite"}


def test_the_backups_of_another_desk_in_the_folder_cost_none_of_this_one(
    home: Path, place: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    with Ledger.open(other, now=NOW) as ledger:
        ledger.append("decision", record(), at=NOW)
    first = backup(home, place, now=NOW, keep=2).path
    for day in (1, 2):
        backup(other, place, now=NOW + timedelta(days=day), keep=2)
    second = backup(home, place, now=NOW + timedelta(days=3), keep=2)
    assert (second.deleted, first.exists()) == (0, True)


def test_a_former_backup_is_replaced_and_nothing_else_is(home: Path, place: Path, tmp_path: Path) -> None:
    out = backup(home, place / "ledger.bak", now=NOW).path
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("decision", record(), at=NOW)
    assert backup(home, out, now=NOW).count == COUNT + 1
    diary = place / "diary.txt"
    diary.write_text("Dear diary")
    other = Desk(tmp_path / "other", tmp_path, "other")
    other.seal(1)
    for taken, of in ((diary, home), (out, other.home), (home / "ledger.sqlite", home), (home / "ledger.lock", home)):
        before = taken.read_bytes()
        with pytest.raises(ExportFailed):
            backup(of, taken, now=NOW)
        assert taken.read_bytes() == before
    assert _names(place) == ["diary.txt", "ledger.bak"]


def test_a_ledger_that_does_not_hold_takes_no_good_backup_away(home: Path, place: Path, tampering: Tamper) -> None:
    good = backup(home, place, now=NOW).path
    with tampering() as connection:
        connection.execute("UPDATE bodies SET body = x'7b7d' WHERE sequence = 4")
    with pytest.raises(LedgerDamaged):
        backup(home, place, now=NOW + timedelta(days=1), keep=1)
    with pytest.raises(LedgerDamaged):
        backup(home, good, now=NOW)
    assert _names(place) == [good.name]
    assert verify(_as_home(good, place / "copy")).holds


def test_without_a_ledger_or_a_place_nothing_is_made(home: Path, place: Path, tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        backup(tmp_path / "nowhere", place, now=NOW)
    with pytest.raises(ExportFailed):
        backup(home, tmp_path / "no" / "such" / "folder.sqlite", now=NOW)
    assert _names(place) == []


def test_what_a_killed_backup_left_is_swept_up(home: Path, place: Path) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        left = place / f".{ledger.installation}.part"
    left.mkdir()
    (left / "ledger.sqlite").write_bytes(b"half")
    made = backup(home, place, now=NOW)
    assert _names(place) == [made.path.name]


def test_backups_while_decisions_are_sealed_are_all_whole(home: Path, place: Path) -> None:
    stop = threading.Event()

    def seal() -> None:
        with Ledger.open(home, now=NOW) as ledger:
            while not stop.is_set():
                ledger.append("decision", record(), at=NOW)

    thread = threading.Thread(target=seal)
    thread.start()
    try:
        counts = [backup(home, place, now=NOW + timedelta(seconds=n)).count for n in range(6)]
    finally:
        stop.set()
        thread.join()
    assert counts == sorted(counts)
    assert verify(home).count > counts[0]


# --- restore from a backup ---------------------------------------------------------------------------


def test_a_restored_ledger_goes_on_with_the_same_chain(home: Path, place: Path, tmp_path: Path, check: Check) -> None:
    made = backup(home, place, now=NOW)
    new = tmp_path / "new machine"
    assert restore_from_file(new, made.path, now=NOW).count == COUNT
    assert rows(new) == rows(home)
    with Ledger.open(home, now=NOW) as old, Ledger.open(new, now=NOW) as ledger:
        assert ledger.installation == old.installation
        assert ledger.append("decision", record(), at=NOW).sequence == COUNT + 1
    assert check(at=new).count == COUNT + 1
    assert stat.S_IMODE((new / "ledger.sqlite").stat().st_mode) == 0o600 or os.name != "posix"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a matter of POSIX")
def test_a_ledger_that_has_gone_is_put_back_and_an_old_journal_is_not_played_into_it(
    home: Path, place: Path, tmp_path: Path, check: Check
) -> None:
    killed = shutil.copytree(home, tmp_path / "killed")
    statements = [f"CREATE TABLE t{n} AS SELECT randomblob(9000) AS a" for n in range(20)]
    command = [sys.executable, "-c", HALF_WRITTEN, str(killed / "ledger.sqlite"), *statements]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("note", {"words": "x" * 50_000}, at=NOW)
    made = backup(home, place, now=NOW)
    (home / "ledger.sqlite").unlink()
    shutil.copyfile(killed / "ledger.sqlite-journal", home / "ledger.sqlite-journal")
    with pytest.raises(LedgerGone):
        Ledger.open(home, now=NOW)
    restore_from_file(home, made.path, now=NOW)
    assert check().count == COUNT + 1
    assert [name for name in _names(home) if "journal" in name or "part" in name] == []


def test_a_ledger_that_is_there_is_not_replaced(home: Path, place: Path) -> None:
    made = backup(home, place, now=NOW)
    before = (home / "ledger.sqlite").read_bytes()
    with pytest.raises(NotRestored):
        restore_from_file(home, made.path, now=NOW)
    (home / "ledger.sqlite").write_bytes(b"")
    with pytest.raises(NotRestored):
        restore_from_file(home, made.path, now=NOW)
    assert ((home / "ledger.sqlite").read_bytes(), len(before) > 0) == (b"", True)


def test_the_ledger_of_another_desk_is_not_put_where_one_was_kept(home: Path, district: District) -> None:
    desk = district.desk("north")
    (home / "ledger.sqlite").unlink()
    with pytest.raises(NotRestored):
        restore_from_file(home, desk.home / "ledger.sqlite", now=NOW)
    with pytest.raises(NotRestored):
        restore_from_share(home, district.share, desk="north", now=NOW)
    (home / "ledger.lock").unlink()
    restore_from_file(home, desk.home / "ledger.sqlite", now=NOW)
    assert rows(home) == desk.rows()


@pytest.mark.parametrize("spoil", ["cut", "edit", "empty", "text"])
def test_a_backup_that_does_not_hold_is_not_put_in_place(home: Path, tmp_path: Path, spoil: str) -> None:
    file = tmp_path / "spoiled.sqlite"
    data = (home / "ledger.sqlite").read_bytes()
    spoiled = {
        "cut": data[: len(data) // 2],
        "edit": data.replace(b"Request 4", b"Request 5"),
        "empty": b"",
        "text": b"Dear diary, " * 20,
    }
    file.write_bytes(spoiled[spoil])
    with pytest.raises(LedgerError):
        restore_from_file(tmp_path / "new", file, now=NOW)
    assert not (tmp_path / "new" / "ledger.sqlite").exists()
    assert restore_from_file(tmp_path / "new", home / "ledger.sqlite", now=NOW).count == COUNT


def test_a_newer_or_foreign_file_is_refused(home: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    with closing(sqlite3.connect(foreign)) as connection, connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(LedgerForeign):
        restore_from_file(tmp_path / "new", foreign, now=NOW)
    with pytest.raises(LedgerMissing):
        restore_from_file(tmp_path / "new", tmp_path / "nothing", now=NOW)


# --- restore from the share --------------------------------------------------------------------------


def test_a_wiped_desk_is_put_back_from_the_share_and_goes_on(district: District) -> None:
    desk, _ = district.desk("north", 3), district.desk("south", 1)
    desk.purge(2)
    desk.push()
    district.pull()
    before = desk.rows()
    shutil.rmtree(desk.home)
    assert restore_from_share(desk.home, district.share, desk="north", now=NOW).count == 4
    assert desk.rows() == before
    with Ledger.open(desk.home, now=NOW) as ledger:
        assert ledger.pack(PACK_SHA256)
    desk.seal(2)
    assert desk.push().added == 2
    found = district.pull()["north"]
    assert (found.faults, found.new) == ((), 2)
    assert verify(district.copy(desk)) == verify(desk.home)


def test_the_desk_is_the_one_that_was_kept_there_or_the_only_one_or_named(district: District, tmp_path: Path) -> None:
    north = district.desk("north")
    assert restore_from_share(tmp_path / "only", district.share, desk="", now=NOW).count == 3
    twin = district.desk("twin", 2)
    twin.name = "north"
    twin.push()
    for wanted in ("", "north", "nobody"):
        with pytest.raises(NotRestored) as refused:
            restore_from_share(tmp_path / "unclear", district.share, desk=wanted, now=NOW)
        assert north.installation in str(refused.value) and twin.installation in str(refused.value)
    restore_from_share(tmp_path / "chosen", district.share, desk=twin.installation, now=NOW)
    assert rows(tmp_path / "chosen") == twin.rows()
    (north.home / "ledger.sqlite").unlink()
    restore_from_share(north.home, district.share, desk="", now=NOW)
    assert verify(north.home).count == 3


def test_an_old_backup_leads_to_the_share_and_from_there_on(district: District, tmp_path: Path) -> None:
    desk = district.desk("north")
    old = backup(desk.home, tmp_path / "old.sqlite", now=NOW).path
    desk.seal(2)
    desk.push()
    complete = desk.rows()
    shutil.rmtree(desk.home)
    restore_from_file(desk.home, old, now=NOW)
    desk.seal(1)
    with pytest.raises(LedgerError):
        desk.push()
    assert kinds(district.pull()["north"]) == ["rewind"]
    (desk.home / "ledger.sqlite").rename(tmp_path / "kept.sqlite")
    restore_from_share(desk.home, district.share, desk="", now=NOW)
    assert desk.rows() == complete
    desk.seal(1)
    assert desk.push(at=later(1)).added == 1
    assert district.pull(at=later(1))["north"].faults == ()


@pytest.mark.parametrize("spoil", ["gap", "cut", "rules", "nothing"])
def test_a_share_that_is_not_whole_gives_no_ledger(district: District, tmp_path: Path, spoil: str) -> None:
    desk = district.desk("north")
    desk.seal(2)
    desk.push()
    first, last = desk.folder.segments()
    if spoil == "gap":
        last.path.unlink()
    elif spoil == "cut":
        rewritten(first.path, lambda data: data[:-9])
    elif spoil == "rules":
        desk.folder.pack_path(PACK_SHA256).unlink()
    else:
        shutil.rmtree(desk.folder.path)
        desk.folder.path.mkdir()
    with pytest.raises(NotRestored):
        restore_from_share(tmp_path / "new", district.share, desk=desk.installation, now=NOW)
    assert not (tmp_path / "new" / "ledger.sqlite").exists()
