"""The whole log of a desk as a file."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import Format, Wanted
from ferpa_wizard.requests.steps import whole


def export(desk: Desk, out: Path, form: Format) -> int:
    """Write it; how many entries."""
    return whole(desk.exports.exporting(Wanted(form), out)).count
