"""Every act under every hindrance: said in words within its time, what can be read is read, and nothing is harmed."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.ledger.file import NAME
from tests.stress import worlds
from tests.stress.faults.acts import ACTS, HOMES, TOLD, Act, Result, command, make, neither
from tests.stress.faults.hindrances import FILE, Hindrance, beside
from tests.stress.forks import in_a_line, told
from tests.stress.parts import Tally

TRIED, TOLD_OF, WRONG, NOT_TRIED = "tried", "told", "wrong", "not tried"
_SECONDS = 20.0  # programs wait five seconds for a turn, some twice, and all of them run at once here
_SEALING = ("sealing", "sealing the first record", "going on with an old home")


def _read(name: str, *arguments: str) -> Act:
    return Act(name, lambda at: command(at, *arguments), lambda at, found: iter(()))


READS = (
    _read("listing", "log", "list"),
    _read("searching", "log", "list", "--where", ""),
    _read("showing", "log", "show", "2026-0001"),
    _read("verifying", "log", "verify"),
)


_SPOILT = tuple(act for act in ACTS if act.name in (*_SEALING, "answering", "backing up"))


@dataclass(frozen=True, slots=True)
class End:
    result: Result
    error: str
    seconds: float


def hinder(kind: Hindrance, folder: Path, tally: Tally, *, weaken: Callable[[], None] | None = None) -> None:
    """All acts at once, each in a world of its own; of a spoilt program only some."""
    of = f"{kind.name} spoilt" if weaken else kind.name
    if kind.root and os.geteuid() != 0:
        tally.wrong(f"{of}: {NOT_TRIED}", "it takes the rights of root to become another account")
        return
    worlds.ready(folder / "ready")
    make(folder / "template")
    folder.chmod(0o755)
    tried = [(act, folder / f"world-{number}") for number, act in enumerate(_SPOILT if weaken else (*ACTS, *READS))]
    for _, at in tried:
        shutil.copytree(folder / "template", at)
    with ExitStack() as stack:
        for _, at in tried:
            stack.enter_context(beside(partial(kind.held, at)))
        ends = _all_at_once([partial(_one, act, at, kind, weaken) for act, at in tried], folder)
    for (act, at), end in zip(tried, ends, strict=True):
        tally.count(f"{of}: {TRIED}")
        tally.count(f"{of}: {TOLD_OF}", end.result.code in TOLD)
        found = [*_untold(act, kind, end), *told(partial(_harmed, act, at, folder / "template", end))]
        if found and weaken:
            tally.count(f"{of}: {WRONG}")
        elif found:
            tally.wrong(f"{of}: {WRONG}", f"{act.name}: {'; '.join(found)}")


def _one(act: Act, at: Path, kind: Hindrance, weaken: Callable[[], None] | None) -> End:
    kind.enter(at)
    if weaken is not None:
        weaken()
    begin = time.monotonic()
    try:
        result, error = act.run(at), ""
    except Exception as caught:  # noqa: BLE001  whatever comes out would be a traceback
        result, error = Result(-1, "", ""), in_a_line(caught)
    return End(result, error, time.monotonic() - begin)


def _all_at_once(acts: list[Callable[[], End]], folder: Path) -> list[End]:
    children = []
    for number, act in enumerate(acts):
        out = os.open(folder / f"end-{number}", os.O_WRONLY | os.O_CREAT)  # before the act gives up its rights
        if (child := os.fork()) == 0:
            try:
                end = act()
                told_ = [[end.result.code, end.result.says, end.result.errors], end.error, end.seconds]
                os.write(out, json.dumps(told_).encode())
            finally:
                os._exit(0)
        os.close(out)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return [_read_end(folder / f"end-{number}") for number in range(len(acts))]


def _read_end(path: Path) -> End:
    text = path.read_text(encoding="utf-8")
    if not text:
        return End(Result(-1, "", ""), "it ended without a word", 0)
    result, error, seconds = json.loads(text)
    return End(Result(*result), error, seconds)


def _untold(act: Act, kind: Hindrance, end: End) -> Iterator[str]:
    result, line = end.result, (end.result.errors or end.result.says).strip()
    if end.error:
        yield f"it ended in {end.error}"
        return
    if end.seconds > _SECONDS:
        yield f"it took {end.seconds:.0f} s"
    if result.code == codes.FINE:
        if act.name in _SEALING and not (kind is FILE and act.home == "empty"):  # there was no file to lock
            yield "it sealed"
        return
    if act in READS and kind.reads:
        yield f"it does not read: {line!r}"
    # The verdict of a check is an answer, and not an error: that it cannot be read.
    if result.code not in (TOLD if act not in READS else (*TOLD, codes.MISMATCH)) or not line or "\n" in line:
        yield f"it ends with {result.code} and says {line!r}"
    if act.name in _SEALING and kind.says not in line:
        yield f"it says {line!r}"


def _harmed(act: Act, at: Path, template: Path, end: End) -> Iterator[str]:
    """What a new start finds once nothing hinders any more."""
    if end.result.code == codes.FINE:
        yield from act.done(at, end.result)
    for home in HOMES:
        yield from worlds.asked_by(at / home)
        if home not in (act.home, "officer") and _seals(at / home) != _seals(template / home):
            yield f"records of {home} are others"
    yield from neither(at)
    if act in READS or end.result.code == codes.FINE:
        return
    if _seals(at / act.home) != _seals(template / act.home):
        yield "it was refused, and the ledger has changed"
    again = act.run(at)
    if again.code != codes.FINE:
        yield f"it cannot be done afterwards: {again.errors}"


def _seals(home: Path) -> dict[str, str]:
    return worlds.seals(home) if (home / NAME).exists() else {}
