"""Every basis and barrier rated on the severity lattice, as a whole and per data item.

A cure belongs to the answer, not to the condition: a condition that is not met is as severe as the cure which that
answer allows, and rules its basis out where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ferpa_wizard.core.expressions import Truth
from ferpa_wizard.core.facts import Facts, questions_of
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import LAYERS, UNSURE, Barrier, Basis, Condition, Cure, Severity

ALL_LAYERS = frozenset(LAYERS)


class Rated(NamedTuple):
    """A condition with how far it is from met, and the cure that would meet it."""

    condition: Condition
    severity: Severity
    cure: Cure | None = None
    applies: bool = True


class BasisRating:
    """One basis: its conditions about the request, and per item those about the item.

    `mixed`: something that another law adds to the basis is not met.
    """

    def __init__(
        self, basis: Basis, conditions: tuple[Rated, ...], cover: dict[str, tuple[Rated, ...]], *, mixed: bool = True
    ) -> None:
        self.basis, self.conditions, self.cover, self.mixed = basis, conditions, cover, mixed
        whole = worst(conditions)
        self.out = whole == Severity.NO  # for every item, as most bases are
        self._at = {item: max(whole, worst(rated)) for item, rated in cover.items()}

    def at(self, item: Item, layers: frozenset[str] = ALL_LAYERS) -> Severity:
        """How far this basis is from carrying the item, counting the conditions of some layers only."""
        if layers is ALL_LAYERS:
            return self._at[item.id]
        return worst((*self.conditions, *self.cover[item.id]), layers)

    def own(self, item: Item) -> Severity:
        """The same, without what other laws add to the basis."""
        return worst(self._of(item, added=False)) if self.mixed else self._at[item.id]

    def added(self, item: Item, layers: frozenset[str]) -> Severity:
        """What other laws of these layers add to the basis for the item."""
        return worst(self._of(item, added=True), layers) if self.mixed else Severity.GO

    def _of(self, item: Item, *, added: bool) -> Iterator[Rated]:
        return (one for one in (*self.conditions, *self.cover[item.id]) if one.condition.added is added)

    def over(self, items: Iterable[Item]) -> Severity:
        """The least severity over these items."""
        return min((self.at(item) for item in items), default=Severity.NO)


@dataclass(frozen=True, slots=True)
class BarrierRating:
    barrier: Barrier
    stops: dict[str, Severity]  # item id -> how firmly it is stopped
    unless: tuple[Rated, ...]  # none where nothing is stopped, so that nothing is to be lifted

    def at(self, item: Item) -> Severity:
        return self.stops[item.id]


@dataclass(frozen=True)
class Ratings:
    items: tuple[Item, ...]
    bases: tuple[BasisRating, ...]
    barriers: tuple[BarrierRating, ...]

    @cached_property
    def content(self) -> tuple[Item, ...]:
        """The items that are what was really asked for; all of them if none is."""
        return tuple(item for item in self.items if item.content) or self.items

    @cached_property
    def open(self) -> tuple[BasisRating, ...]:
        """The bases that are not out, all layers heard."""
        return tuple(basis for basis in self.bases if not basis.out)

    def ferpa(self, item: Item, layers: frozenset[str] = ALL_LAYERS) -> Severity:
        """FERPA's default is no; any basis lifts it."""
        bases = self.open if layers is ALL_LAYERS else self.bases
        return min((basis.at(item, layers) for basis in bases), default=Severity.NO)

    @cached_property
    def mixed(self) -> bool:
        """Is something that another law adds to a basis not met?"""
        return any(basis.mixed for basis in self.bases)

    def own(self, item: Item) -> Severity:
        """What the bases say, without what other laws add to them."""
        return min((basis.own(item) for basis in self.bases), default=Severity.NO)

    def inside(self, item: Item, layers: frozenset[str]) -> Severity:
        """What other laws of these layers add to every basis that is open without them, CONSENT at most."""
        ways = [basis for basis in self.bases if basis.own(item) < Severity.CONSENT] if self.mixed else []
        return min((*(basis.added(item, layers) for basis in ways), Severity.CONSENT)) if ways else Severity.GO

    def other(self, item: Item, layers: frozenset[str] = ALL_LAYERS) -> Severity:
        stops = (rated.at(item) for rated in self.barriers if rated.barrier.layer in layers)
        return max(stops, default=Severity.GO)


def rate_all(facts: Facts) -> Ratings:
    """Rate the whole pack for one request."""
    bases = tuple(rate_basis(basis, facts) for basis in facts.pack.bases)
    barriers = tuple(_barrier_rating(barrier, facts) for barrier in facts.pack.barriers)
    return Ratings(facts.items, bases, barriers)


def rate_basis(basis: Basis, facts: Facts) -> BasisRating:
    """Rate one basis over the items asked for; remembered by the facts."""
    known = facts.rated.setdefault(basis.id, {})
    found = known.get("")
    if not isinstance(found, BasisRating):
        found = known[""] = _rate_basis(basis, facts, facts.items)
    return found


def _rate_basis(basis: Basis, facts: Facts, items: Sequence[Item]) -> BasisRating:
    """One that its own who-and-why rules out is not looked at further."""
    triggers = (*_level(basis, facts), *(rate(condition, facts) for condition in basis.triggers))
    if worst(triggers) == Severity.NO:
        return BasisRating(basis, triggers, {item.id: () for item in items}, mixed=False)
    conditions = (*basis.conditions, *basis.paperwork)
    cover = {item.id: tuple(rate(condition, facts, item) for condition in basis.covers) for item in items}
    rated = (*triggers, *(rate(condition, facts) for condition in conditions))
    mixed = any(one.severity and one.condition.added for some in (rated, *cover.values()) for one in some)
    return BasisRating(basis, rated, cover, mixed=mixed)


