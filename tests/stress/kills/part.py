"""The part: jobs that kill, and the lines that are made of what they found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.stress.kills.act import Act
from tests.stress.kills.killing import ACKNOWLEDGED, KILLS, TRIES, WRONG, kill
from tests.stress.kills.reading import EXPORTING, INDEXING, RULES
from tests.stress.kills.sharing import BACKING_UP, PULLING, PUSHING, RESTORING
from tests.stress.kills.writing import ANSWERING, MIGRATING, PURGING, SEALING
from tests.stress.parts import Figure, Job, Part, Tally

_LINES: dict[str, tuple[Act, ...]] = {
    **{act.name: (act,) for act in (ANSWERING, SEALING)},
    f"exporting in {len(EXPORTING)} forms": EXPORTING,
    **{act.name: (act,) for act in (PUSHING, PULLING, BACKING_UP, RESTORING, MIGRATING, PURGING, INDEXING, RULES)},
}
_EACH, _OFTEN = 60, {ANSWERING: 120, SEALING: 120}
"""Kills of each act in the short run, and of those that people do all day."""
_LONG = 10  # times as many in the long run
_SPOILT, _SPOILT_OFTEN = 20, {PULLING: 40}
"""The same of each act that was spoilt, and of those of which a small part is spoilt."""
_SPOILS = {
    ANSWERING: "drafts written in place",
    SEALING: "acknowledged before the commit",
    EXPORTING[0]: "written in place",
    PUSHING: "written in place",
    PULLING: "no transaction, made in place",
    BACKING_UP: "copied in place",
    RESTORING: "copied in place",
    MIGRATING: "acknowledged before the commit",
    PURGING: "files beside the ledger not cleaned",
    INDEXING: "no transaction, and noted first",
    RULES: "named before it is there",
}


def _jobs(long: bool) -> list[Job]:
    acts = [act for line in _LINES.values() for act in line]
    jobs = []
    for act in acts:
        kills = _OFTEN.get(act, _EACH)
        jobs += [Job(f"{act.name} {n}", partial(kill, act, n, kills)) for n in range(_LONG if long else 1)]
        spoilt = _SPOILT_OFTEN.get(act, _SPOILT)
        jobs.append(Job(f"{act.name} spoilt", partial(kill, act, 0, spoilt, spoilt=True)))
    return jobs


def _figures(total: Tally) -> Iterator[Figure]:
    for says, acts in _LINES.items():
        killed, acknowledged, wrong = (
            sum(total[f"{act.name}: {what}"] for act in acts) for what in (KILLS, ACKNOWLEDGED, WRONG)
        )
        spoilt = [(total[f"{act.name} spoilt: {WRONG}"], total[f"{act.name} spoilt: {TRIES}"]) for act in acts]
        caught, of = map(sum, zip(*spoilt, strict=True))
        yield Figure(
            f"Killed while {says}",
            f"{wrong} of {killed:,} kills lost or broke something; {acknowledged:,} acts acknowledged",
            f"{_SPOILS[acts[0]]}: {caught} of {of}",
            held=not wrong and killed > 0 and all(found for found, _ in spoilt),
        )


KILLING = Part("kills", _jobs, _figures)
