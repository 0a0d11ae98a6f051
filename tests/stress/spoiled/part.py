"""Hostile and spoiled input to every reader of the program: no crash, no traceback, no error that it does not declare.

Each job takes one reader (readers_*.py) and makes inputs from good files (make.py), which a guard (guard.py) puts to it
one by one. What went wrong is kept in build/stress/found; where a job ended by itself, the
file JOB.at there names the input. `raw.py` holds the controls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

from tests.stress.parts import BROKE, Figure, Job, Part, Tally
from tests.stress.spoiled import cli as commands
from tests.stress.spoiled import named, raw
from tests.stress.spoiled.guard import LONG, MEMORY, READ, UNDECLARED, WRONG, Guard, Makers, Reader, little_memory
from tests.stress.spoiled.make import inputs_of
from tests.stress.spoiled.raw import CRASHES
from tests.stress.spoiled.raw import MARK as CONTROL
from tests.stress.spoiled.readers_desk import DESK
from tests.stress.spoiled.readers_files import FILES_OF_OTHERS
from tests.stress.spoiled.readers_notes import NOTES
from tests.stress.spoiled.readers_rules import RULES

READERS: Makers = {**RULES, **DESK, **NOTES, **FILES_OF_OTHERS}
_SLOW = ("rule-files", "overlay", "citations", "stored-pack", "signed", "ledger", "index", "segment", "records")
_SHARD, _SHARDS, _SLOW_SHARDS = 5_000, 7, 4
_SHORT, _CONTROL, _CAUGHT = 620, 400, 3
_COMMANDS, _SHORT_COMMANDS = 45, 3
_LEAST_NAMED = 300  # 150 besides the releases, and more


def _jobs(long: bool) -> list[Job]:
    jobs = [
        Job(f"{name}-{shard}", partial(_spoiled, name, f"{name}-{shard}", _SHARD if long else _SHORT))
        for name in READERS
        for shard in range((_SLOW_SHARDS if name in _SLOW else _SHARDS) if long else 1)
    ]
    jobs += [Job(f"named-{name}", partial(named.run, READERS, name)) for name in named.GROUPS]
    count = _COMMANDS if long else _SHORT_COMMANDS
    jobs += [Job(f"commands-{half}", partial(_commands, f"commands-{half}", half, count)) for half in range(2)]
    jobs.append(Job("control-commands", partial(_weak_command, count)))
    jobs += [Job(f"control-{name}", partial(_raw, name, f"control-{name}")) for name in raw.RAW]
    return [*jobs, Job("control-crash", lambda _, tally: raw.crash("control-crash", tally))]


def _spoiled(name: str, job: str, count: int, folder: Path, tally: Tally) -> None:
    """So many spoiled inputs to one reader."""
    _through(READERS[name], job, count, folder, tally)
    tally.count(f"of {name}", count)


def _through(
    make: Callable[[Path], Reader], job: str, count: int, folder: Path, tally: Tally, *, mark: str = "", enough: int = 0
) -> None:
    """`enough` inputs that took too long end the job, where that is what it is to show."""
    reader = make(folder)
    for seed in reader.seeds:
        reader.read(seed)  # which has to go well: else nothing would be tested
    inputs = inputs_of(reader, job)
    with Guard(job, tally, mark, control=bool(mark)) as guard, little_memory():
        for number in range(count):
            guard.run(reader, inputs(number), number)
            if enough and tally[f"{mark}{LONG}"] >= enough:
                return


def _raw(name: str, job: str, folder: Path, tally: Tally) -> None:
    _through(raw.RAW[name], job, _CONTROL, folder, tally, mark=CONTROL, enough=_CAUGHT)


def _commands(job: str, half: int, count: int, folder: Path, tally: Tally) -> None:
    """So many inputs to each second command."""
    with Guard(job, tally, commands.MARK) as guard:
        for name in list(commands.COMMANDS)[half::2]:
            (place := folder / name.replace(" ", "-")).mkdir()
            commands.run(READERS, name, guard, place, job=f"{job} {name}", count=count)


def _weak_command(count: int, folder: Path, tally: Tally) -> None:
    """The control: a command whose reader takes the answers as they come."""
    job, mark = "control-commands", f"{CONTROL}{commands.MARK}"
    with (
        patch("ferpa_wizard.cli.decide.read_answers", raw.answers_as_they_come),
        Guard(job, tally, mark, control=True) as guard,
    ):
        commands.run(READERS, "decide", guard, folder, job=job, count=count)


def _figures(total: Tally) -> Iterator[Figure]:
    yield _mutated(total)
    yield _named(total)
    yield _ended(total)


def _mutated(total: Tally) -> Figure:
    count, least = total["inputs"], min(total[f"of {name}"] for name in READERS)
    wrong = sum(total[what] for what in WRONG)
    caught = {what: total[f"{CONTROL}{what}"] for what in WRONG}
    says = (
        f"{count:,} inputs to {len(READERS)} readers, at least {least:,} to each: {total[BROKE]} crashes, {_told(total)};"
        f" {100 * total[READ] // max(count, 1)} % read, the others refused; slowest {total.most.get('seconds', 0):.2f} s of"
        f" processor time, {total.most.get('MB', 0):.0f} MB more"
    )
    control = f"of {total[f'{CONTROL}inputs']:,} to readers that trust: {_told(total, CONTROL)}; {total[CRASHES]} crash"
    held = least > 0 and not wrong and not total[BROKE] and all(caught.values()) and total[CRASHES] == 1
    return Figure("Spoiled input", says, control, held=held)


def _named(total: Tally) -> Figure:
    mark, control = named.MARK, named.CONTROL
    count, releases = total[f"{mark}inputs"], total[f"{mark}releases"]
    says = (
        f"{count:,} named files, {releases} of them releases: {_told(total, mark)}; slowest"
        f" {total.most.get(f'{mark}seconds', 0):.2f} s of processor time"
    )
    caught = total[f"{control}{UNDECLARED}"]
    told = f"of {total[f'{control}inputs']} to readers that trust: {caught} {UNDECLARED} errors"
    held = count >= _LEAST_NAMED and releases > 0 and not sum(total[f"{mark}{what}"] for what in WRONG) and caught > 0
    return Figure("Named hostile files", says, told, held=held)


def _ended(total: Tally) -> Figure:
    mark = commands.MARK
    count, control = total[f"{mark}inputs"], f"{CONTROL}{mark}"
    says = f"{count} runs of {len(commands.COMMANDS)} commands: {_told(total, mark, 'tracebacks or codes that are not documented')}"
    caught = total[f"{control}{UNDECLARED}"]
    told = f"of {total[f'{control}inputs']} runs with a reader that trusts: {caught} {UNDECLARED}"
    held = count > 0 and not sum(total[f"{mark}{what}"] for what in WRONG) and caught > 0
    return Figure("Spoiled input to commands", says, told, held=held)


def _told(total: Tally, mark: str = "", undeclared: str = "undeclared errors") -> str:
    return f"{total[mark + UNDECLARED]} {undeclared}, {total[mark + LONG]} {LONG}, {total[mark + MEMORY]} {MEMORY}"


SPOILED = Part("spoiled", _jobs, _figures)
