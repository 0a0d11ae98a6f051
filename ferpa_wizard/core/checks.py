"""What the rules say that cannot be meant: each is told where it stands, with what to write instead.

These checks read the words of the rules only; proof.py walks through the states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.cross_check import owned_tests
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.expressions import FactIs, Test
from ferpa_wizard.core.model import Barrier, Basis, Condition, Cure, Pack, Question
from ferpa_wizard.core.places import Place, Places
from ferpa_wizard.core.satisfy import Together

_ASKED_BY_THE_ENGINE = ("items", "level", "rights-holder")
_OWED = ("34 CFR 99.10", "34 CFR 99.11", "34 CFR 99.12", "34 CFR 99.20", "34 CFR 99.21", "34 CFR 99.22")
Tests = Sequence[Test | None]


def static_checks(pack: Pack, places: Places) -> list[Mistake]:
    """Every mistake that the words of the rules show, each at its line."""
    if hopeless := circles(pack, places):
        return hopeless
    checks = _Checks(pack, places)
    found = (checks.questions(), checks.facts(), checks.bases(), checks.barriers(), checks.rest(), checks.order())
    return [mistake for mistakes in found for mistake in mistakes]


def circles(pack: Pack, places: Places) -> list[Mistake]:
    """Facts that hang on themselves: nothing can be proven about them."""
    hangs_on = {name: set(_hangs_on(pack, name)) for name in (*pack.questions, *pack.derived)}
    wrong = (name for name in hangs_on if _reaches(hangs_on, name, name))
    instead = "Take one of the questions out of the circle."
    return [
        _wrong(places.within(name, "when" if name in pack.questions else "is"), f"“{name}” hangs on itself.", instead)
        for name in wrong
    ]


class _Checks:
    def __init__(self, pack: Pack, places: Places) -> None:
        self._pack, self._places, self._together = pack, places, Together(pack)

    # Questions and facts

    def questions(self) -> Iterator[Mistake]:
        used = self._used()
        for name, question in self._pack.questions.items():
            yield from self._question(question)
            if name not in used and not _only_told(question):
                what = f"The question “{name}” decides nothing."
                yield _wrong(self._places.of(name), what, "Use it in a rule, remove it, or write `same-as`.")
            if not question.cite:
                yield _wrong(self._places.of(name), f"“{name}” has no citation.", "Add `cite:`.")
        yield from self._pages()

    def _pages(self) -> Iterator[Mistake]:
        named = {name: self._pack.on_page(name) for name in (*self._pack.questions, *self._pack.checklists)}
        times = Counter(named.values())
        for name, page in named.items():
            if times[page] == 1 and page != name:
                yield _wrong(
                    self._places.of(name), f"Nothing else stands on the page “{page}”.", "Remove `on-page`, or mend it."
                )

    def _question(self, question: Question) -> Iterator[Mistake]:
        if not self._together.may_hold(question.when):
            place = self._places.within(question.id, "when")
            yield _wrong(place, f"The question “{question.id}” can never be asked.", "Mend its `when`.")
            return
        for option in question.options:
            if not self._together.may_hold(option.when, question.when):
                place = self._places.option(question.id, option.id)
                yield _wrong(place, f"The option “{option.id}” can never be offered.", "Mend its `when`.")

    def facts(self) -> Iterator[Mistake]:
        used = self._used()
        for name, fact in self._pack.derived.items():
            place = self._places.of(name)
            if name not in used:
                yield _wrong(place, f"Nothing uses the fact “{name}”.", "Use it, or remove it.")
            before: list[Test] = []
            for value, test in fact.values:
                if not self._together.may_hold(test, *map(ex.Not, before)):
                    yield _wrong(place, f"“{name}” can never be “{value}”.", "Mend its test, or remove the value.")
                before.append(test)

    def _used(self) -> frozenset[str]:
        named = {fact for _, test in owned_tests(self._pack) if test for fact in test.facts()}
        return frozenset((*named, *_ASKED_BY_THE_ENGINE, self._pack.challenge))

    # Bases and barriers

    def bases(self) -> Iterator[Mistake]:
        for basis in self._pack.bases:
            yield from self._basis(basis)

    def _basis(self, basis: Basis) -> Iterator[Mistake]:
        place = self._places.of(basis.id)
        level = None if basis.level == "both" else FactIs("level", (basis.level,))
        who = [level, *map(_holds, basis.triggers)]
        if not self._together.may_hold(*who):
            yield _wrong(place, f"No request fits the who-and-why of “{basis.id}”.", "Mend its who-and-why.")
            return
        if not self._together.may_hold(*who, *map(_holds, basis.conditions)):
            yield _wrong(place, f"“{basis.id}” can never be met.", "Mend what its conditions hold.")
        for condition in (*basis.covers, *basis.triggers, *basis.conditions, *basis.paperwork):
            yield from self._condition(condition, who)
        for condition in basis.triggers:
            if not condition.says_no and not condition.cures:
                where = self._places.line(condition)
                yield _wrong(where, f"“{condition.id}” does not say why the basis is out.", "Add `no:`.")
        twice = Counter(one.id for one in (*basis.whole, *basis.covers))
        yield from (
            _wrong(place, f"“{one}” stands twice in it.", "Give one another id.") for one in twice if twice[one] > 1
        )
        yield from self._uses(basis, who)
        if basis.effect == "requires" and basis.law == "ferpa" and not basis.cite.startswith(_OWED):
            what = f"FERPA requires only access and the amendment process, and “{basis.id}” is neither."
            yield _wrong(self._places.within(basis.id, "effect"), what, "Write `effect: permits`, or name the `law`.")

    def _condition(self, condition: Condition, around: Tests) -> Iterator[Mistake]:
        place = self._places.line(condition)
        if not self._together.may_hold(condition.when, *around):
            yield _wrong(self._at(condition, "when"), f"“{condition.id}” never applies.", "Mend its `when`.")
            return
        if condition.test and not self._together.may_hold(condition.test, condition.when, *around):
            what = f"“{condition.id}” can never be met."
            yield _wrong(self._at(condition, "holds"), what, "Mend what it holds, or its `when`.")
        for number, cure in enumerate(condition.cures):
            yield from self._cure(condition, number, cure, around)
        for member in condition.members:
            yield from self._condition(member, (*around, condition.when))
        if condition.test is None and not condition.members and not condition.judge:
            yield _wrong(place, f"“{condition.id}” holds nothing.", "Add `holds:` or `judge:`.")

    def _cure(self, condition: Condition, number: int, cure: Cure, around: Tests) -> Iterator[Mistake]:
        place = self._places.cure(condition, number)
        if cure.on is None:
            return
        if not self._together.may_hold(cure.on, condition.when, *around):
            yield _wrong(place, f"No answer leads to this cure of “{condition.id}”.", "Mend its `from`.")
        elif condition.test and not self._together.may_part(condition.test, cure.on):
            what = f"The answer that this cure starts from meets “{condition.id}” already."
            yield _wrong(place, what, "Take it out of `from`, or out of `holds`.")

    def _uses(self, basis: Basis, who: Tests) -> Iterator[Mistake]:
        for use in basis.duties:
            if not self._together.may_hold(use.when, *who):
                place = self._places.line(use)
                yield _wrong(place, f"The duty “{use.id}” can never fall due here.", "Mend its `when`.")
        for advice in basis.advice:
            if not self._together.may_hold(advice.when, *who):
                yield _wrong(self._places.line(advice), f"The advice “{advice.id}” never fits.", "Mend its `when`.")

    def barriers(self) -> Iterator[Mistake]:
        for barrier in self._pack.barriers:
            place = self._places.within(barrier.id, "when")
            if not self._together.may_hold(barrier.when):
                yield _wrong(place, f"“{barrier.id}” never stops anything.", "Mend its `when`.")
                continue
            for condition in barrier.unless:
                yield from self._condition(condition, (barrier.when,))

    def _at(self, condition: Condition, key: str) -> Place:
        return self._places.beside(self._places.line(condition), key)

    # What stands beside them

    def rest(self) -> Iterator[Mistake]:
        pack = self._pack
        rules: list[Basis | Barrier] = [*pack.bases, *pack.barriers]
        due = {use.id for rule in rules for use in rule.duties}
        for duty in pack.duties.values():
            if duty.id not in due and not duty.unchecked:
                yield _wrong(
                    self._places.of(duty.id), f"Nothing asks for the duty “{duty.id}”.", "Use it, or remove it."
                )
        for route in pack.routes:
            if not self._together.may_hold(route.when):
                place = self._places.within(route.id, "when")
                yield _wrong(place, f"The route “{route.id}” can never be offered.", "Mend its `when`.")
        for gap in pack.beyond:
            if not self._together.may_hold(gap.when):
                place = self._places.within(gap.id, "when")
                yield _wrong(place, f"No request is “{gap.id}”.", "Mend its `when`.")
        if not any(route.last and route.when is None and not route.mends for route in pack.routes):
            what = "No route is offered where nothing else fits."
            yield _wrong(("routes.yaml", 1), what, "Give one route `last: yes`, and no `when` or `mends`.")

    def order(self) -> Iterator[Mistake]:
        """Ranks: danger first, what serves anyone last."""
        bases = self._pack.bases
        first = min((basis.rank for basis in bases if basis.effect != "emergency"), default=0)
        last = max((basis.rank for basis in bases if not basis.anyone), default=0)
        for basis in bases:
            place = self._places.within(basis.id, "rank")
            if basis.effect == "emergency" and basis.rank >= first:
                yield _wrong(place, f"“{basis.id}” has to come before all others.", f"Write a rank under {first}.")
            carries_most = all(condition.when for condition in basis.covers)
            if basis.anyone and carries_most and basis.rank <= last:
                what = f"“{basis.id}” serves anyone, so it has to come after those that do not."
                yield _wrong(place, what, f"Write a rank over {last}.")


def _only_told(question: Question) -> bool:
    """Do its answers only name the requester, or do they say that they are all the same?"""
    return any(option.name for option in question.options) or all(option.same_as for option in question.options[1:])


def _wrong(place: Place, what: str, instead: str) -> Mistake:
    return Mistake(*place, what, instead)


def _holds(condition: Condition) -> Test | None:
    """What a condition asks of the facts: that it does not apply, or that it holds."""
    if condition.members:
        inner = [_holds(member) or ex.All(()) for member in condition.members]
        test: Test | None = ex.All(tuple(inner)) if condition.every else ex.Any(tuple(inner))
    else:
        test = condition.test
    return ex.Any((ex.Not(condition.when), test)) if condition.when and test else test


def _hangs_on(pack: Pack, name: str) -> Iterator[str]:
    question = pack.questions.get(name)
    tests: Iterable[Test | None] = [question.when] if question else [test for _, test in pack.derived[name].values]
    return (fact for test in tests if test for fact in test.facts())


def _reaches(hangs_on: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    todo = [start]
    while todo:
        for name in hangs_on.get(todo.pop(), set()) - seen:
            if name == goal:
                return True
            seen.add(name)
            todo.append(name)
    return False
