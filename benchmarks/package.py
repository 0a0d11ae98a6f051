"""The packaged program against the same program run from its source: how soon its window is there, how large it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Row, interleaved, left_out, quantile

FOLDER = Path(__file__).parents[1] / "dist" / "ferpa-wizard"
ROUNDS = 9
START, SIZE = "Start of the package to a window", "Package on disk"
SOURCE = "run from its source"


def rows() -> Iterator[Row]:
    program = FOLDER / "ferpa-wizard"
    if not program.exists():
        yield from (left_out(what, "no package is built: make package") for what in (START, SIZE))
        return
    yield _start(program)
    size = sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
    yield Row(SIZE, f"{size:.0f} MB", "", size, 200, "MB", "all files, links not counted")


def _start(program: Path) -> Row:
    if not os.environ.get("DISPLAY") or not shutil.which("xdotool"):
        return left_out(START, "no display, or no xdotool to see windows with")
    packaged: list[float] = []

    def from_package() -> float:
        packaged.append(_seconds_to_window([str(program)]))
        return packaged[-1]

    def from_source() -> float:
        return _seconds_to_window([sys.executable, "-m", "ferpa_wizard"])

    from_package(), from_source()  # the first of each reads from the disk
    ours, bare = interleaved((from_package, from_source), rounds=ROUNDS)
    note = f"slowest {quantile(packaged[1:], 1) * 1000:.0f} ms; a window is looked for every 30 ms or so"
    return Row(START, f"{ours * 1000:.0f} ms", f"{bare * 1000:.0f} ms, {SOURCE}", ours / bare, 1.3, "x", note)


def _seconds_to_window(command: Sequence[str]) -> float:
    """From the start of the process until its window is on the screen. Raises TimeoutExpired."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as home:
        started = time.perf_counter()
        with subprocess.Popen(command, env={**kept, "FERPA_WIZARD_HOME": home}) as child:
            # No window manager marks windows with their process here, so it is found by its name.
            look = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "FERPA Wizard"]
            subprocess.run(look, check=True, capture_output=True, timeout=60)
            taken = time.perf_counter() - started
            child.terminate()
    return taken
