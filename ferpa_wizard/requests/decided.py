"""The sealed decision that people name by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ferpa_wizard.requests.errors import RequestsError

if TYPE_CHECKING:
    from ferpa_wizard.ledger.ledger import Ledger

DECISION = "decision"
"""The kind of its entry."""


class Decided(NamedTuple):
    """Its number for people, and what was sealed."""

    number: str
    body: dict[str, Any]


def decided(ledger: Ledger, number: str) -> Decided:
    """The decision with this number. Raises LedgerError, and RequestsError for an entry of another kind."""
    entry = ledger.get(number)
    if entry.kind != DECISION or entry.body is None:
        raise RequestsError(f"Entry {entry.number} is no decision that can be read. Give the number of a decision.")
    return Decided(entry.number, entry.body)
