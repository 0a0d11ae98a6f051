"""Every rule as a small machine: how it stands after some answers, as a number.

Two requests are in the same state when every rule stands alike. A rule that is out for good has no standing at all, and
one that is settled is only as severe as it is: for each data item, layer by layer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ferpa_wizard.core.expressions import FactIs
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Barrier, Basis, Pack, Severity
from ferpa_wizard.core.residue import NO, YES, Event, Term
from ferpa_wizard.core.standing import Conditions, Terms

Standing: TypeAlias = int
State: TypeAlias = tuple[Standing, ...]  # of the rules that are not out, in the order of the pack
OUT: Standing = 0


@dataclass(frozen=True)
class Machine:
    """One rule: what it keeps in which place. `each` counts the places that are there once for each data item."""

    kind: str
    name: str
    whole: int
    each: int = 0
    page: str = ""
    layers: tuple[str, ...] = ()  # of a basis: the layer of each condition, then of those about items
    mended: tuple[str, ...] = ()  # and the id of each that some route mends
    deciding: range = range(0)  # the places of what can rule a basis out, or lift a barrier


class Rules:
    """The rules of a pack under one profile. With `mended`, what a route could mend keeps states apart."""

    def __init__(self, pack: Pack, profile: Mapping[str, Answer], *, mended: bool = True) -> None:
        self.pack = pack
        self.terms = Conditions(pack, profile)
        self.machines: list[Machine] = [Machine("out", "", 0)]
        self._mended = {name for route in pack.routes for name in route.mends} if mended else set()
        self.standings: list[tuple[int, Terms]] = [(0, ())]
        self._ids: dict[tuple[int, Terms], Standing] = {}
        self._names: list[frozenset[str]] = [frozenset()]
        self._moves: dict[tuple[Standing, Event], Standing] = {}
        self._bound: dict[tuple[Standing, Answer], Standing] = {}
        self._item_terms: dict[Term, frozenset[Term]] = {}
        self._lacks = [layer.lacks for layer in pack.layers if layer.lacks]
        self._items_place = [question.id for question in pack.tree].index("items")
        begun = list(self._begun())
        self._first = self._settle([machine.page for machine in self.machines[1:]], begun)

    def start(self, given: Mapping[str, Answer]) -> State:
        """The state before the first page; `given` are presumed facts that somebody changed."""
        state = self._first
        for event in presumed(self.pack, given):
            state = self.after(state, event)
        return state

    # How each rule stands before the first answer

    def _begun(self) -> Iterator[Standing]:
        pack, of = self.pack, self.terms.of
        yield self._begin(Machine("tree", "", len(pack.tree)), [self.terms.status(one.id) for one in pack.tree])
        yield self._begin(Machine("items", "", 0), [])
        yield self._begin(Machine("gaps", "", len(pack.beyond)), [of(gap.when) for gap in pack.beyond])
        yield from map(self._basis, pack.bases)
        yield from map(self._barrier, pack.barriers)

    def _begin(self, machine: Machine, terms: Sequence[Term]) -> Standing:
        self.machines.append(machine)
        return self._standing(len(self.machines) - 1, tuple(terms))

    def _basis(self, basis: Basis) -> Standing:
        terms = self.terms
        level = YES if basis.level == "both" else terms.of(FactIs("level", (basis.level,)))
        whole = [level, NO, *map(terms.of_condition, basis.whole)]
        covers = [terms.of_condition(condition, item=True) for condition in basis.covers]
        deciding = range(2, 2 + len(basis.triggers) + len(basis.conditions))
        own = (*basis.whole, *basis.covers)
        # What a law adds to a basis and what the law says the basis is are told apart: they make different verdicts.
        layers = tuple(f"{one.layer}, added" if one.added else one.layer for one in own)
        mended = tuple(one.id if one.id in self._mended else "" for one in own)
        page = basis.checklist.id if basis.checklist else ""
        machine = Machine("basis", basis.id, len(whole), len(covers), page, layers, mended, deciding=deciding)
        return self._begin(machine, [*whole, *covers])

    def _barrier(self, barrier: Barrier) -> Standing:
        terms = self.terms
        asked = terms.behind(barrier.when.facts() if barrier.when else ())
        whole = [terms.of(barrier.when), *map(terms.of_condition, barrier.unless), *asked]
        each = [terms.of(barrier.stops, item=True)]
        deciding = range(1, 1 + len(barrier.unless))
        machine = Machine("barrier", barrier.id, len(whole), len(each), deciding=deciding)
        return self._begin(machine, [*whole, *each])

    # What an answer does

    def after(self, state: State, event: Event) -> State:
        """The state once this page has this answer."""
        return self.after_each(state, event[0])(event[1])

    def after_each(self, state: State, page: str) -> Callable[[Answer | None], State]:
        """From an answer to the page to the state that it leads to."""
        pages = [self.machines[self.number(standing)].page for standing in state]
        turned = [(place, standing) for place, standing in enumerate(state) if page in self._names[standing]]

        def after(answer: Answer | None) -> State:
            new = list(state)
            for place, standing in turned:
                new[place] = self._after(standing, (page, answer))
            if page == "items":
                new = [self._about(standing, answer or ()) for standing in new]
            return self._settle(pages, new)

        return after

    def _settle(self, pages: Sequence[str], new: Sequence[Standing]) -> State:
        """Where nobody is to be asked which data, one unnamed item stands for the records.

        Of the rules that went out the pages are gone: nobody will be asked to tick them.
        """
        if not self.standings[new[1]][1] and self.standings[new[0]][1][self._items_place] == YES:
            new = [self._about(standing, ()) for standing in new]
        while OUT in new:
            gone = {page for page, standing in zip(pages, new, strict=True) if page and standing == OUT}
            left = [
                (page, self._without(gone, standing)) for page, standing in zip(pages, new, strict=True) if standing
            ]
            pages, new = [page for page, _ in left], [standing for _, standing in left]
        return tuple(new)

    def _without(self, gone: set[str], standing: Standing) -> Standing:
        """How the rule stands once nobody can be asked these pages any more."""
        for page in sorted(gone & self._names[standing]) if gone else ():
            standing = self._after(standing, (page, None))
        return standing

    def settled(self, terms: Terms) -> bool:
        """Has a basis or barrier shrunk to how severe it is?"""
        return any(self.terms.nodes[term][0] == "settled" for term in terms)

    def name(self, standing: Standing) -> str:
        """The id of the basis or barrier that stands so; empty for the others."""
        return self.machines[self.number(standing)].name

    def number(self, standing: Standing) -> int:
        """Which rule stands so."""
        return self.standings[standing][0]

    def _after(self, standing: Standing, event: Event) -> Standing:
        if event[0] not in self._names[standing]:
            return standing
        key = (standing, event)
        found = self._moves.get(key)
        if found is None:
            number, terms = self.standings[standing]
            found = self._moves[key] = self._standing(number, self._moved(self.machines[number], terms, event))
        return found

    def _moved(self, machine: Machine, terms: Terms, event: Event) -> Terms:
        new = [self.terms.after(term, event) for term in terms]
        if machine.page == event[0]:
            new[1] = YES  # the page has been answered
        return tuple(new)

    def _about(self, standing: Standing, names: Answer) -> Standing:
        """How the rule stands once these data items are asked for."""
        found = self._bound.get((standing, names))
        if found is None:
            number, terms = self.standings[standing]
            bound = self._put(self.machines[number], terms, self.terms.picked(names))
            found = self._bound[standing, names] = standing if bound is None else self._standing(number, bound)
        return found

    def _put(self, machine: Machine, terms: Terms, items: Sequence[Item]) -> Terms | None:
        """The terms put for each item; None where they are not about items."""
        if machine.kind == "items":
            return tuple(map(self._traits, items))
        if not machine.each or self.settled(terms):
            return None
        about = (self.terms.about(term, item) for item in items for term in terms[machine.whole :])
        return (*terms[: machine.whole], *about)

    def _traits(self, item: Item) -> Term:
        """What the engine itself looks at in an item."""
        lacking = tuple(not item.tags.isdisjoint(lacks) for lacks in self._lacks)
        return self.terms.node(("traits", item.content, lacking))

    def kinds_of_items(self, state: State) -> list[tuple[str, ...]]:
        """The data items, those together that no rule can tell apart any more."""
        asked = {one for standing in state for term in self.standings[standing][1] for one in self._of_items(term)}
        kinds: dict[object, list[str]] = {}
        for item in self.pack.items.values():
            told = tuple(self.terms.about(term, item) for term in sorted(asked))
            kinds.setdefault((told, self._traits(item)), []).append(item.id)
        return [tuple(kind) for kind in kinds.values()]

    def _of_items(self, term: Term) -> frozenset[Term]:
        if term not in self._item_terms:
            self._item_terms[term] = frozenset(self.terms.for_each_item(term))
        return self._item_terms[term]

    def alike_alone(self, state: State, items: tuple[str, ...], one: str) -> bool:
        """Asked for alone, does nothing that any rule looks at change but the other items?"""
        after = self.terms.after
        together, alone = ("items", items), ("items", (one,))
        return all(after(term, together) == after(term, alone) for term in self._with_items(state))

    def _with_items(self, state: State) -> set[Term]:
        terms = {term for standing in state for term in self.standings[standing][1]}
        return {term for term in terms if "items" in self.terms.names[term]}

    # The simplest form of a standing

    def _standing(self, number: int, terms: Terms) -> Standing:
        machine = self.machines[number]
        simplest = _SIMPLEST.get(machine.kind, _as_it_is)(self.terms, machine, terms)
        if simplest is None:
            return OUT
        found = self._ids.get((number, simplest))
        if found is None:
            found = self._ids[number, simplest] = len(self.standings)
            self.standings.append((number, simplest))
            names = frozenset[str]().union(*(self.terms.names[term] for term in simplest))
            waits = machine.page and not self.settled(simplest) and simplest[1] == NO
            self._names.append(names | {machine.page} if waits else names)
        return found


def presumed(pack: Pack, given: Mapping[str, Answer]) -> Iterator[Event]:
    """What is taken to be so, but for what was given."""
    for question in pack.questions.values():
        if question.presume:
            yield question.id, given.get(question.id, question.presume)


def _as_it_is(_terms: Conditions, _machine: Machine, terms: Terms) -> Terms | None:
    return terms


def _tree(conditions: Conditions, _machine: Machine, terms: Terms) -> Terms | None:
    return tuple(term if conditions.nodes[term][0] == "open" else YES for term in terms)


def _gaps(_terms: Conditions, _machine: Machine, terms: Terms) -> Terms | None:
    """The first gap that fits counts; what comes after it does not."""
    left = tuple(term for term in terms if term != NO)
    return left[: left.index(YES) + 1] if YES in left else left


def _basis(conditions: Conditions, machine: Machine, terms: Terms) -> Terms | None:
    if terms[0] == NO or any(_ends_it(conditions, machine, terms[place], place - 2) for place in machine.deciding):
        return None
    each = _columns(machine, terms)
    dead = [
        any(_ends_it(conditions, machine, term, place) for place, term in _placed(machine, column)) for column in each
    ]
    if each and all(dead):
        return None
    flat = conditions.rating(Severity.NO)
    columns = [(flat,) * machine.each if out else column for out, column in zip(dead, each, strict=True)]
    terms = (*terms[: machine.whole], *(term for column in columns for term in column))
    return _settled(conditions, machine, terms, columns)


def _ends_it(conditions: Conditions, machine: Machine, term: Term, place: int) -> bool:
    """A flat no of FERPA itself: the basis is out, whichever layers are heard."""
    return conditions.severity(term) == Severity.NO and machine.layers[place] == "ferpa"


def _columns(machine: Machine, terms: Terms) -> list[Terms]:
    """What a basis keeps for each data item."""
    places = range(machine.whole, len(terms), machine.each or 1)
    return [terms[place : place + machine.each] for place in places]


def _placed(machine: Machine, column: Terms) -> Iterator[tuple[int, Term]]:
    return zip(range(machine.whole - 2, len(machine.layers)), column, strict=True)


def _settled(conditions: Conditions, machine: Machine, terms: Terms, columns: Sequence[Terms]) -> Terms:
    """Only how severe it is, by layer and for each item, once no answer can change it."""
    rated = [conditions.severity(term) for term in terms[2:]]
    if terms[0] != YES or None in rated or any(conditions.waits[term] for term in terms):
        return terms
    whole = _by_layer(conditions, zip(machine.layers, terms[2 : machine.whole], strict=False))
    each = []
    for column in columns or [()]:
        own = _by_layer(conditions, zip(machine.layers[machine.whole - 2 :], column, strict=False))
        each.append(tuple(sorted((layer, max(whole.get(layer, 0), own.get(layer, 0))) for layer in {*whole, *own})))
    return (YES, conditions.node(("settled", tuple(each), _to_mend(conditions, machine, terms, columns))))


def _to_mend(conditions: Conditions, machine: Machine, terms: Terms, columns: Sequence[Terms]) -> tuple[str, ...]:
    """The conditions that are not met and that some route could mend."""
    placed = [*enumerate(terms[2 : machine.whole]), *(one for column in columns for one in _placed(machine, column))]
    return tuple(sorted({machine.mended[place] for place, term in placed if conditions.severity(term)} - {""}))


def _by_layer(conditions: Conditions, rated: Iterable[tuple[str, Term]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for layer, term in rated:
        severity = conditions.severity(term) or 0
        if severity > found.get(layer, 0):
            found[layer] = severity
    return found


def _barrier(conditions: Conditions, machine: Machine, terms: Terms) -> Terms | None:
    stopped = terms[machine.whole :]
    rated = [conditions.severity(terms[place]) for place in machine.deciding]
    if terms[0] == NO or set(stopped) == {NO} or Severity.GO in rated:
        return None
    if terms[0] != YES or None in rated or any(conditions.waits[term] or conditions.names[term] for term in stopped):
        return terms
    lifted = min((one for one in rated if one is not None), default=int(Severity.NO))
    return (YES, conditions.node(("settled", lifted)), *stopped)


_SIMPLEST = {"tree": _tree, "gaps": _gaps, "basis": _basis, "barrier": _barrier}
