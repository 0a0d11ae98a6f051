"""Time: a clock that goes back and forth, the edges of daylight saving, a leap day, a new year. Nothing is refused, the
order stays that of the sequence, and a clock that went back is told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.stress.parts import Figure, Job, Part, Tally

_REFUSED, _ORDER, _FLAG, _VERIFY = "refused", "out of order", "jumps not told", "chains that do not verify"
_CONTROLS = {"by-time": _ORDER, "no-note": _FLAG}
ZONES = ("America/New_York", "Europe/Berlin")
TIMES = (1, 12)  # rounds of each run of moments, one after the other


def jobs(long: bool) -> list[Job]:
    from tests.stress.clocks.moments import RUNS

    return [
        *(Job(f"{zone.split('/')[1]}", partial(_zone, zone, tuple(RUNS), TIMES[long])) for zone in ZONES),
        *(Job(f"control-{how}", partial(_control, how)) for how in _CONTROLS),
    ]


def _zone(zone: str, runs: tuple[str, ...], times: int, folder: Path, tally: Tally) -> None:
    """Each run in a home of its own, and all of them after each other in one."""
    from tests.stress.clocks.desk import worked
    from tests.stress.clocks.moments import RUNS

    os.environ["TZ"] = zone
    time.tzset()
    for name in runs:
        worked(RUNS[name], folder / name, tally)
    worked([moment for _ in range(times) for name in runs for moment in RUNS[name]], folder / "all", tally)


def _control(how: str, folder: Path, tally: Tally) -> None:
    from tests.stress.clocks.desk import WEAKNESSES

    WEAKNESSES[how]()
    found = Tally()
    _zone(ZONES[0], ("back an hour",), 1, folder, found)
    tally.count("weaknesses")
    if found[_CONTROLS[how]]:
        tally.count("weaknesses seen")
    else:
        tally.wrong("weaknesses missed", how)


def figures(total: Tally) -> Iterator[Figure]:
    wrong = {name: total[name] for name in (_REFUSED, _ORDER, _FLAG, _VERIFY)}
    yield Figure(
        f"Time: {total['entries']:,} entries under clocks that jump, in {len(ZONES)} zones",
        f"{', '.join(f'{times} {name}' for name, times in wrong.items())}; {total['orders']:,} orders looked at, "
        f"{total['times back']:,} times back told",
        f"{total['weaknesses seen']} of {total['weaknesses']} weaknesses seen",
        held=not any(wrong.values()) and total["orders"] > 0 and total["times back"] > 0
        and total["weaknesses seen"] == total["weaknesses"] > 0,
    )  # fmt: skip


CLOCKS = Part("clocks", jobs, figures)
