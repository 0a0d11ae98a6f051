"""Reading a sealed record body: what is missing reads as empty, what is vital is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from ferpa_wizard.documents.errors import DocumentError

FORMAT = 1
_VITAL = ("pack", "answers", "determination", "decision")

Fields = Mapping[str, object]


def check(body: Fields) -> None:
    """DocumentError when this is not a record body that our papers know how to print."""
    if body.get("format") != FORMAT:
        raise DocumentError(
            "This record was written by another version of the program, and this one cannot print "
            "it. The record itself is unchanged. Open it with the newer program."
        )
    missing = [key for key in _VITAL if not isinstance(body.get(key), Mapping | list)]
    if missing:
        raise DocumentError(
            f"This record has no {' and no '.join(missing)}, so it cannot be printed. Nothing was "
            "changed. Run “ferpa-wizard log verify” to see if the log was damaged."
        )


def text(fields: Fields, key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def group(fields: Fields, key: str) -> Fields:
    value = fields.get(key)
    return value if isinstance(value, Mapping) else {}


def rows(fields: Fields, key: str) -> list[Fields]:
    value = fields.get(key)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def names(fields: Fields, key: str) -> list[str]:
    value = fields.get(key)
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def day(stamp: str) -> str:
    """`2026-11-24` as "Nov 24, 2026"; what is no date stays as it is."""
    try:
        return _day(date.fromisoformat(stamp))
    except ValueError:
        return stamp


def moment(stamp: str) -> datetime:
    """The time in RFC 3339 form; DocumentError when it is none."""
    try:
        when = datetime.fromisoformat(stamp)
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as not_a_time:
        raise DocumentError(
            "This record does not say when it was decided, so it cannot be printed. Nothing was "
            "changed. Run “ferpa-wizard log verify” to see if the log was damaged."
        ) from not_a_time


def minute(when: datetime) -> str:
    """A time as "Nov 24, 2026, 10:52 UTC"."""
    return f"{_day(when.date())}, {when:%H:%M} UTC"


def _day(when: date) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{months[when.month - 1]} {when.day}, {when.year}"
