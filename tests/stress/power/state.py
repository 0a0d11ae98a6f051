"""What is in the folder of a workload, in a form that can be told as JSON and compared."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeAlias

from ferpa_wizard.ledger.chains import installation_of
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.ledger import Ledger
from tests.ledger.samples import NOW

HOME, SHARE, BACKUPS, OFFICER = "home", "share", "backups", "officer"
Chain: TypeAlias = list[str]
"""The seal of each entry; a dash follows where the text was purged."""


def chain_of(home: Path) -> Chain:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        return read_chain(ledger)


def read_chain(ledger: Ledger) -> Chain:
    return [entry.seal + ("-" if entry.text is None else "") for entry in ledger.every()]


def ledgers(root: Path) -> dict[str, Chain]:
    """The chains of all ledgers but backups, by their folder."""
    homes = [root / HOME, *sorted(root.glob("restored-*")), *sorted(root.glob(f"{OFFICER}/{DESKS}/*"))]
    return {str(home.relative_to(root)): chain_of(home) for home in homes if (home / NAME).exists()}


def drafts(home: Path) -> dict[str, str]:
    """The hash of each draft that can be opened or brought back, by its path in the folder of drafts."""
    folder = home / "drafts"
    files = [*folder.glob("*.json"), *folder.glob("discarded/*.json")]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}


def backups(root: Path) -> list[str]:
    return sorted(file.name for file in (root / BACKUPS).glob("*.sqlite"))


def own_installation(root: Path) -> str:
    file = root / HOME / NAME
    return installation_of(file) if file.exists() else ""
