"""What a window or terminal shows beside the question: the answers so far, and what they mean so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.determination import BasisLine, ChallengeLine
from ferpa_wizard.core.walk import Given, Walk
from ferpa_wizard.requests.under_agreement import origin


@dataclass(frozen=True, slots=True)
class RailRow:
    question: str
    text: str
    label: str
    source: str  # person | agreement | profile | district | presumed
    now: bool = False
    origin: str = ""  # a sentence where an agreement gave the answer


@dataclass(frozen=True, slots=True)
class RailSection:
    """`state` is done, now or ahead."""

    id: str
    title: str
    state: str
    rows: tuple[RailRow, ...]


@dataclass(frozen=True, slots=True)
class PanelRow:
    """`mark` is holds, depends or part for an open basis, out for one that is ruled out."""

    basis: str
    title: str
    says: str
    cite: str
    mark: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    summary: str
    open: tuple[PanelRow, ...]
    ruled_out: tuple[PanelRow, ...]


def rail(walk: Walk, agreement: Agreement | None, *, now: Sequence[str]) -> list[RailSection]:
    """The answers given, in the sections of the pack; `now` are the questions on the page in view."""
    rows = [_row(given, agreement, now) for given in walk.trail]
    sections = {given.ask.id: given.ask.section for given in walk.trail}
    if walk.ask is not None and walk.ask.id in now:
        rows.append(RailRow(walk.ask.id, walk.ask.text, "", "person", now=True))
        sections[walk.ask.id] = walk.ask.section
    here = next((sections[name] for name in now if name in sections), "")
    return _in_sections(walk, rows, sections, here)


def check_rows(walk: Walk, agreement: Agreement | None) -> list[RailSection]:
    """Everything the result rests on, presumed and standing facts included."""
    every = (*walk.trail, *walk.assumed)
    sections = {given.ask.id: given.ask.section for given in every}
    return _in_sections(walk, [_row(given, agreement, ()) for given in every], sections, "")


def _row(given: Given, agreement: Agreement | None, now: Sequence[str]) -> RailRow:
    said = origin(given, agreement)
    return RailRow(given.ask.id, given.ask.text, given.label, given.source, now=given.ask.id in now, origin=said)


def _in_sections(walk: Walk, rows: Iterable[RailRow], sections: dict[str, str], here: str) -> list[RailSection]:
    found = []
    for section in walk.facts.pack.sections:
        own = tuple(row for row in rows if sections[row.question] == section.id)
        state = "now" if section.id == here else ("done" if own else "ahead")
        found.append(RailSection(section.id, section.title, state, own))
    return found


def panel(walk: Walk, bases: Sequence[BasisLine], challenge: ChallengeLine | None) -> Panel:
    """Which ways to share are open and which answers closed the others; it explains given answers only."""
    opened = [line for line in bases if line.status != "ruled-out" and line.covers]
    out = [line for line in bases if line not in opened]
    wide = max((len(line.covers) for line in opened), default=0)
    rows = [_open_row(line, wide, walk) for line in sorted(opened, key=lambda line: -len(line.covers))]
    closed = [PanelRow(line.id, line.title, line.because, line.cite, "out", line.question) for line in out]
    # What an answer closed is worth reading; what simply never applied is not.
    told = [row for row in closed if row.question in walk.facts.answers]
    summary = _summary(len(rows))
    if challenge is not None:
        summary = f"{challenge.says} {summary}"
    return Panel(summary, tuple(rows), tuple(told))


def _open_row(line: BasisLine, wide: int, walk: Walk) -> PanelRow:
    if line.status == "met":
        return PanelRow(line.id, line.title, "Holds on what you said.", line.cite, "holds")
    if len(line.covers) < wide:
        return PanelRow(line.id, line.title, f"Covers {len(line.covers)} of {wide} data items.", line.cite, "part")
    if walk.ask is not None and line.question == walk.ask.id:
        return PanelRow(line.id, line.title, "Depends on this question.", line.cite, "depends")
    answered = line.question in walk.facts.answers or line.status == "route"
    says = line.because if answered else "Depends on what comes next."
    return PanelRow(line.id, line.title, says, line.cite, "depends")


def _summary(count: int) -> str:
    if count == 0:
        return "No way to share is open yet. This is not a decision."
    ways = "One way to share is" if count == 1 else f"{count} ways to share are"
    return f"{ways} still open. This is not a decision yet."
