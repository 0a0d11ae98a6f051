"""Backups of a ledger: whole, checked, and one file each."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard.ledger.chains import installation_of
from ferpa_wizard.ledger.errors import (
    DiskFull,
    ExportFailed,
    LedgerDamaged,
    LedgerError,
    LedgerMissing,
    LedgerUnreachable,
    from_sqlite,
    size_of,
    translated,
)
from ferpa_wizard.ledger.file import NAME, connect_to_read, turn_in
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file
from ferpa_wizard.ledger.replacing import PART, sync_file
from ferpa_wizard.ledger.turns import turn
from ferpa_wizard.ledger.verify import Verdict, verify
from ferpa_wizard.paths import sync_folder

KEEP = 30
_LOCK = "backup.lock"
_WAIT_SECONDS = 60.0
_DATED = re.compile(r"ledger-\d{4}-\d\d-\d\d-\d{6}\.sqlite", re.ASCII)
_STRANGE = "Another file has that name, and it is no backup of this ledger."


@dataclass(frozen=True)
class BackedUp:
    """The backup, how many entries it holds, and how many older ones were deleted for it."""

    path: Path
    count: int
    deleted: int = 0


def backup(home: Path, out: Path, *, now: datetime, keep: int = KEEP) -> BackedUp:
    """Write a backup to the file `out`, or under a dated name into the folder `out`, with mode 0600.

    In a folder the newest `keep` of this ledger stay. A file under its final name is a whole backup that was checked;
    a former one stays until then. Raises LedgerMissing, LedgerDamaged (also when the ledger does not verify: a bad
    backup must not take the place of a good one), LedgerLocked, DiskFull, ExportFailed.
    """
    into_folder = out.is_dir()
    path = out / f"ledger-{now.astimezone(UTC):%Y-%m-%d-%H%M%S}.sqlite" if into_folder else out
    installation = _installation(home)
    if is_own_file(path, home):
        raise ExportFailed(path, OWN_FILE)
    if path.exists() and not _is_of(path, installation):
        raise ExportFailed(path, _STRANGE)
    with (
        translated(home / NAME),
        turn(home / _LOCK, about=home / NAME, wait=_WAIT_SECONDS),
        translated(path, otherwise=ExportFailed, needs=size_of(home / NAME)),
    ):
        with work_folder(path.parent / f".{installation}{PART}") as work:
            verdict = _checked_copy(home, work, path)
            (work / NAME).replace(path)
        sync_folder(path.parent)
        deleted = _thin_out(path, installation, max(keep, 1)) if into_folder else 0
    return BackedUp(path, verdict.count, deleted)


def _installation(home: Path) -> str:
    file = home / NAME
    if not file.exists():
        raise LedgerMissing(file)
    # Among the writers, because many of them in a row keep somebody who only reads from ever being let in.
    with translated(file), turn_in(home):
        return installation_of(file)


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """An empty folder for the block, for nobody else to read; what a killed program left in it goes. Raises OSError."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _checked_copy(home: Path, work: Path, path: Path) -> Verdict:
    """`path` is where the copy goes in the end. Raises LedgerError, OSError."""
    copy = work / NAME
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # Nothing is sealed while the copy is made, and only so long.
    with translated(home / NAME), turn_in(home), closing(connect_to_read(home / NAME)) as source:
        try:
            _copy(source, copy)
        except sqlite3.Error as error:
            raise _told(from_sqlite(error, home / NAME), path) from error
    with copy.open("r+b") as file:
        sync_file(file.fileno())
    verdict = verify(work)
    if not verdict.holds:
        raise LedgerDamaged(home / NAME, f"No backup was made. {verdict.says}")
    return verdict


def _copy(source: sqlite3.Connection, path: Path) -> None:
    # Nobody else knows the file yet, and locks on a network folder may not work.
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw&nolock=1", uri=True)) as target:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


def _told(error: LedgerError, path: Path) -> LedgerError:
    """What stopped the copying, said of the file that it is about: nothing is written but the copy."""
    if isinstance(error, DiskFull):
        return DiskFull(path, needs=size_of(error.file))
    if isinstance(error, LedgerUnreachable):  # SQLite does not say which of the two it was
        return ExportFailed(path, f"It or {error.file} does not answer. {error.detail}")
    return error


def _thin_out(newest: Path, installation: str, keep: int) -> int:
    """Delete the oldest backups of this ledger beyond `keep`, never the one that was just made; how many."""
    dated = sorted(path for path in newest.parent.iterdir() if _DATED.fullmatch(path.name) and path != newest)
    mine = [path for path in dated if _is_of(path, installation)]
    old = mine[: max(len(mine) - (keep - 1), 0)]
    for path in old:
        path.unlink()
    return len(old)


def _is_of(path: Path, installation: str) -> bool:
    try:
        return installation_of(path) == installation
    except LedgerError:
        return False
