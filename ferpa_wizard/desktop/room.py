"""What can stand in the way of reading or writing; `str()` of each is a sentence for people."""

from __future__ import annotations

from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.errors import RequestsError

STORE_ERRORS = (RequestsError, LedgerError)
PAPER_ERRORS = (DocumentError,)
RULES_ERRORS = (CoreError, OSError)


def without_rules(error: Exception) -> str:
    """What to say when the rules or the school's profile cannot be used."""
    first, *more = str(error).splitlines() or [""]
    rest = f" And {len(more)} more." if more else ""
    return (
        f"No request can be opened until IT mends the rules or the profile; drafts and records are safe. {first}{rest}"
    )
