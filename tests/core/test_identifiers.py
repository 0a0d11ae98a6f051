"""Text that seems to name one student: recall and false alarms on sentences made for the measurement."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from ferpa_wizard.core.identifiers import looks_like

FIRST = ("Maria", "Jamal", "Wei", "Sofia", "Liam", "Anh", "Noor", "Ethan", "Olivia", "Diego", "Aiyana", "Kofi")
LAST = ("Lopez", "Washington", "Chen", "Rossi", "O'Brien", "Nguyen", "Haddad", "Smith-Jones", "Begay", "Mensah")
MONTHS = ("January", "Feb", "March", "April", "May", "June", "July", "Aug.", "September", "Oct", "November", "Dec")
AROUND = (
    "The caller said {}, and wanted the file today.",
    "Please note: {}.",
    "{} was on the letter that came in.",
    "Mother left {} with the front desk.",
    "We were given {}; see the folder.",
    "As the email puts it, {} should be used.",
)
PLAIN = (
    "The board asked for counts by grade for {y}.",
    "See 34 CFR 99.31(a)(6) and board policy {n}.",
    "Meeting with the principal on {m} {d} about room {n}.",
    "Ticket T-{n} was closed, and ticket {n}-{d} is open.",
    "The contract of {m} {d}, {y} covers {n} students.",
    "Bus {n} leaves at {d}:30 from Lincoln Middle School.",
    "They paid ${n}.{d} for {d} transcripts in {y}.",
    "Record {y}-{n:04d} says the same as record {y}-00{d}.",
    "Washington High sent its list on {y}-0{s}-1{s}.",
    "Ms. Carter will look at it again in {m} {y}.",
    "Grades {s} to 1{s}, terms {y} and {y}, rooms {n} and {d}.",
    "The study runs from {m} {d}, {y} for {d} months, version {s}.{d}.{s}.",
    "Docket {n} of the county court, page {d} of {n}.",
    "Call the office before {d} pm and ask for the registrar.",
    "Our phone policy changed in {y}.",
    "The ID policy says that badges show a photo.",
    "Student numbers went up by {d} percent since {y}.",
    "The school identification team meets in room {n}.",
    "The new rule was born in {m} {y} out of a long talk.",
    "Order {n}-{n}-{d} of paper came on {d}/{s}/{y}.",
)
Make = Callable[[random.Random], str]


def _digits(chance: random.Random, count: int) -> str:
    return "".join(str(chance.randint(1, 9)) for _ in range(count))


def _date(chance: random.Random) -> str:
    month, day, year = chance.randint(1, 12), chance.randint(1, 28), chance.randint(1995, 2019)
    forms = (
        f"{month}/{day}/{year}", f"{month:02}-{day:02}-{year}", f"{year}-{month:02}-{day:02}",
        f"{MONTHS[month - 1]} {day}, {year}", f"{day} {MONTHS[month - 1]} {year}", f"{month}/{day}/{year % 100:02}",
    )  # fmt: skip
    return chance.choice(forms)


def _phone(chance: random.Random) -> str:
    a, b, c = _digits(chance, 3), _digits(chance, 3), _digits(chance, 4)
    return chance.choice((f"({a}) {b}-{c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"+1 {a} {b} {c}", f"phone {a}{b}{c}"))


def _ssn(chance: random.Random) -> str:
    a, b, c = _digits(chance, 3), _digits(chance, 2), _digits(chance, 4)
    return chance.choice((f"{a}-{b}-{c}", f"SSN {a}{b}{c}", f"social security number {a} {b} {c}"))


def _number(chance: random.Random) -> str:
    label = chance.choice(("student ID", "Student number", "pupil no.", "ID", "state ID", "student #", "School ID:"))
    return f"{label} {chance.choice(('', 'S', 'A-'))}{_digits(chance, chance.randint(5, 9))}"


def _born(chance: random.Random) -> str:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    date = _date(chance)
    return chance.choice(
        (f"{name}, born {date}", f"{name} (DOB {date})", f"{name}, date of birth {date}", f"{name}, {date}")
    )


def _email(chance: random.Random) -> str:
    return f"{chance.choice(FIRST).lower()}.{chance.choice(LAST).lower().strip(chr(39))}@example.{chance.choice(('edu', 'org'))}"


KINDS: tuple[Make, ...] = (_phone, _ssn, _number, _born, _email)


@pytest.mark.parametrize("seed", range(3))
def test_recall_and_false_alarms(seed: int) -> None:
    chance = random.Random(seed)
    naming = [chance.choice(AROUND).format(chance.choice(KINDS)(chance)) for _ in range(500)]
    ordinary = [
        chance.choice(PLAIN).format(
            y=chance.randint(2015, 2027), n=chance.randint(100, 999), d=chance.randint(10, 28), s=chance.randint(1, 9),
            m=chance.choice(MONTHS),
        )
        for _ in range(500)
    ]  # fmt: skip
    missed = [text for text in naming if not looks_like(text)]
    alarms = [text for text in ordinary if looks_like(text)]
    assert len(missed) <= 25, missed[:10]
    assert len(alarms) <= 25, alarms[:10]
