"""What an answer brings up: more questions of the tree, and the ways to share whose first lines look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.model import Basis, Condition, Pack, Question

Named = tuple[str, str]  # a question and one of its answers, by their ids


@dataclass(frozen=True, slots=True)
class Leads:
    questions: tuple[Question, ...]
    ways: tuple[Basis, ...]


def leads(pack: Pack) -> dict[Named, Leads]:
    """Each answer of the tree with what it brings up."""
    asked = {question.id: _wanted(question.when, pack) for question in pack.tree if question.when}
    ways = {basis.id: {one for test in _triggers(basis) for one in _wanted(test, pack)} for basis in pack.bases}
    return {
        named: Leads(
            tuple(question for question in pack.tree if named in asked.get(question.id, ())),
            tuple(basis for basis in pack.bases if named in ways[basis.id]),
        )
        for question in pack.tree
        for named in ((question.id, option.id) for option in question.options)
    }


def _triggers(basis: Basis) -> Iterator[ex.Test]:
    for condition in basis.triggers:
        yield from _tests(condition)


def _tests(condition: Condition) -> Iterator[ex.Test]:
    if condition.test:
        yield condition.test
    for member in condition.members:
        yield from _tests(member)


def _wanted(test: ex.Test, pack: Pack) -> set[Named]:
    """The answers, by question, that help to make the test yes; what stands under a not is none of them."""
    if isinstance(test, ex.FactIs):
        worked_out = pack.derived.get(test.fact)
        inner = [one for value, one in worked_out.values if value in test.values] if worked_out else []
        return {(test.fact, value) for value in test.values} | {named for one in inner for named in _wanted(one, pack)}
    if isinstance(test, ex.Not):
        return set()
    return {named for part in test.parts() for named in _wanted(part, pack)}
