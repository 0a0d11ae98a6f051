"""A day at a desk, in a process whose calls are recorded: python -m tests.stress.power.work ROOT TOLD SEED WEAKNESS.

After each act, what is there and must stay there is written to the file TOLD, as one line of JSON in one call. WEAKNESS
names what is broken on purpose in this process, or is "none".
"""

from __future__ import annotations

import json
import os
import random
import secrets
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.ledger import file
from ferpa_wizard.ledger import push as pushing
from ferpa_wizard.ledger.backup import backup
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.restore import restore_from_file, restore_from_share
from ferpa_wizard.ledger.share import Card
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.request import Request
from tests import real
from tests.ledger.samples import NOW, PACK, PACK_SHA256
from tests.requests.secrets import _word as word
from tests.stress.power import state

ACTS = 24
_YEARS = timedelta(days=4 * 366)


class Work:
    """Each method of `acts` is one act: a record, a draft, a file, or nothing where there is nothing to do it on."""

    def __init__(self, root: Path, told: Path, seed: str) -> None:
        self.root, self.home, self.share = root, root / state.HOME, root / state.SHARE
        self.backups = root / state.BACKUPS
        self.told = os.open(told, os.O_WRONLY | os.O_CREAT)
        self.chance, self.at = random.Random(seed), NOW
        # The rules are stored with the first record; short ones do, and leave room for more pictures of the disk.
        pack = replace(real.pack(), content=PACK, sha256=PACK_SHA256)
        profile = replace(real.profiles()["example"], until={}, retention=(Rule("decision", (), 3),))
        self.desk = Desk(self.home, lambda: (pack, profile), now=self.now)
        self.answers = next(one.answers for one in real.examples() if one.id == "new-school-wants-file")
        self.words: dict[str, str] = {}
        """A word by the record in which it is, and in nothing else."""
        self.gone: dict[str, list[str]] = {state.HOME: [], state.SHARE: []}
        self.pushed: list[str] = []
        self.saved: dict[str, state.Chain] = {}

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def tell(self) -> None:
        says = {
            "ledgers": state.ledgers(self.root),
            "drafts": state.drafts(self.home),
            "backups": {name: self.saved[name] for name in state.backups(self.root)},
            "pushed": self.pushed,
            "gone": self.gone,
        }
        line = json.dumps(says).encode() + b"\n"
        assert os.write(self.told, line) == len(line)

    def run(self) -> None:
        first: list[Callable[[], object]] = [self.draft, self.decide, self.decide, self.back_up, self.push]
        last = [self.draft, self.purge, self.back_up, self.push, self.pull, self.restore]
        some = [self.chance.choice(self.acts) for _ in range(ACTS)]
        self.tell()
        for act in (*first, *some, *last, self.desk.close):
            act()
            self.tell()

    @property
    def acts(self) -> list[Callable[[], object]]:
        desk = [self.draft, self.decide, self.review, self.hold, self.note, self.put_away, self.bring_back]
        return [*desk, *desk, self.look, self.back_up, self.push, self.pull, self.restore, self.restore_from_share]

    # At the desk

    def draft(self) -> Request:
        request = self.desk.new(self.answers)
        request.note(Intake(words=word(self.chance) + self.chance.choice(["", " x" * 900])))
        return request

    def decide(self) -> None:
        rows = self.desk.drafts()
        request = self.desk.open_draft(self.chance.choice(rows).id) if rows and self.chance.random() < 0.7 else None
        request = request or self.desk.new(self.answers)
        said = request.intake.words or word(self.chance)
        # A no leaves nothing to do, so that its time can be up.
        choice, reasons = self.chance.choice([("share", ()), *[("not-now", ("practical",))] * 3])
        number = request.decide(Decision(choice, reasons, said, "R. Osei", "registrar")).number
        self.words[number] = said.split()[0]

    def _record(self) -> str:
        return self.chance.choice(list(self.words)) if self.words else ""

    def review(self) -> None:
        number = self._record()
        if number and self.desk.keeping.reviews.state(number) == "due":
            self.desk.keeping.reviews.act(number, "agree", by="P. Lee")

    def hold(self) -> None:
        number, holds = self._record(), self.desk.keeping.holds
        if number:
            act = holds.release if holds.of(number).count else holds.hold
            act(number, "By counsel.", by="P. Lee")

    def note(self) -> None:
        if number := self._record():
            self.desk.later.note(number, f"{self.words[number]} {'y ' * 900}", by="P. Lee")

    def put_away(self) -> None:
        if rows := self.desk.drafts():
            self.desk.discard(self.chance.choice(rows).id)

    def bring_back(self) -> None:
        away = sorted((self.home / "drafts" / "discarded").glob("*.json"))
        if away:
            self.desk.restore(self.chance.choice(away).stem)

    def look(self) -> None:
        self.desk.book.catch_up()

    def purge(self) -> None:
        self.look()
        self.at += _YEARS
        for held in self.desk.keeping.holds.every():
            self.desk.keeping.holds.release(held.record, "It is over.", by="P. Lee")
            self.tell()
        free = [row.number for row in self.desk.keeping.retention.due() if row.may_go]
        assert free, "nothing to purge"
        done = self.desk.keeping.retention.purge(free, by="P. Lee", words="By the schedule.")
        assert not done.left, done.left
        self.gone[state.HOME] += [word for number in free if (word := self.words.pop(number, ""))]

    # With other places

    def back_up(self) -> None:
        out = self.chance.choice([self.backups, self.backups, self.backups / "one.sqlite"])
        done = backup(self.home, out, now=self.now(), keep=2)
        self.saved[done.path.name] = state.chain_of(self.home)

    def push(self) -> None:
        pushing.push(self.home, self.share, Card("north", "", 0, GENESIS), now=self.now())
        self.pushed = state.chain_of(self.home)
        self.gone[state.SHARE] = list(self.gone[state.HOME])

    def pull(self) -> None:
        pull(self.root / state.OFFICER, self.share, now=self.now())

    def _new_home(self) -> Path:
        return self.root / f"restored-{len(list(self.root.glob('restored-*')))}"

    def restore(self) -> None:
        restore_from_file(self._new_home(), self.backups / state.backups(self.root)[-1], now=self.now())

    def restore_from_share(self) -> None:
        restore_from_share(self._new_home(), self.share, desk="north", now=self.now())


def settle(chance: random.Random) -> None:
    """Make all that is random in the program come from here, so that a day can be repeated."""
    vars(secrets).update(token_bytes=chance.randbytes, token_hex=lambda size: chance.randbytes(size).hex())
    vars(uuid).update(uuid4=lambda: uuid.UUID(bytes=chance.randbytes(16), version=4))
    vars(tempfile).update(_get_candidate_names=lambda: iter(lambda: chance.randbytes(4).hex(), ""))


def weaken(weakness: str) -> None:
    """Break what keeps this process's files through a power cut."""
    if weakness == "unsynced":
        os.fsync = lambda fd: None  # SQLite has its own way to the disk
    elif weakness != "none":
        pragmas = file._pragmas
        vars(file)["_pragmas"] = lambda *, writable: (
            pragmas(writable=writable) + [f"PRAGMA synchronous = {weakness}"] * writable
        )


def main(root: str, told: str, seed: str, weakness: str) -> None:
    pushing._SEGMENT_ENTRIES = 3
    settle(random.Random(f"{seed} apart"))
    weaken(weakness)
    Work(Path(root), Path(told), seed).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
