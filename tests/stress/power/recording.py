"""Records what a program does to a folder: its calls in order, and between them what it had acknowledged by then."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.stress.kept import ROOT
from tests.stress.power.calls import HARMLESS, Call

_LONGEST = str(1 << 26)


class Moment(NamedTuple):
    """A call, what was acknowledged before it, and what the next acknowledgement says."""

    call: Call
    before: dict[str, Any]
    after: dict[str, Any]


def record(module: str, *arguments: str, trace: Path) -> None:
    """Run a module of the tests, and write its calls down. Raises RuntimeError when it fails."""
    watch = ["strace", "-f", "-y", "-xx", "-s", _LONGEST, "-o", str(trace), "-e", f"trace=!{','.join(HARMLESS)}"]
    command = [*watch, sys.executable, "-B", "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, errors="replace")
    if done.returncode or done.stderr:
        raise RuntimeError(done.stderr)


def calls_in(trace: Path) -> list[Call]:
    with trace.open(encoding="ascii") as lines:
        return [call for line in lines if (call := Call.read(line)) is not None]


def moments(trace: Path, told: Path) -> Iterator[Moment]:
    """All calls but those before the first acknowledgement. `told` is the file to which those were written, as JSON."""
    calls = calls_in(trace)
    says = {place: json.loads(call.data(1)) for place, call in enumerate(calls) if _tells(call, told)}
    places = list(says)
    if not places:
        raise RuntimeError("Nothing was acknowledged.")
    for place, end in zip(places, [*places[1:], len(calls)], strict=True):
        for call in calls[place + 1 : end]:
            yield Moment(call, says[place], says.get(end, says[place]))


def _tells(call: Call, told: Path) -> bool:
    return call.name == "write" and call.of(0) == str(told)
