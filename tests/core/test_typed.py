"""What a field refuses of what people type, and what it takes."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.typed import is_day, sound, unfit, unfit_day

MISSING = "Write something."


@pytest.mark.parametrize("text", ["", "a", "élan", "👩‍🏫", "x" * 5, "two\nlines"])
def test_a_text_that_fits_is_taken(text: str) -> None:
    assert unfit(text, 9) == ""


@pytest.mark.parametrize("text", ["x" * 6, "\ud800", "ok\udfff"])
def test_a_text_that_is_too_long_or_broken_is_told(text: str) -> None:
    assert unfit(text, 5)


@pytest.mark.parametrize("text", ["", " ", "\t\n"])
def test_an_empty_one_is_told_only_where_one_is_needed(text: str) -> None:
    assert unfit(text, 5) == ""
    assert unfit(text, 5, missing=MISSING) == MISSING


def test_what_is_wrong_with_a_text_that_is_too_long_and_broken_names_its_length_first() -> None:
    assert "5" in unfit("\ud800" * 6, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", True), ("2028-02-29", True), ("1900-01-01", True), ("2100-12-31", True), ("2026-02-29", False), ("2026-13-01", False),
        ("20260131", False), ("2026-W05-6", False), ("2026-1-31", False), ("31.1.2026", False), ("2026-01-31 ", False),
        ("٢٠٢٦-01-31", False), ("", False),
    ],
)  # fmt: skip
def test_a_day_has_one_form(text: str, day: bool) -> None:
    assert is_day(text) is day
    assert (unfit_day(text) == "") is (day or not text)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_that_can_only_be_a_slip_is_told(text: str) -> None:
    assert is_day(text)
    assert unfit_day(text) not in ("", unfit_day("31.1.2026"))


def test_half_a_character_is_not_sound() -> None:
    assert sound("é")
    assert not sound("\udc80")
