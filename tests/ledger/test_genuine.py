"""A thousand genuine ledgers of every shape: neither check raises an alarm, with or without a checkpoint."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from ferpa_wizard.core.entry import KINDS, Entry
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests.checking import checkpoint_of
from tests.ledger.samples import NOW, Body, record

LEDGERS, SLICES, LARGEST = 1000, 20, 200
SIZES = (0, 1, 2, 3, LARGEST)  # the first ledgers of each slice; the rest are as chance has it
ALPHABET = 'aZ 0"\\/\n\t\0é–漢🏫\u202e{}[]'


def words(chance: random.Random, longest: int) -> str:
    return "".join(chance.choices(ALPHABET, k=chance.randrange(longest)))


def body(chance: random.Random, kind: str, sha256: str | None) -> Body:
    """What an entry of this kind may hold: shaped like a record, or like nothing that a check should care about."""
    if kind == "decision":
        made = record(words(chance, 200))
        made["restricted"] = chance.random() < 0.2
        made["pack"] = {**made["pack"], "sha256": sha256 or made["pack"]["sha256"]}
        return made
    return {
        "format": 1,
        "record": f"2026-{chance.randrange(1, 9999):04d}",
        "says": words(chance, chance.choice((2, 50, 9000))),
        "entries": chance.choice(([], [1, 2], "all", {"1": None}, chance.randrange(-5, 2**53))),
        "nothing": {},
    }


def todos(chance: random.Random, count: int, _: Entry) -> list[tuple[str, Body]]:
    return [("todo", body(chance, "todo", None)) for _ in range(count)]


def write(home: Path, chance: random.Random, size: int) -> None:
    at = NOW
    with Ledger.open(home, now=at) as ledger:
        ledger._connection.execute("PRAGMA synchronous = OFF")  # the file need not outlive a power cut
        while (count := ledger.count()) < size:
            at += timedelta(seconds=chance.choice((0, 1, 86_400, 40_000_000, -1, -90_000)))
            if count and chance.random() < 0.1:
                purge(ledger, home, chance, count, at)
                continue
            kind = chance.choice([kind for kind in KINDS if kind != "purge"])
            pack = chance.randbytes(chance.randrange(3000)) if kind == "decision" and chance.random() < 0.3 else None
            made = body(chance, kind, None)
            if pack is not None:
                made = body(chance, kind, hashlib.sha256(pack).hexdigest())
            room = min(size - count - 1, chance.choice((0, 0, 0, 1, 5)))
            following = partial(todos, chance, room)
            ledger.append(kind, made, at=at, pack=pack, also=following)


def purge(ledger: Ledger, home: Path, chance: random.Random, count: int, at: datetime) -> None:
    """Some entries, earlier purges among them never: a purge that lost its own text would explain nothing."""
    kinds = {entry.sequence: entry.kind for entry in ledger.entries(limit=count)}
    named = [n for n in chance.sample(range(1, count + 1), min(count, 3)) if kinds[n] != "purge"]
    ledger.append("purge", {"entries": named, "reason": words(chance, 30)}, at=at)
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany("DELETE FROM bodies WHERE sequence = ?", [(n,) for n in named])


@pytest.mark.long
@pytest.mark.parametrize("part", range(SLICES))
def test_no_genuine_ledger_raises_an_alarm(part: int, tmp_path: Path, verifier: ModuleType) -> None:
    for turn in range(LEDGERS // SLICES):
        chance = random.Random(part * LEDGERS + turn)
        size = SIZES[turn] if turn < len(SIZES) else int(LARGEST * chance.random() ** 3)
        home = tmp_path / str(turn)
        write(home, chance, size)
        kept = checkpoint_of(home, at=NOW) if size else None
        verdict = verify(home, checkpoint=kept)
        assert (verdict.outcome, verdict.problems, verdict.count) == ("matches", (), size)
        told = verifier.check(
            home / "ledger.sqlite", checkpoint=verifier.Checkpoint(**asdict(kept)) if kept else None
        ).as_json()
        assert (told["verdict"], told["problems"], told["count"]) == ("matches", [], size)
        assert told["head"] == verdict.head
        assert bool(told["notes"]) is bool(verdict.notes)
