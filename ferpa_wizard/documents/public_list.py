"""The list of agreements that a school shows to families."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.document import Block, Cell, Document, Heading, Paragraph, Table

_HEADER = ("Partner", "Schools", "What for", "Data", "Until")
_WIDTHS = (5, 4, 5, 8, 3)


@dataclass(frozen=True)
class Listed:
    """One agreement as families read it; `schools` is empty where it holds for all."""

    party: str
    schools: tuple[str, ...]
    what_for: str
    data: tuple[str, ...]
    ends: str


def public_list(rows: Sequence[Listed], *, school: str, at: datetime) -> Document:
    """Who gets student data under an agreement, what for, which data and until when."""
    title = "Who gets student data under an agreement"
    as_of = sealed.day(at.date().isoformat())
    return Document(
        title=f"{title}: {school}" if school else title,
        language="en",
        at=at,
        masthead=school,
        footer=f"As of {as_of}",
        blocks=(Heading(1, title), *_list(rows, as_of)),
    )


def _list(rows: Sequence[Listed], as_of: str) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph(f"On {as_of} there was no agreement under which student data goes out."),)
    lead = f"These agreements hold on {as_of}. Ask the school if you want to see one, or what is in your file."
    return (Paragraph(lead), Table(_HEADER, tuple(map(_row, rows)), _WIDTHS))


def _row(listed: Listed) -> tuple[Cell, ...]:
    return (
        Cell(listed.party),
        Cell(", ".join(listed.schools) or "All our schools"),
        Cell(listed.what_for),
        Cell(", ".join(listed.data)),
        Cell(sealed.day(listed.ends)),
    )
