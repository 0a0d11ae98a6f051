"""What people type into a field that a file keeps: what is wrong with it, as a sentence to show there."""

from __future__ import annotations

import re
from datetime import date

WRITE_DAY = "Write the day as 2026-01-31."
_FIRST, _LAST = "1900-01-01", "2100-12-31"  # what lies beyond is a slip, and some clocks could not run from it
_WHOLE_PATH = re.compile(r"/|~|\\\\|[A-Za-z]:[/\\]")
LONGEST_LINE = 200
"""The most characters of what stands on one line: the name of a person, a partner, an office."""


def unfit(text: str, most: int, *, missing: str = "") -> str:
    """What keeps a text of at most so many characters out of a file; empty if nothing does.

    `missing` is what to say of an empty one, where one is needed.
    """
    if missing and not text.strip():
        return missing
    if len(text) > most:
        return f"Shorten this to {most} characters."
    return "" if sound(text) else "This holds half a character, which no file can keep. Type it again."


def unfit_day(text: str) -> str:
    """What keeps a day that may be left empty out of a file; empty if nothing does."""
    if not text or (is_day(text) and _FIRST <= text <= _LAST):
        return ""
    return f"Write a day from {_FIRST[:4]} to {_LAST[:4]}." if is_day(text) else WRITE_DAY


def sound(text: str) -> bool:
    """Can every file and paper hold this text?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_day(text: str) -> bool:
    """Is it a day as YYYY-MM-DD?"""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_whole_path(text: str) -> bool:
    """Does it name the same place from every folder, on whichever system it is for?"""
    return bool(_WHOLE_PATH.match(text)) and text.isprintable()
