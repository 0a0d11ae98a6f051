"""Who else on this computer may read what the program keeps."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from ferpa_wizard.ledger import log_tables
from ferpa_wizard.ledger.drafts import DRAFTS
from ferpa_wizard.ledger.file import FILES, NAME
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.own_files import NOTES, SETTINGS
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk

_OTHERS = 0o077
_MOST = 5  # named in one sentence


def modes(desk: Desk) -> Check:
    if os.name != "posix":
        return Check("modes", None, "On Windows the rights of the folder count; look at its Security tab.")
    kept = {path: mode_of(path) for path in private(desk.home) if path.exists()}
    if not kept:
        return Check("modes", None, f"Nothing is kept in {desk.home} yet.")
    wrong = [path for path, mode in kept.items() if mode & _OTHERS]
    if not wrong:
        return Check("modes", True, f"{len(kept)} files and folders are for this account alone.")
    named = " ".join(f"{path} has mode {kept[path]:04o}: run `{_mend(path)}`." for path in wrong[:_MOST])
    more = f" {len(wrong) - _MOST} more are wrong, too." if len(wrong) > _MOST else ""
    return Check("modes", False, f"Other accounts of this computer are let in. {named}{more}")


def private(home: Path) -> Iterator[Path]:
    """All that nobody else may read, whether it is there or not."""
    yield home
    yield from (home / name for name in (*FILES, *log_tables.FILES, SETTINGS, *NOTES))
    for folder in (home / DRAFTS, home / DESKS):
        yield folder
        yield from sorted(folder.rglob("*.json"))
    yield from sorted((home / DESKS).glob(f"*/{NAME}"))


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _mend(path: Path) -> str:
    return f"chmod {'700' if path.is_dir() else '600'} {shlex.quote(str(path))}"
