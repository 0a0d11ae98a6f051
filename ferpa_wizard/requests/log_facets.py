"""The menus of the log: which values of a field there are, how many decisions have each, and which are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.core.numbers import school_year
from ferpa_wizard.ledger.log_queries import LogQueries
from ferpa_wizard.requests.log_words import OUTCOMES


class Facet(NamedTuple):
    """A value of a field, and how many decisions have it among what the rest of the search finds."""

    value: str
    label: str
    decisions: int
    chosen: bool


class Period(NamedTuple):
    """From a day on and before another; an empty one sets no bound."""

    name: str
    after: str
    before: str

    @classmethod
    def of_days(cls, first: str, last: str) -> Period:
        """From one day to another, both of which count; an empty one sets no bound."""
        return cls("", first, (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else "")


def facets(queries: LogQueries, search: Search, field: str) -> list[Facet]:
    """The values of a field among what the rest of the search finds, those with most decisions first.

    Outcomes come in the order of core/choices.py, all five of them.
    """
    counts = {one.value: one.decisions for one in queries.spread(search.having(field), field)}
    labels = OUTCOMES if field == "outcome" else queries.labels(field)
    wanted = search.values(field)
    chosen = [value for value in labels if any(_means(one, value, labels) for one in wanted)]
    shown = list(OUTCOMES) if field == "outcome" else list(dict.fromkeys((*counts, *chosen)))
    return [Facet(value, labels.get(value, value), counts.get(value, 0), value in chosen) for value in shown]


def _means(wanted: str, value: str, labels: Mapping[str, str]) -> bool:
    """What is looked for is an id, or else a part of what people call it."""
    return wanted == value if wanted in labels else wanted.lower() in labels[value].lower()


def periods(today: str) -> list[Period]:
    """The spans of time that are often looked for, as of a day."""
    now = date.fromisoformat(today)
    year = school_year(now)
    after = (now + timedelta(days=1)).isoformat()
    return [
        Period("Any time", "", ""),
        Period("Last 30 days", (now - timedelta(days=29)).isoformat(), after),
        Period("This month", f"{today[:7]}-01", after),
        Period("This school year", f"{year}-07-01", f"{year + 1}-07-01"),
        Period("Last school year", f"{year - 1}-07-01", f"{year}-07-01"),
    ]


def within(search: Search, period: Period) -> Search:
    """The same search within a span of time."""
    bound = search.having("after", *filter(None, [period.after]))
    return bound.having("before", *filter(None, [period.before]))


def is_within(search: Search, period: Period) -> bool:
    """Are these the bounds that the search has?"""
    return str(within(search, period)) == str(within(search, _bounds(search)))


def _bounds(search: Search) -> Period:
    return Period("", next(iter(search.values("after")), ""), next(iter(search.values("before")), ""))
