"""Logs of realistic shape: records of the worked examples, sealed one after another over some years."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.entry import GENESIS, Header, body_hash, canonical, seal_of, time_text
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.model import LAYERS
from ferpa_wizard.core.record import Decision, choices, seal
from ferpa_wizard.core.todo import dated
from ferpa_wizard.core.walk import walk
from ferpa_wizard.ledger.ledger import Ledger
from tests import real

START = datetime(2021, 8, 2, 14, tzinfo=UTC)
PEOPLE = ("A. Registrar", "B. Okafor", "C. Nguyễn", "Dana Ruiz", "E. Whitfield", "F. García", "G. Moore", "H. Stein")
WORDS = [
    "tutoring",
    "roster",
    "transcript",
    "audit",
    "research",
    "custody",
    "subpoena",
    "meal",
    "vendor",
    "app",
    "nurse",
    "bus",
    "truancy",
    "foster",
    "grades",
]
Body = dict[str, Any]


@cache
def bodies() -> tuple[Body, ...]:
    """One body for each way a worked example can be decided, sealed on the first day. A fifth of the examples will do.

    By their names, so that a new example takes no other out.
    """
    some = (example for example in real.examples() if crc32(example.id.encode()) % 5 == 0)
    return tuple(body for example in some for body in _decided(example))


def _decided(example: Any) -> Iterator[Body]:
    profile = real.profiles().get(example.profile, real.profiles()["example"])
    walked = walk(real.pack(), example.answers, profile, example.on)
    if walked.ask is not None:
        return
    found = determine(walked.facts)
    for choice in choices(found):
        decision = Decision(
            choice.id,
            LAYERS[:1] if choice.id in DECLINES else (),
            "As we agreed with the office.",
            by_name=PEOPLE[0],
            by_role="front office",
        )
        yield seal(walked, found, decision, intake=Intake(), profile=profile, on=example.on, at=START)


def body_of(place: int, chance: random.Random, at: datetime) -> Body:
    """A body with words, people, days and reasons of its own."""
    body = dict(chance.choice(bodies()))
    on = at.date()
    words = " ".join(chance.choice(WORDS) for _ in range(12))
    received = (on - timedelta(days=chance.choice((0, 0, 1, 2, 5, 20, 40, 60)))).isoformat()
    body["request"] = {
        **body["request"],
        "reference": f"R-{place}",
        "words": f"They asked about {words}.",
        "received": chance.choice((received, "")),
    }
    decision = dict(body["decision"])
    decision["by"] = {**decision["by"], "name": chance.choice(PEOPLE)}
    if decision["choice"] in DECLINES:
        decision["reasons"] = sorted(chance.sample(LAYERS, chance.choice((1, 1, 2))), key=LAYERS.index)
    body["decision"], body["on"] = decision, on.isoformat()
    body["changed_after_result"] = chance.choice(([], [], [], ["items"]))
    body["due"] = [{**row, "day": (on + timedelta(days=45)).isoformat()} for row in body["due"]]
    return body


def fill(home: Path, count: int, *, seed: int = 1, minutes: int = 13) -> None:
    """A ledger of so many decisions, with the entries that go along with them, in one transaction."""
    home.mkdir(parents=True, exist_ok=True)
    with Ledger.open(home, now=START) as ledger:
        installation, file = ledger.installation, ledger.file
    chance = random.Random(seed)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        sequence, previous = 0, GENESIS
        for place in range(1, count + 1):
            at = START + timedelta(minutes=place * minutes)
            body = body_of(place, chance, at)
            number = f"{at.year:04d}-{sequence + 1:04d}"
            texts = [("decision", text_of(body)), *(("todo", canonical(todo)) for todo in dated(number, body))]
            for kind, text in texts:
                sequence += 1
                header = _entry(installation, sequence, kind, at=at, previous=previous, body=text)
                connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (sequence, kind, time_text(at), header))
                connection.execute("INSERT INTO bodies VALUES (?, ?, ?)", (sequence, _salt(sequence), text))
                previous = seal_of(header)


# Of the parts that many bodies share, by their identity. Each is kept beside its text: what is gone leaves its identity to another.
_TEXTS: dict[int, tuple[object, bytes]] = {}


def text_of(body: Body) -> bytes:
    """The canonical bytes; what takes long, the determination and the like, is written once for all bodies."""
    return b"{" + b",".join(b'"%s":%s' % (key.encode(), _part(key, body[key])) for key in sorted(body)) + b"}"


def _part(key: str, value: object) -> bytes:
    if key in ("request", "decision", "on", "changed_after_result", "due"):
        return canonical(value)
    if id(value) not in _TEXTS:
        _TEXTS[id(value)] = (value, canonical(value))
    return _TEXTS[id(value)][1]


def _entry(installation: str, sequence: int, kind: str, *, at: datetime, previous: str, body: bytes) -> bytes:
    return Header(
        installation=installation,
        sequence=sequence,
        kind=kind,
        time=time_text(at),
        previous=previous,
        body=body_hash(_salt(sequence), body),
    ).encoded()


def _salt(sequence: int) -> bytes:
    return sequence.to_bytes(32)


def last_day(count: int, minutes: int = 13) -> date:
    """The day of the last of so many."""
    return (START + timedelta(minutes=count * minutes)).date()
