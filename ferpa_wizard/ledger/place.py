"""Where a ledger lies, and whether it may be written there (docs/decisions/0030)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from ferpa_wizard.ledger import disks
from ferpa_wizard.ledger.errors import LedgerMisplaced
from ferpa_wizard.ledger.sync_folders import synced_by


class Place(NamedTuple):
    """The folder itself, links followed; the type of its file system; the program that synchronizes it, if one does."""

    folder: Path
    filesystem: str
    program: str

    @property
    def kind(self) -> Literal["local", "network", "synchronized"]:
        if disks.is_remote(self.filesystem):
            return "network"
        return "synchronized" if self.program else "local"


def place_of(file: Path) -> Place:
    """Where this file lies, or would be made. Nothing is asked of a network, and nothing is made."""
    folder = disks.follow(file, disks.disk_type).parent
    kind = disks.disk_type(folder)
    return Place(folder, kind, "" if disks.is_remote(kind) else synced_by(folder))


def why_misplaced(file: Path) -> LedgerMisplaced | None:
    """The error that writing the ledger would end in, because it lies where its commits would not be safe."""
    place = place_of(file)
    if place.kind == "network":
        kind = "" if place.filesystem == disks.NETWORK else f" ({place.filesystem})"
        return LedgerMisplaced(file, f"That folder is on a network drive{kind}.")
    if place.kind == "synchronized":
        return LedgerMisplaced(file, f"That folder is kept in sync by {place.program}.")
    return None
