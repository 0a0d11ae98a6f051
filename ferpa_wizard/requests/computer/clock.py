"""The clock: the day of a record and every deadline hang on it."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk

YEARS = range(2026, 2100)
"""This program was not there before."""
ZONES = tuple(map(Path, ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")))
"""Tables of zones. Python's own list asks how it was compiled, which a package does not hold."""
# "EST5EDT" or "<+03>-3": a rule, and not the name of a zone.
_RULE = re.compile(r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)[+-]?\d.*")


def clock(desk: Desk) -> Check:
    now = desk.now()
    says = f"It is {now.isoformat(timespec='seconds')} ({now.tzname()})"
    if now.year not in YEARS:
        return Check("clock", False, f"{says}, which cannot be. Set the clock of this computer.")
    if wrong := unknown_zone():
        return Check("clock", False, f"{says}: the time zone {wrong} is not known here. Set TZ, or the system's zone.")
    return Check("clock", True, f"{says}.")


def last_entry(desk: Desk) -> Check:
    last = sealed_last(desk)
    if last is None:
        return Check("last-entry", None, "Nothing has been sealed yet.")
    there, now = last.isoformat(timespec="seconds"), desk.now()
    if last > now:
        says = f"The last entry is of {there}, and the clock says {now.isoformat(timespec='seconds')}. Set the clock."
        return Check("last-entry", False, f"{says} Entries stay in their order whatever it says.")
    return Check("last-entry", True, f"The last entry was sealed at {there}, which is past.")


def sealed_last(desk: Desk) -> datetime | None:
    """When the last entry of this home was sealed; None while there is none. Raises LedgerError."""
    try:
        with Ledger.open(desk.home, now=desk.now(), readonly=True) as ledger:
            entries = ledger.entries(limit=1)
    except LedgerMissing:
        return None
    return entries[0].at if entries else None


def unknown_zone() -> str:
    """The zone that TZ names and the system lacks, so that it counts in UTC; empty where all is well."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if os.name != "posix" or not name or Path(name).is_absolute() or _RULE.fullmatch(name):
        return ""
    if any(folder.is_dir() for folder in ZONES):
        return "" if any(_is_zone(folder / name) for folder in ZONES) else name
    return "" if name in ("UTC", "GMT") else name


def _is_zone(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(4) == b"TZif"
    except OSError:
        return False
