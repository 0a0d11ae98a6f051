"""The sealed decision that people name by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ferpa_wizard.requests.errors import RequestsError

if TYPE_CHECKING:
    from ferpa_wizard.core.entry import Entry
    from ferpa_wizard.ledger.ledger import Ledger

DECISION = "decision"
"""The kind of its entry."""
VERIFY = "Verify the log (log verify), and tell the privacy officer what it says."


class Decided(NamedTuple):
    """Its number for people, and what was sealed."""

    number: str
    body: dict[str, Any]


def decided(ledger: Ledger, number: str) -> Decided:
    """The decision with this number. Raises LedgerError, and RequestsError for one that changed, or is none."""
    entry = unchanged(ledger.get(number))
    if entry.kind != DECISION or entry.body is None:
        raise RequestsError(f"Entry {entry.number} is no decision that can be read. Give the number of a decision.")
    return Decided(entry.number, entry.body)


def unchanged(entry: Entry) -> Entry:
    """The same entry. Raises RequestsError for one that does not match its seal: nothing may rest on it."""
    if entry.matches:
        return entry
    raise RequestsError(f"Entry {entry.number} changed after it was sealed, so nothing may rest on it. {VERIFY}")
