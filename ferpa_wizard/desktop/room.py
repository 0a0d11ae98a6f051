"""The names of the requests room that the window uses, in one place."""

from __future__ import annotations

from ferpa_wizard.core import AnswerError, Ask, Change, CoreError, Determination
from ferpa_wizard.core.record import Decision, DecisionChoice
from ferpa_wizard.core.walk import Choice, Given
from ferpa_wizard.documents.document import DocumentError
from ferpa_wizard.requests.desk import Desk, DraftRow, QuickStart, RecordRow
from ferpa_wizard.requests.errors import DecisionError, DraftError, RequestsError
from ferpa_wizard.requests.papers import write_record
from ferpa_wizard.requests.request import Request, Sealed
from ferpa_wizard.requests.views import Panel, PanelRow, RailRow, RailSection

PAPER_ERRORS = (DocumentError, RequestsError, OSError)

__all__ = [
    "PAPER_ERRORS",
    "AnswerError", "Ask", "Change", "Choice", "CoreError", "Decision", "DecisionChoice", "DecisionError", "Desk",
    "Determination", "DraftError", "DraftRow", "Given", "Panel", "PanelRow", "QuickStart", "RailRow",
    "RailSection", "RecordRow", "Request", "RequestsError", "Sealed", "write_record",
]  # fmt: skip
