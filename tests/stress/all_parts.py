"""Every part; the one with the longest job first, so that no worker waits for it alone. One more is one more line."""

from __future__ import annotations

from tests.stress.faults.part import FAULTS
from tests.stress.input import INPUT
from tests.stress.kills.part import KILLING
from tests.stress.long_use import LONG_USE
from tests.stress.markup import MARKUP
from tests.stress.parts import Part
from tests.stress.power import POWER
from tests.stress.time_jumps import TIME_JUMPS

PARTS: tuple[Part, ...] = (LONG_USE, POWER, KILLING, FAULTS, INPUT, MARKUP, TIME_JUMPS)
