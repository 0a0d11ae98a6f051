"""Start, memory and answering, each in processes of their own on a real or virtual screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import IO, Any, cast

from benchmarks.measure import Row, interleaved, left_out, quantile

ROUNDS = 7
START, MEMORY, ANSWER = (
    "Start to a painted, usable Home",
    "Memory at Home (proportional)",
    "Answer to next page painted, p95",
)
BARE = "bare PySide6 window"


def rows() -> Iterator[Row]:
    if not os.environ.get("DISPLAY"):
        why = "no display, and no xvfb-run to make one"
        yield from (left_out(what, why) for what in (START, MEMORY, ANSWER))
        return
    with tempfile.TemporaryDirectory() as home:
        yield from _start_and_memory(home)
    yield _answering()


def _start_and_memory(home: str) -> Iterator[Row]:
    told: dict[str, list[dict[str, Any]]] = {"bare_window": [], "home_window": []}
    ready: list[float] = []

    def start(module: str, *arguments: str) -> float:
        started = time.perf_counter()
        command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment()) as child:
            output = cast("IO[str]", child.stdout)
            output.readline()
            painted = time.perf_counter() - started
            told[module].append(json.loads(output.readline()))
            ready.append(time.perf_counter() - started)
        return painted

    def bare_window() -> float:
        return start("bare_window")

    def home_window() -> float:
        return start("home_window", home)

    bare_window(), home_window()  # the first of each reads from the disk and keeps its bytecode
    bare, ours = interleaved((bare_window, home_window), rounds=ROUNDS)
    whole = quantile(ready[3::2], 0.5)
    note = f"{told['home_window'][0]['platform']}; {whole * 1000:.0f} ms until the rules are read too"
    yield Row(START, f"{ours * 1000:.0f} ms", f"{bare * 1000:.0f} ms, {BARE}", ours / bare, 2.0, "x", note)
    yield _memory(told)


def _environment() -> dict[str, str]:
    """Python keeps its bytecode, as it does where people run the program."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _memory(told: dict[str, list[dict[str, Any]]]) -> Row:
    if "pss" not in told["bare_window"][0]:
        return left_out(MEMORY, "this system does not tell a process its memory")
    bare, ours = (
        {key: quantile([run[key] for run in told[module]], 0.5) / 1024 for key in ("pss", "rss")}
        for module in ("bare_window", "home_window")
    )
    note = f"resident: {ours['rss']:.0f} against {bare['rss']:.0f} MiB"
    figure = ours["pss"] / bare["pss"]
    return Row(MEMORY, f"{ours['pss']:.0f} MiB", f"{bare['pss']:.0f} MiB, {BARE}", figure, 2.0, "x", note)


def _answering() -> Row:
    done = subprocess.run([sys.executable, "-m", "benchmarks.answering"], stdout=subprocess.PIPE, text=True, check=True)
    taken = json.loads(done.stdout.splitlines()[-1])
    p50, p95 = quantile(taken, 0.5), quantile(taken, 0.95)
    return Row(
        ANSWER, f"{p95:.1f} ms", "", p95, 16, "ms", f"{len(taken)} presses, median {p50:.1f} ms, draft saved in each"
    )
