"""A document as one accessible web page that needs nothing beside itself."""

from __future__ import annotations

import json
from pathlib import Path

from ferpa_wizard.documents.characters import visible
from ferpa_wizard.documents.document import Document, plain
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.paths import data

TEMPLATE = "paper.html.j2"


def to_html(document: Document) -> str:
    """The whole page. Every text of the document is escaped; controls are named by number.

    DocumentError when our own template cannot be read.
    """
    try:
        return _rendered(document, data() / "resources" / "papers")
    except OSError as unreadable:
        raise DocumentError(
            "The page was not made: a part of the program is missing. Your record is safe. Install the program again."
        ) from unreadable


def _rendered(document: Document, papers: Path) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(papers), autoescape=True, undefined=StrictUndefined)
    css = (papers / "paper.css").read_text(encoding="utf-8")
    return environment.get_template(TEMPLATE).render(
        paper=plain(document, visible),
        css=Markup(css),  # noqa: S704  our own file
        tones=json.loads((papers / "tones.json").read_text(encoding="utf-8")),
        shares=_shares,
    )


def _shares(widths: list[int]) -> list[int]:
    return [round(100 * width / sum(widths)) for width in widths]
