"""What `about` tells of this computer and this home: no word of any request, draft or record."""

from __future__ import annotations

import os
from contextlib import suppress

from ferpa_wizard.ledger.drafts import DRAFTS
from ferpa_wizard.ledger.errors import FROM_SQLITE, LedgerError
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.place import place_of
from ferpa_wizard.requests.computer.accounts import owner_of
from ferpa_wizard.requests.computer.clock import sealed_last
from ferpa_wizard.requests.computer.database import settings
from ferpa_wizard.requests.computer.folders import free_bytes
from ferpa_wizard.requests.computer.modes import mode_of, private
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.room import account


def facts(desk: Desk) -> dict[str, object]:
    """By stable names; what cannot be had is null or empty, since a computer with something wrong is asked, too."""
    place = place_of(desk.home / NAME)
    return {
        "durability": _durability(desk),
        "place": {
            "kind": place.kind,
            "filesystem": place.filesystem,
            "synchronized_by": place.sync.program if place.sync else "",
        },
        "free_bytes": _free(desk),
        "modes": _modes(desk),
        "accounts": {"running": account(), "owner": _owner(desk)},
        "clock": {
            "now": desk.now().isoformat(timespec="seconds"),
            "zone": desk.now().tzname(),
            "last_entry": _last_entry(desk),
        },
    }


def _durability(desk: Desk) -> dict[str, object]:
    with suppress(LedgerError, OSError, *FROM_SQLITE):
        return settings(desk)
    return {}


def _free(desk: Desk) -> int | None:
    with suppress(OSError):
        return free_bytes(desk.home)
    return None


def _modes(desk: Desk) -> dict[str, str]:
    """Of what is there, by its name in the home; of drafts the folder, since there may be hundreds."""
    found: dict[str, str] = {}
    if os.name == "posix":
        with suppress(OSError):
            kept = (path for path in private(desk.home) if path.parent.name != DRAFTS and path.exists())
            found = {path.relative_to(desk.home).as_posix(): f"{mode_of(path):04o}" for path in kept}
    return found


def _owner(desk: Desk) -> str | None:
    with suppress(OSError, ImportError):  # Windows has no such names
        return owner_of(desk.home)
    return None


def _last_entry(desk: Desk) -> str | None:
    with suppress(LedgerError):
        last = sealed_last(desk)
        return last.isoformat(timespec="seconds") if last else None
    return None