def _level(basis: Basis, facts: Facts) -> tuple[Rated, ...]:
    """A basis of one kind of school only, at another kind, is out; where the kind is unknown it is open."""
    truth = True if basis.level == "both" else facts.holds("level", (basis.level,))
    if truth:
        return ()
    unnamed = Condition(f"{basis.id}.level", "", basis.cite)
    return (Rated(unnamed, Severity.OPEN if truth is None else Severity.NO),)


def _barrier_rating(barrier: Barrier, facts: Facts) -> BarrierRating:
    known = facts.rated.setdefault(barrier.id, {})
    found = known.get("")
    if not isinstance(found, BarrierRating):
        found = known[""] = rate_barrier(barrier, facts, facts.items)
    return found


def rate_barrier(barrier: Barrier, facts: Facts, items: Sequence[Item]) -> BarrierRating:
    trigger = barrier.when.truth(facts) if barrier.when else True
    stops = {item.id: trigger is not False and barrier.stops.truth(facts, item) for item in items}
    if not any(truth is not False for truth in stops.values()):
        return BarrierRating(barrier, dict.fromkeys(stops, Severity.GO), ())
    unless = tuple(rate(condition, facts) for condition in barrier.unless)
    lifted = min((rated.severity for rated in unless), default=Severity.NO)
    return BarrierRating(barrier, {item: _stop(trigger, truth, lifted) for item, truth in stops.items()}, unless)


def _stop(trigger: Truth, stops: Truth, lifted: Severity) -> Severity:
    if stops is False:
        return Severity.GO
    return lifted if trigger and stops else min(lifted, Severity.OPEN)


def rate(condition: Condition, facts: Facts, item: Item | None = None) -> Rated:
    """One condition, for one item where it is about items; remembered by the facts."""
    known = facts.rated.get(condition.key)
    if known is None:
        known = facts.rated[condition.key] = {}
    about = "" if item is None else item.id
    found = known.get(about)
    if not isinstance(found, Rated):
        found = known[about] = _rate(condition, facts, item)
    return found


def _rate(condition: Condition, facts: Facts, item: Item | None) -> Rated:
    applies = condition.when.truth(facts, item) if condition.when else True
    if applies is False:
        return Rated(condition, Severity.GO, applies=False)
    if condition.members:
        return _rate_group(condition, facts, item)
    if condition.test is None:
        return Rated(condition, Severity.JUDGE)
    truth = condition.test.truth(facts, item)
    if truth:
        return Rated(condition, Severity.GO)
    if truth is False and applies:
        return _unmet(condition, facts)
    return _unknown(condition, facts, item)


def _rate_group(condition: Condition, facts: Facts, item: Item | None) -> Rated:
    members = [rate(member, facts, item) for member in condition.members]
    pick = max if condition.every else min
    chosen = pick(members, key=lambda rated: rated.severity)
    own = _unmet(condition, facts)
    if Severity.GO < chosen.severity >= own.severity:
        return own  # at equal effort the cure of the group stands for all its members
    return Rated(condition, chosen.severity, chosen.cure)


def _unmet(condition: Condition, facts: Facts) -> Rated:
    unsettled = False
    for cure in condition.cures:
        allows = True if cure.on is None else cure.on.truth(facts)
        if allows:
            return Rated(condition, cure.severity, cure)
        unsettled = unsettled or allows is None
    # Which cure the answer allows may not be known yet; then it is no flat no either.
    return Rated(condition, Severity.OPEN if unsettled else Severity.NO)


def _unknown(condition: Condition, facts: Facts, item: Item | None) -> Rated:
    for cure in condition.cures:
        if cure.on is None and cure.severity == Severity.STEP:
            return Rated(condition, Severity.STEP, cure)
    if condition.burden:
        return _unmet(condition, facts)
    if condition.judge and any(facts.answers.get(n) == UNSURE for n in questions_of(facts.pack, condition)):
        return Rated(condition, Severity.JUDGE)
    return _at_worst(condition, facts, item) or Rated(condition, Severity.OPEN)


def _at_worst(condition: Condition, facts: Facts, item: Item | None) -> Rated | None:
    """A condition that hangs on one question is a step when no answer to it is worse than a step."""
    if not any(cure.severity == Severity.STEP for cure in condition.cures) or condition.members:
        return None
    unknown = [name for name in questions_of(facts.pack, condition) if facts.value(name) is None]
    question = facts.pack.questions[unknown[0]] if len(unknown) == 1 else None
    if question is None or question.kind != "one":
        return None
    hardest: Rated | None = None
    for option in question.options:
        tried = rate(condition, facts.supposing(question.id, option.id), item)
        if tried.severity > Severity.STEP:
            return None
        if hardest is None or tried.severity > hardest.severity:
            hardest = tried
    return hardest


def worst(rated: Iterable[Rated], layers: frozenset[str] = ALL_LAYERS) -> Severity:
    """The most severe of the conditions that belong to these layers."""
    found = Severity.GO
    for one in rated:
        if one.severity > found and one.condition.layer in layers:
            found = one.severity
    return found
