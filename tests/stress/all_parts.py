"""Every part; the one with the longest job first, so that no worker waits for it alone. One more is one more line."""

from __future__ import annotations

from tests.stress.clocks.part import CLOCKS
from tests.stress.faults.part import FAULTS
from tests.stress.kills.part import KILLING
from tests.stress.long_use.part import LONG_USE
from tests.stress.markup.part import MARKUP
from tests.stress.parts import Part
from tests.stress.power.part import POWER
from tests.stress.spoiled.part import SPOILED

PARTS: tuple[Part, ...] = (LONG_USE, POWER, KILLING, FAULTS, SPOILED, MARKUP, CLOCKS)
