"""Papers: one neutral document, and thin writers that give it a form."""

from ferpa_wizard.documents.document import Document, DocumentError
from ferpa_wizard.documents.html import to_html
from ferpa_wizard.documents.pdf import to_pdf
from ferpa_wizard.documents.record_paper import record_paper
from ferpa_wizard.documents.write import write

__all__ = ["Document", "DocumentError", "record_paper", "to_html", "to_pdf", "write"]
