"""Which layer says no: what each layer would say alone, and which layers bind an item that is stopped.

FERPA is a default prohibition that any met basis lifts; the other layers are prohibitions that their own conditions
lift. A layer is binding for an item when it is in some minimal set of layers that stops the item standing alone, and
sole when it is in every such set.

A condition that another law adds to a basis is a prohibition of that law too: standing alone it stops an item when such
conditions shut every way that is open without them. A federal condition without `law` says what the basis is, also
where another act does, and makes no prohibition of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import LAYERS, Severity
from ferpa_wizard.core.rating import Ratings

_SETS = tuple(frozenset(some) for size in range(1, len(LAYERS) + 1) for some in combinations(LAYERS, size))


def alone(ratings: Ratings, item: Item, layers: frozenset[str]) -> Severity:
    """How severe these layers are for the item when no other layer exists."""
    ways = ratings.ferpa(item, layers) if "ferpa" in layers else ratings.inside(item, layers)
    return max(ways, ratings.other(item, layers))


def binding(ratings: Ratings, item: Item) -> dict[str, str]:
    """Layer to "shared" or "sole", for the layers that bind this item; empty when nothing stops it."""
    minimal: list[frozenset[str]] = []
    for layers in _SETS:
        if not any(known <= layers for known in minimal) and alone(ratings, item, layers) >= Severity.CONSENT:
            minimal.append(layers)
    return {
        layer: "sole" if all(layer in layers for layers in minimal) else "shared"
        for layer in LAYERS
        if any(layer in layers for layers in minimal)
    }


def state(severities: Iterable[Severity]) -> str:
    """The state of a layer from its severities over all items asked for."""
    found = list(severities)
    stopped = [severity for severity in found if severity >= Severity.CONSENT]
    if stopped:
        return "objects" if len(stopped) == len(found) else "objects-in-part"
    if any(severity in (Severity.JUDGE, Severity.OPEN) for severity in found):
        return "depends"
    return "needs-steps" if Severity.STEP in found else "does-not-object"


def told_as(state: str, binding: str) -> str:
    """The state that people are told: a layer that stops an item only together with another stops it all the same."""
    return "objects" if binding in ("shared", "sole") and not state.startswith("objects") else state
