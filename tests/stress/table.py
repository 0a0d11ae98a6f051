"""Figures as lines of a table, and the table of the long run in docs/reliability.md."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from tests.stress.kept import ROOT, fingerprint
from tests.stress.parts import Figure

PAGE = ROOT / "docs" / "reliability.md"
HEAD = "| What | Figure | Control | Held |\n| --- | --- | --- | --- |\n"
_BEGIN, _END = "<!-- figures: written by make stress-long -->\n", "<!-- end of figures -->\n"


def line(figure: Figure) -> str:
    return f"| {figure.what} | {figure.figure} | {figure.control} | {'yes' if figure.held else 'NO'} |\n"


def write(figures: Sequence[Figure]) -> None:
    """Put the table between the marks of the page."""
    before, rest = PAGE.read_text(encoding="utf-8").split(_BEGIN)
    _, after = rest.split(_END)
    made = (
        f"\n{datetime.now(UTC):%Y-%m-%d}: {platform.system()} on {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; sources {fingerprint()[:12]}.\n\n"
    )
    text = "".join((before, _BEGIN, made, HEAD, *map(line, figures), "\n", _END, after))
    PAGE.write_text(text, encoding="utf-8")
