"""The part: jobs that make calls fail, hinder writing and start fifty at once, and the lines made of what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.stress.faults import hindered, starts, trying, weak
from tests.stress.faults.acts import ACTS
from tests.stress.faults.hindrances import HINDRANCES, TURN, Hindrance
from tests.stress.parts import Figure, Job, Part, Tally

_SHORT = {trying.FULL: 9, trying.STAYS_FULL: 4, trying.BROKEN: 4, trying.READ_ONLY: 4}
"""Points of each act in the short run; the long run takes every call."""
_LONG = dict.fromkeys(trying.KINDS, 1_000_000)
_SPOILT = dict.fromkeys(trying.KINDS, 4)
_SAYS = {
    trying.FULL: "Disk full at one call",
    trying.STAYS_FULL: "Disk full from a call on",
    trying.BROKEN: "Disk broken at one call",
    trying.READ_ONLY: "Not allowed to make, rename or delete a file",
}
_WEAK: dict[str, Callable[[], None]] = {
    "sealing": weak.swallows_errors,
    "answering": weak.writes_in_place,
    "export csv": weak.writes_in_place,
    "backing up": weak.tells_nothing,
}
_CONTROL = "errors swallowed, files in place, errors not translated"


def _jobs(long: bool) -> list[Job]:
    return [*_points(long), *_hindrances(), *_starts(long)]


def _points(long: bool) -> Iterator[Job]:
    for act in ACTS:
        yield Job(act.name, partial(trying.try_points, act, _LONG if long else _SHORT))
        if act.name in _WEAK:
            spoilt = partial(trying.try_points, act, _SPOILT, weaken=_WEAK[act.name])
            yield Job(f"{act.name} spoilt", spoilt)


def _hindrances() -> Iterator[Job]:
    for kind in HINDRANCES:
        yield Job(kind.name, partial(hindered.hinder, kind))
        yield Job(f"{kind.name} spoilt", partial(hindered.hinder, kind, weaken=_weakening(kind)))


def _weakening(kind: Hindrance) -> Callable[[], None]:
    return weak.takes_no_turns if kind is TURN else weak.tells_nothing


def _starts(long: bool) -> Iterator[Job]:
    for home, rounds in (("empty", 2), ("home", 1)):
        yield Job(f"fifty forks on {home}", partial(starts.start_forks, home, rounds * (10 if long else 1)))
        if long or home == "empty":
            yield Job(f"fifty programs on {home}", partial(starts.start_programs, home))
    yield Job("fifty forks spoilt", partial(starts.start_forks, "empty", 2, weaken=weak.takes_no_turns))


def _figures(total: Tally) -> Iterator[Figure]:
    for kind in trying.KINDS:
        tried, told, wrong = _counts(total, kind, trying.POINTS, trying.TOLD_OF, trying.WRONG)
        caught, of = _counts(total, f"{kind} spoilt", trying.WRONG, trying.POINTS)
        figure = f"{tried:,} points of {len(ACTS)} acts, {told:,} told, {wrong} wrong"
        yield Figure(_SAYS[kind], figure, f"{_CONTROL}: {caught} of {of}", held=tried > 0 and not wrong and caught > 0)
    for one in HINDRANCES:
        yield _hindered(total, one)
    yield _started(total)


def _hindered(total: Tally, kind: Hindrance) -> Figure:
    tried, told, wrong, missed = _counts(
        total, kind.name, hindered.TRIED, hindered.TOLD_OF, hindered.WRONG, hindered.NOT_TRIED
    )
    caught, of = _counts(total, f"{kind.name} spoilt", hindered.WRONG, hindered.TRIED)
    control = "no turns" if kind is TURN else "errors not translated"
    figure = f"{tried} acts, {told} told, {wrong} wrong{', not tried' if missed else ''}"
    held = tried > 0 and not wrong and not missed and caught > 0
    return Figure(kind.name.capitalize(), figure, f"{control}: {caught} of {of}", held)


def _started(total: Tally) -> Figure:
    counts = [
        _counts(total, of, starts.STARTED, starts.SEALED, starts.WAITED, starts.WRONG) for of in ("programs", "forks")
    ]
    started, sealed, waited, wrong = map(sum, zip(*counts, strict=True))
    caught, of = _counts(total, "forks spoilt", starts.WRONG, starts.STARTED)
    return Figure(
        "Fifty starts at once",
        f"{started:,} started, {sealed:,} sealed, {waited} told to wait, {wrong} rounds wrong",
        f"no turns: {caught} of {of // starts.STARTS} rounds",
        held=sealed > 0 and not wrong and caught > 0,
    )


def _counts(total: Tally, of: str, *what: str) -> list[int]:
    return [total[f"{of}: {one}"] for one in what]


FAULTS = Part("faults", _jobs, _figures, needs=("strace",))
