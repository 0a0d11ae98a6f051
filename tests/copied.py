"""Copies of other desks' logs, as pulling leaves them, and damage to one."""

from __future__ import annotations

import shutil
from pathlib import Path

from ferpa_wizard.ledger.chains import installation_of

_PAGE = 4096


def copied(other: Path, home: Path) -> Path:
    """Put a copy of the log in the home `other` into the home of another desk; its folder, named by its installation.

    One that is there is replaced.
    """
    folder = home / "desks" / installation_of(other / "ledger.sqlite")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(other / "ledger.sqlite", folder)
    return folder


def break_inside(ledger: Path) -> None:
    """Spoil a page that holds texts: the file opens, and is found out only as it is read."""
    data = bytearray(ledger.read_bytes())
    start = data.rindex(b'"determination"') // _PAGE * _PAGE
    data[start : start + _PAGE] = b"\xff" * _PAGE
    ledger.write_bytes(data)
