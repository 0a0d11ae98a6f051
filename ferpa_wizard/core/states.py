"""Every conversation that the rules allow, by states: two that can only go on alike are walked once.

What is bounded: data items are asked for as none, one kind, or (with `pairs`) two kinds, where a kind is what no rule
can tell apart any more; a page to tick is answered with all, with none, and with each row alone; at most `unsure`
answers on one path are "not sure".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Protocol, TypeAlias

from ferpa_wizard.core.asking import next_page, open_rows
from ferpa_wizard.core.cross_check import every_test
from ferpa_wizard.core.expressions import FactDated, FactIs
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.machines import Rules, Standing, State
from ferpa_wizard.core.model import UNSURE, Barrier, Basis, Condition, Pack, Question
from ferpa_wizard.core.standing import Terms
from ferpa_wizard.core.values import options_of

DEEPEST = 60  # pages on one path; more means that asking does not end
_DAY_BESIDE = timedelta(days=1)
Ratings: TypeAlias = dict[str, dict[str, object]]  # as Facts keep them
_STAY = ("state", "district", "practical")


@dataclass(frozen=True)
class Scope:
    """From which facts a run starts, and how far it goes."""

    name: str
    profile: Answers
    starts: tuple[Answers, ...] = ({},)  # presumed facts that somebody changed
    pairs: bool = False
    unsure: int = 1
    whole: bool = True  # each end is determined as a whole, not only each that comes out otherwise


@dataclass(slots=True)
class Node:
    """One state: the page that is asked in it, none at an end, and where each answer leads."""

    place: int
    state: State
    before: int  # the node from which it was first reached, -1 at the start
    answer: Answer  # given there
    page: str = ""
    leads: list[tuple[Answer, int]] = field(default_factory=list)
    longest: int = 0  # pages until the last end


class Visitor(Protocol):
    """Looks at each state once, with facts of one conversation that reaches it."""

    def at_page(self, node: Node, facts: Facts) -> None: ...
    def at_end(self, node: Node, facts: Facts) -> None: ...
    def never_ends(self, node: Node, facts: Facts) -> None: ...


class States:
    """All states of one scope, each before those to which it leads."""

    def __init__(self, pack: Pack, scope: Scope) -> None:
        self.pack, self.scope = pack, scope
        self.rules = Rules(pack, scope.profile, mended=scope.whole)
        self.starts: dict[int, Answers] = {}
        self.finished: list[int] = []  # places of nodes, each after those to which it leads
        self.nodes: list[Node] = []
        self._known: dict[tuple[State, int], int] = {}
        self._smaller: dict[tuple[int, ...], Pack] = {}
        self._tested = _tested_values(pack)
        self._ratings: dict[tuple[Standing, Answer], Ratings] = {}
        self._shared: dict[tuple[object, ...], dict[str, object]] = {}
        rules: tuple[Basis | Barrier, ...] = (*pack.bases, *pack.barriers)
        self._lines = {rule.id: _lines(rule) for rule in rules}

    def walk(self, visitor: Visitor) -> None:
        for given in self.scope.starts:
            facts = Facts(self.pack, given, self.scope.profile)
            place = self._visit(self.rules.start(given), self.scope.unsure, facts, (-1, ""), visitor)
            self.starts.setdefault(place, given)

    def answers_at(self, place: int) -> dict[str, Answer]:
        """The answers of one conversation that reaches this node."""
        found: dict[str, Answer] = {}
        while (before := self.nodes[place].before) >= 0:
            found[self.nodes[before].page] = self.nodes[place].answer
            place = before
        return {**self.starts[place], **dict(reversed(found.items()))}

    def _visit(self, state: State, unsure: int, so_far: Facts, before: tuple[int, Answer], visitor: Visitor) -> int:
        known = self._known.get((state, unsure))
        if known is not None:
            return known
        number = self._known[state, unsure] = len(self.nodes)
        node = Node(number, state, *before)
        self.nodes.append(node)
        page = self.nodes[before[0]].page if before[0] >= 0 else ""
        facts = self._facts(state, so_far.supposing(page, before[1]) if page else so_far)
        node.page = next_page(facts) or ""
        if not node.page:
            visitor.at_end(node, facts)
        elif len(facts.answers) > DEEPEST or node.page in facts.answers:
            visitor.never_ends(node, facts)
        else:
            after = self.rules.after_each(state, node.page)
            for answer in self._answers(node.page, facts, state, unsure):
                child = self._visit(after(answer), unsure - (answer == UNSURE), facts, (number, answer), visitor)
                node.leads.append((answer, child))
            node.longest = 1 + max(self.nodes[child].longest for _, child in node.leads)
            visitor.at_page(node, facts)
        self.finished.append(number)
        return number

    def _facts(self, state: State, facts: Facts) -> Facts:
        """These facts without the bases and barriers that are out for good, and with what is known of the others.

        Rules of state law and policy stay: that they exist tells that somebody looked at their layer.
        """
        numbers = tuple(map(self.rules.number, state))
        if numbers not in self._smaller:
            pack, names = self.pack, {self.rules.machines[number].name for number in numbers}
            bases = tuple(basis for basis in pack.bases if basis.id in names)
            barriers = tuple(one for one in pack.barriers if one.id in names or one.layer in _STAY)
            self._smaller[numbers] = replace(pack, bases=bases, barriers=barriers)
        facts.pack = self._smaller[numbers]
        items = facts.answers.get("items", ())
        for standing in state:
            facts.rated.update(self._rated(standing, items))
        return facts

    def _rated(self, standing: Standing, items: Answer) -> Ratings:
        """What rating.py works out about a rule that stands so, for all conversations in which it does."""
        found = self._ratings.get((standing, items))
        if found is None:
            found = self._ratings[standing, items] = dict(self._kept(standing, items))
        return found

    def _kept(self, standing: Standing, items: Answer) -> Iterator[tuple[str, dict[str, object]]]:
        """A condition that is left the same is rated the same, however its rule stands otherwise."""
        number, terms = self.rules.standings[standing]
        machine = self.rules.machines[number]
        if not machine.name or self.rules.settled(terms):
            return
        yield machine.name, {}
        own, each = self._lines[machine.name]
        first = machine.whole - len(own) if machine.kind == "basis" else 1
        for line, term in zip(own, terms[first:], strict=False):
            yield from self._same(line, (term,))
        for place, line in enumerate(each, machine.whole):
            yield from self._same(line, terms[place :: machine.each], items)

    def _same(self, line: Line, terms: Terms, items: Answer = "") -> Iterator[tuple[str, dict[str, object]]]:
        # One that does not apply and one that is met are left alike, so what has a `when` is kept for one rule only.
        for key in line.keys:
            yield key, {} if line.may_not_apply else self._shared.setdefault((key, items, terms), {})

    def _answers(self, page: str, facts: Facts, state: State, unsure: int) -> Iterable[Answer]:
        basis = self.pack.checklists.get(page)
        if basis:
            return _ticked([row.id for row in open_rows(basis, facts)])
        question = self.pack.questions[page]
        if question.kind == "items":
            return self._items(state)
        options = [option.id for option in options_of(question, facts)]
        if question.kind == "many":
            return _ticked(options)
        return [one for one in options if one != UNSURE or unsure] or _values(question, self._tested)

    def _items(self, state: State) -> Iterator[Answer]:
        """None, one of each kind, and two of different kinds, each in the order of the pack."""
        firsts = [kind[0] for kind in self.rules.kinds_of_items(state)]
        yield ()
        yield from ((one,) for one in firsts)
        if self.scope.pairs:
            yield from combinations(firsts, 2)


@dataclass(frozen=True)
class Line:
    """A condition of a rule: the keys under which it and its members are rated."""

    keys: tuple[str, ...]
    may_not_apply: bool

    @classmethod
    def of(cls, condition: Condition) -> Line:
        members = [cls.of(member) for member in condition.members]
        keys = (condition.key, *(key for member in members for key in member.keys))
        return cls(keys, condition.when is not None or any(member.may_not_apply for member in members))


def _lines(rule: Basis | Barrier) -> tuple[list[Line], list[Line]]:
    """The conditions of a rule about the request, and those about one data item."""
    own, each = (rule.whole, rule.covers) if isinstance(rule, Basis) else (rule.unless, ())
    return list(map(Line.of, own)), list(map(Line.of, each))


def _ticked(rows: list[str]) -> list[Answer]:
    singles: list[Answer] = [(row,) for row in rows] if len(rows) > 1 else []
    return [tuple(rows), (), *singles]


def _values(question: Question, tested: Mapping[str, set[str]]) -> list[Answer]:
    """What to try where anything may be written: what the rules look for, and something else."""
    looked_for = tested.get(question.id, set())
    if question.kind != "date":
        return [*sorted(looked_for), "0" if question.kind == "number" else "something else"]
    days = [date.fromisoformat(day) for day in looked_for or {"2026-01-01"}]
    return sorted({(day + shift * _DAY_BESIDE).isoformat() for day in days for shift in (-1, 0, 1)})


def _tested_values(pack: Pack) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for test in every_test(pack):
        if isinstance(test, FactIs | FactDated):
            values = test.values if isinstance(test, FactIs) else (test.day,)
            found.setdefault(test.fact, set()).update(values)
    return found
