"""Restricted records and drafts full of words that can be looked for, among records that anybody may list."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import islice

from ferpa_wizard.core.choices import CHOICES, DECLINES
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.sentences import is_restricted
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.core.walk import walk
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.request import Request
from tests import real

DAY = "2026-11-24"
RECORDS, DRAFTS = 20, 5
ORDINARY = 3


@dataclass
class Seeded:
    """The words by the number of the record that holds them, those of drafts and to-dos, and the ordinary records."""

    in_records: dict[str, list[str]] = field(default_factory=dict)
    in_drafts: list[str] = field(default_factory=list)
    in_todos: list[str] = field(default_factory=list)
    ordinary: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [*(word for words in self.in_records.values() for word in words), *self.in_drafts, *self.in_todos]


def seed(desk: Desk, chance: random.Random) -> Seeded:
    """Seal restricted and ordinary decisions in turn, and leave restricted drafts; every text in them is a word."""
    found = Seeded()
    kept = [example for example in real.examples() if _restricted(example)]
    assert len(kept) >= RECORDS, "the examples have too few restricted requests"
    plain = [example for example in real.examples() if not _restricted(example)]
    for place, example in enumerate(kept[:RECORDS]):
        request, words = _worded(desk, example, chance)
        given, name, role, *notes = (_word(chance) for _ in range(3 + len(_prompts())))
        choice = chance.choice(list(CHOICES))
        reasons = ("practical",) if choice in DECLINES else ()
        decision = Decision(choice, reasons, given, name, role, notes=dict(zip(_prompts(), notes, strict=True)))
        found.in_records[request.decide(decision).number] = [*words, given, name, role, *notes]
        if place < ORDINARY:
            found.ordinary.append(_decided(desk, plain[place]))
    for number in found.in_records:
        says, owner, by = (_word(chance) for _ in range(3))
        desk.todos.note(Todo(number, "own-1", says, owner, DAY), by=by)
        found.in_todos += [says, owner, by]
    for example in islice(reversed(kept), DRAFTS):
        found.in_drafts += _worded(desk, example, chance)[1]
    return found


def _restricted(example: Example) -> bool:
    profile = real.profiles().get(example.profile, NO_PROFILE)
    return is_restricted(walk(real.pack(), example.answers, profile, DAY).facts)


def _worded(desk: Desk, example: Example, chance: random.Random) -> tuple[Request, list[str]]:
    """A restricted request as it came in."""
    words = [_word(chance) for _ in range(3)]
    request = desk.new(example.answers)
    while request.ask is not None:  # another profile leaves other questions open
        options = [option.id for option in request.ask.options]
        request.answer(options[:1] if request.ask.kind == "many" else options[-1])
    assert request.restricted
    assert request.note(Intake(reference=words[0], words=words[1], identity=words[2])) == []
    return request, words


def _decided(desk: Desk, example: Example) -> str:
    request = desk.new(example.answers)
    while request.ask is not None:
        options = [option.id for option in request.ask.options]
        request.answer(options[:1] if request.ask.kind == "many" else options[-1])
    return request.decide(Decision("ask-officer", (), "To be sure.", "R. Osei", "registrar")).number


def _prompts() -> list[str]:
    return [prompt.id for prompt in real.pack().principles.prompts]


def _word(chance: random.Random) -> str:
    """No word of any language, so that where it is found it came from the record."""
    return "zq" + "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(10))


def leaked(seeded: Seeded, text: str) -> list[str]:
    """The words that stand in the text."""
    return [word for word in seeded.words if word in text]
