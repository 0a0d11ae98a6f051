"""The closed set of tests that a rule may make: yes (True), no (False) or unknown (None), and unknown is never yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ferpa_wizard.core.items import Item

Truth = bool | None


class FactSource(Protocol):
    """What a test may ask about one request."""

    @property
    def items(self) -> tuple[Item, ...]: ...

    @property
    def items_known(self) -> bool: ...

    def holds(self, fact: str, values: tuple[str, ...]) -> Truth:
        """Is the fact one of these values?"""

    def lists(self, fact: str, item: str) -> Truth:
        """Is this item ticked in a fact that lists items?"""

    def dated(self, fact: str, day: str, *, before: bool) -> Truth:
        """Does the fact's date lie before (or after) this day, YYYY-MM-DD?"""


class Test(Protocol):
    """One test; `item` is the data item in question, where there is one."""

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth: ...

    def facts(self) -> Iterator[str]:
        """The names of the facts it looks at, in the order of the file."""

    def parts(self) -> tuple[Test, ...]:
        """The tests inside it."""


class _Leaf:
    def facts(self) -> Iterator[str]:
        return iter(())

    def parts(self) -> tuple[Test, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class FactIs(_Leaf):
    fact: str
    values: tuple[str, ...]

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        return facts.holds(self.fact, self.values)

    def facts(self) -> Iterator[str]:
        yield self.fact


@dataclass(frozen=True, slots=True)
class FactDated(_Leaf):
    fact: str
    day: str
    before: bool

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        return facts.dated(self.fact, self.day, before=self.before)

    def facts(self) -> Iterator[str]:
        yield self.fact


@dataclass(frozen=True, slots=True)
class ItemIs(_Leaf):
    ids: tuple[str, ...]

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        return item is not None and item.id in self.ids


@dataclass(frozen=True, slots=True)
class ItemTagged(_Leaf):
    tags: tuple[str, ...]

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        return item is not None and any(tag in item.tags for tag in self.tags)


@dataclass(frozen=True, slots=True)
class ItemListed(_Leaf):
    fact: str

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        return False if item is None else facts.lists(self.fact, item.id)

    def facts(self) -> Iterator[str]:
        yield self.fact


@dataclass(frozen=True, slots=True)
class AsksFor(_Leaf):
    """Some item that was asked for passes the inner test."""

    inner: Test

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        return some(self.inner.truth(facts, asked) for asked in facts.items) if facts.items_known else None

    def facts(self) -> Iterator[str]:
        yield "items"
        yield from self.inner.facts()


@dataclass(frozen=True, slots=True)
class All:
    tests: tuple[Test, ...]

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        unknown = False
        for test in self.tests:  # a plain loop: no rule is looked at more often
            truth = test.truth(facts, item)
            if truth is False:
                return False
            unknown = unknown or truth is None
        return None if unknown else True

    def facts(self) -> Iterator[str]:
        return (fact for test in self.tests for fact in test.facts())

    def parts(self) -> tuple[Test, ...]:
        return self.tests


@dataclass(frozen=True, slots=True)
class Any:
    tests: tuple[Test, ...]

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        unknown = False
        for test in self.tests:
            truth = test.truth(facts, item)
            if truth:
                return True
            unknown = unknown or truth is None
        return None if unknown else False

    def facts(self) -> Iterator[str]:
        return (fact for test in self.tests for fact in test.facts())

    def parts(self) -> tuple[Test, ...]:
        return self.tests


@dataclass(frozen=True, slots=True)
class Not:
    test: Test

    def truth(self, facts: FactSource, item: Item | None = None) -> Truth:
        inner = self.test.truth(facts, item)
        return None if inner is None else not inner

    def facts(self) -> Iterator[str]:
        return self.test.facts()

    def parts(self) -> tuple[Test, ...]:
        return (self.test,)


def some(truths: Iterator[Truth]) -> Truth:
    """Yes if one is yes, else unknown if one is unknown, else no."""
    unknown = False
    for truth in truths:
        if truth:
            return True
        unknown = unknown or truth is None
    return None if unknown else False
