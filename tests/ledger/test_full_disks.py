"""What fails is told with its place and, on a full disk, with the room that is needed."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ferpa_wizard.ledger import backup as backing_up
from ferpa_wizard.ledger import push as pushing
from ferpa_wizard.ledger.backup import backup
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.errors import DiskFull, ExportFailed, FileNotSaved, LedgerError, LedgerReadOnly
from ferpa_wizard.ledger.export import as_lines, exporting
from ferpa_wizard.ledger.replacing import replacing
from tests.ledger.desks import District
from tests.ledger.samples import NOW

Raises = Callable[..., object]


def raising(error: Exception) -> Raises:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def full() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


def from_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("size", "needs", "room"), [(0, 0, "1 MB"), (2_500_000, 0, "5 MB"), (2_500_000, 7_000_001, "8 MB")]
)
def test_a_full_disk_says_how_much_room_is_needed(tmp_path: Path, size: int, needs: int, room: str) -> None:
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(bytes(size))
    says = str(DiskFull(file, needs=needs))
    assert str(file) in says
    assert room in says


def test_one_that_is_not_there_is_told_as_well(tmp_path: Path) -> None:
    assert "1 MB" in str(DiskFull(tmp_path / "nothing"))


def test_an_export_needs_twice_what_the_log_takes(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (home / "ledger.sqlite").open("ab") as file:
        file.truncate(3_000_000)
    monkeypatch.setattr("ferpa_wizard.ledger.export.replacing", raising(full()))
    with pytest.raises(DiskFull) as caught:
        list(exporting([], tmp_path / "log.jsonl", as_lines, home=home))
    assert str(tmp_path / "log.jsonl") in str(caught.value)
    assert caught.value.needs == 6_000_000


@pytest.mark.parametrize(("code", "kind"), [(sqlite3.SQLITE_FULL, DiskFull), (sqlite3.SQLITE_IOERR, ExportFailed)])
def test_a_backup_that_cannot_be_written_names_its_own_place(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: type[LedgerError]
) -> None:
    out = tmp_path / "disk" / "copy.sqlite"
    out.parent.mkdir()
    monkeypatch.setattr(backing_up, "_copy", raising(from_sqlite(code)))
    with pytest.raises(kind) as caught:
        backup(home, out, now=NOW)
    assert str(out) in str(caught.value)
    assert list(out.parent.iterdir()) == []


def test_a_backup_whose_lock_cannot_be_made_names_the_home(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "turn", raising(OSError(errno.EROFS, "Read-only file system")))
    with pytest.raises(LedgerReadOnly) as caught:
        backup(home, tmp_path / "copy.sqlite", now=NOW)
    assert str(home) in str(caught.value)


def test_a_push_tells_a_fault_in_the_home_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    district = District(tmp_path)
    desk = district.desk("north", pushed=False)

    def refuse_home(path: Path) -> object:
        if path.parent == desk.home:
            raise OSError(errno.EIO, "Input/output error")
        return replacing(path)

    monkeypatch.setattr(pushing, "replacing", refuse_home)
    with pytest.raises(FileNotSaved) as caught:
        desk.push()
    assert str(desk.home) in str(caught.value)
    assert district.pull()["north"].count == 3


def test_a_draft_on_a_full_disk_says_how_much_room_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ferpa_wizard.ledger.drafts.replacing", raising(full()))
    draft = {"format": 1, "id": "d", "saved": "2026-11-24T10:52:00+00:00", "answers": {}, "words": "x" * 1_500_000}
    with pytest.raises(DiskFull) as caught:
        Drafts(tmp_path).save(draft)
    assert 1_500_000 < caught.value.needs < 2_000_000
