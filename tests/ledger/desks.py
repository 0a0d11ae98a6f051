"""A district in a folder: desks with small ledgers, their share, and an officer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger import file
from ferpa_wizard.ledger.chains import installation_of
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.pulled import Pulled
from ferpa_wizard.ledger.push import Pushed, push
from ferpa_wizard.ledger.share import Card, DeskFolder, Segment
from tests.ledger.samples import NOW, PACK, record

Rows = list[tuple[object, ...]]
_ALL = """
    SELECT e.sequence, e.kind, e.time, e.header, b.salt, b.body
    FROM entries AS e LEFT JOIN bodies AS b ON b.sequence = e.sequence ORDER BY e.sequence"""


def forget_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here has to survive a power cut, and waiting for the disk would take most of the time."""
    pragmas = file._pragmas
    hurried = ["PRAGMA synchronous = OFF"]
    monkeypatch.setattr(file, "_pragmas", lambda *, writable: pragmas(writable=writable) + hurried * writable)
    monkeypatch.setattr("os.fsync", lambda _: None)


@dataclass
class Desk:
    home: Path
    share: Path
    name: str

    @property
    def installation(self) -> str:
        return installation_of(self.home / "ledger.sqlite")

    @property
    def folder(self) -> DeskFolder:
        """Its folder on the share."""
        return DeskFolder(self.installation, self.share / self.installation)

    @property
    def segment(self) -> Segment:
        """Its newest segment."""
        return self.folder.segments()[-1]

    def seal(self, count: int, *, at: datetime = NOW) -> None:
        """Seal so many decisions, in one transaction."""
        bodies = [record(f"{self.name} decides {n}") for n in range(count)]
        with Ledger.open(self.home, now=at) as ledger:
            ledger.append("decision", bodies[0], at=at, pack=PACK, also=lambda _: [("decision", b) for b in bodies[1:]])

    def purge(self, *sequences: int, at: datetime = NOW) -> None:
        with Ledger.open(self.home, now=at) as ledger:
            ledger.append("purge", {"entries": list(sequences)}, at=at)
        with closing(sqlite3.connect(self.home / "ledger.sqlite")) as connection, connection:
            connection.executemany("DELETE FROM bodies WHERE sequence = ?", ((one,) for one in sequences))

    def push(self, *, at: datetime = NOW) -> Pushed:
        return push(self.home, self.share, Card(self.name, "", 0, GENESIS, program="1.0", pack_version="7"), now=at)

    def rows(self) -> Rows:
        return rows(self.home)


@dataclass
class District:
    place: Path

    def __post_init__(self) -> None:
        self.share.mkdir(exist_ok=True)

    @property
    def share(self) -> Path:
        return self.place / "share"

    def desk(self, name: str, count: int = 3, *, pushed: bool = True, at: datetime = NOW) -> Desk:
        desk = Desk(self.place / name, self.share, name)
        desk.seal(count, at=at)
        if pushed:
            desk.push(at=at)
        return desk

    def pull(self, officer: str = "officer", *, at: datetime = NOW) -> dict[str, Pulled]:
        """What the officer finds, by name (or installation) of the desk."""
        return {one.name or one.installation: one for one in pull(self.place / officer, self.share, now=at)}

    def copy(self, desk: Desk, officer: str = "officer") -> Path:
        return self.place / officer / DESKS / desk.installation


def rows(home: Path) -> Rows:
    """All that a chain holds, the stored rules last."""
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection:
        packs = connection.execute("SELECT * FROM packs ORDER BY sha256").fetchall()
        return [*connection.execute(_ALL), *packs]


def kinds(pulled: Pulled) -> list[str]:
    return [fault.kind for fault in pulled.faults]


def later(days: float) -> datetime:
    return NOW + timedelta(days=days)


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file as somebody who may write on the share could."""
    path.write_bytes(change(path.read_bytes()))


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    forget_the_disk(monkeypatch)
    return District(tmp_path)
