"""One record of the log as it stands now, of this desk or of another: what was sealed, and what came after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ferpa_wizard.requests.decided import decided

if TYPE_CHECKING:
    from ferpa_wizard.requests.desk import Desk
    from ferpa_wizard.requests.later import Kept as Note
    from ferpa_wizard.requests.reviews import Kept as Reviewed
    from ferpa_wizard.requests.sealed import Sealed


@dataclass(frozen=True, slots=True)
class LogRecord:
    """`mine` says that this desk made it; `state` is one of core/review.py; notes and reviews come oldest first."""

    installation: str
    mine: bool
    sealed: Sealed
    notes: tuple[Note, ...]
    replaced_by: str
    state: str
    reviews: tuple[Reviewed, ...]


def log_record(desk: Desk, number: str, installation: str = "") -> LogRecord:
    """Read it. Raises LedgerError, and RequestsError for what is no decision that can be read."""
    reviews = desk.keeping.reviews
    with desk.chain(installation) as chain:
        number = decided(chain, number).number
        later = desk.beside(chain).later
        notes, replaced_by = tuple(later.notes(number)), later.replaced_by(number)
    return LogRecord(
        installation,
        desk.is_own(installation),
        desk.record(number, installation),
        notes,
        replaced_by,
        reviews.state(number, installation),
        tuple(reviews.history(number, installation)),
    )
