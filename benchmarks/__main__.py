"""Runs every measurement, prints the table and writes it to benchmarks/results.md."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from benchmarks import engine, package, records, windows
from benchmarks.measure import Row

RESULTS = Path(__file__).parent / "results.md"
HEAD = "| What | Ours | Against | Figure | Reach | Reached | Note |\n| --- | --- | --- | --- | --- | --- | --- |\n"


def main() -> int:
    os.environ.pop("QT_QPA_PLATFORM", None)  # a real screen, or a virtual one, or none
    if not os.environ.get("DISPLAY") and (xvfb := shutil.which("xvfb-run")):
        os.execv(xvfb, [xvfb, "-a", sys.executable, "-m", "benchmarks"])  # noqa: S606 - no shell is wanted
    lines = []
    print(HEAD, end="")
    for row in chain(engine.rows(), records.rows(), windows.rows(), package.rows()):
        lines.append(_line(row))
        print(lines[-1], end="", flush=True)
    RESULTS.write_text("".join(_page(lines)), encoding="utf-8")
    print(f"\nWritten to {RESULTS.relative_to(Path.cwd())}" if RESULTS.is_relative_to(Path.cwd()) else "")
    return 0


def _line(row: Row) -> str:
    reach = "" if row.reach is None else f"{row.reach:g} {row.unit}"
    return f"| {row.what} | {row.ours} | {row.against} | {row.shown} | {reach} | {row.verdict} | {row.note} |\n"


def _page(lines: list[str]) -> Iterator[str]:
    yield "# Measurements\n\n"
    yield (
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Qt {version('PySide6_Essentials')}, "
        f"SQLite {sqlite3.sqlite_version}. Ratios compare two things measured in turns in the same run; "
        "absolute times are those of one machine.\n\n"
    )
    yield HEAD
    yield from lines


if __name__ == "__main__":
    sys.exit(main())
