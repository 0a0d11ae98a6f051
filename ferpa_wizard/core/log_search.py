"""One line that says what is looked for in the log: words, "phrases", field:value. Filters and views are such lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.figures import FIGURES, NAMED_NOT_BINDING
from ferpa_wizard.core.model import LAYERS
from ferpa_wizard.core.typed import is_day, sound

STATES = ("overdue", "edited", "differs")
REVIEWS = ("due", "agreed", "change-asked", "reopened", "replaced")
TOOK = ("same-day", "1-3-days", "4-10-days", "11-30-days", "31-45-days", "over-45-days")
"""How long a decision took from the day the request came in."""
LATE = ("not-yet", "1-7-days", "8-30-days", "over-30-days")
"""How late the oldest of the dated steps and duties is that are still to do."""
NONE = "none"
"""The value of `basis` and `asked` for decisions that have none."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "basis": (),
    "outcome": tuple(CHOICES),
    "asked": (),
    "by": (),
    "school": (),
    "desk": (),
    "layer": LAYERS,
    "item": (),
    "missing": (),
    "verdict": (),
    "review": REVIEWS,
    "is": STATES,
    "figure": tuple(FIGURES),
    "took": TOOK,
    "late": LATE,
    "after": (),
    "before": (),
}
"""Each field, and the values that it takes; where none stand, any."""
DAYS = ("after", "before")
WHOLE = ("item", "missing", "verdict")
"""Fields whose value is a whole id, not a part of a name."""
_SHORT: Mapping[str, Mapping[str, str]] = {
    "outcome": {
        "shared": "share",
        "after-steps": "share-after-steps",
        "declined": "do-not-share",
        "asked": "ask-officer",
    },
    "layer": {"federal": "other_federal", "policy": "district", "other-federal": "other_federal"},
    "is": {"late": "overdue"},
    "figure": {"blamed": NAMED_NOT_BINDING},
}
_VALUE = r'"(?:[^"]|"")*"?|[^\s",]+'  # a quote in a name is written twice
_PART = re.compile(
    rf'(?<!\S)(?P<no>-?)(?P<field>[a-z]+):(?P<values>(?:{_VALUE})(?:,(?:{_VALUE}))*)?|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)',
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\d{4}(-\d\d)?")
_HALF = re.compile("[\ud800-\udfff]")
MOST = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """A field and its values, any of which will do; with `no` none may."""

    field: str
    values: tuple[str, ...]
    no: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """All of it has to hold. `words` are words and phrases as typed; `wrong` says what was not understood."""

    words: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    wrong: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The line that reads as this search."""
        return " ".join([*map(_quoted, self.words), *map(_written, self.filters)])

    def values(self, field: str) -> tuple[str, ...]:
        """What a field has to be; empty where anything will do."""
        return tuple(value for one in self.filters if one.field == field and not one.no for value in one.values)

    def having(self, field: str, *values: str) -> Search:
        """The same with these values of a field in place of others; without any, with no such filter."""
        kept = tuple(one for one in self.filters if one.field != field or one.no)
        return replace(self, filters=(*kept, *([Filter(field, values)] if values else [])))

    def narrowed(self, field: str, *values: str) -> Search:
        """Those of its decisions that also have one of these values of a field: ids, never parts of a name."""
        kept = tuple(one for one in self.filters if one.field != field or one.no or not {*values} <= {*one.values})
        return replace(self, filters=(*kept, Filter(field, values)))


def read_search(text: str) -> Search:
    """What a line looks for. Nothing is refused: what makes no sense is told in `wrong` and left out."""
    words: list[str] = []
    filters: list[Filter] = []
    wrong = [f"Only the first {MOST} characters count."] if len(text) > MOST else []
    if not sound(text := text[:MOST]):
        wrong.append("Half a character, which no log can hold, was left out.")
        text = _HALF.sub("", text)
    for found in _PART.finditer(text):
        if found["field"] is None:
            words.extend([word] if (word := (found["phrase"] or found["word"] or "").strip()) else [])
            continue
        given = [_unquoted(value).strip() for value in re.findall(_VALUE, found["values"] or "")]
        field = found["field"].lower()
        values, problem = _values(field, given)
        wrong.extend([problem] if problem else [])
        filters.extend([Filter(field, values, no=bool(found["no"]))] if values else [])
    return Search(tuple(words), tuple(filters), tuple(dict.fromkeys(wrong)))


def _values(field: str, given: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The values that a field is given, and a sentence about those that it does not have."""
    if field not in FIELDS:
        return (), f"“{field}:” is no field. There are: {', '.join(FIELDS)}."
    short = _SHORT.get(field, {})
    values = tuple(short.get(value.lower(), value) for value in given if value)
    if field in DAYS:
        good = tuple(value for value in values if _PERIOD.fullmatch(value) or is_day(value))
        says = f"“{field}:” wants a day, a month or a year: {field}:2026-01-31, {field}:2026-01 or {field}:2026."
    else:
        good = tuple(value for value in values if not FIELDS[field] or value in FIELDS[field])
        says = f"“{field}:” takes {', '.join(FIELDS[field])}." if FIELDS[field] else f"Write a value after “{field}:”."
    return good, "" if good and good == values else says


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if re.search(r'[\s:,"]', text) else text


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    closed = value.count('"') % 2 == 0
    return value[1 : -1 if closed else None].replace('""', '"')


def _written(one: Filter) -> str:
    no = "-" if one.no else ""
    return f"{no}{one.field}:{','.join(map(_quoted, one.values))}"
