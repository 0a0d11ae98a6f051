"""The fifty decisions of fifty.yaml, sealed in a home as a desk seals them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.record import Decision, History, seal
from ferpa_wizard.core.strict_yaml import Node, parse
from ferpa_wizard.core.todo import entry_of_todo, todos_of
from ferpa_wizard.core.walk import walk
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.later import Later
from tests import real

FILE = Path(__file__).with_name("fifty.yaml")
NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)
DONE, REPLACED, RESTRICTED = 8, 49, 51
EXAMPLES = {example.id: example for example in real.examples()}


@dataclass(frozen=True)
class Row:
    number: int
    day: str
    came: str
    kind: str
    choice: str
    reasons: tuple[str, ...]


@cache
def table() -> Any:
    node, mistakes = parse(FILE.read_bytes(), FILE.name)
    assert node is not None and not mistakes
    return _plain(node)


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(inner) for key, inner in node.value.items()}
    return [_plain(inner) for inner in node.value] if isinstance(node.value, list) else node.value


def rows() -> list[Row]:
    found = []
    for number, line in table()["rows"].items():
        day, came, kind, choice, *reasons = line.split()
        found.append(Row(int(number), day, "" if came == "-" else came, kind, choice, tuple(reasons)))
    return found


def sealed(row: Row, replaces: str = "") -> dict[str, Any]:
    kind = table()["kinds"][row.kind]
    example = EXAMPLES[kind["like"]]
    standing = {**real.profiles()[example.profile or "example"].answers, **kind.get("school", {})}
    profile = Profile("Example School", answers=standing)
    walked = walk(real.pack(), {**example.answers, **kind.get("answers", {})}, profile, row.day)
    decision = Decision(row.choice, row.reasons, "As counted.", by_name="N", by_role="registrar")
    return seal(
        walked,
        determine(walked.facts),
        decision,
        intake=Intake(received=row.came, keep_out=row.number == RESTRICTED),
        profile=profile,
        on=row.day,
        at=_noon(row),
        history=History(replaces=replaces),
    )


def fill(home: Path) -> dict[int, str]:
    """The number of the record of each row."""
    numbers: dict[int, str] = {}
    with Ledger.open(home, now=NOW) as ledger:
        later = Later(Entries(lambda _: ledger, lambda: NOW))
        for row in rows():
            body = sealed(row, numbers[REPLACED] if row.number == REPLACED + 1 else "")
            entry = ledger.append("decision", body, at=_noon(row), pack=real.pack().content, also=later.along)
            numbers[row.number] = entry.number
            if row.number == DONE:
                todo = next(one for one in todos_of(entry.number, body) if one.due)
                noted = entry_of_todo(replace(todo, done=row.day), restricted=False, by="N")
                ledger.append("todo", noted, at=_noon(row))
    return numbers


def _noon(row: Row) -> datetime:
    return datetime.fromisoformat(f"{row.day}T12:00:00+00:00")
