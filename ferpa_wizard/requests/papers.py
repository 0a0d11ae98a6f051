"""The papers of a sealed decision, written to a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ferpa_wizard.documents.record_paper import record_paper
from ferpa_wizard.documents.write import write
from ferpa_wizard.requests.sealed import Sealed

FORMATS = ("pdf", "html")


@dataclass(frozen=True, slots=True)
class PaperKind:
    id: str
    label: str


def papers(sealed: Sealed) -> list[PaperKind]:
    """The papers that this decision has."""
    return [PaperKind("record", f"Decision record {sealed.number}")]


def write_papers(sealed: Sealed, folder: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write each paper in each format; the files written. Raises DocumentError with a sentence."""
    paper = record_paper(sealed.body, number=sealed.number, seal=sealed.seal)
    return [write(paper, folder / f"record-{sealed.number}.{suffix}") for suffix in formats]
