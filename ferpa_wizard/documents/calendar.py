"""The dates of a decision as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta

from ferpa_wizard.core.todo import Todo
from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.body import Fields, group, rows, text

_LINE = 74  # octets; a longer line is folded
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def dates(body: Fields, todos: Sequence[Todo] | None = None) -> list[tuple[str, str]]:
    """Day (YYYY-MM-DD) and what falls due on it: what is still to do, and the day by which they want it.

    Without `todos` the clocks count that were sealed.
    """
    duties = {text(duty, "id"): text(duty, "do") for duty in rows(group(body, "determination"), "duties")}
    found = [(text(row, "day"), duties.get(text(row, "duty"), "")) for row in rows(body, "due")]
    if todos is not None:
        found = [(todo.due, todo.says) for todo in todos if todo.due and not todo.done]
    deadline = text(group(body, "request"), "deadline")
    return [*found, *([(deadline, "Answer the request.")] if deadline else [])]


def to_ics(body: Fields, number: str, todos: Sequence[Todo] | None = None) -> str:
    """One all-day event for each date; the same record and the same `todos` give the same bytes."""
    stamp = sealed.moment(text(group(body, "decision"), "at")).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//FERPA Wizard//Decision record//EN"]
    for place, (day, says) in enumerate(dates(body, todos), start=1):
        lines += _event(day, f"{says} (record {number})", uid=f"{number}-{place}@ferpa-wizard.invalid", stamp=stamp)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(day: str, says: str, *, uid: str, stamp: str) -> list[str]:
    start = date.fromisoformat(day)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{says.translate(_ESCAPES)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets; those after the first start with a space."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
