"""A document as a tagged PDF (PDF/UA-1 and PDF/A-2a), the same bytes each time."""

from __future__ import annotations

import json
from functools import partial
from typing import Literal

from ferpa_wizard.documents.characters import covered_by, printable
from ferpa_wizard.documents.document import Document, plain
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.paths import data

PaperSize = Literal["us-letter", "a4"]

BODY_FONT = "Inter-Regular.ttf"


def to_pdf(document: Document, *, paper: PaperSize) -> bytes:
    """The PDF file. A character that our font lacks is printed by number, as in ‹U+4E2D›.

    DocumentError when it cannot be made; nothing is written.
    """
    try:
        import typst
    except ImportError as missing:
        raise _refused("a part of the program is missing") from missing

    try:
        papers, fonts = data() / "resources" / "papers", data() / "resources" / "fonts"
        say = partial(printable, covered=covered_by(fonts / BODY_FONT))
        return typst.compile(
            papers / "paper.typ",
            root=papers,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(plain(document, say)), "paper": paper},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(document.at.timestamp()),
        )
    except (OSError, ValueError) as unreadable:
        raise _refused("a part of the program could not be read") from unreadable
    except typst.TypstError as refusal:
        raise _refused(f"it could not be laid out: {refusal.message}") from refusal


def _refused(why: str) -> DocumentError:
    return DocumentError(
        f"The PDF was not made: {why}. Your record is safe. Save it as HTML instead, which says the same."
    )
