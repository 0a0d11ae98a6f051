"""What each page can touch: an answer need not undo the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.model import Barrier, Basis, Condition, Derived, Question

Pages = frozenset[str]


def touched_by(
    questions: Mapping[str, Question],
    derived: Mapping[str, Derived],
    ticks: Mapping[str, tuple[str, ...]],
    rules: Iterable[Basis | Barrier],
) -> dict[str, Pages]:
    """Page to every fact, condition key, basis and barrier whose value its answer can change."""
    found: dict[str, set[str]] = {}
    for name, pages in _rests_on(questions, derived, ticks, rules).items():
        for page in pages:
            found.setdefault(page, set()).add(name)
    return {page: frozenset(names) for page, names in found.items()}


def _rests_on(
    questions: Mapping[str, Question],
    derived: Mapping[str, Derived],
    ticks: Mapping[str, tuple[str, ...]],
    rules: Iterable[Basis | Barrier],
) -> dict[str, Pages]:
    """Fact, condition key, basis or barrier to every page whose answer can change its value."""

    def of(fact: str, open_facts: Pages) -> Iterator[str]:
        if fact in open_facts:
            return
        yield from ticks.get(fact, ())
        tests: list[Test | None] = [test for _, test in derived[fact].values] if fact in derived else []
        if fact in questions:
            yield fact
            tests = [questions[fact].when]
        for inner in (name for test in tests if test for name in test.facts()):
            yield from of(inner, open_facts | {fact})

    facts = {name: frozenset(of(name, frozenset())) for name in (*questions, *derived, *ticks)}
    found = dict(facts)
    for rule in rules:
        names = list(_own_names(rule))
        for condition in _conditions(rule):
            inner = list(_names(condition))
            found[condition.key] = frozenset(page for name in inner for page in facts.get(name, ()))
            names += inner
        found[rule.id] = frozenset(page for name in names for page in facts.get(name, ()))
    return found


def _own_names(rule: Basis | Barrier) -> Iterator[str]:
    """The facts that a rule looks at outside its conditions."""
    if isinstance(rule, Basis):
        yield "level"
    else:
        yield from rule.stops.facts()
        yield from rule.when.facts() if rule.when else ()


def _conditions(rule: Basis | Barrier) -> Iterator[Condition]:
    own = (*rule.whole, *rule.covers) if isinstance(rule, Basis) else rule.unless
    return (inner for condition in own for inner in _with_members(condition))


def _with_members(condition: Condition) -> Iterator[Condition]:
    yield condition
    for member in condition.members:
        yield from _with_members(member)


def _names(condition: Condition) -> Iterator[str]:
    yield from condition.facts()
    for one in _with_members(condition):
        yield from (name for cure in one.cures if cure.on for name in cure.on.facts())
