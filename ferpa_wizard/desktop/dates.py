"""Dates and times as people in a United States school write them."""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(moment: datetime) -> str:
    """The time of day on this computer's clock: 10:42."""
    return f"{moment.astimezone():%H:%M}"


def day(moment: datetime) -> str:
    """Nov 24, 2026."""
    here = moment.astimezone()
    return f"{_MONTHS[here.month - 1]} {here.day}, {here.year}"


def day_of(iso: str, today: str = "") -> str:
    """The same of a day that is kept as 2026-11-24; without its year where that is the year of `today`."""
    found = date.fromisoformat(iso)
    short = f"{_MONTHS[found.month - 1]} {found.day}"
    return short if iso[:4] == today[:4] else f"{short}, {found.year}"


def when(moment: datetime, now: datetime) -> str:
    """`today 10:42`, else `Nov 20`, with the year if it is another."""
    here, today = moment.astimezone(), now.astimezone()
    if here.date() == today.date():
        return f"today {clock(moment)}"
    return day(moment) if here.year != today.year else f"{_MONTHS[here.month - 1]} {here.day}"
