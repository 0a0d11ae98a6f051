"""Entries of a ledger as a desk reads them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.entries import Entries

IN_SUMMER = datetime(2026, 7, 2, 4, 30, tzinfo=UTC)  # half an hour after midnight by the summer time of New York
EVENING = datetime(2026, 7, 2, 2, 30, tzinfo=UTC)  # half past ten in the evening before, there
IN_WINTER = datetime(2027, 1, 5, 12, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system cannot be set for a test")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("new_york")
@pytest.mark.parametrize(("at", "day"), [(IN_SUMMER, "2026-07-02"), (EVENING, "2026-07-01")])
def test_the_day_of_an_entry_is_that_of_the_season_in_which_it_was_sealed(
    at: datetime, day: str, tmp_path: Path
) -> None:
    with Ledger.open(tmp_path, now=at) as ledger:
        entry = ledger.append("note", {"words": "x"}, at=at)
        assert Entries(lambda _: ledger, lambda: IN_WINTER).day_of(entry) == day
