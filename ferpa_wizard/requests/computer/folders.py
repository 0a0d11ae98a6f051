"""The home folder: where it lies, whether it can be written, and how much room there is."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ferpa_wizard.ledger.errors import FileNotSaved, translated
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.place import place_of, why_misplaced
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk

SPARE_BYTES = 64 * 1024 * 1024
"""Room for a thousand records, with the index and papers."""
_TRIAL = "self-test"


def place(desk: Desk) -> Check:
    if misplaced := why_misplaced(desk.home / NAME):
        return Check("place", False, str(misplaced))
    found = place_of(desk.home / NAME)
    kind = f" ({found.filesystem})" if found.filesystem else ""
    return Check("place", True, f"{found.folder} is on a disk of this computer{kind}, and nothing is known to sync it.")


def write(desk: Desk) -> Check:
    """A file is written to the disk and deleted again; where there is no home yet, a folder beside its place.

    Raises LedgerError.
    """
    home = desk.home
    with translated(home, otherwise=FileNotSaved):
        if not home.exists():
            Path(tempfile.mkdtemp(dir=standing(home), prefix=".ferpa-wizard-")).rmdir()
            return Check("write", True, f"{home} is not there yet, and can be made.")
        trial = Path(tempfile.mkdtemp(dir=home, prefix=f".{_TRIAL}-"))
        try:
            with replacing(trial / _TRIAL) as file:
                file.write(bytes(1 << 16))
        finally:
            shutil.rmtree(trial)
    return Check("write", True, f"A file was written in {home}, and the disk said that it has it.")


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
