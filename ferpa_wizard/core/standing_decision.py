"""Standing decisions: one decision serves requests like it until a day. What may stand is judged in may_stand.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ferpa_wizard.core.typed import LONGEST_LINE, WRITE_DAY, is_day, unfit

KIND = "standing"
FORMAT = 1
Body = Mapping[str, Any]

AGAIN = "To go on, start a new request with the same answers, and let that decision stand."


@dataclass(frozen=True, slots=True)
class Standing:
    """A record that stands until the end of a day (YYYY-MM-DD); `ended` is the day on which somebody ended it."""

    record: str
    until: str
    title: str
    ended: str = ""

    def over(self, day: str) -> str:
        """Why it does not serve this day, and what to do; empty while it stands."""
        if self.ended and day >= self.ended:
            return f"This decision was ended on {self.ended}. {AGAIN}"
        return f"This decision stood until {self.until}. {AGAIN}" if day > self.until else ""


def standing_in_entry(body: Body) -> Standing | None:
    """What an entry of this kind says; None for one of another shape."""
    found = {one.name: body.get(one.name) for one in fields(Standing)}
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    return Standing(**texts) if len(texts) == len(found) else None


def entry_of_standing(standing: Standing, *, by: str) -> dict[str, object]:
    """The body of the entry that notes how it stands; `by` is who noted it."""
    return {"format": FORMAT, **asdict(standing), "by": by}


def each_time(body: Body) -> tuple[str, ...]:
    """What was true when it was decided, and has to be true at each use: the conditions of the way that it took."""
    found = body["determination"]
    chosen = found["basis"]["id"] if found["basis"] else ""
    conditions = (one for basis in found["bases"] if basis["id"] == chosen for one in basis["conditions"])
    return tuple(one["says"] for one in conditions if one["status"] == "met" and one["says"])


def do_each_time(body: Body) -> tuple[str, ...]:
    """What has to be done at each use: the duties before and at sharing."""
    return tuple(one["do"] for one in body["determination"]["duties"] if one["when"] != "after" and one["by"])


def problems(standing: Standing, *, by: str, today: str, latest: str) -> list[tuple[str, str]]:
    """What keeps it from being noted by this person: the field and a sentence."""
    found = {
        "until": _wrong_day(standing.until, today, latest),
        "by": unfit(by, LONGEST_LINE, missing="Write your name."),
    }
    return [(name, says) for name, says in found.items() if says]


def _wrong_day(day: str, today: str, latest: str) -> str:
    if not is_day(day):
        return WRITE_DAY
    if day < today:
        return "This day is past. Write the last day on which the decision may be used."
    return f"It can stand until {latest} at most. Write that day or an earlier one." if day > latest else ""
