"""Every way to change a ledger that we can name: found, with the same first entry, by both checks."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from tests.ledger.attacks import (
    append_copy_of_last,
    cut_half,
    cut_last,
    drop_first,
    drop_last_but_its_text,
    drop_middle,
    drop_middle_and_close_the_gap,
    drop_text,
    duplicate,
    edit_header_space,
    edit_kind_in_header,
    edit_listed_kind,
    edit_listed_time,
    edit_one_byte,
    edit_text,
    edit_time_in_header,
    garble_header,
    garble_listed_kind,
    half_a_text,
    insert_before_all,
    insert_far_away,
    insert_well_made,
    list_kind_as_bytes,
    loosened,
    move_bytes_into_the_salt,
    purge_by_a_forged_row,
    purge_named_a_later_entry,
    rechain_from_the_middle,
    rechain_from_the_middle_but_forget_one,
    rechain_without_the_first,
    rename_installation,
    repeat_key_in_header,
    swap_entries,
    swap_texts,
    take_from_another_ledger,
    text_of_another_type,
    widen_the_purge,
)
from tests.ledger.samples import COUNT, NOW, PURGED, Check, Tamper, record

Connection = sqlite3.Connection


NAMED: list[tuple[Callable[[Connection], None], int, str]] = [
    (edit_text, 4, "text"),
    (edit_one_byte, 4, "text"),
    (move_bytes_into_the_salt, 4, "text"),
    (text_of_another_type, 4, "text"),
    (half_a_text, 4, "text"),
    (drop_text, 4, "missing-text"),
    (edit_time_in_header, 5, "previous"),
    (edit_kind_in_header, 5, "previous"),
    (edit_listed_kind, 4, "columns"),
    (edit_listed_time, 4, "columns"),
    (garble_listed_kind, 4, "columns"),
    (list_kind_as_bytes, 4, "columns"),
    (edit_header_space, 4, "header"),
    (garble_header, 4, "header"),
    (repeat_key_in_header, 4, "header"),
    (drop_first, 1, "gap"),
    (drop_middle, 4, "gap"),
    (drop_middle_and_close_the_gap, 4, "columns"),
    (drop_last_but_its_text, 9, "gap"),
    (swap_texts, 4, "text"),
    (swap_entries, 4, "columns"),
    (duplicate, 5, "columns"),
    (insert_well_made, 5, "columns"),
    (insert_before_all, 1, "gap"),
    (insert_far_away, 10, "gap"),
    (append_copy_of_last, 10, "columns"),
    (rechain_from_the_middle_but_forget_one, 9, "previous"),
    (take_from_another_ledger, 4, "installation"),
    (rename_installation, 1, "installation"),
    (widen_the_purge, 3, "missing-text"),
    (purge_named_a_later_entry, 8, "missing-text"),
    (purge_by_a_forged_row, 4, "missing-text"),
]


@pytest.mark.parametrize(("attack", "entry", "fault"), NAMED)
def test_a_changed_ledger_is_found_and_the_first_entry_is_named(
    tampering: Tamper, check: Check, attack: Callable[[Connection], None], entry: int, fault: str
) -> None:
    with tampering() as connection:
        attack(connection)
    verdict = check()
    assert (verdict.outcome, verdict.entry, verdict.fault) == ("does-not-match", entry, fault)
    assert str(entry) in verdict.problems[0]
    assert verdict.count == entry - 1


def test_a_healthy_ledger_holds_with_and_without_its_head(home: Path, check: Check) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        kept = [entry.seal for entry in ledger.every()]
    assert check().holds
    for head in (*kept, GENESIS, kept[0].upper(), f" {kept[0][:8]} {kept[0][8:]} "):
        assert verify(home, head=head).holds
    assert check(kept[-1]).head == kept[-1]
    with pytest.raises(ValueError, match="64"):
        verify(home, head="abc")


# --- what only a head kept elsewhere can find -----------------------------------------------------


@pytest.mark.parametrize("attack", [cut_last, rechain_from_the_middle, rechain_without_the_first])
def test_a_head_kept_elsewhere_finds_what_hashes_alone_cannot(
    home: Path, tampering: Tamper, check: Check, attack: Callable[[Connection], None]
) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        kept = ledger.head()
    with tampering() as connection:
        attack(connection)
    assert check().holds
    verdict = check(kept)
    assert (verdict.outcome, verdict.entry, verdict.fault) == ("does-not-match", None, "file")


def test_a_purge_that_was_cut_off_no_longer_covers_the_text_that_it_took(tampering: Tamper, check: Check) -> None:
    with tampering() as connection:
        cut_half(connection)
    assert (check().entry, check().fault) == (PURGED, "missing-text")


def test_an_older_copy_of_the_file_does_not_hold_against_a_later_head(home: Path, check: Check, tmp_path: Path) -> None:
    older = shutil.copytree(home, tmp_path / "older")
    with Ledger.open(home, now=NOW) as ledger:
        kept = ledger.append("checkpoint", {}, at=NOW).seal
    assert check(kept).holds
    assert check(at=older).holds
    assert not check(kept, at=older).holds


# --- the file around the entries ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["DROP TRIGGER entries_stay"], "entries_stay"),
        (["DROP TRIGGER bodies_once"], "bodies_once"),
        (
            ["DROP TRIGGER entries_keep", "CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT 1; END"],
            "entries_keep",
        ),
        (["CREATE TRIGGER late AFTER INSERT ON entries BEGIN DELETE FROM packs; END"], "late"),
        (["CREATE VIEW decisions AS SELECT * FROM entries"], "decisions"),
        (["CREATE TABLE extra (a)"], "extra"),
        (["DROP INDEX entries_by_kind"], "entries_by_kind"),
        (["DROP INDEX entries_by_kind", "CREATE INDEX entries_by_kind ON entries (kind)"], "entries_by_kind"),
        (["CREATE UNIQUE INDEX only_one ON entries (time)"], "only_one"),
        (["DROP TABLE packs"], "packs"),
        (["ALTER TABLE entries RENAME TO old", "CREATE VIEW entries AS SELECT * FROM old"], "entries"),
        (["ALTER TABLE bodies ADD COLUMN note TEXT"], "bodies"),
        (["DROP TRIGGER meta_stay", "DELETE FROM meta WHERE name = 'installation'"], "installation"),
        (["DROP TRIGGER meta_keep", "UPDATE meta SET value = '2' WHERE name = 'schema'"], "format"),
        (["DROP TRIGGER packs_keep", "UPDATE packs SET content = x'00'"], "rules"),
    ],
)
def test_what_was_altered_around_the_entries_is_told(
    home: Path, check: Check, statements: list[str], told: str
) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    verdict = check()
    assert (verdict.outcome, verdict.entry) == ("does-not-match", None)
    assert told in verdict.says


def test_an_index_that_hides_an_entry_from_lists_is_found(home: Path, check: Check) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        statement = "SELECT sql FROM sqlite_schema WHERE name = 'entries_by_kind'"
        (sql,) = connection.execute(statement).fetchone()
        change = "UPDATE sqlite_schema SET sql = ? WHERE name = 'entries_by_kind'"
        connection.execute("DROP INDEX entries_by_kind")
        connection.execute("CREATE INDEX entries_by_kind ON entries (kind, sequence) WHERE sequence <> 4")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(change, (sql,))
        connection.execute("PRAGMA schema_version = 1000")
    with Ledger.open(home, now=NOW) as ledger:
        assert 4 not in [entry.sequence for entry in ledger.entries("decision")]
    assert check().fault == "file"


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"CREATE TABLE meta", b"CREATE TABLE m\xd2ta"),
        (b"CREATE TABLE meta", b"CREATE \xd2ABLE meta"),
        (b"tablemeta", b"table\xd2eta"),
        (b"triggerpacks_keep", b"triggerp\xd2cks_keep"),
        (b"triggerpacks_keep", b"\xd2riggerpacks_keep"),
        (b"installation", b"\xd2nstallation"),
    ],
)
def test_bytes_that_are_no_text_where_names_should_be_are_damage(
    home: Path, check: Check, good: bytes, bad: bytes
) -> None:
    file = home / "ledger.sqlite"
    data = file.read_bytes()
    assert good in data
    file.write_bytes(data.replace(good, bad))
    assert not check().holds
    with contextlib.suppress(LedgerError), Ledger.open(home, now=NOW) as ledger:
        assert ledger.blocked is not None or ledger.entries()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sqlite_schema SET name = CAST(name AS BLOB) WHERE name = 'packs_keep'",
        "UPDATE sqlite_schema SET type = CAST(type AS BLOB) WHERE name = 'packs_keep'",
        "UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'packs_keep'",
        "UPDATE sqlite_schema SET sql = NULL WHERE name = 'packs_keep'",
        "DELETE FROM sqlite_schema WHERE name = 'packs_keep'",
    ],
)
def test_names_of_another_type_are_no_names(home: Path, check: Check, statement: str) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement)
    verdict = check()
    assert not verdict.holds
    assert verdict.entry is None


@pytest.mark.parametrize("column", ["name", "value"])
def test_the_file_is_named_by_text_alone(home: Path, check: Check, column: str) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER meta_keep")
        loosened(connection, "meta", f"UPDATE meta SET {column} = CAST({column} AS BLOB)")  # noqa: S608  two constants
    assert check().fault == "tables"


# --- single bits ----------------------------------------------------------------------------------


def seen(home: Path) -> object:
    """All that a reader of the ledger can be shown."""
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        kinds = [[entry.sequence for entry in ledger.entries(kind)] for kind in ("decision", "purge", "note")]
        singly = [ledger.get(n) for n in range(1, COUNT + 1)]
        packs = ledger.pack(str(record()["pack"]["sha256"]))
        return list(ledger.every()), singly, kinds, packs, ledger.head(), ledger.count()


def test_no_flipped_bit_changes_what_is_seen_without_being_found(home: Path, check: Check) -> None:
    file = home / "ledger.sqlite"
    healthy, before = file.read_bytes(), seen(home)
    chance = random.Random(20261124)  # a sample, the same each time
    for place in chance.sample(range(100, len(healthy)), 120):
        data = bytearray(healthy)
        data[place] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        if check().holds:
            assert seen(home) == before, place


def test_a_flipped_bit_in_any_text_names_its_entry(home: Path, check: Check) -> None:
    file = home / "ledger.sqlite"
    healthy = file.read_bytes()
    for sequence in (1, 2, 4, 9):
        place = healthy.index(f"Request {sequence}".encode())
        file.write_bytes(healthy[:place] + b"S" + healthy[place + 1 :])
        assert check().entry == sequence
