"""Every way in which a ledger cannot be opened or written, and that nothing is harmed by it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.ledger.errors import (
    DiskFull,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
    LedgerReadOnly,
)
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.turns import turn
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import COUNT, NOW, Check, reopened

as_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")


def untouched(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}


def spoil_empty(file: Path) -> None:
    file.write_bytes(b"")


def spoil_text(file: Path) -> None:
    file.write_text("Dear diary, " * 50)


def spoil_foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def spoil_foreign_wal(file: Path) -> None:
    spoil_foreign(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def spoil_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 2")


def spoil_older(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 0")


def spoil_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def spoil_start(file: Path) -> None:
    file.write_bytes(bytes(100) + file.read_bytes()[100:])


def spoil_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:60])


def spoil_schema(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[100:4096] = os.urandom(3996)
    file.write_bytes(data)


def spoil_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (spoil_empty, LedgerDamaged),
        (spoil_text, LedgerForeign),
        (spoil_foreign, LedgerForeign),
        (spoil_foreign_wal, LedgerForeign),
        (spoil_newer, LedgerNewer),
        (spoil_older, LedgerDamaged),
        (spoil_half, LedgerDamaged),
        (spoil_start, LedgerForeign),
        (spoil_short, LedgerForeign),
        (spoil_schema, LedgerDamaged),
        (spoil_folder, LedgerForeign),
    ],
)
@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_that_is_no_healthy_ledger_is_refused_without_a_byte_written(
    home: Path, check: Check, spoil: object, error: type[LedgerError], readonly: bool
) -> None:
    spoil(home / "ledger.sqlite")  # type: ignore[operator]
    before = untouched(home)
    with pytest.raises(error) as caught, reopened(home, readonly=readonly) as ledger:
        list(ledger.every())
    assert type(caught.value) is error
    assert str(home / "ledger.sqlite") in str(caught.value)
    verdict = check()
    assert not verdict.holds
    assert str(home / "ledger.sqlite") in verdict.says
    assert untouched(home) == before


def test_there_is_nothing_to_read_in_a_home_without_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        reopened(tmp_path, readonly=True)
    assert verify(tmp_path).outcome == "cannot-read"
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(LedgerError):
        reopened(tmp_path / "home")


# --- what cannot be written -----------------------------------------------------------------------


def test_a_ledger_opened_for_reading_refuses_to_append(home: Path) -> None:
    with reopened(home, readonly=True) as ledger:
        assert isinstance(ledger.blocked, LedgerReadOnly)
        assert ledger.count() == COUNT
        with pytest.raises(LedgerReadOnly):
            ledger.append("note", {}, at=NOW)


READING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.errors import LedgerReadOnly
from ferpa_wizard.ledger.verify import verify
home, user = Path(sys.argv[1]), int(sys.argv[2])
if user:
    import os
    os.setgid(user)
    os.setuid(user)
with Ledger.open(home, now=datetime.now(UTC)) as ledger:
    assert isinstance(ledger.blocked, LedgerReadOnly), ledger.blocked
    assert ledger.count() == 9
    try:
        ledger.append("note", {}, at=datetime.now(UTC))
    except LedgerReadOnly:
        print("refused")
assert verify(home).holds
print("verified")
"""
NOBODY = 65534


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_only_be_read_is_read(home: Path, what: str) -> None:
    root = os.geteuid() == 0
    closed = [folder for folder in home.parents if not folder.stat().st_mode & 0o001] if root else []
    modes = {folder: folder.stat().st_mode for folder in closed}
    for folder in closed:  # nobody has to come as far as the ledger
        folder.chmod(0o755)
    for path in home.iterdir():
        path.chmod(0o444 if what == "file" else 0o666)
    home.chmod(0o777 if what == "file" else 0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", READING, str(home), str(NOBODY if root else 0)],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    finally:
        for folder, mode in modes.items():
            folder.chmod(stat.S_IMODE(mode))
        home.chmod(0o700)
    assert done.stdout.split() == ["refused", "verified"], done.stderr


@as_root
def test_a_ledger_cannot_be_made_in_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(LedgerReadOnly):
            reopened(tmp_path / "home")
    finally:
        tmp_path.chmod(0o700)


def test_another_process_that_writes_keeps_us_out_and_lets_us_in_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ferpa_wizard.ledger.file.WAIT_SECONDS", 0.05)
    with reopened(home) as ledger:
        # flock belongs to the open file, so that a second one stands for a second process.
        with turn(home / "ledger.lock", about=ledger.file, wait=0):
            with pytest.raises(LedgerLocked):
                ledger.append("note", {}, at=NOW)
            assert ledger.count() == COUNT
        assert ledger.append("note", {}, at=NOW).sequence == COUNT + 1


def test_a_foreign_lock_inside_sqlite_is_told_and_nothing_is_written(home: Path) -> None:
    with reopened(home) as ledger, closing(sqlite3.connect(ledger.file, isolation_level=None)) as other:
        ledger._connection.execute("PRAGMA busy_timeout = 20")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerLocked):
            ledger.append("note", {}, at=NOW)
        other.execute("ROLLBACK")
        assert ledger.append("note", {}, at=NOW).sequence == COUNT + 1


