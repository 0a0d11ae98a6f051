"""Every small wrong that is done to the rules, one at a time, as a function that gives the wrong pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from ferpa_wizard.core.expressions import Not, Test
from ferpa_wizard.core.model import Barrier, Basis, Condition, Pack, Question
from tests.mutation import differing
from tests.mutation.differing import Differs
from tests.mutation.swaps import Leaf, wrong_cites, wrong_conditions, wrong_tests

Rule = Basis | Barrier


@dataclass(frozen=True)
class Mutant:
    """`rule` is the basis or barrier that is wrong, `differs` tells whether that can show on some facts."""

    name: str
    rule: str
    build: Callable[[], Pack]
    differs: Differs = differing.always
    duty: str = ""  # it shows only where this duty came out

    @property
    def cites(self) -> bool:
        """Does it change a citation only?"""
        return " cite not " in self.name


def mutants(pack: Pack) -> list[Mutant]:
    """All of them in a stable order, each with a name of its own."""
    named: Counter[str] = Counter()
    found = []
    for mutant in chain(*(family(pack) for family in _FAMILIES)):
        named[mutant.name] += 1
        again = named[mutant.name]
        found.append(mutant if again == 1 else replace(mutant, name=f"{mutant.name} #{again}"))
    return found


def _of_rules(pack: Pack) -> Iterator[Mutant]:
    rules: tuple[Rule, ...] = (*pack.bases, *pack.barriers)
    for rule in rules:
        for part, held in _parts(rule).items():
            yield from (mutant for condition in _every(held) for mutant in _of_condition(pack, rule, part, condition))
        yield from _of_uses(pack, rule)
        for what, cite, _ in wrong_cites(rule.cite, pack):
            yield Mutant(f"{rule.id}: {what}", rule.id, partial(_with_rule, pack, replace(rule, cite=cite)))
        if isinstance(rule, Barrier):
            yield from _of_barrier(pack, rule)


def _parts(rule: Rule) -> dict[str, tuple[Condition, ...]]:
    if isinstance(rule, Barrier):
        return {"unless": rule.unless}
    return {
        "triggers": rule.triggers,
        "covers": rule.covers,
        "conditions": rule.conditions,
        "paperwork": rule.paperwork,
    }


def _of_condition(pack: Pack, rule: Rule, part: str, condition: Condition) -> Iterator[Mutant]:
    for what, wrong, leaf in wrong_conditions(condition, pack):
        differs = differing.by_condition(condition, wrong, leaf, per_item=part == "covers")
        build = partial(_with_condition, pack, rule, part, wrong)
        yield Mutant(f"{rule.id}: {condition.id} {what}", rule.id, build, differs)


def _of_uses(pack: Pack, rule: Rule) -> Iterator[Mutant]:
    """A duty forgotten, or owed at other times."""
    for number, use in enumerate(rule.duties):
        before, after = rule.duties[:number], rule.duties[number + 1 :]
        build = partial(_with_rule, pack, replace(rule, duties=(*before, *after)))
        yield Mutant(f"{rule.id}: duty {use.id} removed", rule.id, build, duty=use.id)
        if use.when:
            when = Not(use.when)
            wrong = replace(rule, duties=(*before, replace(use, when=when), *after))
            differs = differing.by_test(use.when, when, None)
            yield Mutant(f"{rule.id}: duty {use.id} when negated", rule.id, partial(_with_rule, pack, wrong), differs)


def _of_barrier(pack: Pack, rule: Barrier) -> Iterator[Mutant]:
    for what, stops, leaf in wrong_tests(rule.stops, pack):
        build = partial(_with_rule, pack, replace(rule, stops=stops))
        yield Mutant(f"{rule.id}: stops {what}", rule.id, build, _shown(rule.stops, stops, leaf))
    for what, when, leaf in wrong_tests(rule.when, pack):
        build = partial(_with_rule, pack, replace(rule, when=when))
        yield Mutant(f"{rule.id}: when {what}", rule.id, build, _shown(rule.when, when, leaf))


def _every(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        yield condition
        yield from _every(condition.members)


def _with_condition(pack: Pack, rule: Rule, part: str, wrong: Condition) -> Pack:
    held = _swap(_parts(rule)[part], wrong.key, wrong)
    if isinstance(rule, Barrier):
        return _with_rule(pack, replace(rule, unless=held))
    match part:
        case "triggers":
            return _with_rule(pack, replace(rule, triggers=held))
        case "covers":
            return _with_rule(pack, replace(rule, covers=held))
        case "conditions":
            return _with_rule(pack, replace(rule, conditions=held))
        case _:
            checklist = replace(rule.checklist, rows=held) if rule.checklist else None
            return _with_rule(pack, replace(rule, checklist=checklist))


def _swap(conditions: tuple[Condition, ...], key: str, wrong: Condition) -> tuple[Condition, ...]:
    return tuple(
        wrong if one.key == key else replace(one, members=_swap(one.members, key, wrong)) if one.members else one
        for one in conditions
    )


def _with_rule(pack: Pack, wrong: Rule) -> Pack:
    if isinstance(wrong, Barrier):
        return replace(pack, barriers=tuple(wrong if rule.id == wrong.id else rule for rule in pack.barriers))
    pages = {wrong.checklist.id: wrong} if wrong.checklist else {}
    bases = tuple(wrong if rule.id == wrong.id else rule for rule in pack.bases)
    return replace(pack, bases=bases, checklists={**pack.checklists, **pages})


def _of_duties(pack: Pack) -> Iterator[Mutant]:
    for duty in pack.duties.values():
        for what, cite, _ in wrong_cites(duty.cite, pack):
            duties = {**pack.duties, duty.id: replace(duty, cite=cite)}
            yield Mutant(f"{duty.id}: {what}", "", partial(replace, pack, duties=duties))


def _of_questions(pack: Pack) -> Iterator[Mutant]:
    """When each question and option is shown."""
    for question in pack.questions.values():
        for what, when, leaf in wrong_tests(question.when, pack):
            build = partial(_with_question, pack, replace(question, when=when))
            yield Mutant(f"{question.id}: when {what}", "", build, _shown(question.when, when, leaf))
        for number, option in enumerate(question.options):
            for what, when, leaf in wrong_tests(option.when, pack):
                options = (*question.options[:number], replace(option, when=when), *question.options[number + 1 :])
                build = partial(_with_question, pack, replace(question, options=options))
                differs = _shown(option.when, when, leaf)
                yield Mutant(f"{question.id}: {option.id} when {what}", "", build, differs)


def _with_question(pack: Pack, wrong: Question) -> Pack:
    tree = tuple(wrong if question.id == wrong.id else question for question in pack.tree)
    return replace(pack, tree=tree, questions={**pack.questions, wrong.id: wrong})


def _of_derived(pack: Pack) -> Iterator[Mutant]:
    for fact in pack.derived.values():
        for number, (value, test) in enumerate(fact.values):
            for what, wrong, leaf in wrong_tests(test, pack):
                values = (*fact.values[:number], (value, wrong), *fact.values[number + 1 :])
                derived = {**pack.derived, fact.id: replace(fact, values=values)}
                differs = differing.by_test(test, wrong, leaf)
                yield Mutant(f"{fact.id}: {value} {what}", "", partial(replace, pack, derived=derived), differs)


def _of_ways(pack: Pack) -> Iterator[Mutant]:
    """Which requests are beyond the pack, and which routes are offered when."""
    for number, gap in enumerate(pack.beyond):
        for what, when, leaf in wrong_tests(gap.when, pack):
            beyond = (*pack.beyond[:number], replace(gap, when=when), *pack.beyond[number + 1 :])
            build = partial(replace, pack, beyond=beyond)
            yield Mutant(f"{gap.id}: {what}", "", build, differing.by_test(gap.when, when, leaf))
    for number, route in enumerate(pack.routes):
        if route.when:
            when = Not(route.when)
            routes = (*pack.routes[:number], replace(route, when=when), *pack.routes[number + 1 :])
            build = partial(replace, pack, routes=routes)
            yield Mutant(f"{route.id}: when negated", "", build, differing.by_test(route.when, when, None))


def _shown(right: Test | None, wrong: Test, leaf: Leaf | None) -> Differs:
    return differing.by_test(right, wrong, leaf) if right else differing.always


_FAMILIES = (_of_rules, _of_duties, _of_questions, _of_derived, _of_ways)
