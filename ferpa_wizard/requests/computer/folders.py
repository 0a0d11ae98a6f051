"""The home folder: where it lies, whether it can be written, and how much room there is."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from ferpa_wizard.ledger.disks import MEMORY
from ferpa_wizard.ledger.errors import translated
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.place import place_of, why_misplaced
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk

SPARE_BYTES = 64 * 1024 * 1024
"""Room for a thousand records, with the index and papers."""


def place(desk: Desk) -> Check:
    found = place_of(desk.home / NAME)
    if misplaced := why_misplaced(desk.home / NAME, found):
        return Check("place", False, str(misplaced))
    if found.filesystem in MEMORY:
        says = f"{found.folder} is in the memory of this computer ({found.filesystem}), and gone when it starts again."
        return Check("place", None, f"{says} Keep the home folder on a disk, unless this is a trial.")
    kind = f" ({found.filesystem})" if found.filesystem else ""
    return Check("place", True, f"{found.folder} is on a disk of this computer{kind}, and nothing is known to sync it.")


def write(desk: Desk) -> Check:
    """A file is written to the disk and deleted again; where there is no home yet, a folder beside its place.

    Raises LedgerError.
    """
    home = desk.home
    if home.is_symlink() and not home.exists():
        return Check("write", False, f"{home} is a link to a folder that is not there. Make that, or delete the link.")
    with translated(home / NAME):
        trial = standing(home) / trial_name()
        trial.mkdir(mode=0o700)
        if not home.exists():
            trial.rmdir()
            return Check("write", True, f"{home} is not there yet, and can be made.")
        try:
            with replacing(trial / "file") as file:
                file.write(bytes(1 << 16))
        finally:
            shutil.rmtree(trial)
    return Check("write", True, f"A file was written in {home}, and the disk said that it has it.")


def trial_name() -> str:
    """A name that nothing has, for what is written and deleted again."""
    return f".ferpa-wizard-{uuid4().hex}"


def space(desk: Desk) -> Check:
    free, needed = free_bytes(desk.home), needed_bytes(desk.home)
    says = f"{_size(free)} are free on the disk with {desk.home}"
    if free < needed:
        return Check("space", False, f"{says}, and {_size(needed)} are needed. Free some space on that disk.")
    return Check("space", True, f"{says}.")


def needed_bytes(home: Path) -> int:
    """Room for new records, and for the ledger once more: a purge writes it anew. Raises OSError."""
    ledger = home / NAME
    return SPARE_BYTES + (ledger.stat().st_size if ledger.exists() else 0)


def free_bytes(home: Path) -> int:
    """What this account may still write there. Raises OSError."""
    return shutil.disk_usage(standing(home)).free


def standing(folder: Path) -> Path:
    """The folder itself or, while it is not there, the first of its parents that is."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def _size(count: int) -> str:
    return f"{count // (1024 * 1024):,} MB"
