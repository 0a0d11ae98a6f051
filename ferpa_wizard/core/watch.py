"""What tests beside the rules come to along the conversations that lead to the same states.

States that are alike for every rule may differ in which route or advice fits, and in what staff would call the request.
Each such test is followed along the graph of states, without walking them again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.facts import Answer, Answers
from ferpa_wizard.core.machines import presumed
from ferpa_wizard.core.model import UNSURE
from ferpa_wizard.core.residue import YES, Event
from ferpa_wizard.core.standing import Terms
from ferpa_wizard.core.states import Node, States

View: TypeAlias = int  # what the tests come to, all together


class Watch:
    """Some tests, by name, along the states."""

    def __init__(self, states: States, tests: Mapping[str, Test]) -> None:
        self._states, self._terms = states, states.rules.terms
        self._names = list(tests)
        self._views: list[Terms] = []
        self._pages: list[frozenset[str]] = []  # those whose answer can change a view
        self._holding: dict[View, tuple[str, ...]] = {}
        self._ids: dict[Terms, View] = {}
        self._moves: dict[tuple[View, Event], View] = {}
        self._first = self._view(tuple(map(self._terms.of, tests.values())))

    def start(self, given: Answers) -> View:
        view = self._first
        for event in presumed(self._states.pack, given):
            view = self.after(view, event)
        return view

    def after(self, view: View, event: Event) -> View:
        if event[0] not in self._pages[view]:
            return view
        found = self._moves.get((view, event))
        if found is None:
            names, after, page = self._terms.names, self._terms.after, event[0]
            terms = [after(term, event) if page in names[term] else term for term in self._views[view]]
            found = self._moves[view, event] = self._view(tuple(terms))
        return found

    def holding(self, view: View) -> tuple[str, ...]:
        """The names of the tests that are yes."""
        if view not in self._holding:
            terms = zip(self._names, self._views[view], strict=True)
            self._holding[view] = tuple(name for name, term in terms if term == YES)
        return self._holding[view]

    def _view(self, terms: Terms) -> View:
        if terms not in self._ids:
            self._ids[terms] = len(self._views)
            self._views.append(terms)
            self._pages.append(frozenset[str]().union(*(self._terms.names[term] for term in terms)))
        return self._ids[terms]


def views_at_ends(states: States, watch: Watch) -> Iterator[tuple[Node, View]]:
    """Each end with each view in which some conversation comes to it."""
    views: dict[int, set[View]] = {}
    for place, given in states.starts.items():
        views.setdefault(place, set()).add(watch.start(given))
    for place in reversed(states.finished):
        node = states.nodes[place]
        here = views.pop(place, set())
        if not node.page:
            yield from ((node, view) for view in here)
        for answer, child in _of_all_kinds(states, node):
            views.setdefault(child, set()).update([watch.after(view, (node.page, answer)) for view in here])


def _of_all_kinds(states: States, node: Node) -> Iterator[tuple[Answer, int]]:
    """Where the answers lead; one data item stands for its kind, so each of the kind leads there."""
    kinds = states.rules.kinds_of_items(node.state) if node.page == "items" else []
    same = {kind[0]: kind for kind in kinds}
    for answer, child in node.leads:
        if len(answer) == 1 and answer[0] in same:
            yield from (((item,), child) for item in same[answer[0]])
        else:
            yield answer, child


@dataclass(frozen=True)
class Longest:
    """The longest path of one kind of request: its pages and its answers."""

    pages: int
    answers: tuple[tuple[str, Answer], ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """`pages` counts the page on which the next question stands, too."""

    pages: int
    before: _Step | None
    page: str
    answer: Answer

    def path(self) -> Iterator[tuple[str, Answer]]:
        if self.before is not None:
            yield from self.before.path()
            yield self.page, self.answer


def longest_paths(states: States, tests: Mapping[str, Test], records: Collection[str]) -> dict[str, Longest]:
    """For each test the longest path without "not sure" at whose end it is yes.

    With `records` only paths on which no other data is asked for count. A path from a fact that somebody changed counts
    where no other comes to it: "someone is in danger now".
    """
    watch = Watch(states, tests)
    found: dict[str, Longest] = {}
    for place, given in states.starts.items():
        for name, longest in _from(states, watch, place, given, records).items():
            found.setdefault(name, longest)
    return found


def _from(states: States, watch: Watch, start: int, given: Answers, records: Collection[str]) -> dict[str, Longest]:
    found: dict[str, Longest] = {}
    steps: dict[int, dict[View, _Step]] = {start: {watch.start(given): _Step(1, None, "", "")}}
    on_page = {page: states.pack.on_page(page) for page in (*states.pack.questions, *states.pack.checklists)}
    for place in reversed(states.finished):
        node, here = states.nodes[place], steps.pop(place, {})
        for view, step in here.items() if not node.page else ():
            for name in watch.holding(view):
                if name not in found or step.pages > found[name].pages:
                    found[name] = Longest(step.pages, tuple(step.path()))
        for answer, child in _leads(states, node, records) if here else ():
            there, following = steps.setdefault(child, {}), states.nodes[child].page
            turns = bool(following) and on_page[following] != on_page[node.page]
            for view, step in here.items():
                after, pages = watch.after(view, (node.page, answer)), step.pages + turns
                if after not in there or there[after].pages < pages:
                    there[after] = _Step(pages, step, node.page, answer)
    return found


def _leads(states: States, node: Node, records: Collection[str]) -> Iterator[tuple[Answer, int]]:
    """Where the answers lead but for "not sure", and for data of other kinds than these records."""
    usual: set[str] = set()
    if node.page == "items" and records:
        usual = {one for kind in states.rules.kinds_of_items(node.state) if set(kind) & set(records) for one in kind}
    for answer, child in node.leads:
        if answer != UNSURE and not (usual and not usual.issuperset(answer)):
            yield answer, child
