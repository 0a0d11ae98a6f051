"""Kills one act again and again, with a new start after each kill."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.stress import worlds
from tests.stress.forks import Ack, killed, paces, told
from tests.stress.kills.act import Act
from tests.stress.parts import Tally

TRIES, KILLS, ACKNOWLEDGED, WRONG = "tries", "kills", "acknowledged", "wrong"
_IN_VAIN = 4  # an act may come to its end before it is killed: of so many tries one has to be a kill


def kill(act: Act, seed: int, kills: int, folder: Path, tally: Tally, *, spoilt: bool = False) -> None:
    """Kill the act so often and count, under its name, what a new start finds each time."""
    of = f"{act.name} spoilt" if spoilt else act.name
    chance = random.Random(f"{of} {seed}")
    worlds.ready(folder / "ready")
    act.prepare(folder / "template")
    killing = _Killing(act, folder, spoilt=spoilt)
    for _ in range(kills * _IN_VAIN):
        if tally[f"{of}: {KILLS}"] == kills:
            return
        was_killed, acknowledged, wrong = killing.once(chance)
        tally.count(f"{of}: {TRIES}")
        tally.count(f"{of}: {KILLS}", was_killed)
        tally.count(f"{of}: {ACKNOWLEDGED}", acknowledged)
        if wrong and spoilt:
            tally.count(f"{of}: {WRONG}")
        elif wrong:
            tally.wrong(f"{of}: {WRONG}", "; ".join(wrong))


class _Killing:
    """A copy of the act's world, which outlives some kills, and all that was acknowledged on it."""

    def __init__(self, act: Act, folder: Path, *, spoilt: bool) -> None:
        self._act, self._spoilt = act, spoilt
        self._template, self._world = folder / "template", folder / "world"
        self._left = 0
        self._acks: list[str] = []
        self._renew()
        self._paces = paces(self._run, act.rounds)
        self._renew()

    def once(self, chance: random.Random) -> tuple[bool, int, list[str]]:
        """Whether it was killed and not done before, how often it acknowledged, and what is wrong."""
        if self._left == 0:
            self._renew()
        self._left -= 1
        acks = chance.randrange(len(self._paces))
        run = killed(self._run, acks, chance.uniform(0, self._paces[acks]))
        self._acks += run.acks
        wrong = ([run.error] if run.error else []) + told(self._checked)
        if wrong:
            self._left = 0  # what is wrong is not counted again
        return run.killed, len(run.acks), wrong

    def _renew(self) -> None:
        shutil.rmtree(self._world, ignore_errors=True)
        shutil.copytree(self._template, self._world)
        self._left, self._acks = self._act.kills, []

    def _run(self, ack: Ack) -> None:
        if self._spoilt:
            self._act.weaken()
        self._act.run(self._world, ack)

    def _checked(self) -> list[str]:
        return [": ".join(found) for found in self._act.check(self._world, self._acks)]
