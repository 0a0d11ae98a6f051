"""The chains that a home holds: its own, and copies of those of other desks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ferpa_wizard.ledger.file import NAME

DESKS = "desks"
_INSTALLATION = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Chain:
    """The installation that wrote it, and the folder in which its ledger lies."""

    installation: str
    home: Path


def copies(home: Path) -> list[Chain]:
    """The copies of other desks' chains, in the order of their installations."""
    return [one for one in places(home) if (one.home / NAME).is_file()]


def places(home: Path) -> list[Chain]:
    """The same, and those whose ledger has gone: a check must not pass them over. Raises OSError."""
    folders = (home / DESKS).iterdir() if (home / DESKS).is_dir() else ()
    return [Chain(one.name, one) for one in sorted(folders) if _INSTALLATION.fullmatch(one.name) and one.is_dir()]
