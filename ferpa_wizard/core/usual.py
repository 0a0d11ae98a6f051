"""Which data items a purpose usually needs; more than that is worth a question, and never a no."""

from __future__ import annotations

from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.items import Item


def usual_items(facts: Facts) -> frozenset[str]:
    """The items that a request like this one usually needs."""
    return frozenset(name for usual in facts.pack.usual if usual.when.truth(facts) for name in usual.items)


def more_than_usual(facts: Facts) -> tuple[Item, ...]:
    """The items asked for that no fitting purpose usually needs; none where no list fits."""
    needed = usual_items(facts)
    return tuple(item for item in facts.items if needed and item.id in facts.pack.items and item.id not in needed)
