"""The moments at which a desk is worked on, in UTC; the zone makes local times of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
_MINUTE, _YEARS = timedelta(minutes=1), timedelta(days=5 * 365 + 1)


def _around(*edges: datetime) -> list[datetime]:
    """A minute before and after each, the hour before and the hour after it."""
    hour = timedelta(hours=1)
    return [edge + by for edge in edges for by in (-hour, -_MINUTE, _MINUTE, hour - _MINUTE, hour + _MINUTE)]


RUNS: Mapping[str, Sequence[datetime]] = {
    "back an hour": [NOW, NOW + _MINUTE, NOW - 59 * _MINUTE, NOW - 58 * _MINUTE, NOW + 2 * _MINUTE],
    "forward five years": [NOW, NOW + _YEARS, NOW + _YEARS + _MINUTE, NOW + 3 * _MINUTE, NOW + 4 * _MINUTE],
    "an hour twice": _around(datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    "an hour left out": _around(datetime(2027, 3, 14, 7, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    "leap day": _around(datetime(2028, 2, 29, 5, tzinfo=UTC), datetime(2028, 3, 1, 5, tzinfo=UTC)),
    "new year": _around(datetime(2027, 1, 1, 0, tzinfo=UTC), datetime(2027, 1, 1, 5, tzinfo=UTC)),
}
