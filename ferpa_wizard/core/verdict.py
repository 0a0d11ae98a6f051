"""From ratings to verdict: which items may go, under which basis, and the first of eleven verdicts that fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Severity
from ferpa_wizard.core.rating import BasisRating, Ratings

# At equal severity: a duty of other law, what FERPA does not cover, FERPA's own duty, emergency, permission.
_ORDER = ("other-duty", "outside", "duty", "emergency", "permits")


LAW = frozenset(("other_federal", "state"))  # the layers that can stop what a duty or an emergency lets go


@dataclass(frozen=True, slots=True)
class ItemFate:
    """One item: how far it is from going, under which basis, and whether a duty carries it."""

    item: Item
    severity: Severity
    own: Severity  # the same for the bases alone, without what other laws add to them
    best: BasisRating | None
    duty: bool

    @property
    def goes(self) -> bool:
        return self.severity == Severity.GO or (self.duty and self.severity <= Severity.STEP)

    @property
    def waits_for_nothing(self) -> bool:
        """Is it let go by a duty or in an emergency, so that a step of policy is none here?"""
        return self.duty or (self.goes and self.best is not None and self.best.basis.urgent)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict with the fates it rests on; `deciding` are the items that make it."""

    verdict: str
    fates: tuple[ItemFate, ...]
    deciding: tuple[ItemFate, ...]
    basis: BasisRating | None


def rule(ratings: Ratings) -> Ruling:
    """The verdict on these ratings."""
    fates = tuple(fate(ratings, item) for item in ratings.items)
    content = {item.id for item in ratings.content}
    goes = [one for one in fates if one.goes]
    stays = [one for one in fates if not one.goes]
    if not stays:
        return _all_go(fates, [one for one in fates if one.item.id in content])
    if any(one.item.id in content for one in goes):
        deciding = [one for one in goes if one.item.id in content]
        return Ruling("part", fates, tuple(deciding), _commonest(deciding))
    return _none_go(fates, [one for one in stays if one.item.id in content] or stays)


def fate(ratings: Ratings, item: Item) -> ItemFate:
    """What becomes of one item when every layer is heard."""
    ferpa = ratings.ferpa(item)
    own = ratings.own(item) if ratings.mixed else ferpa
    duties = [basis for basis in ratings.open if basis.basis.effect == "requires" and basis.at(item) <= Severity.STEP]
    if any(basis.basis.effect == "outside" and basis.at(item) == Severity.GO for basis in ratings.open):
        duties = [basis for basis in duties if basis.basis.law != "ferpa"]
    if not duties:
        best = min(ratings.open, key=lambda basis: (basis.at(item), *_preference(basis)), default=None)
        found = best if best and best.at(item) < Severity.NO else None
        # Policy and practice do not hold up what may never wait.
        urgent = found is not None and found.basis.urgent and ferpa == Severity.GO
        stop = ratings.other(item, LAW) if urgent else ratings.other(item)
        return ItemFate(item, max(ferpa, stop), own, found, duty=False)
    duty = min(duties, key=lambda basis: (basis.at(item), *_preference(basis)))
    # A duty meets a stop of other law: counsel has to weigh them; district policy and practice cannot undo a duty.
    stop = ratings.other(item, LAW)
    severity = Severity.JUDGE if stop > Severity.STEP else max(duty.at(item), stop)
    return ItemFate(item, severity, own, duty, duty=True)


def _all_go(fates: Sequence[ItemFate], content: Sequence[ItemFate]) -> Ruling:
    effects = {one.best.basis.effect for one in content if one.best}
    if any(one.duty for one in content):  # who a student is does not make a duty of what is asked
        verdict, deciding = "must-share", [one for one in content if one.duty]
    elif "emergency" in effects:
        verdict, deciding = "may-share-emergency", _with_effect(content, "emergency")
    elif effects == {"outside"}:
        verdict, deciding = "not-ferpa", list(content)
    else:
        verdict, deciding = "may-share", list(content)
    return Ruling(verdict, tuple(fates), tuple(deciding), _commonest(deciding))


def _with_effect(fates: Sequence[ItemFate], effect: str) -> list[ItemFate]:
    return [one for one in fates if one.best and one.best.basis.effect == effect]


def _none_go(fates: Sequence[ItemFate], rest: Sequence[ItemFate]) -> Ruling:
    """The content items that stay decide."""

    def found(verdict: str, deciding: Sequence[ItemFate]) -> Ruling:
        return Ruling(verdict, tuple(fates), tuple(deciding), _commonest(deciding))

    for severity, verdict in (
        (Severity.STEP, "after-steps"),
        (Severity.OPEN, "missing-fact"),
        (Severity.JUDGE, "judgement"),
    ):
        if deciding := [one for one in rest if one.severity == severity]:
            return found(verdict, deciding)
    if all(one.own < Severity.CONSENT for one in rest):
        return found("other-rule", rest)
    if any(one.severity == Severity.CONSENT for one in rest):
        return found("consent", [one for one in rest if one.own == Severity.CONSENT] or rest)
    return Ruling("not-as-asked", tuple(fates), tuple(rest), None)


def _commonest(fates: Sequence[ItemFate]) -> BasisRating | None:
    """The basis that carries most of these items; at a draw the one that is preferred."""
    counts = Counter(one.best.basis.id for one in fates if one.best)
    bases = {one.best.basis.id: one.best for one in fates if one.best}
    key: Callable[[str], tuple[int, ...]] = lambda name: (-counts[name], *_preference(bases[name]))  # noqa: E731 - one use
    return bases[min(counts, key=key)] if counts else None


def _preference(rated: BasisRating) -> tuple[int, int]:
    basis = rated.basis
    kind = basis.effect
    if kind == "requires":
        kind = "duty" if basis.law == "ferpa" else "other-duty"
    return _ORDER.index(kind), basis.rank
