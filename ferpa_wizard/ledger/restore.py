"""Putting a ledger back in place, from a backup or from the shared folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ferpa_wizard.ledger.backup import work_folder
from ferpa_wizard.ledger.chains import installation_of
from ferpa_wizard.ledger.copies import Copy
from ferpa_wizard.ledger.errors import NotRestored, size_of, translated
from ferpa_wizard.ledger.file import LOCK, NAME, put_in_place, remember, turn_in
from ferpa_wizard.ledger.place import why_misplaced
from ferpa_wizard.ledger.pull import read_into
from ferpa_wizard.ledger.pulled import DUPLICATE, REWIND, Pulled
from ferpa_wizard.ledger.replacing import PART, sync_file
from ferpa_wizard.ledger.share import BadFile, DeskFolder, desk_folders
from ferpa_wizard.ledger.verify import Verdict, verify
from ferpa_wizard.paths import private_folder

_WORK = "restore" + PART
_NO_HINDRANCE = frozenset({DUPLICATE, REWIND})
_MOST = 1024  # bytes of the lock file
_KEPT = re.compile(r"The ledger ([0-9a-f]{32}) is kept here")


def restore_from_file(home: Path, backup: Path, *, now: datetime) -> Verdict:
    """Make the ledger of this home from a backup, of the same installation; sealing goes on where it ends.

    It is checked before it is put in place. Raises NotRestored where there is a ledger, or the folder kept another
    one, or the backup does not hold; LedgerError for a file that is none, LedgerMisplaced, DiskFull, LedgerLocked.
    """
    installation = installation_of(backup)
    return _put(home, installation, lambda work: _copied(backup, work / NAME), now, needs=size_of(backup))


def restore_from_share(home: Path, share: Path, *, desk: str, now: datetime) -> Verdict:
    """The same from what a desk pushed. `desk` is its installation or name; empty for the one that was kept here.

    Raises NotRestored also where it is not clear which desk is meant, or its entries are not all there.
    """
    chosen = _chosen(desk_folders(share), desk or kept_here(home), home)
    return _put(home, chosen.installation, lambda work: _read(chosen, work, home), now)


def kept_here(home: Path) -> str:
    """The installation that the lock file remembers; empty where it remembers none."""
    try:
        with (home / LOCK).open("rb") as file:
            found = _KEPT.match(file.read(_MOST).decode("ascii", "replace"))
    except OSError:
        return ""
    return found[1] if found else ""


def _put(home: Path, installation: str, build: Callable[[Path], None], now: datetime, *, needs: int = 0) -> Verdict:
    file = home / NAME
    if misplaced := why_misplaced(file):
        raise misplaced
    with translated(file, needs=needs):
        private_folder(home)
        with turn_in(home) as lock:
            _check_place(home, installation)
            with work_folder(home / _WORK) as work:
                build(work)
                verdict = verify(work)
                if not verdict.holds:
                    raise NotRestored(file, verdict.says)
                put_in_place(work / NAME, file)
            with suppress(OSError):  # the ledger is there; it is noted once it is opened
                remember(lock, installation, now)
    return verdict


def _check_place(home: Path, installation: str) -> None:
    file, kept = home / NAME, kept_here(home)
    if file.exists() or file.is_symlink():
        raise NotRestored(file, "There is a ledger already. Move it to another folder first, and keep it.")
    if kept not in ("", installation):
        says = (
            f"This folder kept the ledger {kept}, and that is of {installation}. To change over, delete {home / LOCK}."
        )
        raise NotRestored(file, says)


def _copied(backup: Path, copy: Path) -> None:
    descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as target, backup.open("rb") as source:
        shutil.copyfileobj(source, target)
        target.flush()
        sync_file(target.fileno())


def _read(desk: DeskFolder, work: Path, home: Path) -> None:
    with Copy.open(work, desk.installation) as copy:
        found = read_into(copy, desk, Pulled(desk.installation))
    hindrances = [fault.says for fault in found.faults if fault.kind not in _NO_HINDRANCE]
    if not found.count:
        hindrances.append("The share holds no entries of this desk.")
    if hindrances:
        raise NotRestored(home / NAME, " ".join([*hindrances, "Mend the share, or restore from a backup."]))


def _chosen(desks: list[DeskFolder], wanted: str, home: Path) -> DeskFolder:
    """The one desk that is meant. Raises NotRestored with a list of them."""
    names = {desk.installation: _name(desk) for desk in desks}
    found = [desk for desk in desks if wanted in ("", desk.installation) or names[desk.installation] == wanted]
    if len(found) == 1:
        return found[0]
    lines = [f"{installation}  {name}" for installation, name in names.items()]
    says = "Say which desk, with --desk:" if lines else "The shared folder holds no desks."
    raise NotRestored(home / NAME, "\n".join([says, *lines]))


def _name(desk: DeskFolder) -> str:
    try:
        card = desk.card()
    except BadFile:
        return ""
    return card.name if card else ""
