"""How installations are named, and where the copies of their chains lie."""

from __future__ import annotations

import re
from pathlib import Path

DESKS = "desks"
"""The folder of a home that holds the copies, each in a folder named by its installation."""
_INSTALLATION = re.compile(r"[0-9a-f]{32}", re.ASCII)


def is_installation(text: str) -> bool:
    """Has this text the form of an installation's id?"""
    return _INSTALLATION.fullmatch(text) is not None


def is_copy(ledger: Path) -> bool:
    """Does this file lie where the copy of another desk's chain does?"""
    folder = ledger.parent
    return is_installation(folder.name) and folder.parent.name == DESKS
