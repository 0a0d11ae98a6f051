"""What to ask next: the tree first, then only what some basis or barrier that is still open needs."""

from __future__ import annotations

from ferpa_wizard.core.expressions import All, Any, Test
from ferpa_wizard.core.facts import Facts, question_names
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Barrier, Basis, Condition, Severity
from ferpa_wizard.core.rating import rate, rate_barrier, rate_basis


def next_page(facts: Facts) -> str | None:
    """The id of the question or checklist to ask next, None when the answers suffice. Pure in the facts."""
    for question in facts.pack.tree:
        if facts.is_open(question):
            return question.id
    return _next_of_bases(facts) or _next_of_barriers(facts)


def beyond(facts: Facts) -> bool:
    """Does the request need a basis that the pack does not hold?"""
    return any(gap.when.truth(facts) for gap in facts.pack.beyond)


def _next_of_bases(facts: Facts) -> str | None:
    items = facts.items
    left = {item for item in items if item.content} or set(items)
    near: set[Item] = set()
    missing = beyond(facts)
    for basis in facts.pack.bases:
        if missing and basis.effect != "emergency":
            continue
        if not left:
            return None
        wanting = left - near if basis.anyone else left
        visit = _Visit(basis, facts, wanting)
        if not wanting or visit.closed():
            continue
        if page := visit.page():
            return page
        rating = rate_basis(basis, facts)
        enough = Severity.STEP if basis.effect == "requires" else Severity.GO
        near |= {item for item in left if rating.at(item) == Severity.STEP}
        left -= {item for item in left if rating.at(item) <= enough}
    return None


class _Visit:
    """One basis being asked about, for the items that still need one."""

    def __init__(self, basis: Basis, facts: Facts, left: set[Item]) -> None:
        self._basis, self._facts, self._left = basis, facts, left

    def closed(self) -> bool:
        """Is it out for asking? A trigger that is unsure closes a basis for asking, not for rating."""
        known = self._facts.rated.setdefault(self._basis.id, {})
        if "closed" not in known:
            known["closed"] = self._closed_for_all()
        return bool(known["closed"]) or (bool(self._basis.covers) and not any(map(self._may_cover, self._left)))

    def _closed_for_all(self) -> bool:
        """The same, whatever items are left."""
        basis, facts = self._basis, self._facts
        if basis.level != "both" and facts.holds("level", (basis.level,)) is False:
            return True
        if any(rate(trigger, facts).severity != Severity.GO for trigger in basis.triggers):
            return True
        return any(rate(condition, facts).severity == Severity.NO for condition in basis.conditions)

    def page(self) -> str | None:
        """What to ask for this basis now; None when it is left alone or all asked."""
        return self._about_items() or self._about_facts()

    def _about_items(self) -> str | None:
        for condition in self._basis.covers:
            for item in (item for item in self._facts.items if item in self._left and self._may_cover(item)):
                page = needed(condition, self._facts, item)
                if page:
                    return page
        return None

    def _may_cover(self, item: Item) -> bool:
        return all(rate(condition, self._facts, item).severity < Severity.NO for condition in self._basis.covers)

    def _about_facts(self) -> str | None:
        unsure = False
        for condition in self._basis.conditions:
            page = needed(condition, self._facts)
            if page:
                return page
            severity = rate(condition, self._facts).severity
            if severity >= Severity.CONSENT:
                return None
            unsure = unsure or severity in (Severity.JUDGE, Severity.OPEN)
        checklist = self._basis.checklist
        asked = checklist is None or checklist.id in self._facts.answers or not open_rows(self._basis, self._facts)
        return None if unsure or asked or checklist is None else checklist.id


def open_rows(basis: Basis, facts: Facts) -> tuple[Condition, ...]:
    """The rows of a basis's checklist that apply and that nothing has answered yet, ticks of groups included."""
    unmet = (row for row in basis.paperwork if rate(row, facts).severity != Severity.GO)
    ticks = (tick for row in unmet for tick in row.ticks() if facts.applies(tick.when))
    return tuple(
        row for row in ticks if facts.value(row.id) != "yes" and not (row.standing and row.id in facts.profile)
    )


def _next_of_barriers(facts: Facts) -> str | None:
    items = facts.items
    ratings = [rate_basis(basis, facts) for basis in facts.pack.bases] if facts.pack.barriers else []
    free = [
        item for item in items if min((rated.at(item) for rated in ratings), default=Severity.NO) < Severity.CONSENT
    ]
    if not free or beyond(facts):
        return None
    for barrier in facts.pack.barriers:
        touched = [item for item in free if barrier.stops.truth(facts, item) is not False]
        if touched and (page := _needed_to_lift(barrier, facts, touched)):
            return page
    return None


def _needed_to_lift(barrier: Barrier, facts: Facts, touched: list[Item]) -> str | None:
    if barrier.when and (page := needed_by_test(barrier.when, facts)):
        return page
    if not any(rate_barrier(barrier, facts, touched).stops.values()):
        return None
    return next((page for condition in barrier.unless if (page := needed(condition, facts))), None)


def needed(condition: Condition, facts: Facts, item: Item | None = None) -> str | None:
    """The first question whose answer this condition still needs."""
    if condition.when:
        page = needed_by_test(condition.when, facts, item)
        if page or not condition.when.truth(facts, item):
            return page
    if condition.test:
        return needed_by_test(condition.test, facts, item)
    for member in condition.members:
        if not condition.every and rate(member, facts, item).severity == Severity.GO:
            return None
        page = needed(member, facts, item)
        if page:
            return page
    return None


def needed_by_test(test: Test, facts: Facts, item: Item | None = None) -> str | None:
    """The first open question on which the test hangs; None once it is settled, or hangs on what nobody knows."""
    if test.truth(facts, item) is not None:
        return None
    if isinstance(test, All | Any):
        return next((page for part in test.tests if (page := needed_by_test(part, facts, item))), None)
    names = question_names(facts.pack, test.facts())
    return next((name for name in names if facts.is_open(facts.pack.questions[name])), None)
