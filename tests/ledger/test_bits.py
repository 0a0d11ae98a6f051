"""Each bit of a ledger of 64 KiB flipped, one at a time: whatever a reader could see of it is told by both checks."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import NOW, record

SIZE, SLICE, SAMPLE = 64 * 1024, 256, 32
HEADER = 100
PAGE = 4096
KINDS = ("decision", "note", "purge", "todo")
PACK = b"".join(b'{"ferpa/pack.yaml":"id: ferpa, part %d"}' % part for part in range(150))
PACK_SHA256 = hashlib.sha256(PACK).hexdigest()


def write(home: Path) -> int:
    """A ledger of this very size: decisions, a purge, other kinds, rules, and texts over several pages."""
    file = home / "ledger.sqlite"
    rules = {"id": "ferpa", "version": "1", "law_as_of": "2026-01-01", "sha256": PACK_SHA256}
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("decision", {**record(), "pack": rules, "restricted": True}, at=NOW, pack=PACK)
        ledger.append("todo", {"says": "Log it"}, at=NOW)
        ledger.append("decision", record("To be purged"), at=NOW - timedelta(days=1))
        ledger.append("purge", {"entries": [3]}, at=NOW)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("DELETE FROM bodies WHERE sequence = 3")
        ledger.append("decision", record("Request 5"), at=NOW + timedelta(hours=1))
        while (pages := (SIZE - file.stat().st_size) // PAGE) > 0:
            ledger.append("note", {"says": "Noted. " * (100 if pages == 1 else 1000)}, at=NOW)
        assert file.stat().st_size == SIZE
        return ledger.count()


def seen(home: Path, count: int) -> object:
    """All that a reader of the ledger can be shown: lists, each entry, texts, rules, count and head."""
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        lists = [[entry.sequence for entry in ledger.entries(kind)] for kind in KINDS]
        singly = [ledger.get(number) for number in range(1, count + 1)]
        counts = [ledger.count(kind) for kind in (None, *KINDS)]
        return list(ledger.every()), lists, singly, counts, ledger.pack(PACK_SHA256), ledger.head()


def flipped(file: Path, start: int) -> Iterator[tuple[int, int]]:
    """The file with one bit of this slice turned over, each in its turn."""
    healthy = file.read_bytes()
    with file.open("r+b", buffering=0) as opened:
        for place in range(start, start + SLICE):
            for bit in range(8):
                os.pwrite(opened.fileno(), bytes([healthy[place] ^ 1 << bit]), place)
                yield place, bit
                if place < HEADER:  # what is written there may make SQLite write elsewhere
                    os.pwrite(opened.fileno(), healthy, 0)
                    opened.truncate(SIZE)
                else:
                    os.pwrite(opened.fileno(), healthy[place : place + 1], place)


def slices() -> Iterator[object]:
    """All of the file; a sample of them, the first and the last among it, in the shorter run."""
    for place, start in enumerate(range(0, SIZE, SLICE)):
        in_sample = place % SAMPLE == 0 or start + SLICE == SIZE
        yield pytest.param(start, marks=pytest.mark.long if in_sample else pytest.mark.endless)


@pytest.mark.parametrize("start", list(slices()))
def test_no_bit_changes_what_is_seen_untold(start: int, tmp_path: Path, verifier: ModuleType) -> None:
    home = tmp_path / "home"
    count = write(home)
    file, before = home / "ledger.sqlite", seen(home, count)
    unseen = []
    for place, bit in flipped(file, start):
        program = verify(home)
        if bit == place % 8:  # one in each byte: the verifier takes as long again
            alone = verifier.check(file)
            assert (alone.as_json()["verdict"], alone.entry) == (program.outcome, program.entry), (place, bit)
        if program.holds:
            unseen.append((place, bit))
            try:
                assert seen(home, count) == before, (place, bit)
            except LedgerError as error:
                pytest.fail(f"{place}, {bit}: told as healthy, but {error}")
    sys.stdout.write(f"unseen {len(unseen)}\n")  # shown by -rA
    assert verify(home).holds
