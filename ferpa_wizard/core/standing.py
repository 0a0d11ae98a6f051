"""How far each condition is from met after some answers, as a residue; settled ones shrink to their rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from ferpa_wizard.core.facts import Answer, question_names
from ferpa_wizard.core.model import Condition, Pack, Severity
from ferpa_wizard.core.residue import NO, YES, Go, Node, Residues, Term

Terms: TypeAlias = tuple[Term, ...]
Fate: TypeAlias = str  # of a condition: met, unmet, idle, unknown, or the place of the cure that an answer allowed


class Conditions(Residues):
    """Residues of conditions besides those of tests.

    ("condition", number, when, kind, parts, cures, behind) stands until it is settled; `behind` are the questions that
    the engine could still ask for it. From then on it is ("rated", severity, condition, cure).
    """

    def __init__(self, pack: Pack, profile: Mapping[str, Answer]) -> None:
        super().__init__(pack, profile)
        self.conditions: list[Condition] = []
        self.seen: set[tuple[int, Fate]] = set()  # by the number of the condition

    def of_condition(self, condition: Condition, *, item: bool = False) -> Term:
        number = len(self.conditions)
        self.conditions.append(condition)
        if condition.members:
            kind = "all-of" if condition.every else "any-of"
            parts = tuple(self.of_condition(member, item=item) for member in condition.members)
        else:
            kind = "test" if condition.test else "judge"
            parts = (self.of(condition.test, item=item),) if condition.test else ()
        cures = tuple(self.of(cure.on) for cure in condition.cures)
        when = self.of(condition.when, item=item)
        return self.condition((number, when, kind, parts, cures, self.behind(condition.facts())))

    def behind(self, facts: Iterable[str]) -> Terms:
        return tuple(self.status(name) for name in question_names(self.pack, iter(facts)))

    def condition(self, parts: Node) -> Term:
        number, when, kind, tests, cures, behind = parts
        rated = self._rated(number, when, kind, tests, cures)
        if rated is not None:
            return rated
        left = tuple(part for part in behind if part not in (NO, YES))
        return self.over(("condition", number, when, kind, tests, cures, left), (when, *tests, *cures, *left))

    def _rated(self, number: int, when: Term, kind: str, tests: Terms, cures: Terms) -> Term | None:
        """The rating, once no answer can change it; as rating.py has it."""
        if when == NO or (kind == "test" and tests == (YES,)):
            self.seen.add((number, "idle" if when == NO else "met"))
            return self.rating(Severity.GO)
        if kind in ("any-of", "all-of"):
            return self._rated_group(number, when, kind, tests, cures)
        if when != YES:
            return None
        if kind == "judge":
            self.seen.add((number, "unknown"))
            return self.rating(Severity.JUDGE)
        return self._unmet(number, cures) if tests == (NO,) else None

    def _unmet(self, number: int, cures: Terms) -> Term | None:
        for place, cure in enumerate(cures):
            if cure == YES:
                self.seen.update(((number, "unmet"), (number, str(place))))
                return self.rating(self.conditions[number].cures[place].severity, number, place)
            if cure != NO:
                return None
        self.seen.add((number, "unmet"))
        return self.rating(Severity.NO)

    def _rated_group(self, number: int, when: Term, kind: str, tests: Terms, cures: Terms) -> Term | None:
        ratings = [self.nodes[part] for part in tests if self.nodes[part][0] == "rated"]
        met = self.rating(Severity.GO)
        if met in tests if kind == "any-of" else set(tests) == {met}:
            self.seen.add((number, "met"))
            return met
        if when != YES or len(ratings) < len(tests):
            return None
        own = self._unmet(number, cures)
        if own is None:
            return None
        chosen = (max if kind == "all-of" else min)(ratings, key=lambda node: int(node[1]))
        return own if chosen[1] >= self.nodes[own][1] else self.node(chosen)

    def rating(self, severity: Severity, number: int = -1, place: int = -1) -> Term:
        return self.node(("rated", int(severity), number, place))

    def severity(self, term: Term) -> int | None:
        """How severe it is for good; None while that is open."""
        node = self.nodes[term]
        return int(node[1]) if node[0] == "rated" else None

    def rebuilt(self, node: Node, go: Go) -> Term:
        if node[0] != "condition":
            return super().rebuilt(node, go)
        _, number, when, kind, tests, cures, behind = node
        return self.condition((number, go(when), kind, *(tuple(map(go, terms)) for terms in (tests, cures, behind))))

    def inside(self, node: Node) -> Terms:
        if node[0] != "condition":
            return super().inside(node)
        return (node[2], *node[4], *node[5], *node[6])
