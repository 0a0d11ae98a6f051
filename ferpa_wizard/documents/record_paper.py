"""The justification record: what a sealed decision says, for parents, principals and lawyers."""

from __future__ import annotations

from collections.abc import Callable

from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents import record_decision as told
from ferpa_wizard.documents import record_principles as sharing
from ferpa_wizard.documents import record_result as found
from ferpa_wizard.documents.body import Fields, group, text
from ferpa_wizard.documents.document import Block, Document, Heading, Paragraph

LONGEST_HEADLINE = 200

_SECTIONS: tuple[Callable[[Fields], tuple[Block, ...]], ...] = (
    found.verdict,
    told.decision,
    told.request,
    found.layers,
    found.steps,
    found.unknown,
    found.conditions,
    found.items,
    found.duties,
    found.advice,
    found.routes,
    sharing.principles,
    told.kept,
    told.answers,
    found.others,
)


def record_paper(body: Fields, *, number: str, seal: str) -> Document:
    """The paper of one record: its sealed body, its number for people and its seal in hex.

    DocumentError when the body lacks what the paper is about.
    """
    sealed.check(body)
    request, school = group(body, "request"), text(group(body, "profile"), "school")
    title, *rest = _headline(text(request, "title").strip())
    top = (f"Decision record {number}", school, text(request, "reference"))
    parts = (part for section in _SECTIONS for part in section(body))
    return Document(
        title=f"Decision record {number}: {title}",
        language="en",
        at=sealed.moment(text(group(body, "decision"), "at")),
        masthead=" · ".join(filter(None, top)),
        footer=f"Decision record {number} · Seal {seal}",
        blocks=(Heading(1, title), *map(Paragraph, rest), *parts, *told.evidence(body, number=number, seal=seal)),
    )


def _headline(title: str) -> list[str]:
    """The heading; where the title is too long for one, the whole title after it."""
    if len(title) <= LONGEST_HEADLINE:
        return [title or "Request for student data"]
    return [title[:LONGEST_HEADLINE].rstrip() + "…", title]
