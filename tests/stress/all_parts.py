"""Every part, in the order in which they run. One more is one more line."""

from __future__ import annotations

from tests.stress import long_use, markup, time_jumps
from tests.stress.parts import Part

PARTS: tuple[Part, ...] = (
    long_use.PART,
    markup.PART,
    time_jumps.PART,
)
