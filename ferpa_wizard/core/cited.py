"""Everything in a pack that cites the law, and which of it one request meets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ferpa_wizard.core.cross_check import owned_conditions
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Condition, Pack, Severity
from ferpa_wizard.core.rating import BasisRating, Ratings, rate, rate_all, worst
from ferpa_wizard.core.read_coverage import split_cites
from ferpa_wizard.core.walk import Walk


@dataclass(frozen=True, slots=True)
class Cited:
    """One rule with its citations; `key` names it in the whole pack, `owner` is the basis or barrier it is in."""

    kind: str
    id: str
    owner: str
    cites: tuple[str, ...]
    key: str


def cited_rules(pack: Pack) -> Iterator[Cited]:
    """Every basis, condition, barrier, duty, advice, route, question, myth and request beyond the pack."""
    for owner, condition in owned_conditions(pack):
        yield Cited("condition", condition.id, owner, split_cites(condition.cite), condition.key)
    for basis in pack.bases:
        yield _cited("basis", basis.id, basis.cite)
        yield from (_cited("advice", line.id, line.cite, basis.id) for line in basis.advice)
        yield from (_cited("myth", line.id, line.cite, basis.id) for line in basis.myths)
        if basis.checklist:
            yield _cited("question", basis.checklist.id, basis.checklist.cite)
    yield from (_cited("barrier", rule.id, rule.cite) for rule in pack.barriers)
    yield from (_cited("beyond", rule.id, rule.cite) for rule in pack.beyond)
    yield from (_cited("duty", rule.id, rule.cite) for rule in pack.duties.values())
    yield from (_cited("route", rule.id, rule.cite) for rule in pack.routes)
    yield from (_cited("question", rule.id, rule.cite) for rule in pack.questions.values())


def _cited(kind: str, ident: str, cite: str, owner: str = "") -> Cited:
    return Cited(kind, ident, owner, split_cites(cite), _key(kind, ident, owner))


def _key(kind: str, ident: str, owner: str = "") -> str:
    return f"{kind}:{owner}:{ident}"


def met_by(walk: Walk, found: Determination) -> set[str]:
    """The keys of the rules that a request meets: what was asked and rated, and what came out."""
    ratings = rate_all(walk.facts)
    return {*_asked(walk), *_rated(ratings, walk.facts), *_came_out(found), *_gap(walk.facts, found)}


def _asked(walk: Walk) -> Iterator[str]:
    yield from (_key("question", given.ask.id) for given in (*walk.trail, *walk.assumed))


def _rated(ratings: Ratings, facts: Facts) -> Iterator[str]:
    for rated in ratings.bases:
        covers = any(worst(rated.cover[item.id]) < Severity.NO for item in ratings.items)
        # Where nothing is said of who and why, the kind of data says it.
        if _ruled_out_by_asker(rated) or not (covers or rated.basis.triggers):
            continue
        yield from _applying(rated.basis.covers, facts, ratings.items)
        if covers:
            yield _key("basis", rated.basis.id)
            yield from _applying(rated.basis.whole, facts, (None,))
    for barrier in facts.pack.barriers:
        touched = any(barrier.stops.truth(facts, item) for item in ratings.items)
        if touched and facts.applies(barrier.when):
            yield _key("barrier", barrier.id)
            yield from _applying(barrier.unless, facts, (None,))


def _ruled_out_by_asker(rated: BasisRating) -> bool:
    """Is the basis out by its kind of school or by its who-and-why?"""
    triggers = {condition.key for condition in rated.basis.triggers}
    first = (one for one in rated.conditions if not one.condition.key or one.condition.key in triggers)
    return worst(first) == Severity.NO


def _applying(conditions: Iterable[Condition], facts: Facts, items: Iterable[Item | None]) -> Iterator[str]:
    for condition in conditions:
        if any(rate(condition, facts, item).applies for item in items):
            yield condition.key
            yield from _applying(condition.members, facts, items)


def _came_out(found: Determination) -> Iterator[str]:
    yield from (_key("duty", duty.id) for duty in found.duties)
    yield from (_key("route", route.id) for route in found.routes)
    if found.basis:
        yield from (_key("advice", advice.id, found.basis.id) for advice in found.advice)
        yield from (_key("myth", myth.id, found.basis.id) for myth in found.myths)


def _gap(facts: Facts, found: Determination) -> Iterator[str]:
    fitting = [gap for gap in facts.pack.beyond if gap.when.truth(facts)]
    if fitting and found.verdict != "may-share-emergency":
        yield _key("beyond", fitting[0].id)
