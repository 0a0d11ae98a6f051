"""What a line of the log's search means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferpa_wizard.core.log_search import FIELDS, Filter, Search, read_search
from ferpa_wizard.requests.log_views import EXAMPLES, VIEWS


@pytest.mark.parametrize(
    ("line", "words", "filters"),
    [
        ("grades meal", ("grades", "meal"), ()),
        ('"free lunch" bus', ("free lunch", "bus"), ()),
        ("outcome:shared", (), (Filter("outcome", ("share",)),)),
        ("OUTCOME:Shared,not-now x", ("x",), (Filter("outcome", ("share", "not-now")),)),
        ('-by:"Ann Smith",bob', (), (Filter("by", ("Ann Smith", "bob"), no=True),)),
        ("after:2026 before:2026-07-01", (), (Filter("after", ("2026",)), Filter("before", ("2026-07-01",)))),
        ('"by:ann"', ("by:ann",), ()),
        ('"open', ("open",), ()),
    ],
)
def test_a_line_is_words_phrases_and_fields(line: str, words: tuple[str, ...], filters: tuple[Filter, ...]) -> None:
    assert read_search(line) == Search(words, filters)


@pytest.mark.parametrize(
    "line", ["colour:red", "outcome:maybe", "after:soon", "basis:", "before:2026-13-40", "x" * 501]
)
def test_what_makes_no_sense_is_told_and_left_out(line: str) -> None:
    found = read_search(line)
    assert found.wrong and not found.filters


def test_half_a_character_is_told_and_left_out() -> None:
    found = read_search("gra\ud800des by:\udcff")
    assert found.words == ("grades",) and not found.filters
    assert len(found.wrong) == 2


def test_what_is_sound_is_kept_beside_what_is_not() -> None:
    found = read_search("outcome:shared,maybe grades")
    assert (found.words, found.values("outcome")) == (("grades",), ("share",))
    assert found.wrong


@given(st.text(max_size=60))
def test_a_search_written_down_reads_as_itself(line: str) -> None:
    found = read_search(line)
    again = read_search(str(found))
    assert (again.words, again.filters, again.wrong) == (found.words, found.filters, ())


NAMES = st.text('ab",: -é', min_size=1, max_size=9).map(str.strip).filter(bool)


@given(st.lists(NAMES, min_size=1, max_size=3).map(tuple))
def test_a_search_for_any_names_written_down_reads_as_itself(names: tuple[str, ...]) -> None:
    search = Search(("grades",), (Filter("by", names), Filter("school", names, no=True)))
    assert read_search(str(search)) == search


def test_one_field_is_put_in_place_of_itself() -> None:
    search = read_search("grades outcome:shared -outcome:declined by:ann")
    assert str(search.having("outcome", "not-now")) == "grades -outcome:do-not-share by:ann outcome:not-now"
    assert str(search.having("by")) == "grades outcome:share -outcome:do-not-share"


@pytest.mark.parametrize("view", [*VIEWS, *EXAMPLES], ids=lambda view: view.name)
def test_what_the_program_offers_is_understood(view: tuple[str, str]) -> None:
    found = read_search(view[1])
    assert not found.wrong
    assert found.words or found.filters


def test_each_field_says_what_it_takes() -> None:
    for field, values in FIELDS.items():
        for value in values:
            assert read_search(f"{field}:{value}").values(field) == (value,)
