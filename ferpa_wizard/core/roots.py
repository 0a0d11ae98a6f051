"""On which pages each fact and each condition rests, so that an answer need not undo what it cannot touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.model import Barrier, Basis, Condition, Derived, Question

Pages = frozenset[str]


def rests_on(
    questions: Mapping[str, Question],
    derived: Mapping[str, Derived],
    ticks: Mapping[str, tuple[str, ...]],
    rules: Iterable[Basis | Barrier],
) -> dict[str, Pages]:
    """Fact or condition key to every page whose answer can change its value."""

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
    return facts | {
        condition.key: frozenset(page for name in _names(condition) for page in facts.get(name, ()))
        for rule in rules
        for condition in _conditions(rule)
    }


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
