"""What can be wrong in one test, one citation or one condition: each wrong value with a few words for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.cited import cited_rules
from ferpa_wizard.core.model import Condition, Cure, Pack, Severity
from ferpa_wizard.core.read_coverage import split_cites
from ferpa_wizard.core.read_pack import pack_from_bytes

_ALWAYS = ex.All(())
T = TypeVar("T")


class Leaf(NamedTuple):
    """The innermost test that is wrong; where both say the same, nothing differs."""

    right: ex.Test
    wrong: ex.Test


class Wrong(NamedTuple, Generic[T]):
    what: str
    value: T
    leaf: Leaf | None = None


def wrong_conditions(condition: Condition, pack: Pack) -> Iterator[Wrong[Condition]]:
    """A condition, not counting its members, with one thing wrong."""
    if condition.members:
        yield Wrong("any for all" if condition.every else "all for any", replace(condition, every=not condition.every))
    elif condition.test is None:
        yield Wrong("met without a judge", replace(condition, test=_ALWAYS))
    else:
        yield Wrong("negated", replace(condition, test=ex.Not(condition.test)))
        for what, test, leaf in () if condition.tick else wrong_values(condition.test, pack):
            yield Wrong(what, replace(condition, test=test), leaf)
    for what, when, leaf in wrong_tests(condition.when, pack):
        yield Wrong(f"when {what}", replace(condition, when=when), leaf)
    # The reader refuses a row of a checklist without a cure that is a step.
    for number in () if condition.tick else range(len(condition.cures)):
        for what, cures, leaf in _wrong_cures(condition.cures, number, pack):
            yield Wrong(f"cure {number + 1} {what}", replace(condition, cures=cures), leaf)
    for what, cite, _ in wrong_cites(condition.cite, pack):
        yield Wrong(what, replace(condition, cite=cite))


def _wrong_cures(cures: tuple[Cure, ...], number: int, pack: Pack) -> Iterator[Wrong[tuple[Cure, ...]]]:
    before, cure, after = cures[:number], cures[number], cures[number + 1 :]
    yield Wrong("removed", (*before, *after))
    kind = "get-consent" if cure.severity == Severity.STEP else "sign"
    yield Wrong(f"{kind} for {cure.kind}", (*before, replace(cure, kind=kind), *after))
    for what, on, leaf in wrong_values(cure.on, pack) if cure.on else ():
        yield Wrong(what, (*before, replace(cure, on=on), *after), leaf)


def wrong_tests(test: ex.Test | None, pack: Pack) -> Iterator[Wrong[ex.Test]]:
    """A test negated, and with one of its values wrong."""
    if test is not None:
        yield Wrong("negated", ex.Not(test))
        yield from wrong_values(test, pack)


def wrong_values(test: ex.Test, pack: Pack) -> Iterator[Wrong[ex.Test]]:
    """The test with one value that it looks for swapped for another of the same fact."""
    match test:
        case ex.Not():
            for what, inner, leaf in wrong_values(test.test, pack):
                yield Wrong(what, replace(test, test=inner), leaf)
        case ex.AsksFor():
            for what, inner, _ in wrong_values(test.inner, pack):
                yield Wrong(what, replace(test, inner=inner))
        case ex.All() | ex.Any():
            for number, part in enumerate(test.tests):
                for what, inner, leaf in wrong_values(part, pack):
                    tests = (*test.tests[:number], inner, *test.tests[number + 1 :])
                    yield Wrong(what, replace(test, tests=tests), leaf)
        case _:
            yield from (Wrong(what, wrong, Leaf(test, wrong)) for what, wrong in _wrong_leaves(test, pack))


def _wrong_leaves(test: ex.Test, pack: Pack) -> Iterator[tuple[str, ex.Test]]:
    match test:
        case ex.FactIs():
            for value, values in _swapped(test.values, values_of(test.fact, pack)):
                yield f"{test.fact} not {value}", replace(test, values=values)
        case ex.ItemIs():
            for value, ids in _swapped(test.ids, list(pack.items)):
                yield f"item not {value}", replace(test, ids=ids)
        case ex.ItemTagged():
            for value, tags in _swapped(test.tags, sorted({tag for item in pack.items.values() for tag in item.tags})):
                yield f"tag not {value}", replace(test, tags=tags)
        case ex.FactDated():
            yield f"{test.fact} on the other side", replace(test, before=not test.before)


def values_of(fact: str, pack: Pack) -> list[str]:
    """Every value that a fact can take."""
    if fact in pack.derived:
        return [*(value for value, _ in pack.derived[fact].values), "none"]
    question = pack.questions.get(fact)
    if question is None:
        return ["yes", "no"]
    return list(pack.items) if question.kind == "items" else [option.id for option in question.options]


def _swapped(values: tuple[str, ...], known: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each value once replaced by the next one that is not meant, or left out where there is none."""
    for number, value in enumerate(values):
        other = [name for name in _from(known, value) if name not in values][:1]
        yield value, (*values[:number], *other, *values[number + 1 :])


def wrong_cites(cites: str, pack: Pack) -> Iterator[Wrong[str]]:
    """The citations with one of them swapped for another place that the pack cites too."""
    parts = split_cites(cites)
    for number, cite in enumerate(parts):
        other = next(name for name in _from(_cited(pack.content), cite) if not any(_near(name, part) for part in parts))
        yield Wrong(f"cite not {cite}", "; ".join((*parts[:number], other, *parts[number + 1 :])))


def _near(one: str, other: str) -> bool:
    """Is one of them the other, or a paragraph of it?"""
    return one.startswith(other) or other.startswith(one)


def _from(known: Sequence[str], value: str) -> Iterator[str]:
    """All that is known, from one on."""
    start = known.index(value) if value in known else 0
    yield from known[start:]
    yield from known[:start]


@cache
def _cited(content: bytes) -> list[str]:
    """Every citation in a pack, in a stable order."""
    return sorted({cite for rule in cited_rules(pack_from_bytes(content)) for cite in rule.cites})
