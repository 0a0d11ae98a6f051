"""Uses of a standing decision: what was shared on which day, of which file and with whom; and what strikes one out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from ferpa_wizard.core.typed import LONGEST_LINE, WRITE_DAY, is_day, unfit

KIND, WRITTEN = "use", "disclosure"
"""The kinds of entries: a use or what strikes one out; and which uses were written out for the students' files."""
FORMAT = 1
LONGEST_FILE = 60
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Use:
    """One use of the standing decision `record`; `day` is the day of sharing, `file` the student's file number."""

    record: str
    day: str
    file: str
    recipient: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A use with the number of its entry and the day on which it was logged.

    `struck` was taken back, `written` was written out for the student's file.
    """

    number: str
    use: Use
    logged: str
    struck: bool = False
    written: bool = False


def use_in(body: Body) -> Use | None:
    """What an entry of a use says; None for one that strikes another out, or has another shape."""
    found = {one.name: body.get(one.name) for one in fields(Use)}
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    return Use(**texts) if len(texts) == len(found) else None


def struck_in(body: Body) -> str:
    """The number of the use that an entry strikes out, empty if it does not."""
    found = body.get("strikes")
    return found if isinstance(found, str) else ""


def written_in(body: Body) -> tuple[str, ...]:
    """The numbers of the uses that an entry says were written out."""
    found = body.get("uses")
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def entry_of_use(use: Use) -> dict[str, object]:
    return {"format": FORMAT, **asdict(use)}


def entry_of_strike(logged: Logged, *, by: str) -> dict[str, object]:
    """The body of the entry that strikes a use out; it repeats no file number."""
    return {"format": FORMAT, "record": logged.use.record, "strikes": logged.number, "by": by}


def entry_of_written(record: str, numbers: Sequence[str], *, by: str) -> dict[str, object]:
    """The body of the entry that notes which uses were written out for the students' files."""
    return {"format": FORMAT, "record": record, "uses": list(numbers), "by": by}


def chosen(uses: Iterable[Logged], *, since: str = "", until: str = "", new: bool = True) -> list[Logged]:
    """Those from one day to another, or of any day; none that was struck out. `new` leaves out what was written out."""
    return [
        one
        for one in uses
        if not one.struck and not (new and one.written) and since <= one.use.day <= (until or one.use.day)
    ]


def problems(use: Use, *, since: str, today: str) -> list[tuple[str, str]]:
    """What keeps it from being logged: the field and a sentence; `since` is the day of the decision."""
    found = {
        "day": _wrong_day(use.day, since, today),
        "file": unfit(use.file, LONGEST_FILE, missing="Write the number of the student's file."),
        "recipient": unfit(use.recipient, LONGEST_LINE, missing="Write who got the data."),
        "by": unfit(use.by, LONGEST_LINE, missing="Write your name."),
    }
    return [(name, says) for name, says in found.items() if says]


def _wrong_day(day: str, since: str, today: str) -> str:
    if not is_day(day):
        return WRITE_DAY
    if day > today:
        return "This day has not come yet. Log the use when the data has gone out."
    return f"The decision was made on {since}. Write the day on which you shared under it." if day < since else ""
