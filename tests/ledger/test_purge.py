"""A purge: the texts that it names go with it in one transaction, and nothing of them stays in the file."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import EntryError
from ferpa_wizard.ledger.errors import LedgerDamaged, LedgerLocked, LedgerReadOnly
from ferpa_wizard.ledger.ledger import Ledger, _prepared
from ferpa_wizard.ledger.turns import turn
from tests.ledger.samples import COUNT, NOW, PURGED, Check, reopened


def test_a_purge_takes_the_texts_that_it_names_and_the_chain_holds(home: Path, check: Check) -> None:
    with reopened(home) as ledger:
        purge = ledger.purge(lambda: {"entries": [1, 5]}, at=NOW)
        assert (purge.kind, purge.sequence, purge.body) == ("purge", COUNT + 1, {"entries": [1, 5]})
        assert [entry.sequence for entry in ledger.every() if entry.text is None] == [1, PURGED, 5]
        assert check().holds
        ledger.compact()
    assert check().holds
    assert check().count == COUNT + 1


def test_a_purge_that_is_called_off_leaves_everything(home: Path, check: Check) -> None:
    def called_off() -> Mapping[str, object]:
        raise EntryError("Not today.")

    before = check()
    with reopened(home) as ledger:
        with pytest.raises(EntryError):
            ledger.purge(called_off, at=NOW)
        assert ledger.get(1).text is not None
        assert ledger.append("note", {}, at=NOW).sequence == COUNT + 1
    assert check().count == before.count + 1


def test_a_purge_cannot_name_itself_or_what_comes_later(home: Path, check: Check) -> None:
    before = check()
    with reopened(home) as ledger, pytest.raises(LedgerDamaged):
        ledger.purge(lambda: {"entries": [1, COUNT + 1]}, at=NOW)
    assert check() == before


def test_what_purge_reads_is_what_holds_until_it_is_done(home: Path) -> None:
    with reopened(home) as ledger, reopened(home) as other:

        def last() -> Mapping[str, object]:
            with pytest.raises((sqlite3.OperationalError, LedgerLocked)):
                other._connection.execute("BEGIN IMMEDIATE")
            return {"entries": [entry.sequence for entry in ledger.every("decision") if entry.text is not None]}

        other._connection.execute("PRAGMA busy_timeout = 0")
        ledger.purge(last, at=NOW)
        assert all(entry.text is None for entry in other.every("decision"))


def test_a_ledger_that_is_only_read_is_not_purged_and_not_compacted(home: Path) -> None:
    with reopened(home, readonly=True) as ledger:
        with pytest.raises(LedgerReadOnly):
            ledger.purge(lambda: {"entries": [1]}, at=NOW)
        with pytest.raises(LedgerReadOnly):
            ledger.compact()


def test_compacting_waits_for_its_turn(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ferpa_wizard.ledger.file.WAIT_SECONDS", 0.01)
    with reopened(home) as ledger, turn(home / "ledger.lock", about=home, wait=0), pytest.raises(LedgerLocked):
        ledger.compact()


def test_compacting_takes_the_copies_that_deleting_leaves(tmp_path: Path, check: Check) -> None:
    """With these sizes SQLite 3.40 moves texts between pages, and leaves copies that no delete overwrites."""
    chance = random.Random(2)
    words = [f"zq{n:08}tok" for n in range(1, 901)]
    with reopened(tmp_path / "h") as ledger:
        ledger._connection.execute("PRAGMA synchronous = OFF")
        with ledger._writing() as connection:
            for word in words:
                filler = "x" * chance.choice([5, 5, 60, 200, 900, 1800])
                ledger._write(connection, _prepared("note", {"a": word, "w": filler, "z": word}), NOW)
        left = list(range(1, len(words) + 1))
        chance.shuffle(left)
        gone: list[int] = []
        while left and not (copies := _copies(ledger.file, gone)):
            body, left = {"entries": left[:9]}, left[9:]
            ledger.purge(partial(dict, body), at=NOW)
            gone += body["entries"]
        ledger.compact()
        assert _copies(ledger.file, gone) == set(), copies
    assert check(at=tmp_path / "h").holds


def _copies(file: Path, gone: list[int]) -> set[int]:
    """Those of the purged entries whose words are in the file all the same."""
    return {int(found) for found in re.findall(rb"zq(\d{8})tok", file.read_bytes())} & set(gone)


def test_only_what_is_older_is_read(home: Path) -> None:
    with reopened(home) as ledger:
        before = NOW + timedelta(hours=3)
        assert [entry.sequence for entry in ledger.every(before=before)] == [1, 2]
        assert [entry.sequence for entry in ledger.every("decision", after=1, before=before)] == [2]


def test_a_text_is_found_as_a_whole_value_and_no_more_once_it_is_gone(fresh: Ledger) -> None:
    fresh.append("note", {"by": "Jos\xe9 “P.” Lee"}, at=NOW)
    assert fresh.mentions("Jos\xe9 “P.” Lee")
    assert not fresh.mentions("Lee")
    fresh.purge(lambda: {"entries": [1]}, at=NOW)
    assert not fresh.mentions("Jos\xe9 “P.” Lee")
