"""The papers of a sealed decision, written to a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ferpa_wizard.documents import record_paper, write
from ferpa_wizard.requests.request import Sealed

FORMATS = ("pdf", "html")


def write_record(sealed: Sealed, folder: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write the justification record in each format; the paths written. Raises DocumentError with a sentence."""
    paper = record_paper(sealed.body, number=sealed.number, seal=sealed.seal)
    return [write(paper, folder / f"record-{sealed.number}.{suffix}") for suffix in formats]
