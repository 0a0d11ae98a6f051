"""Every part, in the order in which they run. One more is one more line."""

from __future__ import annotations

from tests.stress.faults.part import FAULTS
from tests.stress.input import INPUT
from tests.stress.kills.part import KILLING
from tests.stress.parts import Part
from tests.stress.power import POWER

PARTS: tuple[Part, ...] = (POWER, KILLING, FAULTS, INPUT)
