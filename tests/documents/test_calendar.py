"""The calendar file: dates, escapes, folding, and the same bytes each time."""

from __future__ import annotations

import re

from ferpa_wizard.core.todo import Todo
from ferpa_wizard.documents.calendar import dates, to_ics

BODY = {
    "request": {"deadline": "2026-12-01"},
    "decision": {"at": "2026-11-26T10:00:00+00:00"},
    "determination": {"duties": [{"id": "access", "do": "Let them see it; 45 days, at most.\nEven " + "longer " * 20}]},
    "due": [{"duty": "access", "day": "2027-01-10"}],
}


def _unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_each_clock_and_the_deadline_is_one_event() -> None:
    lines = _unfolded(to_ics(BODY, "2026-0007"))
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20270110", "DTSTART;VALUE=DATE:20261201",
    ]  # fmt: skip
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(dates(BODY)) == 2
    assert len({line for line in lines if line.startswith("UID")}) == 2


def test_text_is_escaped_folded_and_the_same_each_time() -> None:
    text = to_ics(BODY, "2026-0007")
    assert text == to_ics(BODY, "2026-0007")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    summary = next(line for line in _unfolded(text) if line.startswith("SUMMARY"))
    assert re.search(r"it\\; 45 days\\, at most\.\\nEven", summary)


def test_a_record_without_dates_has_none() -> None:
    assert dates({"request": {}, "due": []}) == []


def test_what_was_noted_since_takes_the_place_of_the_clocks() -> None:
    noted = [
        Todo("2026-0007", "access", "Let them see it", due="2027-01-31"),
        Todo("2026-0007", "own-1", "The agreement ends", due="2027-06-30"),
        Todo("2026-0007", "log", "Enter it", due="2026-12-01", done="2026-11-28"),
        Todo("2026-0007", "tell", "Tell them"),
    ]
    assert [day for day, _ in dates(BODY, noted)] == ["2027-01-31", "2027-06-30", "2026-12-01"]
    assert "The agreement ends" in to_ics(BODY, "2026-0007", noted)
