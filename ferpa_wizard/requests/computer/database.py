"""SQLite: is it new enough, and does it do what is asked so that a sealed record outlives a power cut?"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from ferpa_wizard.ledger.file import IN_FORCE, NAME, OLDEST_SQLITE, create, in_force
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk


def sqlite(_: Desk) -> Check:
    found, oldest = sqlite3.sqlite_version, ".".join(map(str, OLDEST_SQLITE))
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return Check("sqlite", True, f"SQLite {found}; {oldest} or later is needed.")
    return Check("sqlite", False, f"SQLite {found} is too old. Use a Python with {oldest} or later.")


def durability(desk: Desk) -> Check:
    found = settings(desk)
    wrong = [f"{name} is {found[name]} and not {wanted}" for name, wanted in IN_FORCE.items() if found[name] != wanted]
    if wrong:
        says = f"On a new ledger {', '.join(wrong)}. A power cut could lose records. Install the program again."
        return Check("durability", False, says)
    return Check("durability", True, "A new ledger waits for the disk at each record, and so does its folder.")


def settings(desk: Desk) -> dict[str, object]:
    """The settings in force on a ledger that is made for this in a folder of its own. Raises LedgerError, OSError."""
    with TemporaryDirectory(prefix="ferpa-wizard-") as folder:
        create(Path(folder) / NAME, now=desk.now())
        return in_force(Path(folder) / NAME)
