"""Long use: thousands of requests through one window in one process, which holds no more at the end than at first; and
a window that nobody touches does next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.stress.parts import Figure, Job, Part, Tally

NAME = "long-use"
WALKED, CYCLES = (300, 10_000), (50, 100)  # requests, and after how many all is measured at the same place again
VARIETY = (45, 10_000)  # of the examples as many as are seen before the warm-up is over
GROWTH = 4 * 1024  # KiB that may come for each 1,000 requests, once caches are full: the long run alone tells
CEILING = 450 * 1024  # KiB at the end of either
CONTROL = 40
IDLE = (20, 20 * 60)  # seconds
_REQUESTS, _GROWS, _TOLD = "requests", "what grows", "failures told"
_GROWTH = "KiB for each 1,000 requests"
_PLANTED, _CAUGHT = "leaks planted", "leaks caught"
_WAKES, _CPU, _STORM = "wakeups a minute", "per mille of a core", "wakeups a minute with a storm"
MOST_WAKES, MOST_CPU = 20.0, 1.0


def jobs(long: bool) -> list[Job]:
    return [
        Job("walk", partial(_walk, WALKED[long], long), seconds=9000 if long else 900),
        Job("control-leaks", _walk_leaking),
        Job("idle", partial(_idle, IDLE[long], storm=False), seconds=IDLE[long] + 300),
        Job("control-storm", partial(_idle, IDLE[False], storm=True)),
    ]


def _walk(count: int, long: bool, folder: Path, tally: Tally) -> None:
    from tests.stress.long_use.asides import ASIDES
    from tests.stress.long_use.measured import measured
    from tests.stress.long_use.meters import growing, memory_growth
    from tests.stress.long_use.walk import Walker

    walker = partial(Walker, asides=ASIDES, cycle=CYCLES[long], variety=VARIETY[long])
    samples = measured(folder, tally, walker, count, every=CYCLES[long])
    tally.count(_REQUESTS, count)
    found = growing(samples, GROWTH if long else None)
    if samples[-1].memory > CEILING:
        found["memory"] = f"memory: {samples[-1].memory:.0f} KiB at the end"
    for sentence in found.values():
        tally.wrong(_GROWS, sentence)
    if long:
        tally.peak(_GROWTH, memory_growth(samples))
    tally.peak("MiB at the end", samples[-1].memory / 1024)
    tally.peak("widgets", samples[-1].held["widgets"])


def _walk_leaking(folder: Path, tally: Tally) -> None:
    from tests.stress.long_use.leaks import SHOWS_IN, LeakingWalker
    from tests.stress.long_use.measured import measured
    from tests.stress.long_use.meters import growing

    cycle = CONTROL // 8
    walker = partial(LeakingWalker, asides={}, cycle=cycle, variety=cycle)
    samples = measured(folder, tally, walker, CONTROL, every=cycle)
    found = growing(samples, GROWTH)
    for name in SHOWS_IN:
        tally.count(_PLANTED)
        if name in found:
            tally.count(_CAUGHT)
        else:
            tally.wrong("leaks missed", name)


def _idle(seconds: int, folder: Path, tally: Tally, *, storm: bool) -> None:
    from tests.stress.long_use.idle import idle

    wakes, cpu = idle(folder, tally, seconds, storm=storm)
    if storm:
        tally.peak(_STORM, wakes)
    else:
        tally.peak(_WAKES, wakes)
        tally.peak(_CPU, cpu)


def figures(total: Tally) -> Iterator[Figure]:
    grows, most = total[_GROWS], total.most
    growth = f"{most[_GROWTH]:+.0f} KiB for each 1,000 requests, " if _GROWTH in most else ""
    yield Figure(
        f"Long use: {total[_REQUESTS]:,} requests through the window in one process",
        f"{grows} of 9 things that it holds grow; memory {growth}{most.get('MiB at the end', 0):.0f} MiB at the end; "
        f"{total[_TOLD]} failures",
        f"{total[_CAUGHT]} of {total[_PLANTED]} planted leaks seen",
        held=not grows and not total[_TOLD] and total[_REQUESTS] > 0 and total[_CAUGHT] == total[_PLANTED] > 0,
    )
    wakes, cpu, storm = (most.get(name, -1.0) for name in (_WAKES, _CPU, _STORM))
    yield Figure(
        "Long use: the window open and nothing touched",
        f"{wakes:.1f} wakeups a minute (12 look for garbage), {cpu / 10:.3f} % of a core",
        f"{storm:,.0f} wakeups a minute with a timer of 10 ms",
        held=0 <= wakes <= MOST_WAKES < storm and 0 <= cpu <= MOST_CPU,
    )


LONG_USE = Part(NAME, jobs, figures)
