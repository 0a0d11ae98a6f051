"""A search of the log in the words of people: fields, values, desks and the years that it spans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ferpa_wizard.core.figures import BOUND_ANOTHER_WAY, BOUND_NOTHING_WENT, NAMED_NOT_BINDING, NOT_INVOLVED
from ferpa_wizard.core.log_search import DAYS, NONE, Filter, Search
from ferpa_wizard.core.numbers import school_year
from ferpa_wizard.documents.body import day
from ferpa_wizard.documents.words import LAYERS
from ferpa_wizard.requests.log_book import LeftOut

OUTCOMES: Mapping[str, str] = {
    "share": "Shared",
    "share-after-steps": "After steps",
    "not-now": "Not now",
    "do-not-share": "Declined",
    "ask-officer": "Escalated",
}
"""What became of a request, for each of core/choices.py."""
REVIEWS: Mapping[str, str] = {
    "due": "Due",
    "agreed": "Agreed",
    "change-asked": "To change",
    "reopened": "Reopened",
    "replaced": "Replaced",
}
LENGTHS: Mapping[str, str] = {
    "same-day": "Same day",
    "1-3-days": "1 to 3 days",
    "4-10-days": "4 to 10 days",
    "11-30-days": "11 to 30 days",
    "31-45-days": "31 to 45 days",
    "over-45-days": "More than 45 days",
}
"""From the day of asking to the decision."""
LATENESS: Mapping[str, str] = {
    "not-yet": "Not due yet",
    "1-7-days": "1 to 7 days late",
    "8-30-days": "8 to 30 days late",
    "over-30-days": "More than 30 days late",
}
"""How late the oldest dated step is that is not done."""
_FIELDS: Mapping[str, str] = {
    "basis": "Basis",
    "outcome": "Outcome",
    "asked": "Asked by",
    "by": "Decided by",
    "school": "School",
    "desk": "Desk",
    "layer": "True reason",
    "item": "Data item",
    "missing": "Missing",
    "verdict": "Result",
    "review": "Review",
    "is": "Only",
    "figure": "FERPA",
    "took": "Took",
    "late": "Oldest step",
    "after": "From",
    "before": "Before",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "outcome": OUTCOMES,
    "review": REVIEWS,
    "layer": LAYERS,
    "is": {"overdue": "Steps overdue", "edited": "After edits", "differs": "Differs from the result"},
    "figure": {
        BOUND_NOTHING_WENT: "Stopped it",
        BOUND_ANOTHER_WAY: "Stopped it as asked",
        NAMED_NOT_BINDING: "Named, but does not object",
        NOT_INVOLVED: "Not in the way",
    },
    "took": LENGTHS,
    "late": LATENESS,
}
_NONE: Mapping[str, str] = {"basis": "None fits", "asked": "Not said"}
Labels = Callable[[str], Mapping[str, str]]


def filter_in_words(one: Filter, labels: Labels) -> str:
    """A filter as a chip says it; `labels` gives what people call the ids of a field."""
    known = _VALUES.get(one.field) or labels(one.field)
    none = {NONE: _NONE[one.field]} if one.field in _NONE else {}
    values = [day(value) if one.field in DAYS else (none | {**known}).get(value, value) for value in one.values]
    between = " " if one.field in DAYS else ": "
    return f"{'Not ' if one.no else ''}{_FIELDS[one.field]}{between}{' or '.join(values)}"


def search_in_words(search: Search, labels: Labels) -> str:
    """What a search leaves in, in one line; empty where it leaves all in."""
    words = [f"“{word}”" for word in search.words]
    return "; ".join([*words, *(filter_in_words(one, labels) for one in search.filters)])


def desk_in_words(installation: str, *, mine: bool, name: str = "") -> str:
    """A desk by its name; without one by the beginning of its installation, which is enough to look for it."""
    return "This desk" if mine else name or installation[:8]


def years_in_words(first: str, last: str) -> str:
    """The school years from one day to another; empty for none."""
    if not first:
        return ""
    begins, ends = school_year(date.fromisoformat(first)), school_year(date.fromisoformat(last))
    return f"school year{'s' if ends > begins else ''} {begins} to {ends + 1}"


def left_out_in_words(left_out: LeftOut) -> str:
    """What no list shows, and what to do about it; empty where nothing is left out."""
    restricted, unfit = left_out.restricted, left_out.unfit
    says = []
    if restricted:
        are, opens = ("record is", "it opens") if restricted == 1 else ("records are", "each opens")
        says.append(f"{restricted:,} restricted {are} not listed; {opens} by its number.")
    if unfit:
        do = "does not match its seal" if unfit == 1 else "do not match their seals"
        says.append(f"{unfit:,} {'entry' if unfit == 1 else 'entries'} {do} and cannot be listed. Verify the log.")
    return " ".join((*says, *left_out.unusable))
