"""The whole log of a desk as a file."""

from __future__ import annotations

import csv
from pathlib import Path

from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import Format, Wanted
from ferpa_wizard.requests.steps import whole


def export(desk: Desk, out: Path, form: Format) -> int:
    """Write it; how many entries."""
    return whole(desk.exports.exporting(Wanted(form), out)).count


def register(file: Path) -> list[dict[str, str]]:
    """The rows of a register that was exported, by the names of its columns."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))
