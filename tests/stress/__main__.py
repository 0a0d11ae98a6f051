"""Runs the parts and prints a line for each figure: `python -m tests.stress [--long] [--only PART] [--again]`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from tests.stress import table
from tests.stress.all_parts import PARTS
from tests.stress.kept import ROOT, Kept
from tests.stress.parts import BROKE, Figure, Job, Part, Tally


def main() -> int:
    args = _arguments()
    scale = "long" if args.long else "short"
    kept, began = Kept(scale), time.monotonic()
    parts = [part for part in PARTS if args.only in (None, part.name)]
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as workers:  # one job does nothing but wait
        # All at once, so that no worker waits for the last job of another part.
        found = [_Running(part, scale, kept, workers, again=args.again) for part in parts]
        sys.stdout.write(table.HEAD)
        figures = list(_told(found))
    missed = sum(not figure.held for figure in figures)
    sys.stdout.write(f"\n{len(figures)} figures, {missed} not as they have to be; {time.monotonic() - began:.0f} s.\n")
    if args.long and args.only is None and not missed:
        table.write(figures)
    return bool(missed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stress", description=__doc__)
    parser.add_argument("--long", action="store_true", help="all of it: goes on where it was interrupted")
    parser.add_argument("--only", metavar="PART", choices=[part.name for part in PARTS])
    parser.add_argument("--again", action="store_true", help="do also what was done before with the same code")
    return parser.parse_args()


def _told(found: Iterable[_Running]) -> Iterator[Figure]:
    for running in found:
        for figure in running.figures():
            sys.stdout.write(table.line(figure))
            sys.stdout.flush()
            yield figure


class _Running:
    """A part whose jobs wait for a worker, but for those that are done."""

    def __init__(self, part: Part, scale: str, kept: Kept, workers: Executor, *, again: bool) -> None:
        self._part, self._scale, self._kept, self._again = part, scale, kept, again
        self._missing = [tool for tool in part.needs if shutil.which(tool) is None]
        jobs = [] if self._missing else part.jobs(scale == "long")
        self._tallies = [workers.submit(self._tally, job) for job in jobs]

    def figures(self) -> Iterator[Figure]:
        """The lines, once all jobs are done."""
        if self._missing:
            yield Figure(self._part.name, f"not run: {', '.join(self._missing)} is not installed", "", held=False)
            return
        total = Tally()
        for tally in self._tallies:
            total.add(tally.result())
        for wrong in total.wrongs:
            sys.stderr.write(f"{self._part.name}: {wrong}\n")
        yield from self._part.figures(total)
        if total[BROKE]:
            yield Figure(self._part.name, f"{total[BROKE]} {BROKE}", "", held=False)

    def _tally(self, job: Job) -> Tally:
        known = None if self._again else self._kept.load(self._part.name, job.name)
        if known is not None:
            return known
        made = _run(self._part, job, self._scale)
        if not made[BROKE]:
            self._kept.save(self._part.name, job.name, made)
        return made


def _run(part: Part, job: Job, scale: str) -> Tally:
    """In a process and a folder of its own, so that a crash is one more thing to count."""
    with tempfile.TemporaryDirectory(prefix="stress-", dir=_quick()) as folder:
        command = [sys.executable, "-m", "tests.stress.job", part.name, job.name, scale, folder]
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=job.seconds, errors="replace"
            )
        except subprocess.TimeoutExpired:
            done = subprocess.CompletedProcess(command, -1, "", f"not done after {job.seconds} s")
    made = Tally()
    if done.returncode:
        last = (done.stderr.splitlines() or [""])[-1]
        made.wrong(BROKE, f"{job.name} with {done.returncode}: {last}")
        return made
    made.add(Tally(**json.loads(done.stdout.splitlines()[-1])))
    return made


def _quick() -> str | None:
    """A folder in memory where there is one: what the disk takes shows nothing here."""
    memory = Path("/dev/shm")  # noqa: S108  every job makes a folder of its own there
    return str(memory) if os.access(memory, os.W_OK) else None


if __name__ == "__main__":
    sys.exit(main())
