"""A changed ledger is found by both checks: against a head, by bytes, and bit by bit. Named forgeries: test_forgeries.py."""

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
from tests.ledger.attacks import cut_last, rechain_from_the_middle, rechain_without_the_first
from tests.ledger.samples import COUNT, NOW, Check, Tamper, record

Connection = sqlite3.Connection


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


def test_an_older_copy_of_the_file_does_not_hold_against_a_later_head(home: Path, check: Check, tmp_path: Path) -> None:
    older = shutil.copytree(home, tmp_path / "older")
    with Ledger.open(home, now=NOW) as ledger:
        kept = ledger.append("checkpoint", {}, at=NOW).seal
    assert check(kept).holds
    assert check(at=older).holds
    assert not check(kept, at=older).holds


# --- the file around the entries ------------------------------------------------------------------


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
