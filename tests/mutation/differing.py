"""Can a wrong show on some facts? Where the wrong rule rates and asks as the right one, nothing else can differ."""

from __future__ import annotations

from collections.abc import Callable

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core import rating
from ferpa_wizard.core.asking import needed, needed_by_test
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Condition
from tests.mutation.swaps import Leaf

Differs = Callable[[Facts], bool]


def always(facts: Facts) -> bool:
    return True


def by_condition(right: Condition, wrong: Condition, leaf: Leaf | None, *, per_item: bool) -> Differs:
    """Whether the two say other things of the request, or of one of its items."""
    if right.cite != wrong.cite:
        return always

    def differs(facts: Facts) -> bool:
        items = facts.items if per_item else (None,)
        return any(_of_condition(right, facts, item) != _of_condition(wrong, facts, item) for item in items)

    return _with_leaf(leaf, differs)


def _of_condition(one: Condition, facts: Facts, item: Item | None) -> object:
    # Not through rate(): what it remembers goes by the condition's key, which both share.
    rated = rating._rate(one, facts, item)
    cure = (rated.cure.kind, rated.cure.do) if rated.cure else None
    return rated.severity, cure, rated.applies, needed(one, facts, item)


def by_test(right: ex.Test, wrong: ex.Test, leaf: Leaf | None) -> Differs:
    def differs(facts: Facts) -> bool:
        return any(_of_test(right, facts, item) != _of_test(wrong, facts, item) for item in (None, *facts.items))

    return _with_leaf(leaf, differs)


def _of_test(one: ex.Test, facts: Facts, item: Item | None) -> object:
    return one.truth(facts, item), needed_by_test(one, facts, item)


def _with_leaf(leaf: Leaf | None, differs: Differs) -> Differs:
    """The quick look first: where the innermost test says the same, so does all around it."""
    if leaf is None:
        return differs

    def differs_at_leaf(facts: Facts) -> bool:
        items = (None,) if isinstance(leaf.right, ex.FactIs | ex.FactDated) else (None, *facts.items)
        return any(leaf.right.truth(facts, item) != leaf.wrong.truth(facts, item) for item in items) and differs(facts)

    return differs_at_leaf
