"""Power cuts at every write of a day at a desk, with what was not synced dropped, kept or torn."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.ledger.old.make import LEDGER, OLD
from tests.stress.parts import Figure, Job, Part, Tally
from tests.stress.power import check, state
from tests.stress.power.calls import Calls
from tests.stress.power.check import Checker
from tests.stress.power.disk import Disk, Image
from tests.stress.power.images import images, whole
from tests.stress.power.recording import Moment, moments, record
from tests.stress.power.twice import is_unfinished, starting

IMAGES, MADE, ASKED, CALLS, DAYS = "images", "images made", "images asked of", "calls", "days"
FAULTY = "faults"
AGAIN = "calls of a start after a power cut"
UNLIKE = "days that were not replayed as they were"
LEAST = 10_000
_STARTS = 8  # after a power cut, in each day
LIES = "lying disk"
_SAYS = {"unsynced": "a program that never syncs", LIES: "a disk that only says it synced"}
WEAK = ("NORMAL", "FULL", "OFF", "unsynced", LIES)
"""The controls: settings of SQLite, a program that syncs nothing, and a disk that says it did."""


@dataclass(frozen=True)
class _Day:
    """`many` images by chance at a call, at one call in `every`; `weakness` is one of WEAK, or "none"."""

    name: str
    weakness: str = "none"
    many: int = 6
    every: int = 1

    @property
    def job(self) -> Job:
        return Job(self.name.replace(" ", "-"), partial(_run, self))


def _jobs(long: bool) -> list[Job]:
    days = [_Day(f"day-{number}") for number in range(20 if long else 2)]
    days += [_Day(f"old-{number}", many=1, every=2) for number in range(4 if long else 1)]
    days += [_Day(f"control-{weakness}", weakness, many=2, every=5) for weakness in WEAK]
    return [day.job for day in days]


def _run(day: _Day, folder: Path, tally: Tally) -> None:
    """One day: recorded, then replayed with power cuts."""
    root, told, trace = folder / "root", folder / "told", folder / "trace"
    _prepare(root, old=day.name.startswith("old"))
    disk = Disk.of(root, lies=day.weakness == LIES)
    broken = "none" if day.weakness == LIES else day.weakness
    record("tests.stress.power.work", str(root), str(told), day.name, broken, trace=trace)
    calls, cut = Calls(str(root), disk), _Cut(day, Checker(folder / "image"), tally)
    changes = (moment for moment in moments(trace, told) if calls.play(moment.call))
    for place, moment in enumerate(changes):
        cut.count(CALLS)
        if place % day.every == 0:
            cut.check(images(disk, cut.chance, day.many), moment)
    tally.count(DAYS)
    if whole(disk) != _on_disk(root):
        tally.wrong(UNLIKE, day.name)
    for image, moment in list(cut.unfinished):
        for after in starting(image, folder / "again"):
            cut.count(AGAIN)
            cut.check(images(after, cut.chance, day.many), moment)


def _prepare(root: Path, *, old: bool) -> None:
    for name in (state.SHARE, state.BACKUPS):
        (root / name).mkdir(parents=True)
    if old:
        (root / state.HOME).mkdir()
        newest = max(OLD.glob(f"*/{LEDGER}"))
        (root / state.HOME / "ledger.sqlite").write_bytes(gzip.decompress(newest.read_bytes()))


def _on_disk(root: Path) -> Image:
    return {str(one.relative_to(root)): None if one.is_dir() else one.read_bytes() for one in root.rglob("*")}


class _Cut:
    """Checks images of one day, each but once, and counts."""

    def __init__(self, day: _Day, checker: Checker, tally: Tally) -> None:
        self.chance = random.Random(day.name)
        self._day, self._checker, self._tally = day, checker, tally
        self.unfinished: list[tuple[Image, Moment]] = []
        """Some images in which the ledger has to be put right first, by chance."""
        self._met = 0
        self._seen: set[int] = set()
        self._checked: set[tuple[int, int]] = set()

    def count(self, what: str, times: int = 1) -> None:
        self._tally.count(_of(self._day.weakness, what), times)

    def check(self, found: Iterator[Image], moment: Moment) -> None:
        for image in found:
            self.count(MADE)
            content = hash(frozenset(image.items()))
            self.count(IMAGES, content not in self._seen)
            self._seen.add(content)
            # The same image again, after more was acknowledged, is another question.
            if (content, id(moment.before)) not in self._checked:
                self._checked.add((content, id(moment.before)))
                self._ask(image, moment)
                self._keep(image, moment)

    def _keep(self, image: Image, moment: Moment) -> None:
        if is_unfinished(image):
            self._met += 1
            place = self.chance.randrange(self._met)
            if place < _STARTS:
                self.unfinished[place : place + 1] = [(image, moment)]

    def _ask(self, image: Image, moment: Moment) -> None:
        """Count each kind of fault once, but for entries."""
        self.count(ASKED)
        met: set[str] = set()
        for fault in self._checker.faults(image, moment.before, moment.after):
            if fault.kind == check.LOST or fault.kind not in met:
                self.count(fault.kind, fault.times)
            if fault.kind not in met and self._day.weakness == "none":
                self._tally.wrong(FAULTY, f"{self._day.name}, {moment.call.name}, {fault.kind}: {fault.says}")
            met.add(fault.kind)


def _of(weakness: str, what: str) -> str:
    return what if weakness == "none" else f"{weakness}: {what}"


def _figures(tally: Tally) -> Iterator[Figure]:
    yield Figure(
        "Power cuts",
        f"{tally[IMAGES]:,} images, no two of a day the same, of {tally[MADE]:,} that were made at {tally[CALLS]:,} calls "
        f"and at {tally[AGAIN]:,} of programs that start after a power cut",
        f"{tally[UNLIKE]} of {tally[DAYS]} days end otherwise than the real folder when nothing is dropped",
        held=tally[IMAGES] >= LEAST and not tally[UNLIKE] and bool(tally[DAYS]),
    )
    settings = ("NORMAL", "FULL", "OFF", LIES)
    files = ("unsynced", LIES)
    for what, kinds, controls in (
        ("the ledger", (check.LOST, check.CORRUPT, check.STRANGE), settings),
        ("drafts", (check.DRAFTS,), files),
        ("backups", (check.BACKUPS,), files),
        ("the share", (check.SHARE,), files),
        ("purges", (check.PURGED,), files),
    ):
        clean, figure = _found(tally, "none", kinds)
        weak = [(one, *_found(tally, one, kinds)) for one in controls]
        control = "; ".join(f"{_SAYS.get(one, one)}: {says}" for one, _, says in weak)
        held = clean and bool(tally[ASKED]) and not any(missed for _, missed, _ in weak)
        yield Figure(f"Power cuts: {what}", figure, control, held)


def _found(tally: Tally, weakness: str, kinds: tuple[str, ...]) -> tuple[bool, str]:
    """Was none of these found, and what was."""
    counts = [tally[_of(weakness, kind)] for kind in kinds]
    told = ", ".join(f"{count:,} {kind}" for count, kind in zip(counts, kinds, strict=True))
    return not any(counts), f"{told}, in {tally[_of(weakness, ASKED)]:,} images"


POWER = Part("power", _jobs, _figures, needs=("strace",))
