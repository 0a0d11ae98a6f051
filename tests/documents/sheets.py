"""Documents to be written in some form, and their text without its white space."""

from __future__ import annotations

from datetime import UTC, datetime

from ferpa_wizard.documents.document import (
    Callout,
    Cell,
    Checklist,
    Document,
    Heading,
    Pair,
    Pairs,
    Paragraph,
    Table,
    Task,
    Tone,
)
from ferpa_wizard.documents.record_paper import record_paper
from tests.documents.samples import NUMBER, SEAL, Body

AT = datetime(2026, 11, 24, 10, 52, 31, tzinfo=UTC)


def record(body: Body) -> Document:
    """The paper of a record with this text."""
    return record_paper(body, number=NUMBER, seal=SEAL)


def everything(text: str) -> Document:
    """One of each block, the text in every place."""
    cell = Cell(text, text, Tone.NO)
    return Document(
        text, "en", AT, text, text,
        (
            Heading(1, text),
            Paragraph(text),
            Pairs((Pair(text, text, text),)),
            Checklist((Task(text, text, text, done=True),)),
            Callout(Tone.ASK, text, text, text, lead=True),
            Table((text, text), ((cell, cell),), (1, 2), dense=True),
        ),
    )  # fmt: skip


def squeezed(text: str) -> str:
    return "".join(text.split())
