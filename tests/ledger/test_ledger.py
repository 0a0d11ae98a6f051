"""Appending and reading, and the files that this leaves."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import GENESIS, CanonicalError, EntryError, Header, parse
from ferpa_wizard.ledger.chains import Chain
from ferpa_wizard.ledger.errors import LedgerDamaged, LedgerGone, NoSuchEntry
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.log_index import LogIndex
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import COUNT, NOW, PACK, PACK_SHA256, PURGED, Check, Tamper, record, reopened

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


@pytest.mark.parametrize("lock", [b"", None])
def test_a_ledger_whose_note_was_lost_is_noted_again(home: Path, lock: bytes | None) -> None:
    """Power or program may end between the two files."""
    (home / "ledger.lock").unlink()
    if lock is not None:
        (home / "ledger.lock").write_bytes(lock)
    reopened(home).close()
    (home / "ledger.sqlite").unlink()
    with pytest.raises(LedgerGone):
        reopened(home)


def test_a_program_stopped_while_making_a_ledger_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "ledger.lock").touch()
    (home / "ledger.sqlite.new").write_bytes(b"SQLite format 3\0 cut short")
    with reopened(home) as ledger:
        assert ledger.append("note", {}, at=NOW).sequence == 1


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


def _swap_the_last_two(home: Path) -> None:
    """Two entries change places in the page that holds them, as a page that was half written may have it."""
    file = home / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entries'").fetchone()
    data, start = bytearray(file.read_bytes()), (page - 1) * 4096
    assert data[start] == 0x0D  # a leaf; the places of its cells follow
    end = start + 8 + 2 * int.from_bytes(data[start + 3 : start + 5])
    data[end - 4 : end] = data[end - 2 : end] + data[end - 4 : end - 2]
    file.write_bytes(data)


def test_a_file_with_entries_out_of_order_is_damaged_and_reading_ends(home: Path) -> None:
    _swap_the_last_two(home)
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        with pytest.raises(LedgerDamaged):
            list(islice(ledger.every(), 100))
        with pytest.raises(LedgerDamaged):
            ledger.uses(after=0)
        with LogIndex(home) as index:
            chain = Chain(ledger.installation, home)
            assert len(list(islice(index.catching_up([chain], lambda _: ledger), 100))) < 100
            assert chain.installation in index.damaged
    assert not verify(home).holds
