"""What else the ends of a walk reach: conditions that stay open, and what fits conversations that were not walked.

Conversations that no rule tells apart are walked once. Which advice, duty or route fits each of them is told from how
that one ended and from what the tests of the others come to.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from ferpa_wizard.core.expressions import All, AsksFor, Test
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Barrier, Basis, Condition, Pack, Severity
from ferpa_wizard.core.rating import Ratings, rate
from ferpa_wizard.core.standing import Fate
from ferpa_wizard.core.states import States
from ferpa_wizard.core.verdict import Ruling
from ferpa_wizard.core.watch import Watch, views_at_ends

_ALWAYS = All(())
_ALL_YES = ("must-share", "may-share", "may-share-emergency", "not-ferpa")


@dataclass(frozen=True)
class End:
    """How a conversation ended, as far as advice, duties and routes look at it."""

    chosen: str
    carrying: frozenset[str]  # bases of items that may go, and the chosen one
    unmet: frozenset[str]  # what a route could mend; none after a yes

    @classmethod
    def of(cls, ratings: Ratings, ruling: Ruling, *, gap: bool) -> End:
        chosen = ruling.basis.basis.id if ruling.basis and not gap else ""
        carrying = {one.best.basis.id for one in ruling.fates if one.goes and one.best and not gap} | {chosen}
        yes = ruling.verdict in _ALL_YES and not gap
        return cls(chosen, frozenset(carrying), frozenset() if yes else frozenset(_unmet(ratings)))


def _unmet(ratings: Ratings) -> Iterator[str]:
    """As determine.py has it."""
    yield from (rated.barrier.id for rated in ratings.barriers if max(rated.stops.values()) >= Severity.CONSENT)
    for rated in ratings.bases:
        if Severity.GO < rated.over(ratings.content) < Severity.NO:
            yield rated.basis.id
            columns = [rated.conditions, *(rated.cover[item.id] for item in ratings.items)]
            yield from (one.condition.id for column in columns for one in column if one.severity > Severity.GO)


@dataclass(frozen=True)
class _Line:
    """An advice, duty or route with the rule that holds it, and when it fits."""

    name: str
    rule: str
    when: Test
    mends: tuple[str, ...] = ()
    kind: str = "duty"  # advice | duty | touch (the duty of a barrier) | route

    def fits(self, end: End) -> bool:
        if self.kind == "route":
            return bool(end.unmet) and (not self.mends or not end.unmet.isdisjoint(self.mends))
        return self.kind == "touch" or (self.rule == end.chosen if self.kind == "advice" else self.rule in end.carrying)


def also_used(states: States, ends: Mapping[int, End], used: Container[str]) -> set[str]:
    """The advice, duties and routes that fit some conversation of these ends, and that were not met yet.

    Where the ends are not told as a whole, only advice and duties count, and only those that look at what is asked for.
    """
    lines = [line for line in _lines(states.pack) if line.name not in used]
    if not states.scope.whole:
        lines = [line for line in lines if "items" in line.when.facts() and line.kind != "route"]
    left = {str(number): line for number, line in enumerate(lines)}
    watch = Watch(states, {key: line.when for key, line in left.items()})
    found: set[str] = set()
    for node, view in views_at_ends(states, watch) if left else ():
        for key in watch.holding(view):
            line = left.get(key)
            if line and line.fits(ends[node.place]):
                found.update((line.name, line.rule) if line.kind == "touch" else (line.name,))
                del left[key]
    return found


def _lines(pack: Pack) -> Iterator[_Line]:
    for basis in pack.bases:
        for advice in basis.advice:
            yield _Line(advice.id, basis.id, advice.when or _ALWAYS, kind="advice")
        for use in basis.duties:
            yield _Line(use.id, basis.id, use.when or _ALWAYS)
    for barrier in pack.barriers:
        for use in barrier.duties:
            yield _Line(use.id, barrier.id, All((AsksFor(barrier.stops), use.when or _ALWAYS)), kind="touch")
    for route in pack.routes:
        yield _Line(route.id, "", route.when or _ALWAYS, route.mends, "route")


def fates_of_conditions(rule: Basis | Barrier, facts: Facts) -> Iterator[tuple[str, Fate]]:
    """What became of each condition of a rule at the end of a conversation, by its key."""
    own = [(one, None) for one in (rule.whole if isinstance(rule, Basis) else rule.unless)]
    each = [(one, item) for one in (rule.covers if isinstance(rule, Basis) else ()) for item in facts.items]
    for condition, item in (*own, *each):
        yield from _fates(condition, facts, item)


def _fates(condition: Condition, facts: Facts, item: Item | None) -> Iterator[tuple[str, Fate]]:
    rated = rate(condition, facts, item)
    truth = condition.test.truth(facts, item) if condition.test else None
    if not rated.applies:
        yield condition.key, "idle"
    elif truth or rated.severity == Severity.GO:
        yield condition.key, "met"
    else:
        known = truth is False or (condition.members and rated.severity not in (Severity.JUDGE, Severity.OPEN))
        yield condition.key, "unmet" if known else "unknown"
    if rated.cure in condition.cures:
        yield condition.key, str(condition.cures.index(rated.cure))
    for member in condition.members:
        yield from _fates(member, facts, item)
