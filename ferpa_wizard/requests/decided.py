"""The sealed decision that people name by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ferpa_wizard.core.retention import PURGE, named_in
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
    """The decision with this number. Raises LedgerError, and RequestsError for one that is purged, changed, or none."""
    entry = unchanged(not_purged(ledger, number))
    if entry.kind != DECISION or entry.body is None:
        raise RequestsError(f"Entry {entry.number} is no decision that can be read. Give the number of a decision.")
    return Decided(entry.number, entry.body)


def unchanged(entry: Entry) -> Entry:
    """The same entry. Raises RequestsError for one that does not match its seal: nothing may rest on it."""
    if entry.matches:
        return entry
    raise RequestsError(f"Entry {entry.number} changed after it was sealed, so nothing may rest on it. {VERIFY}")


def not_purged(ledger: Ledger, number: str) -> Entry:
    """The entry with its text. Raises LedgerError, and RequestsError that says when it was purged, by whom and why."""
    entry = ledger.get(number)
    if entry.text is not None:
        return entry
    for purge in ledger.every(PURGE, after=entry.sequence):
        body = purge.body or {}
        if entry.sequence in named_in(body):
            told = f"It was purged on {purge.at.date().isoformat()} by {body.get('by')}: “{body.get('words')}”"
            raise RequestsError(f"The text of {entry.number} is gone. {told} (entry {purge.number}).")
    raise RequestsError(f"The text of {entry.number} is gone, and no purge names it. Verify the log.")
