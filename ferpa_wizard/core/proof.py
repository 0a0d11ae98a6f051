"""Walks every state that a request can be in, and reports what a rule author has to mend.

Items are taken by class: two items that every rule treats alike are one. Checklists are answered all or nothing. Two states in
which the same bases are open with the same conditions settled, and the same open facts known, go on alike; one of them is walked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ferpa_wizard.core.asking import next_page, open_rows
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.expressions import AsksFor, ItemIs, ItemListed, ItemTagged, Test
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.live import ruled_out
from ferpa_wizard.core.model import UNSURE, VERDICTS, Condition, Pack, Severity
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.rating import rate
from ferpa_wizard.core.values import options_of

_DEEPEST = 60  # pages on one path; more means that asking does not end
_YES = ("must-share", "may-share", "may-share-emergency")
_DAY = "2026-11-24"


@dataclass
class Proof:
    """What was reached, and what is wrong."""

    states: int = 0
    verdicts: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    offered: set[tuple[str, str]] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)


def prove(pack: Pack, profiles: Iterable[Profile]) -> Proof:
    """Every state under each profile, without "not sure"."""
    proof = Proof()
    starts = [question for question in pack.tree if question.presume]
    for profile in profiles:
        walker = _Walker(pack, profile.on(_DAY), proof)
        walker.walk({})
        for question in starts:
            others = (option.id for option in question.options if option.id != question.presume)
            for option in others:
                walker.walk({question.id: option})
    proof.mistakes += [*_unreached(pack, proof)]
    return proof


class _Walker:
    def __init__(self, pack: Pack, standing: Answers, proof: Proof) -> None:
        self._pack, self._standing, self._proof = pack, standing, proof
        self._seen: set[object] = set()
        self._items = [(item.id,) for item in classes(pack)]

    def walk(self, start: Answers) -> None:
        todo = [dict(start)]
        while todo:
            answers = todo.pop()
            facts = Facts(self._pack, answers, self._standing)
            page = next_page(facts)
            if len(answers) > _DEEPEST:
                self._wrong(page or "tree", "Asking does not come to an end here.", "Check `when` of this question.")
            elif page is None:
                self._end(facts)
            elif self._is_new(facts, page):
                self._proof.states += 1
                self._proof.asked.add(page)
                todo += [{**answers, page: answer} for answer in self._answers(page, facts)]

    def _is_new(self, facts: Facts, page: str) -> bool:
        key = state_key(facts, page)
        new = key not in self._seen
        self._seen.add(key)
        return new

    def _answers(self, page: str, facts: Facts) -> Sequence[Answer]:
        if page == "items":
            return self._items
        basis = self._pack.checklists.get(page)
        if basis:
            return [tuple(row.id for row in open_rows(basis, facts)), ()]
        question = self._pack.questions[page]
        options = [option.id for option in options_of(question, facts) if option.id != UNSURE]
        self._proof.offered.update((page, option) for option in options)
        if question.kind == "many":
            return [tuple(options), ()]
        return options or ["1", "999"]

    def _end(self, facts: Facts) -> None:
        key = ("end", state_key(facts, ""))
        if key in self._seen:
            return
        self._seen.add(key)
        self._proof.states += 1
        determination = determine(facts)
        self._proof.verdicts.add(determination.verdict)
        self._proof.used.update(_names(determination))
        for says in broken_laws(determination):
            self._wrong(determination.basis.id if determination.basis else "routes", says, str(dict(facts.answers)))

    def _wrong(self, owner: str, what: str, instead: str) -> None:
        self._proof.mistakes.append(Mistake("rules", 1, f"{owner}: {what}", instead))


def broken_laws(found: Determination) -> Iterator[str]:
    """The laws that hold for every determination; a sentence for each that is broken."""
    ways = bool(found.routes or found.steps)
    if found.verdict not in (*_YES, "not-ferpa") and not ways:
        yield f"The verdict {found.verdict} shows no way on."
    if found.verdict == "not-ferpa" and not found.duties:
        yield "FERPA does not cover it, and nothing says to check other law."
    bound = any("ferpa" in item.stopped_by for item in found.items)
    if (found.layers["ferpa"].binding != "no") != bound:
        yield "FERPA is named as the reason and stops no item."
    if any(item.share and item.stopped_by for item in found.items):
        yield "An item may go and is stopped."
    if found.verdict in _YES and not all(item.share for item in found.items):
        yield f"The verdict {found.verdict} leaves an item behind."
    if found.unchecked and not any(duty.when == "before" for duty in found.duties):
        yield "A layer was not checked, and no duty asks for it."


def _names(found: Determination) -> Iterator[str]:
    yield from chain((route.id for route in found.routes), (duty.id for duty in found.duties))
    yield from (advice.id for advice in found.advice)
    yield from (step.id for step in found.steps)
    if found.basis:
        yield found.basis.id
    yield from (item.basis for item in found.items if item.basis and item.share)


def state_key(facts: Facts, page: str) -> object:
    """Equal for two states that go on alike."""
    kept: set[str] = set()
    bases = []
    for basis in facts.pack.bases:
        if ruled_out(basis, facts):
            continue
        rated = [rate(condition, facts) for condition in basis.whole]
        cover = [rate(condition, facts, item) for item in facts.items for condition in basis.covers]
        for one in (*rated, *cover):
            if one.severity != Severity.GO:
                kept.update(one.condition.facts())
        bases.append((basis.id, tuple(one.severity for one in (*rated, *cover))))
    kept.update(_still_asked(facts))
    values = tuple(sorted((name, str(facts.value(name))) for name in kept if name != "items"))
    items = tuple(item.id for item in facts.items)
    answered = tuple(sorted(name for name in facts.answers if name in facts.pack.checklists))
    return page, tuple(bases), values, items, answered


def _still_asked(facts: Facts) -> Iterator[str]:
    """The facts that barriers, routes, missing rules and the rest of the tree look at."""
    pack = facts.pack
    for barrier in pack.barriers:
        yield from (name for condition in barrier.unless for name in condition.facts())
    for rule in (*pack.routes, *pack.beyond):
        yield from rule.when.facts() if rule.when else ()
    for question in pack.tree:
        if facts.is_open(question):
            tests = (question.when, *(option.when for option in question.options))
            yield from (name for test in tests if test for name in test.facts())


def classes(pack: Pack) -> list[Item]:
    """One item for each way in which the rules can tell items apart."""
    tests = {test for test in _all_tests(pack) if isinstance(test, ItemIs | ItemTagged)}
    lists = [test.fact for test in _all_tests(pack) if isinstance(test, ItemListed)]
    listed = {option.id for fact in lists for option in pack.questions[fact].options}
    untold = {tag for layer in pack.layers for tag in layer.lacks}
    nobody = Facts(pack, {})
    found: dict[object, Item] = {}
    for item in pack.items.values():
        told = tuple(test.truth(nobody, item) for test in tests)
        found.setdefault((told, item.content, item.id in listed, bool(item.tags & untold)), item)
    return list(found.values())


def _all_tests(pack: Pack) -> Iterator[Test]:
    tests = [question.when for question in pack.questions.values()]
    tests += [option.when for question in pack.questions.values() for option in question.options]
    tests += [test for fact in pack.derived.values() for _, test in fact.values]
    conditions = [c for basis in pack.bases for c in (*basis.whole, *basis.covers)]
    conditions += [c for barrier in pack.barriers for c in barrier.unless]
    tests += [test for condition in conditions for test in _tests_of(condition)]
    tests += [test for barrier in pack.barriers for test in (barrier.stops, barrier.when)]
    rules = (*pack.beyond, *pack.routes)
    tests += [rule.when for rule in rules]
    return (inner for test in tests if test for inner in _inside(test))


def _tests_of(condition: Condition) -> Iterator[Test | None]:
    yield from (condition.test, condition.when, *(cure.on for cure in condition.cures))
    for member in condition.members:
        yield from _tests_of(member)


def _inside(test: Test) -> Iterator[Test]:
    yield test
    for part in (test.inner,) if isinstance(test, AsksFor) else test.parts():
        yield from _inside(part)


def _unreached(pack: Pack, proof: Proof) -> Iterator[Mistake]:
    """Questions never asked, options never offered, rules and verdicts that never come out."""
    askable = {name for name, question in pack.questions.items() if not question.presume}
    for name in sorted(askable - proof.asked):
        yield Mistake("rules", 1, f"The question “{name}” is never asked.", "Remove it, or mend what hangs on it.")
    for question in pack.questions.values():
        for option in question.options:
            if question.id in proof.asked and (question.id, option.id) not in proof.offered:
                yield Mistake("rules", 1, f"The option “{option.id}” of “{question.id}” is never offered.", "Mend its `when`.")
    rules = [*pack.bases, *pack.routes, *pack.duties.values()]
    for rule in rules:
        if rule.id not in proof.used:
            yield Mistake("rules", 1, f"“{rule.id}” never comes out of any request.", "Remove it, or mend its conditions.")
    # An open fact and a judgement need somebody who is not sure; the sweep has nobody like that.
    for verdict in sorted(set(VERDICTS) - proof.verdicts - {"missing-fact", "judgement"}):
        yield Mistake("rules", 1, f"The verdict “{verdict}” is never reached.", "Add the rule that leads to it.")
