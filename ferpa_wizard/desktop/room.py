"""The names of the requests room that the window uses, in one place."""

from __future__ import annotations

from ferpa_wizard.core import AnswerError, Ask, Change, Determination
from ferpa_wizard.documents.document import DocumentError
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests import (
    Decision,
    DecisionChoice,
    DecisionError,
    Desk,
    DraftRow,
    ExportKind,
    Panel,
    PanelRow,
    QuickStart,
    RailRow,
    RailSection,
    RecordRow,
    Request,
    RequestsError,
    Sealed,
    papers,
    write_papers,
)

# What can stand in the way of reading or writing; `str()` of each is a sentence for people.
STORE_ERRORS = (RequestsError, LedgerError)
PAPER_ERRORS = (DocumentError,)

__all__ = [
    "PAPER_ERRORS",
    "STORE_ERRORS",
    "AnswerError",
    "Ask",
    "Change",
    "Decision",
    "DecisionChoice",
    "DecisionError",
    "Desk",
    "Determination",
    "DraftRow",
    "ExportKind",
    "Panel",
    "PanelRow",
    "QuickStart",
    "RailRow",
    "RailSection",
    "RecordRow",
    "Request",
    "Sealed",
    "papers",
    "write_papers",
]
