"""The chains that a home folder holds: its own, and a copy of each other desk that was pulled."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ferpa_wizard.ledger import schema
from ferpa_wizard.ledger.errors import LedgerDamaged, LedgerMissing, translated
from ferpa_wizard.ledger.file import NAME, connect_to_read
from ferpa_wizard.ledger.installations import DESKS, is_installation


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain; `home` is the folder in which Ledger.open(readonly=True) opens it."""

    installation: str
    home: Path


def chains(home: Path) -> list[Chain]:
    """The own chain first, if there is one, then the copies by installation. Raises LedgerError."""
    own = [Chain(installation_of(home / NAME), home)] if (home / NAME).exists() else []
    known = {chain.installation for chain in own}
    return own + [copy for copy in copies(home) if copy.installation not in known]


def installation_of(file: Path) -> str:
    """The installation that a ledger's file says it belongs to. Raises LedgerError."""
    with translated(file):
        if not file.exists():
            raise LedgerMissing(file)
        if problem := schema.sniff(file):
            raise problem
        with closing(connect_to_read(file)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = 'installation'").fetchone()
    if row is None or not is_installation(str(row[0])):
        raise LedgerDamaged(file, "It does not say its installation.")
    return str(row[0])


def copies(home: Path) -> list[Chain]:
    """The copies of other desks' chains, in the order of their installations. Raises LedgerError."""
    return [one for one in places(home) if (one.home / NAME).is_file()]


def places(home: Path) -> list[Chain]:
    """The same, and those whose ledger has gone: a check must not pass them over. Raises LedgerError."""
    folder = home / DESKS
    with translated(folder):
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return [Chain(one.name, one) for one in found if is_installation(one.name) and one.is_dir()]
