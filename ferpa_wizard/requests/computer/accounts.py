"""Several accounts of one computer: each has a home of its own."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from ferpa_wizard.ledger.drafts import DRAFTS
from ferpa_wizard.ledger.file import LOCK, NAME
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.room import account


def accounts(desk: Desk) -> Check:
    home = desk.home
    if os.name != "posix":
        return Check("accounts", None, f"On Windows look at the owner of {home}; this account is {account()}.")
    if not home.exists():
        return Check("accounts", None, f"Nothing is kept in {home} yet.")
    runs, first = name_of(os.geteuid()), next(strange(home), None)
    if first is None:
        return Check("accounts", True, f"{home} belongs to the account that runs this, {runs}.")
    says = f"{first} belongs to {owner_of(first)}, and {runs} runs this."
    if os.geteuid() == 0:
        return Check("accounts", False, f"{says} Run it as the account that uses this home.")
    mend = (
        "Give each account a home of its own (FERPA_WIZARD_HOME)."
        f" If this one is meant for {runs}: `sudo chown -R {runs} {shlex.quote(str(home))}`."
    )
    return Check("accounts", False, f"{says} {mend}")


def strange(home: Path) -> Iterator[Path]:
    """What shows by its owner that somebody else works in this home. Raises OSError where this account may not look."""
    for path in (home, home / LOCK, home / NAME, home / DRAFTS):
        if path.exists() and path.stat().st_uid != os.geteuid():
            yield path


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
