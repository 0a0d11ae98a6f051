"""The program's own folder: an ordinary account that can write there could change what the program does."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.computer.folders import trial_name
from ferpa_wizard.requests.desk import Desk

_EFFECTIVE = os.access in os.supports_effective_ids


def install(_: Desk) -> Check:
    folder = packaged()
    if folder is None:
        return Check("install", None, "This is not the packaged program, so there is no folder of its own to look at.")
    if _runs_as_administrator():
        return Check("install", None, "An administrator may write everywhere. Run this as an ordinary account.")
    found = next(writable(folder), None)
    if found is None:
        return Check("install", True, f"{folder} cannot be written by this account.")
    says = f"This account can write {found}, and so change the program. Let administrators alone write in {folder}."
    return Check("install", False, says)


def packaged() -> Path | None:
    """The folder of the packaged program; None where it runs from source, or as a package of Python."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def writable(folder: Path) -> Iterator[Path]:
    """What this account can write in a folder, itself and those above it among that."""
    if sys.platform == "win32":  # os.access there knows nothing of rights; the folder's go down to its files
        if _takes_a_file(folder):
            yield folder
        return
    for above in folder.parents:  # who can write there puts another folder in place of this one
        if _may_write(above) and not above.stat().st_mode & stat.S_ISVTX:
            yield above
    for here, _, files in os.walk(folder):
        for path in (Path(here), *(Path(here) / name for name in files)):
            if _may_write(path):
                yield path


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=_EFFECTIVE)


def _takes_a_file(folder: Path) -> bool:
    # Not by tempfile: where Windows forbids it, that takes the name for taken, and tries another for ever.
    trial = folder / trial_name()
    try:
        trial.touch(exist_ok=False)
    except OSError:
        return False
    trial.unlink()
    return True


def _runs_as_administrator() -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.shell32.IsUserAnAdmin())
    return os.geteuid() == 0
