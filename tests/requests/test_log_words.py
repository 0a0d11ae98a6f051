"""A search of the log in words: every field and value reads as people say it, and spans of time are whole."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.log_search import FIELDS, Filter, Search, read_search
from ferpa_wizard.requests.log_facets import Period, is_within, periods, within
from ferpa_wizard.requests.log_views import VIEWS
from ferpa_wizard.requests.log_words import desk_in_words, filter_in_words

LABELS = {"ferpa-consent": "Written consent"}


def in_words(one: Filter) -> str:
    return filter_in_words(one, lambda field: LABELS if field == "basis" else {})


@pytest.mark.parametrize("field", FIELDS)
def test_no_fixed_value_reads_as_its_id(field: str) -> None:
    said = [in_words(Filter(field, (value,))) for value in FIELDS[field]]
    assert len(set(said)) == len(said)
    assert not [text for text in said if text.partition(": ")[2] in FIELDS[field]]
    assert not in_words(Filter(field, ("2026-01-31",))).startswith(field)


def test_a_filter_names_what_it_takes_and_what_it_does_not() -> None:
    assert "Written consent" in in_words(Filter("basis", ("ferpa-consent",)))
    assert "notes" in in_words(Filter("basis", ("notes",)))
    both = in_words(Filter("outcome", ("share", "not-now"), no=True))
    for value in ("share", "not-now"):
        assert in_words(Filter("outcome", (value,))).partition(": ")[2] in both
    assert both != in_words(Filter("outcome", ("share", "not-now")))


def test_every_view_of_the_program_can_be_told_in_words() -> None:
    filters = [one for view in VIEWS for one in read_search(view.line).filters]
    assert filters
    for one in filters:
        said = in_words(one)
        assert not said.startswith(one.field) and not {*said.partition(": ")[2].split(" or ")} & {*one.values}, said


def test_spans_of_time_hold_today_and_replace_one_another() -> None:
    spans = {one.name: one for one in periods("2026-11-24")}
    assert len(spans) == 5
    search = read_search("roster after:2020")
    for one in spans.values():
        search = within(search, one)
        assert [name for name, other in spans.items() if is_within(search, other)] == [one.name]
        assert search.words == ("roster",)
    last = [one for one in spans.values() if one.after and one.before <= "2026-11-24"]
    assert [(one.after, one.before) for one in last] == [("2025-07-01", "2026-07-01")]


def test_own_days_count_on_both_ends() -> None:
    assert Period.of_days("2026-01-31", "2026-12-31")[1:] == ("2026-01-31", "2027-01-01")
    assert within(Search(), Period.of_days("", "")) == Search()


def test_a_desk_is_named_by_what_finds_it() -> None:
    name = "0123456789abcdef" * 2
    assert name.startswith(desk_in_words(name, mine=False))
    assert desk_in_words(name, mine=True) != desk_in_words(name, mine=False)
