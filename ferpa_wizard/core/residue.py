"""Tests with what is known worked in: what is left of a test is a number, the same number for the same rest.

Two requests stand alike in a rule when nothing is left of their difference. A residue keeps all that the engine may
still look at: which questions it could ask and which answers were "not sure". Only what no later answer can bring back
is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.facts import Answer, unnamed
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import UNSURE, Pack

Term: TypeAlias = int
Node: TypeAlias = tuple[Any, ...]  # its kind, then what that kind holds; see Residues
Event: TypeAlias = tuple[str, Answer | None]  # a page and the answer given to it; None once it cannot be asked any more
Go: TypeAlias = Callable[[Term], Term]
NO, YES = 0, 1
_NOTHING: frozenset[str] = frozenset()


class Residues:
    """The residues of one pack under one profile. What is presumed counts as a question still to be answered.

    Kinds of nodes: ("unsure", fact) was answered so; ("ask", fact, check, when) hangs on a question; ("gate", when,
    term) counts while its question applies; ("first", values, cases) is a fact that is worked out; ("tick", row,
    values, seen, pages) a checklist row; ("item", ids), ("tag", tags) and ("list", fact, known, when) wait for a data
    item, ("asks-for", term, when) for all of them; ("all", …), ("any", …), ("not", …); ("open", question, when, whens
    of its options) is a question that may still be asked.
    """

    def __init__(self, pack: Pack, profile: Mapping[str, Answer]) -> None:
        self.pack, self._profile = pack, profile
        self.nodes: list[Node] = [("no",), ("yes",)]
        self.names: list[frozenset[str]] = [_NOTHING, _NOTHING]  # the pages whose answer can change it
        self.waits: list[bool] = [False, False]  # for a data item
        self._ids: dict[Node, Term] = {}
        self._after: dict[Event, dict[Term, Term]] = {}
        self._about: dict[str, dict[Term, Term]] = {}
        self._reading: list[str] = []
        self._unnamed = unnamed(pack)

    # What a test comes to before the first answer

    def of(self, test: ex.Test | None, *, item: bool = False) -> Term:
        """The residue of a test; with `item` it is put for each data item later, else there is none."""
        if test is None:
            return YES
        if isinstance(test, ex.All | ex.Any):
            parts = (self.of(part, item=item) for part in test.tests)
            return self.every(parts) if isinstance(test, ex.All) else self.some(parts)
        if isinstance(test, ex.Not):
            return self.negated(self.of(test.test, item=item))
        if isinstance(test, ex.AsksFor):
            return self._asks_for(self.of(test.inner, item=True), self._when("items"))
        return self._leaf(test, item=item)

    def _leaf(self, test: ex.Test, *, item: bool) -> Term:
        if isinstance(test, ex.FactIs):
            return self._fact(test.fact, ("is", test.values))
        if isinstance(test, ex.FactDated):
            return self._fact(test.fact, ("before" if test.before else "after", test.day))
        if not item:
            return NO
        if isinstance(test, ex.ItemListed):
            return self._listed(test.fact, self._value(test.fact), self._when(test.fact))
        if isinstance(test, ex.ItemIs):
            return self.node(("item", test.ids), waits=True)
        if isinstance(test, ex.ItemTagged):
            return self.node(("tag", test.tags), waits=True)
        raise TypeError(test)

    def status(self, name: str) -> Term:
        """A question as one that may still be asked; YES when that is over."""
        value, when = self._value(name), self._when(name)
        if value is not None:
            return self._answered(name, value, when)
        return self.open(name, when, tuple(self.of(option.when) for option in self.pack.questions[name].options))

    def _fact(self, name: str, check: Node) -> Term:
        if name in self.pack.derived:
            return self._worked_out(name, check)
        if name in self.pack.ticks:
            return self._row(name, check)
        value, when = self._value(name), self._when(name)
        return self._ask(name, check, when) if value is None else self.gate(when, self._known(name, check, value))

    def _worked_out(self, name: str, check: Node) -> Term:
        if name in self._reading:
            return self.node(("unsure", name))  # hangs on itself: unknown, as Facts has it
        self._reading.append(name)
        cases = tuple((value, self.of(test)) for value, test in self.pack.derived[name].values)
        self._reading.pop()
        return self.first(check, cases)

    def _row(self, name: str, check: Node) -> Term:
        standing = self._profile.get(name)
        if standing == "yes":
            return YES if meets(check, "yes") else NO
        return self.tick(name, check, standing is not None, frozenset(self.pack.ticks[name]))

    def _value(self, name: str) -> Answer | None:
        question = self.pack.questions.get(name)
        return self._profile.get(name) if question and question.standing else None

    def _when(self, name: str) -> Term:
        question = self.pack.questions.get(name)
        if question is None or name in self._reading:
            return YES
        self._reading.append(name)
        when = self.of(question.when)
        self._reading.pop()
        return when

    # The kinds of nodes; each comes out in its simplest form

    def node(self, node: Node, names: frozenset[str] = _NOTHING, *, waits: bool = False) -> Term:
        found = self._ids.get(node)
        if found is None:
            found = self._ids[node] = len(self.nodes)
            self.nodes.append(node)
            self.names.append(names)
            self.waits.append(waits)
        return found

    def over(self, node: Node, parts: Iterable[Term], names: frozenset[str] = _NOTHING) -> Term:
        """A node that depends on its parts, and on these pages besides."""
        inner = tuple(parts)
        return self.node(
            node, names.union(*(self.names[part] for part in inner)), waits=any(self.waits[part] for part in inner)
        )

    def every(self, parts: Iterable[Term]) -> Term:
        left = [part for part in parts if part != YES]
        if NO in left or len(left) <= 1:
            return NO if NO in left else (left[0] if left else YES)
        return self.over(("all", *left), left)

    def some(self, parts: Iterable[Term]) -> Term:
        left = [part for part in parts if part != NO]
        if YES in left or len(left) <= 1:
            return YES if YES in left else (left[0] if left else NO)
        return self.over(("any", *left), left)

    def negated(self, part: Term) -> Term:
        return 1 - part if part in (NO, YES) else self.over(("not", part), [part])

    def gate(self, when: Term, part: Term) -> Term:
        if when in (NO, YES) or part == NO:
            return part if when == YES else NO
        return self.over(("gate", when, part), [when, part])

    def first(self, check: Node, cases: Iterable[tuple[str, Term]]) -> Term:
        """The first case that is yes gives the value; "none" if all are no."""
        left: list[tuple[str, Term]] = []
        for value, term in cases:
            if term == NO:
                continue
            left.append((value, term))
            if term == YES:
                break
        value, term = left[0] if left else ("none", YES)
        if term == YES:
            return YES if meets(check, value) else NO
        return self.over(("first", check, tuple(left)), (term for _, term in left))

    def tick(self, row: str, check: Node, seen: bool, pages: frozenset[str]) -> Term:
        """A row that is not ticked: `seen` once a page that shows it was answered; `pages` could still tick it."""
        if seen and not pages:
            return YES if meets(check, "no") else NO
        return self.node(("tick", row, check, seen, pages), pages)

    def open(self, name: str, when: Term, options: tuple[Term, ...]) -> Term:
        return YES if when == NO else self.over(("open", name, when, options), (when, *options), frozenset((name,)))

    def _ask(self, name: str, check: Node, when: Term) -> Term:
        return NO if when == NO else self.over(("ask", name, check, when), [when], frozenset((name,)))

    def _listed(self, name: str, known: Answer | None, when: Term) -> Term:
        names = frozenset((name,)) if known is None else _NOTHING
        term = self.node(("list", name, known, when), names | self.names[when], waits=True)
        return NO if when == NO else term

    def _asks_for(self, part: Term, when: Term) -> Term:
        if when == NO:  # nobody is asked which data: one unnamed item stands for the records
            return self.about(part, self._unnamed)
        return self.node(("asks-for", part, when), self.names[part] | self.names[when] | {"items"})

    def _known(self, name: str, check: Node, value: Answer) -> Term:
        return self.node(("unsure", name)) if value == UNSURE else (YES if meets(check, value) else NO)

    def _answered(self, name: str, value: Answer, when: Term) -> Term:
        return self.gate(when, self.node(("unsure", name))) if value == UNSURE else YES

    # What an answer leaves of it

    def after(self, term: Term, event: Event) -> Term:
        """What is left once this page has this answer."""
        if event[0] not in self.names[term]:
            return term
        known = self._after.setdefault(event, {})
        if term not in known:
            known[term] = self._changed(self.nodes[term], event)
        return known[term]

    def about(self, term: Term, item: Item) -> Term:
        """What is left of it for one data item."""
        if not self.waits[term]:
            return term
        known = self._about.setdefault(item.id, {})
        if term not in known:
            known[term] = self._bound(self.nodes[term], item)
        return known[term]

    def _changed(self, node: Node, event: Event) -> Term:
        kind, (page, answer) = node[0], event
        go: Go = lambda part: self.after(part, event)  # noqa: E731 - it has a type
        if kind in ("ask", "open", "list") and node[1] == page and answer is not None:
            return self._reply(node, answer, go)
        if kind == "tick":
            return self._turned(node, page, answer)
        if kind == "asks-for" and page == "items":
            inner = go(node[1])
            return self.some(self.about(inner, item) for item in self.picked(answer))
        return self.rebuilt(node, go)

    def picked(self, answer: Answer | None) -> tuple[Item, ...]:
        """The data items of an answer, in the order of the pack; one unnamed item when it names none."""
        names = answer or ()
        return tuple(item for item in self.pack.items.values() if item.id in names) or (self._unnamed,)

    def _turned(self, node: Node, page: str, answer: Answer | None) -> Term:
        """A row after its page: ticked, or not; or that page is gone and can tick it no more."""
        _, row, check, seen, pages = node
        if answer is not None and row in answer:
            return YES if meets(check, "yes") else NO
        return self.tick(row, check, seen or answer is not None, pages - {page})

    def _reply(self, node: Node, answer: Answer, go: Go) -> Term:
        kind, name = node[:2]
        if kind == "open":
            return self._answered(name, answer, go(node[2]))
        if kind == "list":
            return self._listed(name, answer, go(node[3]))
        return self.gate(go(node[3]), self._known(name, node[2], answer))

    def _bound(self, node: Node, item: Item) -> Term:
        kind = node[0]
        if kind == "item":
            return YES if item.id in node[1] else NO
        if kind == "tag":
            return NO if item.tags.isdisjoint(node[1]) else YES
        if kind != "list":
            return self.rebuilt(node, lambda part: self.about(part, item))
        _, name, known, when = node
        check = ("is", (item.id,))
        return self._ask(name, check, when) if known is None else self.gate(when, self._known(name, check, known))

    def rebuilt(self, node: Node, go: Go) -> Term:
        """The same node over its parts as they are now."""
        kind = node[0]
        if kind in ("all", "any"):
            parts = map(go, node[1:])
            return self.every(parts) if kind == "all" else self.some(parts)
        if kind == "first":
            return self.first(node[1], ((value, go(term)) for value, term in node[2]))
        if kind == "open":
            return self.open(node[1], go(node[2]), tuple(map(go, node[3])))
        if kind in ("ask", "list"):
            return (self._ask if kind == "ask" else self._listed)(node[1], node[2], go(node[3]))
        if kind == "asks-for":
            return self._asks_for(go(node[1]), go(node[2]))
        return self.negated(go(node[1])) if kind == "not" else self.gate(go(node[1]), go(node[2]))

    def inside(self, node: Node) -> tuple[Term, ...]:
        """The terms of which a node is made."""
        kind = node[0]
        if kind in ("all", "any", "not", "gate"):
            return node[1:]
        if kind == "first":
            return tuple(term for _, term in node[2])
        if kind == "open":
            return (node[2], *node[3])
        if kind == "asks-for":
            return node[1], node[2]
        return (node[3],) if kind in ("ask", "list") else ()

    def for_each_item(self, term: Term) -> Iterator[Term]:
        """The terms in it that will be put for each data item."""
        if self.waits[term]:
            yield term
        if "items" in self.names[term]:
            for part in self.inside(self.nodes[term]):
                yield from self.for_each_item(part)


def meets(check: Node, value: Answer) -> bool:
    """Does a known answer pass the check?"""
    kind, wanted = check
    if kind == "is":
        return any(one in wanted for one in value) if isinstance(value, tuple) else value in wanted
    return isinstance(value, str) and bool(value < wanted if kind == "before" else value > wanted)
