"""The chains of other desks that this home holds as copies, which are only read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ferpa_wizard.ledger.chains import copies
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.errors import RequestsError


@contextmanager
def chain_of(home: Path, installation: str, *, now: datetime) -> Iterator[Ledger]:
    """The copy of another desk's chain. Raises LedgerError, and RequestsError where there is none."""
    place = next((chain.home for chain in copies(home) if chain.installation == installation), None)
    if place is None:
        raise RequestsError(f"The chain of desk “{installation}” is not here. Pull it first.")
    with Ledger.open(place, now=now, readonly=True) as opened:
        yield opened
