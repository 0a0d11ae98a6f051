"""Fifty starts at once on one home: what each acknowledges is there once, in one ledger, in a sequence without gaps."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.ledger.file import NAME
from tests.stress import worlds
from tests.stress.faults.acts import Result, command, make
from tests.stress.forks import in_a_line, told
from tests.stress.kept import ROOT
from tests.stress.parts import Tally

STARTS = 50
STARTED, SEALED, WAITED, WRONG = "started", "sealed", "told to wait", "wrong"
_WAIT = "Another program is using the ledger"
_LEFT = (NAME + ".new", NAME + "-journal")


def start_programs(home: str, folder: Path, tally: Tally) -> None:
    """The program itself, started so often at once."""
    worlds.ready(folder / "ready")
    make(folder / "world")
    at = folder / "world"
    before = _seals(at / home)
    program = [sys.executable, "-m", "ferpa_wizard", "--home", str(at / home), *_decide(at)]
    processes = [
        subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(STARTS)
    ]
    ends = [(*process.communicate(), process) for process in processes]
    _count("programs", tally, [Result(one.returncode, out, errors) for out, errors, one in ends], at / home, before)


def start_forks(
    home: str, rounds: int, folder: Path, tally: Tally, *, weaken: Callable[[], None] | None = None
) -> None:
    """The same in forks that stand ready and are let go in one moment."""
    worlds.ready(folder / "ready")
    make(folder / "template")
    at = folder / "world"
    for _ in range(rounds):
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(folder / "template", at)
        before = _seals(at / home)
        results = _together(partial(_start, at, home, weaken), at)
        _count("forks spoilt" if weaken else "forks", tally, results, at / home, before)


def _decide(at: Path) -> list[str]:
    return ["decide", str(at / "answers.json"), "--seal", str(at / "decision.yaml"), "--json"]


def _start(at: Path, home: str, weaken: Callable[[], None] | None) -> Result:
    if weaken is not None:
        weaken()
    try:
        return command(at, *_decide(at), home=home)
    except Exception as error:  # noqa: BLE001  whatever comes out would be a traceback
        return Result(1, "", f"Traceback {in_a_line(error)}")


def _together(start: Callable[[], Result], at: Path) -> list[Result]:
    """What each of the forks comes to; none begins before all are there."""
    reading, writing = os.pipe()
    children = []
    for number in range(STARTS):
        if (child := os.fork()) == 0:
            try:
                os.close(writing)
                os.read(reading, 1)  # which ends when the parent closes the other end
                found = start()
                (at / f"end-{number}").write_text(json.dumps([found.code, found.says, found.errors]), encoding="utf-8")
            finally:
                os._exit(0)
        children.append(child)
    os.close(writing)
    os.close(reading)
    for child in children:
        os.waitpid(child, 0)
    return [Result(*json.loads((at / f"end-{number}").read_text(encoding="utf-8"))) for number in range(STARTS)]


def _seals(home: Path) -> dict[str, str]:
    return worlds.seals(home) if (home / NAME).exists() else {}


def _count(of: str, tally: Tally, results: Sequence[Result], home: Path, before: dict[str, str]) -> None:
    tally.count(f"{of}: {STARTED}", len(results))
    sealed = [result for result in results if result.code == codes.FINE]
    tally.count(f"{of}: {SEALED}", len(sealed))
    tally.count(f"{of}: {WAITED}", sum(result.code == codes.LEDGER for result in results))
    found = [*_untold(results), *told(partial(_unsound, home, before, sealed))]
    if found and of.endswith("spoilt"):
        tally.count(f"{of}: {WRONG}")
    elif found:
        tally.wrong(f"{of}: {WRONG}", "; ".join(found[:3]))


def _untold(results: Sequence[Result]) -> Iterator[str]:
    """Ends of a start that are neither a record nor one line that says why not."""
    for result in results:
        lines = result.errors.splitlines()
        if result.code == codes.FINE and lines:
            yield f"it sealed and says {lines[-1]}"
        elif result.code != codes.FINE and (len(lines) != 1 or not lines[0].startswith(_WAIT)):
            yield f"it ended with {result.code} and says {lines[-1] if lines else 'nothing'}"


def _unsound(home: Path, before: dict[str, str], sealed: Sequence[Result]) -> Iterator[str]:
    """What is not as it must be after all of them ended."""
    there = _seals(home)
    records = [json.loads(result.says)["record"] for result in sealed]
    for record in records:
        if there.get(record["number"]) != record["seal"]:
            yield f"record {record['number']} was acknowledged and is not there"
    if len({record["number"] for record in records}) != len(records):
        yield "two got the same number"
    if len(there) != len(before) + len(records) or not before.items() <= there.items():
        yield f"{len(there)} entries, where {len(before)} were and {len(records)} were acknowledged"
    sequences = [int(number.rpartition("-")[2]) for number in there]
    if sequences != list(range(1, len(there) + 1)):
        yield "the sequence has gaps"
    yield from worlds.asked_by(home)
    yield from (f"{name} was left" for name in _LEFT if (home / name).exists())
