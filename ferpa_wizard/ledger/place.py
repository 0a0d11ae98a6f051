"""Where a ledger lies, and whether it may be written there (docs/decisions/0030)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from ferpa_wizard.ledger import disks
from ferpa_wizard.ledger.errors import LedgerMisplaced
from ferpa_wizard.ledger.sync_folders import Sign, sign_of_sync


class Place(NamedTuple):
    """The folder itself, links followed; the type of its file system; what shows that a program synchronizes it."""

    folder: Path
    filesystem: str
    sync: Sign | None

    @property
    def kind(self) -> Literal["local", "network", "synchronized"]:
        if disks.is_remote(self.filesystem):
            return "network"
        return "synchronized" if self.sync else "local"


def place_of(file: Path) -> Place:
    """Where this file lies, or would be made. Nothing is asked of a network, and nothing is made."""
    type_of = disks.disk_types()
    folder = disks.follow(file, type_of).parent
    kind = type_of(folder)
    return Place(folder, kind, None if disks.is_remote(kind) else sign_of_sync(folder))


def why_misplaced(file: Path, place: Place | None = None) -> LedgerMisplaced | None:
    """The error that writing the ledger would end in, because it lies where its commits would not be safe; `place`
    where somebody looked just now.
    """
    place = place or place_of(file)
    if place.kind == "network":
        kind = "" if place.filesystem == disks.NETWORK else f" ({place.filesystem})"
        return LedgerMisplaced(file, f"That folder is on a network drive{kind}.")
    if place.sync:
        return LedgerMisplaced(file, f"{place.sync.seen} shows that {place.sync.program} keeps that folder in sync.")
    return None
