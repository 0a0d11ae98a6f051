"""The folder that the desks of a district share, as a desk uses it."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ferpa_wizard import __version__, paths
from ferpa_wizard.core.entry import GENESIS, time_text
from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.ledger.push import Pushed, push
from ferpa_wizard.ledger.share import Card, plain
from ferpa_wizard.requests.errors import RequestsError

if TYPE_CHECKING:
    from ferpa_wizard.requests.desk import Desk


def push_from(desk: Desk, folder: Path | None, *, name: str = "") -> Pushed:
    """Bring this folder, or the one that the profile names, up to date with the desk's ledger.

    `name` is what the officer sees; without one it is the school of the profile and the name of the computer. Raises
    RequestsError where no folder is set, and what `ledger.push.push` raises.
    """
    now = datetime.now(UTC)
    return push(desk.home, folder or set_folder(desk), about(desk, name, now), now=now)


def set_folder(desk: Desk) -> Path:
    """The folder that the policy names, else the profile. Raises RequestsError where none does, and what both raise."""
    folder = desk.policy.text("log_folder") or desk.profile.log_folder
    if not folder:
        raise RequestsError(
            "Which folder? Give it, for example: log push /mnt/ferpa. Or write log_folder: into the profile."
        )
    return paths.with_account(folder)


def about(desk: Desk, name: str, at: datetime) -> Card:
    """What this desk tells of itself; rules or a profile with mistakes keep no entry from being pushed."""
    try:
        school, pack, version = desk.profile.school, desk.pack.id, desk.pack.version
    except (CoreError, OSError):
        school, pack, version = "", "", ""
    told = plain(name) or ", ".join(filter(None, (plain(school), platform.node())))
    return Card(told, time_text(at), 0, GENESIS, program=__version__, pack=pack, pack_version=version)
