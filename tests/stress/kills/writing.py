"""Acts at the desk: answering, sealing, going on with the home of an earlier program, purging."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard.ledger import log_tables
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.verify import verify
from tests.stress import worlds
from tests.stress.forks import Ack
from tests.stress.kills import weak
from tests.stress.kills.act import BAD, LOST, Act, Checked, bad


def _clock() -> datetime:
    return datetime.now(UTC)


# Answering: a draft is kept at each answer


def _answer(at: Path, ack: Ack) -> None:
    given = list(worlds.answers().values())
    with worlds.at_desk(at, _clock) as desk:
        while True:
            request = desk.new()
            for count, value in enumerate(given, start=1):
                request.answer(value)
                if request.save_problem is not None:
                    raise RuntimeError(request.save_problem)
                ack(f"{request.id} {count}")


def _check_answers(at: Path, acks: Sequence[str]) -> Checked:
    yield from bad(worlds.asked_by(at / "home"))
    reached = {name: int(count) for name, count in map(str.split, acks)}
    whole = json.loads(json.dumps(worlds.answers()))
    found = {draft["id"]: draft["answers"] for draft in Drafts(at / "home").list().drafts}
    for name, count in reached.items():
        if len(found.get(name, ())) < count:
            yield LOST, f"draft {name} has {len(found.get(name, ()))} of {count} answers"
    for name, answers in found.items():
        if not answers.items() <= whole.items() and answers != {"requester": "school"}:
            yield BAD, f"draft {name} holds other answers"


# Sealing: a whole request, from its first answer to its record


def _seal(at: Path, ack: Ack) -> None:
    with worlds.at_desk(at, _clock) as desk:
        for count in itertools.count():
            sealed = worlds.seal(desk, f"Words {count}.")
            ack(f"{sealed.number} {sealed.seal}")


def check_seals(at: Path, acks: Sequence[str]) -> Checked:
    """Every acknowledged record is there with its seal, and the sequence has no gaps."""
    yield from bad(worlds.asked_by(at / "home"))
    there = worlds.seals(at / "home")
    for number, seal in map(str.split, acks):
        if there.get(number) != seal:
            yield LOST, f"record {number} with the seal {seal[:8]}"
    sequences = [int(number.rpartition("-")[2]) for number in there]
    if sequences != list(range(1, len(there) + 1)):
        yield BAD, f"the sequence has gaps: {sequences[-5:]}"


# Going on with the home of an earlier program: an old ledger, an index of an earlier form

_COPIES = 2


def _prepare_old(at: Path) -> None:
    for copy in range(_COPIES):
        home = at / f"old-{copy}" / "home"
        worlds.put_old(home)
        with closing(log_tables.connect(home)) as index:
            index.execute(f"PRAGMA user_version = {log_tables.VERSION - 1}")


def _go_on(at: Path, ack: Ack) -> None:
    for copy in range(_COPIES):
        with worlds.at_desk(at / f"old-{copy}") as desk:
            desk.recent()
            desk.book.catch_up()
            sealed = worlds.seal(desk)
            ack(f"{copy} {sealed.number} {sealed.seal}")


def _check_old(at: Path, acks: Sequence[str]) -> Checked:
    sealed = {int(copy): (number, seal) for copy, number, seal in map(str.split, acks)}
    head = worlds.old_head()
    for copy in range(_COPIES):
        world = at / f"old-{copy}"
        yield from bad(worlds.asked_by(world / "home"))
        if not verify(world / "home", head=head).holds:
            yield LOST, f"the old entries of copy {copy}"
        if copy in sealed and worlds.seals(world / "home").get(sealed[copy][0]) != sealed[copy][1]:
            yield LOST, f"record {sealed[copy][0]} on copy {copy}"
        with worlds.at_desk(world) as desk:
            desk.book.catch_up()
            if verify(world / "home", head=worlds.seal(desk).seal).count != len(worlds.seals(world / "home")):
                yield BAD, f"copy {copy} does not go on"


# Purging: records whose time is up, one after another

_DUE = 12


def _secret(number: int) -> str:
    return f"Quillworth{number:04d}"


def _prepare_due(at: Path) -> None:
    worlds.make(at, 1)
    with worlds.at_desk(at) as desk:
        for number in range(2, _DUE + 2):
            worlds.seal(desk, f"{_secret(number)} called.", _secret(number))
        desk.book.catch_up()


def _purge(at: Path, ack: Ack) -> None:
    with worlds.at_desk(at, lambda: worlds.LATER) as desk:
        retention = desk.keeping.retention
        for number in _still_due(at):
            purged = retention.purge([number], by="P. Lee", words="By the schedule.")
            if purged.left:
                raise RuntimeError(purged.left[0])
            ack(f"{number} {purged.number}")


def _still_due(at: Path) -> list[str]:
    with worlds.at_desk(at) as desk, desk.chain() as ledger:
        return [one.number for one in ledger.every("decision") if one.sequence > 1 and one.text is not None]


def _check_purged(at: Path, acks: Sequence[str]) -> Checked:
    yield from bad(worlds.asked_by(at / "home"))
    there = worlds.seals(at / "home")
    due = set(_still_due(at))
    for number, purge in map(str.split, acks):
        if number in due or purge not in there:
            yield LOST, f"the purge {purge} of {number}"
        if found := _found(at / "home", _secret(int(number.rpartition("-")[2]))):
            yield LOST, f"{number} was purged, and {found} still holds it"
    # A purge that was killed before it had cleaned up is ended by the next one.
    with worlds.at_desk(at, lambda: worlds.LATER) as desk:
        yield from bad(iter(desk.keeping.retention.purge([], by="P. Lee", words="To clean up.").left))
    for sequence in range(2, _DUE + 2):
        if f"2026-{sequence:04d}" not in due and (found := _found(at / "home", _secret(sequence))):
            yield BAD, f"entry {sequence} was purged, and {found} holds it after the next purge"


def _found(home: Path, word: str) -> str:
    """The name of a file in this home that holds the word; empty where none does."""
    files = (file for file in sorted(home.rglob("*")) if file.is_file() and word.encode() in file.read_bytes())
    return next((file.name for file in files), "")


ANSWERING = Act("answering", lambda at: worlds.make(at, 0), _answer, _check_answers, weak.drafts_in_place, rounds=12)
SEALING = Act("sealing", lambda at: worlds.make(at, 1), _seal, check_seals, weak.commits_later, rounds=6)
MIGRATING = Act("going on with an old home", _prepare_old, _go_on, _check_old, weak.commits_later, kills=1)
PURGING = Act("purging", _prepare_due, _purge, _check_purged, weak.sweeps_nothing, kills=4, rounds=6)
