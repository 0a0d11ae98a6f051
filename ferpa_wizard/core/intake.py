"""What people note about a request as it came in: none of it is needed, and the record keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from ferpa_wizard.core.typed import LONGEST_LINE, unfit, unfit_day

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


def intake_in(found: Mapping[str, Any]) -> Intake:
    """What a draft or a record holds of it; what an older program did not write is left empty."""
    return Intake(**{field.name: found.get(field.name, field.default) for field in fields(Intake)})


def problems(intake: Intake) -> list[tuple[str, str]]:
    """What keeps it out of a record: the field and a sentence."""
    found = {
        "received": unfit_day(intake.received),
        "deadline": unfit_day(intake.deadline),
        "way": "" if intake.way in WAYS else f"Use one of {', '.join(filter(None, WAYS))}.",
        "asker": unfit(intake.asker, LONGEST_LINE),
        "reference": unfit(intake.reference, LONGEST_LINE),
        "identity": unfit(intake.identity, LONGEST_LINE),
        "words": unfit(intake.words, MAX_WORDS),
    }
    return [(name, says) for name, says in found.items() if says]


def due(days: int, *, received: str, on: str) -> str:
    """The day on which a clock of so many days ends: it runs from the day the request came in, if that was noted."""
    return (date.fromisoformat(received or on) + timedelta(days=days)).isoformat()
