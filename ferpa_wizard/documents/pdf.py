"""A document as a tagged PDF (PDF/UA-1 and PDF/A-2a) or as pictures of its pages, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Literal, cast

from ferpa_wizard.documents.characters import covered_by, printable
from ferpa_wizard.documents.document import Document, plain
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.paths import data

PaperSize = Literal["us-letter", "a4"]
PAPERS: Mapping[str, PaperSize] = {"letter": "us-letter", "a4": "a4"}
"""The sizes by the name that people write."""

BODY_FONT = "Inter-Regular.ttf"


def to_pdf(document: Document, *, paper: PaperSize) -> bytes:
    """The PDF file. A character that our font lacks is printed by number, as in ‹U+4E2D›.

    DocumentError when it cannot be made; nothing is written.
    """
    return b"".join(_made(document, paper, "PDF was"))


def to_pages(document: Document, *, paper: PaperSize, ppi: float) -> list[bytes]:
    """A picture (PNG) of each page of the PDF, with `ppi` pixels an inch. DocumentError when it cannot be made."""
    return _made(document, paper, "pages were", ppi=ppi)


def _made(document: Document, paper: PaperSize, what: str, *, ppi: float | None = None) -> list[bytes]:
    """The file, or with `ppi` one file for each page; `what` begins the sentence when it cannot be made."""
    try:
        import typst
    except ImportError as missing:
        raise _refused(what, "a part of the program is missing") from missing

    try:
        papers, fonts = data() / "resources" / "papers", data() / "resources" / "fonts"
        say = partial(printable, covered=covered_by(fonts / BODY_FONT))
        made = typst.compile(
            papers / "paper.typ",
            root=papers,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
            ignore_system_fonts=True,
            format="png" if ppi else "pdf",
            ppi=ppi,
            sys_inputs={"document": json.dumps(plain(document, say)), "paper": paper},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(document.at.timestamp()),
        )
    except (OSError, ValueError) as unreadable:
        raise _refused(what, "a part of the program could not be read") from unreadable
    except typst.TypstError as refusal:
        raise _refused(what, f"it could not be laid out: {refusal.message}") from refusal
    files = cast("bytes | list[bytes]", made)  # as it is; typst's own types know the first alone
    return [files] if isinstance(files, bytes) else files


def _refused(what: str, why: str) -> DocumentError:
    return DocumentError(
        f"The {what} not made: {why}. Your record is safe. Save it as HTML instead, which says the same."
    )
