"""What people note about a request as it came in: none of it is needed, and the record keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MAX_LINE = 200
MAX_WORDS = 20_000
WAYS: Mapping[str, str] = {
    "": "Not noted",
    "in-person": "In person",
    "phone": "By phone",
    "email": "By e-mail",
    "letter": "By letter",
    "form": "By an online form",
    "served": "Handed over by an officer of a court",
}


@dataclass(frozen=True, slots=True)
class Intake:
    """Days are YYYY-MM-DD; `way` is a key of WAYS; `identity` says how they were identified (34 CFR 99.31(c)).

    `asker` is the name of the person or group that asks, never of a student.

    `keep_out` keeps a request out of lists that the rules alone would show: about self-harm, say. It only adds.
    """

    reference: str = ""
    words: str = ""
    received: str = ""
    way: str = ""
    deadline: str = ""
    identity: str = ""
    keep_out: bool = False
    asker: str = ""


def problems(intake: Intake) -> list[tuple[str, str]]:
    """What keeps it out of a record: the field and a sentence."""
    found = [
        (name, "Write the day as 2026-01-31.")
        for name, day in (("received", intake.received), ("deadline", intake.deadline))
        if day and not is_day(day)
    ]
    if intake.way not in WAYS:
        found.append(("way", f"Use one of {', '.join(filter(None, WAYS))}."))
    lines = {"asker": intake.asker, "reference": intake.reference, "identity": intake.identity}
    for name, text, most in (
        *((name, text, MAX_LINE) for name, text in lines.items()),
        ("words", intake.words, MAX_WORDS),
    ):
        if len(text) > most:
            found.append((name, f"Shorten this to {most} characters."))
        elif not sound(text):
            found.append((name, "This holds half a character, which no file can keep. Type it again."))
    return found


def sound(text: str) -> bool:
    """Can every file and paper hold this text?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def due(days: int, *, received: str, on: str) -> str:
    """The day on which a clock of so many days ends: it runs from the day the request came in, if that was noted."""
    return (date.fromisoformat(received or on) + timedelta(days=days)).isoformat()


def is_day(text: str) -> bool:
    """Is it a day as YYYY-MM-DD?"""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
