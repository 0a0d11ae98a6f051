"""How each rule stands after some answers, as a number that is the same where nothing about it can differ any more.

A rule is a small machine: what it still needs, moved on by each answer. What is settled shrinks to its rating, what is
out for good to nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ferpa_wizard.core.expressions import FactIs
from ferpa_wizard.core.facts import Answer, question_names
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Advice, Barrier, Basis, Condition, DutyUse, Pack, Severity
from ferpa_wizard.core.residue import NO, YES, Event, Go, Node, Residues, Term

Terms: TypeAlias = tuple[Term, ...]


class Conditions(Residues):
    """Residues of conditions besides: ("condition", number, when, kind, parts, cures, behind) until it is settled,
    ("rated", severity, cure) from then on. `behind` are the questions that the engine could still ask for it.
    """

    def __init__(self, pack: Pack, given: Mapping[str, Answer], profile: Mapping[str, Answer]) -> None:
        super().__init__(pack, given, profile)
        self.conditions: list[Condition] = []

    def of_condition(self, condition: Condition, *, item: bool = False) -> Term:
        number = len(self.conditions)
        self.conditions.append(condition)
        if condition.members:
            kind = "all-of" if condition.every else "any-of"
            parts = tuple(self.of_condition(member, item=item) for member in condition.members)
        else:
            kind = "judge" if condition.test is None else "test"
            parts = () if condition.test is None else (self.of(condition.test, item=item),)
        cures = tuple(self.of(cure.on) for cure in condition.cures)
        return self.condition(
            number, self.of(condition.when, item=item), kind, parts, cures, self.behind(condition.facts())
        )

    def behind(self, facts: Iterable[str]) -> Terms:
        return tuple(self.status(name) for name in question_names(self.pack, iter(facts)))

    def condition(self, number: int, when: Term, kind: str, parts: Terms, cures: Terms, behind: Terms) -> Term:
        rated = self._rated(number, when, kind, parts, cures)
        if rated is not None:
            return rated
        left = tuple(part for part in behind if part not in (NO, YES))
        return self.over(
            ("condition", number, when, kind, parts, cures, left), (when, *parts, *cures, *left)
        )

    def _rated(self, number: int, when: Term, kind: str, parts: Terms, cures: Terms) -> Term | None:
        """The rating, once no answer can change it."""
        if when == NO or (parts == (YES,) and kind == "test"):
            return self.rating(Severity.GO)
        if kind in ("any-of", "all-of"):
            return self._rated_group(number, when, kind, parts, cures)
        if when != YES:
            return None
        if kind == "judge":
            return self.rating(Severity.JUDGE)
        return self._unmet(number, cures) if parts == (NO,) else None

    def _unmet(self, number: int, cures: Terms) -> Term | None:
        for place, cure in enumerate(cures):
            if cure == YES:
                return self.rating(self.conditions[number].cures[place].severity, number, place)
            if cure != NO:
                return None
        return self.rating(Severity.NO)

    def _rated_group(self, number: int, when: Term, kind: str, parts: Terms, cures: Terms) -> Term | None:
        ratings = [self.nodes[part] for part in parts if self.nodes[part][0] == "rated"]
        met = self.rating(Severity.GO)
        if kind == "any-of" and met in parts:
            return met
        own = self._unmet(number, cures)
        if when != YES or own is None or len(ratings) < len(parts):
            return None
        pick = max if kind == "all-of" else min
        chosen = pick(ratings, key=lambda node: node[1])
        return own if chosen[1] > self.nodes[own][1] else self.node(chosen)

    def rating(self, severity: Severity, number: int = -1, place: int = -1) -> Term:
        return self.node(("rated", int(severity), number, place))

    def severity(self, term: Term) -> int | None:
        """How severe it is for good; None while that is open."""
        node = self.nodes[term]
        return node[1] if node[0] == "rated" else None

    def rebuilt(self, node: Node, go: Go) -> Term:
        if node[0] != "condition":
            return super().rebuilt(node, go)
        _, number, when, kind, parts, cures, behind = node
        many = lambda terms: tuple(map(go, terms))  # noqa: E731
        return self.condition(number, go(when), kind, many(parts), many(cures), many(behind))


class Rules:
    """Every rule of a pack as a machine. A standing is a number; `OUT` is that of a rule that is out for good."""

    def __init__(self, pack: Pack, given: Mapping[str, Answer], profile: Mapping[str, Answer]) -> None:
        self.residues = Conditions(pack, given, profile)
        self.pack = pack
        self.shapes: list[_Shape] = []
        self._standings: list[tuple[int, Terms]] = [(-1, ())]
        self._ids: dict[tuple[int, Terms], int] = {(-1, ()): OUT}
        self._moves: dict[tuple[int, Event], int] = {}
        self._names: list[frozenset[str]] = [frozenset()]
        self.start: Terms = tuple(self._starts())

    def _starts(self) -> Iterator[int]:
        pack, of = self.pack, self.residues.of
        yield self._add("tree", [self.residues.status(question.id) for question in pack.tree])
        yield self._add("gaps", [of(gap.when) for gap in pack.beyond])
        for basis in pack.bases:
            yield self._basis(basis)
        for barrier in pack.barriers:
            yield self._barrier(barrier)

    def _add(self, kind: str, terms: Sequence[Term], per_item: Sequence[Term] = (), whole: range = range(0), page=None, uses=0) -> int:
        self.shapes.append(_Shape(kind, len(terms), len(per_item), whole)); self.shapes[-1].page=page; self.shapes[-1].uses=uses
        return self._standing(len(self.shapes) - 1, (*terms, *per_item))

    def _basis(self, basis: Basis) -> int:
        res = self.residues
        level = YES if basis.level == "both" else res.of(FactIs("level", (basis.level,)))
        conditions = (*basis.triggers, *basis.conditions)
        terms = [level, NO, *map(res.of_condition, basis.whole)]
        covers = [res.of_condition(condition, item=True) for condition in basis.covers]
        got = self._add("basis", terms, covers, range(2, 2 + len(conditions)), page=basis.checklist.id if basis.checklist else None)
        return got

    def _barrier(self, barrier: Barrier) -> int:
        res = self.residues
        asked = res.behind(barrier.when.facts() if barrier.when else ())
        conditions = map(res.of_condition, barrier.unless)
        uses: list[int] = []
        terms = [res.of(barrier.when), *uses, *asked, *conditions]
        return self._add("barrier", terms, [res.of(barrier.stops, item=True)], uses=len(uses))

    def _uses(self, uses: Iterable[DutyUse | Advice]) -> Iterator[Term]:
        return (self.residues.of(use.when) for use in uses)

    def after(self, standing: int, event: Event) -> int:
        """How the rule stands once this page has this answer."""
        if standing == OUT or event[0] not in self._names[standing]:
            return standing
        key = (standing, event)
        if key not in self._moves:
            self._moves[key] = self._moved(standing, event)
        return self._moves[key]

    def _moved(self, standing: int, event: Event) -> int:
        number, terms = self._standings[standing]
        shape = self.shapes[number]
        res = self.residues
        new = [res.after(term, event) for term in terms]
        if shape.page == event[0]: new[1] = YES
        return self._standing(number, tuple(new))

    def for_items(self, standing: int, items: Sequence[Item | None]) -> int:
        number, terms = self._standings[standing]
        if standing == OUT: return OUT
        shape = self.shapes[number]
        if not shape.per_item: return standing
        cut = shape.whole_terms
        cols = [self.residues.about(t, item) for item in items for t in terms[cut:]]
        return self._standing(number, (*terms[:cut], *cols))

    def _standing(self, number: int, terms: Terms) -> int:
        terms = self._simplest(number, terms)
        if terms is None: return OUT
        key = (number, terms)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self._standings)
            self._standings.append(key)
            shape = self.shapes[number]
            names = frozenset().union(*(self.residues.names[t] for t in terms))
            if shape.page and terms[1] == NO: names |= {shape.page}
            self._names.append(names)
        return found

    def _simplest(self, number, terms):
        shape = self.shapes[number]
        sev = self.residues.severity
        if shape.kind == "basis":
            if terms[0] == NO or any(sev(terms[i]) == 7 for i in shape.whole): return None
            n = shape.per_item
            cols = terms[shape.whole_terms:]
            if n and cols:
                groups = [cols[k:k+n] for k in range(0, len(cols), n)]
                dead = [any(sev(t) == 7 for t in g) for g in groups]
                if all(dead): return None
                out = []
                for d, g in zip(dead, groups):
                    out += [self.residues.rating(Severity.NO)] * n if d else g
                return (*terms[:shape.whole_terms], *out)
        elif shape.kind == "barrier":
            cols = terms[shape.whole_terms:]
            if all(t == NO for t in cols): return None
            if terms[0] == NO and not shape.uses: return None
            if terms[0] == NO:
                return (NO, *terms[1:1+shape.uses], *([NO]*(shape.whole_terms-1-shape.uses)), *cols)
        elif shape.kind == "gaps":
            left = []
            for t in terms:
                if t == NO: continue
                left.append(t)
                if t == YES: break
            return tuple(left)
        elif shape.kind == "route":
            if terms[0] == NO: return None
        elif shape.kind == "tree":
            return tuple(t if self.residues.nodes[t][0] == "open" else YES for t in terms)
        return terms


OUT = 0

class _Shape:
    def __init__(self, kind, whole_terms, per_item, whole):
        self.kind, self.whole_terms, self.per_item, self.whole = kind, whole_terms, per_item, whole
        self.page = None; self.uses = 0
