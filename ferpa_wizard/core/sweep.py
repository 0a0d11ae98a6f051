"""Walks some requests through the rules with an overlay, by the answers least taken so far.

A sweep finds what it meets: the rules themselves are proven over states (proof.py). The same rules give the same walks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from ferpa_wizard.core.asking import next_page, open_rows
from ferpa_wizard.core.cross_check import every_test
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.expressions import ItemIs, ItemListed, ItemTagged
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.laws import broken_laws
from ferpa_wizard.core.live import at_most_more
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.values import options_of

_DEEPEST = 200  # pages on one path; more means that asking does not end
_DAY = "2026-11-24"


Known = tuple[Answers, Profile]


@dataclass
class Sweep:
    """What was reached, and what is wrong."""

    items: Sequence[Answer]
    walks: int = 0
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    met: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    mistakes: set[Mistake] = field(default_factory=set)


def broken_in(pack: Pack, profiles: Iterable[Profile], *, walks: int, known: Iterable[Known] = ()) -> set[Mistake]:
    """The laws that such requests break, whatever they do not reach: for a pack with overlays."""
    return _walks(pack, profiles, walks=walks, known=known).mistakes


def _walks(pack: Pack, profiles: Iterable[Profile], *, walks: int, known: Iterable[Known]) -> Sweep:
    names = [item.id for item in item_classes(pack)]
    found = Sweep([*((name,) for name in names), *(tuple(names[n : n + 4]) for n in range(0, len(names), 4)), ()])
    starts: list[Answers] = [{}]
    starts += [
        {question.id: option.id}
        for question in pack.questions.values()
        for option in question.options
        if question.presume and option.id != question.presume
    ]
    for profile in profiles:
        standing = profile.on(_DAY)
        for number in range(walks):
            start = starts[0] if number % 2 else starts[number // 2 % len(starts)]
            _walk(pack, standing, start, found=found)
    for answers, profile in known:
        _walk(pack, profile.on(_DAY), answers, found=found)
    return found


def _walk(pack: Pack, standing: Answers, start: Answers, *, found: Sweep) -> None:
    presumed = {name for name in start if name in pack.questions and pack.questions[name].presume}
    answers = {name: start[name] for name in presumed}
    bound = _DEEPEST
    found.walks += 1
    while True:
        facts = Facts(pack, answers, standing)
        page = next_page(facts)
        if page is None:
            return _end(facts, found)
        more = at_most_more(facts)
        if len(answers) > _DEEPEST or more >= bound:
            found.mistakes.add(_wrong(page, "More may follow here than was announced.", str(answers)))
            return None
        bound = more
        answers[page] = _least_taken(page, facts, found, given=start.get(page))


def _least_taken(page: str, facts: Facts, found: Sweep, *, given: Answer | None) -> Answer:
    offered = _answers(page, facts, found)
    if given is not None:
        found.taken[page, str(given)] += 1
        return given
    # Counted by requester too, so that each kind meets every answer; mixed at a draw, so that
    # no two questions turn in step.
    asker = str(facts.value("requester"))

    def order(one: Answer) -> tuple[int, int]:
        return found.met[asker, page, str(one)], crc32(f"{found.walks} {page} {one}".encode())

    answer = min(offered, key=order)
    found.met[asker, page, str(answer)] += 1
    found.taken[page, str(answer)] += 1
    return answer


def _answers(page: str, facts: Facts, found: Sweep) -> Sequence[Answer]:
    pack = facts.pack
    basis = pack.checklists.get(page)
    if basis:
        rows = [row.id for row in open_rows(basis, facts)]
        return [tuple(rows), (), *((row,) for row in rows)]
    question = pack.questions[page]
    if question.kind == "items":
        return found.items
    options = [option.id for option in options_of(question, facts)]
    return [tuple(options), ()] if question.kind == "many" else options


def item_classes(pack: Pack) -> list[Item]:
    """One item for each way in which the rules can tell items apart."""
    tests = {test for test in every_test(pack) if isinstance(test, ItemIs | ItemTagged)}
    lists = [test.fact for test in every_test(pack) if isinstance(test, ItemListed)]
    listed = {option.id for fact in lists for option in pack.questions[fact].options}
    untold = {tag for layer in pack.layers for tag in layer.lacks}
    nobody = Facts(pack, {})
    found: dict[object, Item] = {}
    for item in pack.items.values():
        told = tuple(test.truth(nobody, item) for test in tests)
        found.setdefault((told, item.content, item.id in listed, bool(item.tags & untold)), item)
    return list(found.values())


def _end(facts: Facts, found: Sweep) -> None:
    determination = determine(facts, what_if=False)
    owner = determination.basis.id if determination.basis else determination.verdict
    for says in broken_laws(determination):
        found.mistakes.add(_wrong(owner, says, f"Answers: {dict(facts.answers)}."))


def _wrong(owner: str, what: str, instead: str) -> Mistake:
    return Mistake("rules", 1, f"{owner}: {what}", instead)
