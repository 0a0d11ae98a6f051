"""Lists of data items that the rules name: what requests of one kind usually need, and what is ticked at once."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.core.expressions import Test


@dataclass(frozen=True, slots=True)
class Usual:
    """The items that requests of one kind usually need."""

    when: Test
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """Items that often go together; one press ticks them, and each can be taken off again."""

    id: str
    label: str
    items: tuple[str, ...]
