"""Text that looks as if it named one student: a record needs none of it, so people are asked once, gently."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:\d{4}|\d{2})"
_DAY = (
    rf"(?i:\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}(?!\d)|\d{{4}}[/.-]\d{{1,2}}[/.-]\d{{1,2}}(?!\d)"
    rf"|{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]?(?:of\s+)?{_MONTHS}[, -]*\d{{4}})"
)
# After a word for birth also what is too vague anywhere else: 5 6 2011, 081509, 2009, Nov. 30
_BARE_DAY = (
    rf"(?:{_DAY}|\d{{1,2}} \d{{1,2}} {_YEAR}(?!\d)|\d{{6}}(?!\d)|\d{{8}}(?!\d)|\d{{4}},?\s+{_MONTHS}\s+\d{{1,2}})"
)
_DOB = r"(?:d\.?\s?o\.?\s?b\b\.?|(?:date\s+of\s+)?birth(?:\s?-?(?:day|date))?\b|\bb-?day\b|fecha\s+de\s+nacimiento)"
_BORN = r"(?:\bborn\b|\bb\.|\bn[ée]e?\s+le\b|\bnacid[oa]\b)"
# Small words, and a place, may stand between: born in Lagos on the 3rd of March 2013.
_FILLER = r"(?:\W{0,4}\b(?:is|was|on|in|the|given|as|form|of|a|el|le|[A-Z]\w+)\b){0,4}\W{0,4}"

# Names of many origins: capitals of all Latin alphabets, small words in between, an initial.
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250)) if chr(code).isupper())
_NO_NAME = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember"
    r"|October|Schools?|Elementary|Middle|High|Academy|College|University|District|County|Board|Office|Policy|Day|Night"
    r"|House|Break|Meeting|Game|Dance|Trip|Test|Exam|Form|Contract|Agreement|Order|Version|Street|Avenue|Road|Act|Law"
)
_PART = rf"(?!(?:{_NO_NAME})\b)[{_UPPER}][^\W\d_]{{0,30}}(?:['’-][^\W\d_]{{1,30}}){{0,3}}"
_SMALL = r"(?:(?:da|das|de|del|den|der|di|dos|du|la|le|van|von|bin|ibn|al|el)\s+){0,3}"
_NAME = rf"\b(?:{_PART}|[{_UPPER}]\.),?\s+{_SMALL}(?:[{_UPPER}]\.\s+)?{_PART}(?!\w)"
# With nothing but a space before it, only a day long past is one of birth: “Open Evening 8/14/2026” is none.
_PAST = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20[01])\d|20[01]\d|19\d\d|[01]\d)|(?:19\d\d|20[01]\d)-\d{1,2}-\d{1,2})(?!\d)"
)

_ID = r"(?:\bi\.?d\b\.?|\bidentification)"
_COUNT = r"(?:\s?(?:card|number|num|no\b\.?|nr\b\.?|#))"
_WHOSE = r"\b(?:student|stud?\.?|pupil|learner|state|school|district|local|perm(?:anent)?|sis|csis|matric\w*)"
_OWN_LABEL = r"\b(?:sasid|ssid|emplid|uin|usi)\b"
_IS = r"\W{0,3}(?:(?:is|was|of)\s+)?"
_NUMBER = r"[a-z]{0,3}-?\d[\d-]{2,12}\d\b"
_LONG = r"[a-z]{0,3}-?\d{5,12}\b"
_SOCIAL = r"(?:\bss[n#]|\bsoc(?:ial)?\.?\s+sec\w*)"
_KINDS: Mapping[str, re.Pattern[str]] = {
    "a social security number": re.compile(
        r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|(?<!\d)\d{3} \d{2} \d{4}(?!\d)"
        rf"|{_SOCIAL}\D{{0,20}}\d{{3}}[ -]?\d{{2}}[ -]?\d{{4}}",
        re.IGNORECASE,
    ),
    "an e-mail address": re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
    "a phone number": re.compile(
        r"(?<![\d.-])(?:\+?1[ .-]?)?(?:\(\d{3}\)\s?|\d{3}[ ./-])\d{3}[ .-]\d{4}(?![\d-])"
        r"|(?:phone|call|tel|cell|mobile|text)\w*\.?\D{0,12}(?:\d{3}-\d{4}|\d{10})(?!\d)",
        re.IGNORECASE,
    ),
    "a student number": re.compile(
        rf"{_WHOSE}\s{{0,3}}(?:{_ID}{_COUNT}?|{_COUNT}){_IS}{_NUMBER}|{_ID}{_COUNT}?{_IS}{_LONG}"
        rf"|{_OWN_LABEL}{_IS}{_LONG}|\b(?:student|pupil|learner)\s+\d{{5,12}}\b",
        re.IGNORECASE,
    ),
    "a birth date": re.compile(rf"{_DOB}{_FILLER}{_BARE_DAY}|{_BORN}{_FILLER}{_BARE_DAY}", re.IGNORECASE),
    "a name with a date": re.compile(
        rf"{_NAME}(?:\s*[,:(–-]+\s*(?:(?:born|DOB|b\.)\W*)?{_DAY}|\s+{_PAST})",
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
