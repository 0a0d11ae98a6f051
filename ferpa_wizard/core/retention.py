"""How long decisions are kept: the schedule of the school, what belongs to a decision, and the purge that ends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.typed import LONGEST_LINE, unfit

PURGE = "purge"
"""The kind of the entry that names what was purged."""
FORMAT = 1
KINDS = ("decision",)
"""What a rule may be about: all else goes with its decision."""
MOST_YEARS = 100
SHORTEST = 8
LONGEST_WORDS = 2_000
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """Decisions with one of these outcomes, or with any where none is named, go after so many years."""

    kind: str
    outcomes: tuple[str, ...]
    years: int

    @property
    def says(self) -> str:
        which = " or ".join(f"“{CHOICES[name]}”" for name in self.outcomes)
        return f"{self.kind}{which and f' with {which}'}: {counted(self.years, 'year')}"

    def fits(self, choice: str) -> bool:
        return not self.outcomes or choice in self.outcomes

    def last_day(self, decided: str) -> str:
        """The last day on which a decision of this day is kept."""
        day = date.fromisoformat(decided)
        year = day.year + self.years
        leap = (day.month, day.day) == (2, 29) and not _has_leap_day(year)
        return (day.replace(year=year, month=3, day=1) if leap else day.replace(year=year)).isoformat()


def _has_leap_day(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def first_that_fits(rules: Iterable[Rule], choice: str) -> Rule | None:
    """The rule that counts for a decision with this outcome; None if it is kept for ever."""
    return next((rule for rule in rules if rule.fits(choice)), None)


def never_counts(rule: Rule, earlier: Iterable[Rule]) -> bool:
    """Do earlier rules take every decision that this one is about?"""
    return all(any(one.fits(choice) for one in earlier) for choice in rule.outcomes or CHOICES)


def belongs_to(body: Body) -> tuple[str, str] | None:
    """Installation and number of the record to which an entry belongs, and with which it goes.

    This is the one place that says so: whatever names a record under `record` is about it. The installation is empty
    for a record of the same chain.
    """
    installation, record = body.get("installation", ""), body.get("record")
    return (installation, record) if isinstance(installation, str) and isinstance(record, str) else None


def typed_in(body: Body) -> set[str]:
    """The texts of an entry that somebody may have typed, and that no other file should keep once it is purged.

    Short ones are left out: they stand in many files by chance. So are the names of people and partners.
    """
    request, decision = body.get("request", {}), body.get("decision", {})
    notes = (note for one in body.get("principles", ()) for note in one["notes"])
    found = [
        *(request.get(key) for key in ("words", "reference", "identity")),
        decision.get("words"),
        *(note["note"] for note in notes),
        *(body.get(key) for key in ("says", "words", "file")),
    ]
    return {text for text in found if isinstance(text, str) and len(text) >= SHORTEST}


def problems(by: str, words: str) -> list[tuple[str, str]]:
    """What keeps a purge from being done: the field and a sentence."""
    found = {
        "by": unfit(by, LONGEST_LINE, missing="Write your name."),
        "words": unfit(words, LONGEST_WORDS, missing="Say why, and who told you to."),
    }
    return [(name, says) for name, says in found.items() if says]


def entry_of_purge(sequences: Iterable[int], *, by: str, words: str, schedule: Sequence[str]) -> dict[str, object]:
    """The body of a purge. It holds no text of what it takes, and is never purged itself."""
    return {"format": FORMAT, "entries": sorted(sequences), "by": by, "words": words, "schedule": list(schedule)}


def named_in(body: Body) -> list[int]:
    """The sequences of the entries that a purge names."""
    found = body.get("entries")
    return [one for one in found if type(one) is int] if isinstance(found, list) else []
