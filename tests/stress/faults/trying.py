"""One act, a fault at one of its calls after another, and what must hold each time."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.replacing import PART
from ferpa_wizard.ledger.verify import verify
from tests.stress import worlds
from tests.stress.faults.acts import HOMES, TOLD, Act, Result, make, neither
from tests.stress.faults.injecting import SYNCS, WRITES, Call, Traced, traced
from tests.stress.forks import told
from tests.stress.parts import Tally

POINTS, TOLD_OF, WRONG = "points", "told", "wrong"
FULL, STAYS_FULL, BROKEN, READ_ONLY = "full once", "full from then on", "broken", "not writable"
KINDS = (FULL, STAYS_FULL, BROKEN, READ_ONLY)
_NEED = re.compile(r"\b[\d,]+ MB\b")
_TWO_DAYS = 2 * 86_400


@dataclass(frozen=True, slots=True)
class Point:
    """A kind of fault at one call, as strace is told."""

    kind: str
    faults: tuple[str, ...]
    call: Call


def try_points(
    act: Act, most: Mapping[str, int], folder: Path, tally: Tally, *, weaken: Callable[[], None] | None = None
) -> None:
    """Fault after fault, of each kind so many at most; counted by kind, and as spoilt where the act was."""
    chance = random.Random(act.name)
    worlds.ready(folder / "ready")
    make(folder / "template")
    trying = _Trying(act, folder, weaken)
    calls = trying.once(()).calls
    for kind in KINDS:
        points = list(_points(kind, calls))
        for point in chance.sample(points, min(most[kind], len(points))):
            found, was_told = trying.at(point)
            if found is None:
                continue  # this call did not come this time
            of = f"{kind} spoilt" if weaken else kind
            tally.count(f"{of}: {POINTS}")
            tally.count(f"{of}: {TOLD_OF}", was_told)
            if found and weaken:
                tally.count(f"{of}: {WRONG}")
            elif found:
                tally.wrong(
                    f"{of}: {WRONG}", f"{act.name} with {point.faults[0]} on {point.call.path}: {'; '.join(found)}"
                )


def _points(kind: str, calls: Sequence[Call]) -> Iterator[Point]:
    seen: dict[str, int] = {}
    for call in calls:
        at = f"when={call.place}"
        if call.name in WRITES:
            seen[call.name] = call.place
            if kind == FULL:
                yield Point(kind, (f"{call.name}:error=ENOSPC:{at}",), call)
            elif kind == STAYS_FULL:
                # The calls of each name from here on.
                places = {name: seen.get(name, 0) + (name != call.name) for name in WRITES}
                faults = [f"{name}:error=ENOSPC:when={places[name]}+" for name in (call.name, *places)]
                yield Point(kind, tuple(dict.fromkeys(faults)), call)
        if kind == BROKEN and call.name in (*WRITES, *SYNCS):
            yield Point(kind, (f"{call.name}:error=EIO:{at}",), call)
        if call.makes or call.name in ("mkdir", "rename", "unlink", "unlinkat", "rmdir"):
            if kind == READ_ONLY:
                yield Point(kind, (f"{call.name}:error={'EACCES' if call.place % 2 else 'EROFS'}:{at}",), call)
            elif kind == FULL and (call.makes or call.name == "mkdir"):
                yield Point(kind, (f"{call.name}:error=ENOSPC:{at}",), call)


class _Trying:
    """Does the act on a new copy of the world each time."""

    def __init__(self, act: Act, folder: Path, weaken: Callable[[], None] | None) -> None:
        self._act, self._weaken = act, weaken
        self._template, self._world = folder / "template", folder / "world"
        self._seals = {home: worlds.seals(self._template / home) for home in ("home", "old")}

    def once(self, faults: Sequence[str]) -> Traced:
        shutil.rmtree(self._world, ignore_errors=True)
        # Under the name that the template had when paths were written into it.
        shutil.copytree(self._template, self._world)
        return traced(self._run, self._world, faults)

    def at(self, point: Point) -> tuple[list[str] | None, bool]:
        """What is wrong with that fault, None where it did not come about; and whether the act told of it."""
        run = self.once(point.faults)
        if not run.failed:
            return None, False
        if run.error:
            return [f"it ended in {run.error}"], False
        result = Result(*run.result)
        found = list(_untold(self._world, point, run.failed, result))
        return found + told(partial(self._wrong, point, result)), result.code != codes.FINE

    def _run(self) -> tuple[int, str, str]:
        if self._weaken is not None:
            self._weaken()
        result = self._act.run(self._world)
        return result.code, result.says, result.errors

    def _wrong(self, point: Point, result: Result) -> Iterator[str]:
        """What a new start finds."""
        at, act = self._world, self._act
        if result.code == codes.FINE:
            yield from act.done(at, result)
        yield from self._lost()
        yield from _half(at)
        cleaning = point.kind == STAYS_FULL or point.call.name in ("unlink", "unlinkat", "rmdir")
        if not cleaning and (parts := list(at.rglob(f".*{PART}"))):
            yield f"{parts[0].relative_to(at)} was left"
        if result.code != codes.FINE:
            yield from self._again()

    def _lost(self) -> Iterator[str]:
        for home in HOMES:
            yield from worlds.asked_by(self._world / home)
        for home, seals in self._seals.items():
            if not seals.items() <= worlds.seals(self._world / home).items():
                yield f"records of {home} are lost"
        if not any(
            draft["answers"].get("requester") == "school" for draft in Drafts(self._world / "home").list().drafts
        ):
            yield "the draft is lost"

    def _again(self) -> Iterator[str]:
        """Without the fault, and two days later, the same is done, and nothing is left lying about."""
        for part in self._world.rglob(f".*{PART}"):
            os.utime(part, (part.stat().st_mtime - _TWO_DAYS,) * 2)
        result = self._act.run(self._world)
        if self._act.once and (self._world / self._act.home / NAME).exists():
            result = Result(codes.FINE, "", "")
        if result.code != codes.FINE:
            yield f"it cannot be done afterwards: {result.errors}"
            return
        yield from self._act.done(self._world, result)
        if parts := list(self._world.rglob(f".*{PART}")):
            yield f"the next run leaves {parts[0].relative_to(self._world)}"


def _untold(world: Path, point: Point, failed: Sequence[Call], result: Result) -> Iterator[str]:
    """What the sentence does not say, where the act says that it was not done."""
    if result.code == codes.FINE:
        return
    if result.code not in TOLD or not result.errors.strip():
        yield f"it ends with {result.code} and says {result.errors!r}"
    places = {str(world / call.path.partition("/")[0]) for call in failed}
    if not any(place in result.errors for place in places):
        yield f"it does not name {' or '.join(sorted(places))}: {result.errors!r}"
    # Of a journal that it cannot make, SQLite does not say why; a file that it cannot open to write, it opens to read.
    hidden = point.call.makes and point.call.path.endswith(("-journal", ".sqlite"))
    if point.kind in (FULL, STAYS_FULL) and not hidden and not _NEED.search(result.errors):
        yield f"it does not say how much room is needed: {result.errors!r}"


def _half(at: Path) -> Iterator[str]:
    """Files under a final name that are not whole."""
    yield from neither(at)
    for number, path in enumerate(sorted((at / "backups").glob("[!.]*"))):
        copy = at / "tried" / str(number)
        copy.mkdir(parents=True)
        shutil.copyfile(path, copy / NAME)
        if not verify(copy).holds:
            yield f"the backup {path.name} is not whole"
    for found in pull(at / "witness", at / "share", now=worlds.NOW):
        yield from (f"a pull says: {fault.says}" for fault in found.faults)
