"""What else the ends of a walk reach: conditions that stay open, and what fits conversations that were not walked.

Conversations that no rule tells apart are walked once. Which advice, duty or route fits each of them is told from how
that one ended and from what the tests of the others come to.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Barrier, Basis, Condition, Pack, Route, Severity
from ferpa_wizard.core.rating import Ratings, rate
from ferpa_wizard.core.standing import Fate
from ferpa_wizard.core.states import States
from ferpa_wizard.core.watch import Watch, views_at_ends

_CLOSED = ("met", "ruled-out")
_ALL_YES = ("must-share", "may-share", "may-share-emergency", "not-ferpa")


@dataclass(frozen=True)
class End:
    """How a conversation ended, as far as advice, duties and routes look at it."""

    chosen: str
    carrying: frozenset[str]  # bases of items that may go, and the chosen one
    unmet: frozenset[str]  # what a route could mend; none after a yes

    @classmethod
    def of(cls, found: Determination, ratings: Ratings) -> End:
        chosen = found.basis.id if found.basis else ""
        carrying = {item.basis for item in found.items if item.share and item.basis} | {chosen}
        unmet = {line.id for basis in found.bases if basis.status not in _CLOSED for line in (basis, *basis.conditions)}
        stopping = (one for one in ratings.barriers if max(one.stops.values()) >= Severity.CONSENT)
        unmet |= {rated.barrier.id for rated in stopping}
        return cls(chosen, frozenset(carrying), frozenset(unmet if found.verdict not in _ALL_YES else ()))


def also_used(states: States, ends: Mapping[int, End], used: Container[str]) -> set[str]:
    """The advice, duties and routes that fit some conversation of these ends, and that were not met yet."""
    lines = {**_lines(states.pack, used), **_routes(states.pack, used)}
    watch = Watch(states, {key: test for key, (_, test) in lines.items()})
    found: set[str] = set()
    for node, view in views_at_ends(states, watch) if lines else ():
        if node.place in ends:
            found.update(_fitting(lines, watch.holding(view), ends[node.place]))
    return found


Line = tuple[str | Route, Test]  # the basis that holds an advice or duty, or the route; and when it fits


def _lines(pack: Pack, used: Container[str]) -> dict[str, Line]:
    return {
        f"{kind} {line.id} {basis.id}": (basis.id, line.when)
        for basis in pack.bases
        for kind, lines in (("advice", basis.advice), ("duty", basis.duties))
        for line in lines
        if line.when and line.id not in used
    }


def _routes(pack: Pack, used: Container[str]) -> dict[str, Line]:
    return {f"route {one.id}": (one, one.when) for one in pack.routes if one.when and one.id not in used}


def _fitting(lines: Mapping[str, Line], holding: Iterator[str], end: End) -> Iterator[str]:
    for key in holding:
        owner, _ = lines[key]
        kind, name = key.split(" ")[:2]
        if isinstance(owner, Route):
            fits = bool(end.unmet) and (not owner.mends or not end.unmet.isdisjoint(owner.mends))
        else:
            fits = owner == end.chosen if kind == "advice" else owner in end.carrying
        if fits:
            yield name


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
