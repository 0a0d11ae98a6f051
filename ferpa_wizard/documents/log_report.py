"""The decision log as a paper: what was looked for, how it came out, and a line for each decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.document import Block, Cell, Document, Heading, Pair, Pairs, Paragraph, Table

MOST = 2_000
"""How many decisions a paper lists: beyond that nobody turns its pages."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One decision in the list; `desk` is empty where there is only one, `title` where texts are left out."""

    number: str
    desk: str
    day: str
    title: str
    asked: str
    basis: str
    outcome: str
    by: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the paper tells besides the list; `looked_for` is empty for all decisions, `outcomes` are in words."""

    looked_for: str
    school: str
    outcomes: Sequence[tuple[str, int]]
    restricted: int
    unfit: int
    seals: Sequence[tuple[str, str]]


def log_report(report: Report, rows: Sequence[Reported], *, at: datetime) -> Document:
    """The paper, with the newest decision first."""
    as_of = sealed.day(at.date().isoformat())
    return Document(
        title=f"Decision log, {as_of}",
        language="en",
        at=at,
        masthead=report.school,
        footer=f"Decision log as of {as_of}",
        blocks=(
            Heading(1, "Decision log"),
            Pairs(tuple(_summary(report, len(rows)))),
            *_outcomes(report.outcomes),
            *_list(rows),
        ),
    )


def _summary(report: Report, count: int) -> list[Pair]:
    left_out = [
        *([f"Restricted decisions: {report.restricted}."] if report.restricted else []),
        *([f"Entries that do not match their seal: {report.unfit}. Verify the log."] if report.unfit else []),
    ]
    return [
        Pair("Looked for", report.looked_for or "All decisions"),
        Pair("Decisions", f"{count:,}"),
        *([Pair("Not in the list", " ".join(left_out))] if left_out else []),
        *(Pair(name, seal, "The last seal of the log when this was made.") for name, seal in report.seals),
    ]


def _outcomes(outcomes: Sequence[tuple[str, int]]) -> tuple[Block, ...]:
    if not outcomes:
        return ()
    rows = tuple((Cell(name), Cell(f"{count:,}")) for name, count in outcomes)
    return (Heading(2, "Outcomes"), Table(("Decision", "How many"), rows, (5, 2)))


def _list(rows: Sequence[Reported]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph("No decision was found."),)
    titled = any(row.title for row in rows)
    header = ("Number", "Day", *(("Request",) if titled else ()), "Asked by", "Basis", "Decision", "By")
    widths = (5, 5, *((9,) if titled else ()), 7, 7, 6, 6)
    return (Heading(2, "Decisions"), Table(header, tuple(_row(row, titled=titled) for row in rows), widths, dense=True))


def _row(row: Reported, *, titled: bool) -> tuple[Cell, ...]:
    title = (Cell(row.title),) if titled else ()
    number = Cell(row.number, row.desk)
    rest = (Cell(row.asked), Cell(row.basis), Cell(row.outcome), Cell(row.by))
    return (number, Cell(sealed.day(row.day)), *title, *rest)
