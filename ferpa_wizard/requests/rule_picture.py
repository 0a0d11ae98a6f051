"""The rules as a picture: cards with lines of text, and links between them. Where they stand is for rule_layout.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.leads import Leads, leads
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import Basis, Condition, Cure, Option, Pack, Question
from ferpa_wizard.core.rule_phrases import LAYERS, cites, effect, group_says, marked
from ferpa_wizard.core.walk import Given, Walk
from ferpa_wizard.requests.rule_lines import RuleLines

WAYS = "ways"
ANSWERED, CHOSEN = "answered", "chosen"
_CARRIES = "This way carries the result"
_SOURCES: Mapping[str, str] = {
    "person": "Your answer",
    "agreement": "From the agreement",
    "profile": "From the profile",
    "district": "Set by the district",
    "presumed": "Taken as given",
}
_STATUSES: Mapping[str, str] = {"met": "Met", "to-do": "To do", "unknown": "Find out", "not-met": "Not met"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to stand on. `entry` names it in the outline; `state` and `mark` say how the request meets it.

    `state` is empty, answered, chosen, or the status of a condition; `mark` is the same in words.
    """

    id: str
    text: str
    note: str = ""
    cite: str = ""
    entry: str = ""
    state: str = ""
    mark: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Parts that stand under one another, in a column of the picture; the first is the head."""

    column: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """From one part to another in a column further right; links of one net run together."""

    source: str
    target: str
    net: str
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    cards: tuple[Card, ...]
    links: tuple[Link, ...]

    def parts(self) -> Iterator[Part]:
        """Every part, card by card."""
        return (part for card in self.cards for part in card.parts)


@dataclass(frozen=True, slots=True)
class Path:
    """How one request went through the rules: what was answered or taken as given, and what came out."""

    given: tuple[Given, ...]
    found: Determination | None

    @property
    def basis(self) -> str:
        """The id of the basis that was chosen; empty for none."""
        return self.found.basis.id if self.found and self.found.basis else ""


NO_PATH = Path((), None)


def path_of(walk: Walk, found: Determination | None) -> Path:
    """The way of a request as it stands."""
    return Path((*walk.trail, *walk.assumed), found)


# -- the tree ------------------------------------------------------------------------------


def tree_picture(pack: Pack, path: Path = NO_PATH) -> Picture:
    """Each question of the tree right of those that it hangs on, its answers, and what they bring up."""
    return _Tree(pack, path).picture()


class _Tree:
    def __init__(self, pack: Pack, path: Path) -> None:
        self._pack, self._leads, self._path = pack, leads(pack), path
        self._given = {given.ask.id: given for given in path.given}
        self._way = {basis.id: place for place, basis in enumerate(pack.bases, 1)}

    def picture(self) -> Picture:
        columns = _columns(self._pack)
        cards = [
            Card(columns[question.id], tuple(self._question(number, question)))
            for number, question in enumerate(self._pack.tree, 1)
        ]
        ways = Card(max(columns.values(), default=-1) + 1, tuple(self._ways()))
        title = f"The questions of {self._pack.id} {self._pack.version}, and where each answer leads"
        return Picture(title, (*cards, ways), tuple(self._links()))

    def _question(self, number: int, question: Question) -> Iterator[Part]:
        given = self._given.get(question.id)
        chosen = [option for option in question.options if given and _is_in(option.id, given)]
        says = _met(given) if given is None or chosen else f"Answer: {given.label}"
        yield Part(
            id=question.id, text=f"{number}. {question.text}", note=_asked(question), cite=cites(question.cite),
            entry=f"question/{question.id}", state=ANSWERED if given else "", mark=says, strong=True,
        )  # fmt: skip
        for option in question.options:
            yield self._option(question, option, given if option in chosen else None)

    def _option(self, question: Question, option: Option, given: Given | None) -> Part:
        ways = [str(self._way[basis.id]) for basis in self._brought(question, option).ways]
        note = f"Brings up way{'s' if len(ways) > 1 else ''} {', '.join(ways)}" if ways else ""
        return Part(
            id=f"{question.id}/{option.id}", text=option.label, note=note, entry=f"question/{question.id}",
            state=ANSWERED if given else "", mark=_SOURCES.get(given.source, "") if given else "",
        )  # fmt: skip

    def _ways(self) -> Iterator[Part]:
        yield Part(WAYS, "Ways to share", "Each is looked at, in this order.", entry="ways", strong=True)
        for basis in self._pack.bases:
            chosen = basis.id == self._path.basis
            yield Part(
                id=f"way/{basis.id}", text=f"{self._way[basis.id]}. {basis.title}", entry=f"way/{basis.id}",
                state=CHOSEN if chosen else "", mark=_CARRIES if chosen else "",
            )  # fmt: skip

    def _links(self) -> Iterator[Link]:
        for question in self._pack.tree:
            for option in question.options:
                source, lit = f"{question.id}/{option.id}", self._lit(question, option)
                brought = self._brought(question, option)
                for opened in brought.questions:
                    yield Link(source, opened.id, opened.id, lit and opened.id in self._given)
                if lit and any(basis.id == self._path.basis for basis in brought.ways):
                    yield Link(source, f"way/{self._path.basis}", WAYS, lit=True)

    def _lit(self, question: Question, option: Option) -> bool:
        return question.id in self._given and _is_in(option.id, self._given[question.id])

    def _brought(self, question: Question, option: Option) -> Leads:
        return self._leads[question.id, option.id]


def _met(given: Given | None) -> str:
    """How a question came to its answer."""
    if given is None:
        return ""
    return "Asked" if given.source == "person" else _SOURCES[given.source]


def _asked(question: Question) -> str:
    if question.kind == "items":
        return "Answered with ticks on the list of data items."
    return "" if question.when else "Always asked."


def _is_in(option: str, given: Given) -> bool:
    return option in given.answer if isinstance(given.answer, tuple) else option == given.answer


def _columns(pack: Pack) -> dict[str, int]:
    """Each question right of every earlier one on which it hangs."""
    found: dict[str, int] = {}
    for question in pack.tree:
        looked_at = set(question.when.facts()) if question.when else set()
        hangs_on = looked_at.union(*(pack.behind.get(name, ()) for name in looked_at))
        found[question.id] = max((found[name] + 1 for name in hangs_on if name in found), default=0)
    return found


# -- one way to share ----------------------------------------------------------------------


def basis_picture(pack: Pack, basis: Basis, path: Path = NO_PATH) -> Picture:
    """A way to share: its conditions with what they are made of, and what mends each."""
    return _Way(pack, basis, path).picture()


class _Way:
    def __init__(self, pack: Pack, basis: Basis, path: Path) -> None:
        self._basis, self._say = basis, RuleLines(pack)
        self._cards: list[Card] = []
        self._links: list[Link] = []
        rated = next((one for one in path.found.bases if one.id == basis.id), None) if path.found else None
        self._status = {condition.id: condition.status for condition in rated.conditions} if rated else {}
        self._chosen = basis.id == path.basis

    def picture(self) -> Picture:
        basis, entry = self._basis, f"way/{self._basis.id}"
        head = Part(
            id=entry, text=basis.title, note=effect(basis), cite=cites(basis.cite), entry=entry, strong=True,
            state=CHOSEN if self._chosen else "", mark=_CARRIES if self._chosen else "",
        )  # fmt: skip
        self._cards.append(Card(0, (head,)))
        for title, conditions in self._say.needs(basis):
            if conditions:
                group = Part(f"{entry}#{title}", title, "All of these are needed.", entry=entry, strong=True)
                self._put(1, group, entry)
                for condition in conditions:
                    self._condition(2, condition, group.id, entry)
        return Picture(basis.title, tuple(self._cards), tuple(self._links))

    def _condition(self, column: int, condition: Condition, above: str, entry: str) -> None:
        own = f"{entry}/{condition.id}"
        status = self._status.get(condition.id, "")
        layer = f" ({LAYERS[condition.layer]})" if condition.layer in LAYERS else ""
        part = Part(
            id=own, text=f"{raised(group_says(condition))}{layer}{marked(condition.mark)}", note=_joined(condition),
            cite=cites(condition.cite), entry=own, state=status, mark=_STATUSES.get(status, ""),
        )  # fmt: skip
        self._put(column, part, above)
        for member in condition.members:
            self._condition(column + 1, member, own, own)
        for place, cure in enumerate(condition.cures):
            self._put(column + 1, _mending(own, place, cure), own)

    def _put(self, column: int, part: Part, above: str) -> None:
        self._cards.append(Card(column, (part,)))
        # A condition that is met lights what leads to it.
        self._links.append(Link(above, part.id, above, lit=part.state == "met"))


def _joined(condition: Condition) -> str:
    """How the members of a group stand to each other, where its own words do not say so."""
    if not condition.members or not condition.says:
        return ""
    return "All of these are needed." if condition.every else "One of these is enough."


def _mending(own: str, place: int, cure: Cure) -> Part:
    by = f"By: {cure.by}." if cure.by else ""
    return Part(f"{own}#{place}", cure.do, f"If not met, this mends it. {by}".strip(), entry=own)
