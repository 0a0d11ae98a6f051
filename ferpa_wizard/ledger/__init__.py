"""What is kept: the append-only ledger, its check and exports, and drafts."""

from ferpa_wizard.ledger.drafts import Drafts, Listing
from ferpa_wizard.ledger.errors import (
    DiskFull,
    DraftDamaged,
    DraftError,
    DraftMissing,
    ExportFailed,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerGone,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
    LedgerReadOnly,
    LedgerUnreachable,
    NoSuchEntry,
)
from ferpa_wizard.ledger.export import Exported, export
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import Verdict, verify

__all__ = [
    "DiskFull", "DraftDamaged", "DraftError", "DraftMissing", "Drafts", "ExportFailed", "Exported", "Ledger",
    "LedgerDamaged", "LedgerError", "LedgerForeign", "LedgerGone", "LedgerLocked", "LedgerMissing", "LedgerNewer",
    "LedgerReadOnly", "LedgerUnreachable", "Listing", "NoSuchEntry", "Verdict", "export", "verify",
]  # fmt: skip
