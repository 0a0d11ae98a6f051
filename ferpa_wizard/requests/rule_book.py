"""The rules as an outline to read: nodes with a title, a citation and lines. Who shows it only draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import Barrier, Basis, Condition, Overlay, Pack, Question, Route
from ferpa_wizard.core.rule_phrases import LAYERS, SOURCE_MARKS, cites
from ferpa_wizard.documents.body import day
from ferpa_wizard.requests.rule_lines import Line, RuleLines, part, spoken

MOST = 100  # entries that the text of a list names


@dataclass(frozen=True, slots=True)
class Node:
    """One entry of the outline; `id` names it in the whole book."""

    id: str
    title: str
    cite: str = ""
    lines: tuple[Line, ...] = ()
    nodes: tuple[Node, ...] = ()
    words: str = field(init=False, default="", repr=False, compare=False)  # what a search looks at

    def __post_init__(self) -> None:
        said = (text for line in self.lines for text in (line.text, line.cite))
        words = " ".join((self.title, self.cite, self.id.rpartition("/")[2], *said)).casefold()
        object.__setattr__(self, "words", words)


@dataclass(frozen=True, slots=True)
class Book:
    """`head` says in one line which rules these are, `review` who looked at them."""

    head: str
    review: str
    nodes: tuple[Node, ...]

    def all(self) -> Iterator[Node]:
        """Every node, each before those beneath it."""
        return _all(self.nodes)

    def found(self, wanted: str) -> dict[str, bool]:
        """The nodes to show for a search, by id: True for one that has all the words, False for one on the way to it.

        No words find everything.
        """
        terms = wanted.casefold().split()
        shown: dict[str, bool] = {}
        for node in self.nodes:
            _look(node, terms, shown)
        return shown


def rule_book(pack: Pack) -> Book:
    """The book of these rules; the same each time."""
    return _Writer(pack).book()


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.nodes)


def _look(node: Node, terms: list[str], shown: dict[str, bool]) -> bool:
    """Whether the node or one beneath it has the words; what is shown is noted."""
    own = all(term in node.words for term in terms)
    # A list of its entries repeats their titles: the entries themselves are what is found.
    own = own and not (terms and node.nodes and not node.id.count("/") and not _in_title(node, terms))
    beneath = [_look(inner, terms, shown) for inner in node.nodes]
    if own or any(beneath):
        shown[node.id] = own
    return node.id in shown


def _in_title(node: Node, terms: list[str]) -> bool:
    title = node.title.casefold()
    return all(term in title for term in terms)


def listed(ident: str, title: str, nodes: Iterable[Node], says: str = "") -> Node:
    """A node that holds others; its text lists them, or says how many where they are too many to read."""
    held = tuple(nodes)
    rows = [Line(node.title, "rule", node.cite) for node in held]
    if len(held) > MOST:
        rows = [Line(f"{len(held)} entries stand under this one.")]
    return Node(ident, title, lines=(*([Line(says)] if says else []), *rows), nodes=held)


class _Writer:
    def __init__(self, pack: Pack) -> None:
        self._pack, self._say = pack, RuleLines(pack)

    def book(self) -> Book:
        pack = self._pack
        parts = (
            listed("questions", "Questions", self._questions(), "Only those that a request needs are asked."),
            listed("ways", "Ways to share", map(self._basis, pack.bases), "They are looked at in this order."),
            listed("barriers", "Rules of other law that stop some data", map(self._barrier, pack.barriers)),
            listed("routes", "Ways to yes", self._routes()),
            listed("worked-out", "Facts that are worked out from answers", self._worked_out()),
            listed("items", "Data items", self._items()),
            listed("overlays", "State law and district policy in use", map(self._overlay, pack.overlays)),
        )
        head = f"Rules {pack.id} {pack.version}, law as of {day(pack.law_as_of)}."
        return Book(head, pack.review, tuple(part for part in parts if part.nodes))

    # -- questions -------------------------------------------------------------------------

    def _questions(self) -> Iterator[Node]:
        for section in self._pack.sections:
            asked = [question for question in self._pack.tree if question.section == section.id]
            if asked:
                yield listed(f"questions/{section.id}", section.title, map(self._question, asked))
        others = [one for one in self._pack.questions.values() if not one.in_tree]
        if others:
            title = "Asked only where a way to share depends on it"
            yield listed("questions/facts", title, map(self._question, others))

    def _question(self, question: Question) -> Node:
        used = part("What looks at the answer", (Line(title, "rule") for title in self._looking_at(question.id)))
        lines = (*self._say.question(question), *used)
        return Node(f"question/{question.id}", question.text, cites(question.cite), lines)

    def _looking_at(self, fact: str) -> Iterator[str]:
        for question in self._pack.tree:
            if question.when and self._rests_on(fact, question.when.facts()):
                yield f"Question: {question.text}"
        for basis in self._pack.bases:
            looked_at = (name for one in (*basis.whole, *basis.covers) for name in one.facts())
            if self._rests_on(fact, looked_at):
                yield f"Way to share: {basis.title}"
        for barrier in self._pack.barriers:
            if self._rests_on(fact, (name for one in barrier.unless for name in one.facts())):
                yield f"Rule of other law: {barrier.title}"

    def _rests_on(self, fact: str, looked_at: Iterable[str]) -> bool:
        return any(fact == name or fact in self._pack.behind.get(name, ()) for name in looked_at)

    def _worked_out(self) -> Iterator[Node]:
        for fact in self._pack.derived.values():
            says = Line("It is the first of these that fits, and “none” where no line does.")
            values = [
                line
                for value, test in fact.values
                for line in (
                    Line(raised(spoken(value)), "rule"),
                    Line(f"If {self._say.words(test)}.", "note", depth=1),
                )
            ]
            yield Node(f"worked-out/{fact.id}", raised(spoken(fact.id)), lines=(says, *values))

    # -- ways to share, other law, ways to yes ---------------------------------------------

    def _basis(self, basis: Basis) -> Node:
        ident = f"way/{basis.id}"
        nodes = [self._condition(ident, condition) for _title, held in self._say.needs(basis) for condition in held]
        return Node(ident, basis.title, cites(basis.cite), tuple(self._say.basis(basis)), tuple(nodes))

    def _condition(self, above: str, condition: Condition) -> Node:
        ident = f"{above}/{condition.id}"
        members = tuple(self._condition(ident, member) for member in condition.members)
        lines = tuple(self._say.condition(condition))
        return Node(ident, self._say.title(condition), cites(condition.cite), lines, members)

    def _barrier(self, barrier: Barrier) -> Node:
        ident = f"barrier/{barrier.id}"
        nodes = tuple(self._condition(ident, condition) for condition in barrier.unless)
        return Node(ident, barrier.title, cites(barrier.cite), tuple(self._say.barrier(barrier)), nodes)

    def _routes(self) -> Iterator[Node]:
        mended = {basis.id: basis.title for basis in self._pack.bases}
        for basis in self._pack.bases:
            mended |= {one.id: self._say.title(one) for one in _with_members((*basis.whole, *basis.covers))}
        for barrier in self._pack.barriers:
            mended |= {barrier.id: barrier.title}
            mended |= {one.id: self._say.title(one) for one in _with_members(barrier.unless)}
        for route in self._pack.routes:
            yield self._route(route, mended)

    def _route(self, route: Route, mended: dict[str, str]) -> Node:
        return Node(f"route/{route.id}", route.title, cites(route.cite), tuple(self._say.route(route, mended)))

    # -- items ---------------------------------------------------------------------------

    def _items(self) -> Iterator[Node]:
        for group in self._pack.groups:
            held = [item for item in self._pack.items.values() if item.group == group.id]
            if held:
                yield listed(f"items/{group.id}", group.title, map(self._item, held))

    def _item(self, item: Item) -> Node:
        identifies = [] if item.content else ["Shows who the student is."]
        marks = [f"Marks that rules look at: {', '.join(sorted(item.tags))}."] if item.tags else []
        plain = [] if identifies or marks else ["No rule names it."]
        stopping = [rule for rule in self._pack.barriers if _names_item(rule.stops, item)]
        lines = (
            *map(Line, (*identifies, *marks, *plain)),
            *part("Rules of other law that look at it", (Line(r.title, "rule", cites(r.cite)) for r in stopping)),
        )
        return Node(f"item/{item.id}", item.label, lines=tuple(lines))

    # -- what is in use ------------------------------------------------------------------------

    def _overlay(self, overlay: Overlay) -> Node:
        mark = SOURCE_MARKS.get(overlay.mark, "")
        level = {"k12": "For schools up to grade 12.", "college": "For colleges."}.get(overlay.level, "")
        says = (
            f"{raised(LAYERS[overlay.layer])}, law as of {day(overlay.law_as_of)}.",
            level,
            f"Its rules are {mark}, where none of them says otherwise." if mark else "",
            overlay.review,
        )
        title = f"{overlay.title} ({mark})" if mark else overlay.title
        return Node(f"overlay/{overlay.id}", title, lines=tuple(Line(text) for text in says if text))


def _with_members(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for condition in conditions:
        yield condition
        yield from _with_members(condition.members)


def _names_item(test: ex.Test, item: Item) -> bool:
    """Whether a test names the item or one of its marks; what stands under a not does not count."""
    match test:
        case ex.ItemIs():
            return item.id in test.ids
        case ex.ItemTagged():
            return any(tag in item.tags for tag in test.tags)
        case ex.Not():
            return False
        case _:
            return any(_names_item(part, item) for part in test.parts())
