"""What window and terminal share: open a request, answer, change, decide, seal, write papers."""

from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.record import Decision, DecisionChoice
from ferpa_wizard.requests.desk import Desk, DraftRow, ExportKind, QuickStart, RecordRow, Verified
from ferpa_wizard.requests.errors import DecisionError, DraftError, RequestsError
from ferpa_wizard.requests.papers import PaperKind, papers, write_papers
from ferpa_wizard.requests.request import Request, Sealed
from ferpa_wizard.requests.views import Panel, PanelRow, RailRow, RailSection

__all__ = [
    "AnswerError",
    "Decision",
    "DecisionChoice",
    "DecisionError",
    "Desk",
    "DraftError",
    "DraftRow",
    "ExportKind",
    "Panel",
    "PanelRow",
    "PaperKind",
    "QuickStart",
    "RailRow",
    "RailSection",
    "RecordRow",
    "Request",
    "RequestsError",
    "Sealed",
    "Verified",
    "papers",
    "write_papers",
]
