"""Several accounts of one computer: each has a home of its own."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from ferpa_wizard.ledger.file import LOCK, NAME
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.computer.modes import DRAFTS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.room import account


def accounts(desk: Desk) -> Check:
    home = desk.home
    if os.name != "posix":
        return Check("accounts", None, f"On Windows look at the owner of {home}; this account is {account()}.")
    if not home.exists():
        return Check("accounts", None, f"Nothing is kept in {home} yet.")
    strange = [path for path in owned(home) if path.stat().st_uid != os.geteuid()]
    if not strange:
        return Check("accounts", True, f"{home} belongs to the account that runs this, {name_of(os.geteuid())}.")
    first, runs = strange[0], name_of(os.geteuid())
    says = (
        f"{first} belongs to {owner_of(first)}, and {runs} runs this. Give each account a home of its own"
        f" (FERPA_WIZARD_HOME). If this one is meant for {runs}: `sudo chown -R {runs} {shlex.quote(str(home))}`."
    )
    return Check("accounts", False, says)


def owned(home: Path) -> list[Path]:
    """What shows by its owner that somebody else works in this home."""
    return [path for path in (home, home / LOCK, home / NAME, home / DRAFTS) if path.exists()]


def owner_of(path: Path) -> str:
    """The account that a file belongs to. Raises OSError."""
    return name_of(path.stat().st_uid)


def name_of(user: int) -> str:
    """The name of an account; its number where it has none, as files of a deleted account have."""
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
