"""Text that looks as if it named one student: a record needs none of it, so people are asked once, gently."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS},?\s+\d{{4}})"
)
_BORN = r"(?:born|d\.?\s?o\.?\s?b\.?|date\s+of\s+birth|birth\s?-?(?:day|date)|\bb\.)"
_LABELLED = r"(?:student|pupil|learner|state|school|district|sis)\s*(?:id|identification|no\.?|num(?:ber)?|#)"
_KINDS: Mapping[str, re.Pattern[str]] = {
    "a social security number": re.compile(
        r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|(?<!\d)\d{3} \d{2} \d{4}(?!\d)"
        r"|(?:ssn|social\s+security)\D{0,20}\d{3}[ -]?\d{2}[ -]?\d{4}",
        re.IGNORECASE,
    ),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a phone number": re.compile(
        r"(?<![\d.-])(?:\+?1[ .-]?)?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])"
        r"|(?:phone|call|tel|cell|mobile|text)\w*\.?\D{0,12}(?:\d{3}-\d{4}|\d{10})(?!\d)",
        re.IGNORECASE,
    ),
    "a student number": re.compile(
        rf"{_LABELLED}\W{{0,3}}(?:is\s+|was\s+)?[a-z]{{0,3}}-?\d{{4,12}}|\bid\W{{1,3}}(?:is\s+)?[a-z]{{0,3}}-?\d{{5,12}}\b",
        re.IGNORECASE,
    ),
    "a birth date": re.compile(rf"{_BORN}\W{{0,4}}(?:(?:is|was|on|in|of)\s+)*{_DAY}", re.IGNORECASE),
    "a name with a date": re.compile(
        rf"\b[A-Z][a-z'’-]+\s+(?:[A-Z]\.\s+)?[A-Z][A-Za-z'’-]+\s*[,(–-]+\s*(?:(?:born|DOB|b\.)\W*)?{_DAY}"
    ),
}


def looks_like(text: str) -> tuple[str, ...]:
    """What the text seems to hold, in words that end a sentence; nothing for ordinary text."""
    return tuple(kind for kind, pattern in _KINDS.items() if pattern.search(text))


def questions(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Field and sentence for each text that seems to name a student. It may be kept all the same."""
    return [
        (field, f"This looks like {found[0]}. The record needs none. Take it out, or go on to keep it.")
        for field, text in texts.items()
        if (found := looks_like(text))
    ]