def test_two_open_ledgers_continue_one_chain(home: Path, check: Check) -> None:
    with reopened(home) as one, reopened(home) as two:
        sequences = [ledger.append("note", {}, at=NOW).sequence for ledger in (one, two, two, one)]
    assert sequences == [10, 11, 12, 13]
    assert check().count == 13


def test_a_full_disk_keeps_what_was_sealed(fresh: Ledger, check: Check) -> None:
    (pages,) = fresh._connection.execute("PRAGMA page_count").fetchone()
    fresh._connection.execute(f"PRAGMA max_page_count = {pages + 8}")
    sealed: list[Entry] = []

    def until_full() -> None:
        while len(sealed) < 100:
            sealed.append(fresh.append("note", {"words": "x" * 3000}, at=NOW))

    with pytest.raises(DiskFull) as caught:
        until_full()
    assert str(fresh.file) in str(caught.value)
    assert [entry.seal for entry in fresh.every()] == [entry.seal for entry in sealed]
    assert check(at=fresh.file.parent).count == len(sealed) > 0
    fresh._connection.execute("PRAGMA max_page_count = 100000")
    assert fresh.append("note", {}, at=NOW).sequence == len(sealed) + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET kind = 'note' WHERE sequence = 1",
        "UPDATE OR REPLACE entries SET sequence = 2 WHERE sequence = 1",
        "DELETE FROM entries WHERE sequence = 9",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT sequence, 'note', time, header FROM entries WHERE sequence = 1",
        "REPLACE INTO entries SELECT 9, kind, time, header FROM entries WHERE sequence = 1",
        "INSERT INTO entries SELECT 11, kind, time, header FROM entries WHERE sequence = 1",
        "INSERT INTO entries (kind, time, header) SELECT kind, time, header FROM entries WHERE sequence = 1",
        "INSERT INTO entries SELECT * FROM entries WHERE sequence = 1 ON CONFLICT DO UPDATE SET kind = 'note'",
        "UPDATE bodies SET body = x'7b7d' WHERE sequence = 1",
        "DELETE FROM bodies WHERE sequence = 1",
        "REPLACE INTO bodies SELECT 1, salt, body FROM bodies WHERE sequence = 2",
        "INSERT INTO bodies SELECT 3, salt, body FROM bodies WHERE sequence = 2",
        "UPDATE packs SET content = x'00'",
        "DELETE FROM packs",
        "REPLACE INTO packs SELECT sha256, x'00' FROM packs",
        "UPDATE meta SET value = '2'",
        "DELETE FROM meta",
        "REPLACE INTO meta VALUES ('installation', '0')",
    ],
)  # fmt: skip
def test_the_guards_refuse_mistakes(home: Path, check: Check, statement: str) -> None:
    with (
        closing(sqlite3.connect(home / "ledger.sqlite", isolation_level=None)) as connection,
        pytest.raises(sqlite3.IntegrityError),
    ):
        connection.execute(statement)
    assert check().holds
