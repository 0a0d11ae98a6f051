"""Numbers as people read them."""

from __future__ import annotations

from datetime import date

FIRST_MONTH = 7
"""A school year goes from July to June."""


def counted(number: int, one: str, many: str = "") -> str:
    """As “1 decision” or “3,000 decisions”."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def percent(count: int, of: int) -> str:
    """A part as people read it: whole percent, and neither 0 for some nor 100 for less than all."""
    if not of:
        return ""
    if 0 < count * 200 < of:
        return "under 1%"
    if 0 < (of - count) * 200 < of:
        return "over 99%"
    return f"{(count * 200 + of) // (of * 2)}%"


def school_year(day: date) -> int:
    """The calendar year in which the school year of a day begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1
