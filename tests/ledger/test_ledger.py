"""Appending and reading, and every way in which a ledger cannot be written."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import GENESIS, CanonicalError, Entry, EntryError, Header, parse
from ferpa_wizard.ledger import (
    DiskFull,
    Ledger,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerGone,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
    LedgerReadOnly,
    NoSuchEntry,
    verify,
)
from ferpa_wizard.ledger.turns import turn
from tests.ledger.samples import COUNT, NOW, PACK, PACK_SHA256, PURGED, Check, Tamper, record

as_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")


def reopened(home: Path, *, readonly: bool = False) -> Ledger:
    return Ledger.open(home, now=NOW, readonly=readonly)


# --- what is appended is read ---------------------------------------------------------------------


def test_a_fresh_home_gets_an_empty_ledger_that_holds(fresh: Ledger, check: Check) -> None:
    assert (fresh.count(), fresh.head(), fresh.entries(), fresh.blocked) == (0, GENESIS, [], None)
    assert check(at=fresh.file.parent).holds


def test_an_entry_is_returned_as_it_is_read_again(fresh: Ledger) -> None:
    at = datetime(2026, 12, 31, 22, 0, tzinfo=timezone(timedelta(hours=-5)))
    entry = fresh.append("decision", record(), at=at)
    assert entry.number == "2027-0001"
    assert entry.at == at
    assert entry.matches
    with reopened(fresh.file.parent) as again:
        assert again.get(1) == entry
        assert again.get("2027-0001").body == record()
        assert again.head() == entry.seal


def test_each_entry_carries_the_hash_of_the_one_before(fresh: Ledger) -> None:
    made = [fresh.append("note", {"n": n}, at=NOW) for n in range(3)]
    headers = [Header.decoded(entry.header) for entry in made]
    assert [header.sequence for header in headers] == [1, 2, 3]
    assert [header.previous for header in headers] == [GENESIS, made[0].seal, made[1].seal]
    assert len({header.installation for header in headers}) == 1
    assert all(hashlib.sha256(entry.salt + entry.text).hexdigest() == header.body  # type: ignore[operator]
               for entry, header in zip(made, headers, strict=True))  # fmt: skip


def test_equal_bodies_get_salts_of_their_own(fresh: Ledger) -> None:
    one, two = (fresh.append("note", {"n": 1}, at=NOW) for _ in range(2))
    assert one.text == two.text
    assert one.salt != two.salt
    assert Header.decoded(one.header).body != Header.decoded(two.header).body


def test_pages_come_newest_first_or_oldest_first_of_all_kinds_or_one(home: Path) -> None:
    with reopened(home) as ledger:
        assert [e.sequence for e in ledger.entries(limit=3)] == [9, 8, 7]
        assert [e.sequence for e in ledger.entries(limit=3, offset=7)] == [2, 1]
        assert [e.sequence for e in ledger.entries(limit=2, offset=1, newest_first=False)] == [2, 3]
        assert [e.sequence for e in ledger.entries("decision", limit=3, offset=1)] == [8, 6, 5]
        assert [e.sequence for e in ledger.entries("decision", limit=2, newest_first=False)] == [1, 2]
        assert ledger.entries("hold") == []
        assert [e.sequence for e in ledger.every()] == list(range(1, COUNT + 1))
        assert [e.sequence for e in ledger.every("purge")] == [7]
        assert (ledger.count(), ledger.count("decision"), ledger.count("hold")) == (9, 8, 0)


def test_a_purged_text_is_gone_and_its_entry_stays(home: Path, check: Check) -> None:
    with reopened(home) as ledger:
        entry = ledger.get(PURGED)
    assert (entry.body, entry.text, entry.salt) == (None, None, None)
    assert entry.matches
    assert check().holds


def test_a_number_may_be_written_in_several_ways_and_an_unknown_one_is_said_to_be(home: Path) -> None:
    with reopened(home) as ledger:
        for which in (8, "8", "2026-0008", " 2026-0008 ", "2026-8"):
            assert ledger.get(which).sequence == 8
        for unknown in (0, 10, "2025-0001", "0001-2026", "", "one", "2026-", "-1", 10**30):
            with pytest.raises(NoSuchEntry):
                ledger.get(unknown)


def test_rules_are_stored_once_and_found_by_their_hash(fresh: Ledger) -> None:
    for _ in range(2):
        fresh.append("decision", record(), at=NOW, pack=PACK)
    assert fresh.pack(PACK_SHA256) == PACK
    assert fresh.pack("0" * 64) is None
    assert fresh.count() == 2


def test_rules_that_the_record_does_not_name_are_refused(fresh: Ledger) -> None:
    body = record() | {"pack": {"sha256": "0" * 64}}
    with pytest.raises(EntryError):
        fresh.append("decision", body, at=NOW, pack=PACK)
    assert fresh.count() == 0


def test_a_clock_that_went_back_is_recorded_and_noted(fresh: Ledger, check: Check) -> None:
    times = [NOW, NOW + timedelta(days=2000), NOW - timedelta(hours=1), NOW]
    entries = [fresh.append("note", {}, at=at) for at in times]
    assert [entry.at for entry in entries] == times
    assert [entry.sequence for entry in fresh.entries(newest_first=False)] == [1, 2, 3, 4]
    verdict = check(at=fresh.file.parent)
    assert verdict.holds
    assert "2026-0003" in verdict.notes[0]


@pytest.mark.parametrize(
    ("kind", "body", "at"),
    [
        ("gossip", {}, NOW),
        ("note", {"a": 1.5}, NOW),
        ("note", {"a": "\ud800"}, NOW),
        ("note", {}, NOW.replace(tzinfo=None)),
    ],
)
def test_what_cannot_be_an_entry_is_refused_and_leaves_nothing(
    fresh: Ledger, kind: str, body: dict[str, object], at: datetime
) -> None:
    with pytest.raises(EntryError):
        fresh.append(kind, body, at=at)
    assert fresh.count() == 0
    assert fresh.append("note", {}, at=NOW).sequence == 1


def test_the_text_is_stored_in_the_bytes_that_were_hashed(fresh: Ledger) -> None:
    body = {"z": [1, None, True], "a": 'é "quoted" \u2028 😀\n'}
    entry = fresh.append("note", body, at=NOW)
    assert entry.text is not None
    assert parse(entry.text) == body


def test_threads_share_a_ledger(fresh: Ledger, check: Check) -> None:
    def work() -> None:
        for n in range(5):
            fresh.append("note", {"n": n}, at=NOW)
            assert fresh.entries(limit=1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert check(at=fresh.file.parent).count == 20


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_folder_and_files_are_closed_to_others(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    with reopened(home) as ledger:
        ledger.append("note", {}, at=NOW)
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()} == {0o600}
    ledger.file.chmod(0o644)
    with reopened(home):
        assert stat.S_IMODE(ledger.file.stat().st_mode) == 0o600


def test_at_rest_the_ledger_is_one_file(home: Path, tmp_path: Path) -> None:
    with reopened(home) as ledger:
        ledger.append("note", {}, at=NOW)
        elsewhere = tmp_path / "copy"
        elsewhere.mkdir()
        shutil.copy(ledger.file, elsewhere)
        assert {path.name for path in home.iterdir()} == {"ledger.sqlite", "ledger.lock"}
        assert verify(elsewhere).count == COUNT + 1


def test_commits_wait_for_the_disk(fresh: Ledger) -> None:
    names = ("journal_mode", "synchronous", "fullfsync", "secure_delete", "foreign_keys", "trusted_schema")
    settings = [fresh._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert settings == ["delete", 3, 1, 1, 1, 0]


def test_many_that_start_at_once_make_one_ledger(tmp_path: Path) -> None:
    made: list[str] = []

    def start() -> None:
        with reopened(tmp_path / "home") as ledger:
            made.append(ledger.installation)

    threads = [threading.Thread(target=start) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 12
    assert len(set(made)) == 1


def test_a_deleted_ledger_is_not_replaced_in_silence(home: Path) -> None:
    (home / "ledger.sqlite").unlink()
    with pytest.raises(LedgerGone):
        reopened(home)
    assert not (home / "ledger.sqlite").exists()
    (home / "ledger.lock").unlink()
    with reopened(home) as ledger:
        assert ledger.count() == 0


def test_a_program_stopped_while_making_a_ledger_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "ledger.lock").touch()
    (home / "ledger.sqlite.new").write_bytes(b"SQLite format 3\0 cut short")
    with reopened(home) as ledger:
        assert ledger.append("note", {}, at=NOW).sequence == 1


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
from ferpa_wizard.ledger import Ledger, LedgerReadOnly, verify
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
    monkeypatch.setattr("ferpa_wizard.ledger.ledger.WAIT_SECONDS", 0.05)
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


# --- what was altered -----------------------------------------------------------------------------


def test_a_ledger_without_a_guard_is_only_read(home: Path) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection:
        connection.execute("DROP TRIGGER entries_stay")
    with reopened(home) as ledger:
        assert isinstance(ledger.blocked, LedgerDamaged)
        assert "entries_stay" in str(ledger.blocked)
        assert ledger.count() == COUNT
        with pytest.raises(LedgerDamaged):
            ledger.append("note", {}, at=NOW)


def test_what_a_database_tool_leaves_behind_does_not_stop_the_work(home: Path) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        connection.execute("ANALYZE")
    with reopened(home) as ledger:
        assert ledger.append("note", {}, at=NOW).sequence == COUNT + 1


def test_an_altered_entry_is_shown_as_one_and_hides_no_other(home: Path, tampering: Tamper) -> None:
    with tampering() as connection:
        connection.execute("UPDATE bodies SET body = x'7b7d' WHERE sequence = 2")
        connection.execute("UPDATE bodies SET body = x'ff' WHERE sequence = 4")
        connection.execute("UPDATE entries SET header = x'00' WHERE sequence = 5")
        connection.execute("UPDATE entries SET time = 'today' WHERE sequence = 6")
        connection.execute("UPDATE entries SET kind = CAST(x'ff' AS TEXT) WHERE sequence = 8")
    with reopened(home) as ledger:
        shown = {entry.sequence: entry.matches for entry in ledger.entries()}
        assert ledger.get(4).body is None
    assert shown == {n: n not in (2, 4, 5, 6, 8) for n in range(1, COUNT + 1)}


def test_nothing_is_appended_to_an_altered_end(home: Path, tampering: Tamper) -> None:
    with tampering() as connection:
        connection.execute("UPDATE entries SET header = x'00' WHERE sequence = 9")
    with reopened(home) as ledger:
        with pytest.raises(LedgerDamaged):
            ledger.append("note", {}, at=NOW)
        assert ledger.count() == COUNT


def test_altered_rules_are_not_handed_out(home: Path, tampering: Tamper) -> None:
    with tampering() as connection:
        connection.execute("UPDATE packs SET content = x'00'")
    with reopened(home) as ledger, pytest.raises(LedgerDamaged):
        ledger.pack(PACK_SHA256)


def test_mistakes_of_ours_are_not_dressed_up(home: Path) -> None:
    ledger = reopened(home)
    ledger.close()
    with pytest.raises(sqlite3.ProgrammingError):
        ledger.count()
    assert issubclass(CanonicalError, ValueError)
    assert datetime.now(UTC) > datetime(2020, 1, 1, tzinfo=UTC)
