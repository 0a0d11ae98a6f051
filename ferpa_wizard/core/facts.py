"""What is known about one request: answers, then the school's profile, then what is presumed; else unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ferpa_wizard.core.expressions import Test, Truth
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import UNSURE, Condition, Derived, Pack, Question

Answer = str | tuple[str, ...]
Answers = Mapping[str, Answer]
NOBODY_ASKED: Answers = {}


class Facts:
    """Immutable from outside; every look-up is remembered. Values are read by tests (see expressions.py)."""

    def __init__(
        self, pack: Pack, answers: Answers, profile: Answers = NOBODY_ASKED, *, agreed: frozenset[str] = frozenset()
    ) -> None:
        self.pack = pack
        self.answers = answers
        self.profile = profile
        self.agreed = agreed  # the answers that an agreement gave, by question
        self.live: frozenset[str] | None = None  # what live.py has worked out from these facts
        self._values: dict[str, Answer | bool | None] = {}
        # What rating.py and asking.py have worked out from these facts, by the key of the rule and then by data item.
        self.rated: dict[str, dict[str, object]] = {}

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The data items asked for, in the order of the pack; one unnamed item when none was picked."""
        picked = self.value("items")
        chosen = picked if isinstance(picked, tuple) else ()
        found = tuple(item for item in self.pack.items.values() if item.id in chosen)
        return found or (unnamed(self.pack),)

    def value(self, name: str) -> Answer | bool | None:
        """The answer; None when unknown; False when the question does not apply."""
        values = self._values
        if name in values:
            return values[name]
        values[name] = None  # a fact that hangs on itself is unknown; the checker reports it
        found = values[name] = self._find(name)
        return found

    def is_open(self, question: Question) -> bool:
        """Is it to be asked if needed: it applies for sure, and nothing has answered it, not even with unsure?"""
        return self.may_open(question) and (question.when is None or question.when.truth(self) is True)

    def may_open(self, question: Question) -> bool:
        """Could it still be asked? What it hangs on may not be known yet."""
        return question.id not in self.answers and self.value(question.id) is None and self.applies(question.when)

    @cached_property
    def items_known(self) -> bool:
        """Have the items been picked, or does the question not arise?"""
        return self.value("items") is not None

    def applies(self, when: Test | None) -> bool:
        return when is None or when.truth(self) is not False

    def source(self, name: str) -> str:
        """Who said so: person, agreement, profile or presumed."""
        if name in self.answers:
            return "agreement" if name in self.agreed else "person"
        return "profile" if name in self.profile else "presumed"

    def supposing(self, name: str, answer: Answer) -> Facts:
        """The same facts with one answer more; what does not rest on it is not worked out again."""
        new = Facts(self.pack, {**self.answers, name: answer}, self.profile, agreed=self.agreed)
        touched = self.pack.touched_by.get(name, ())
        if "items" not in touched:  # another choice of items touches every rating
            new._values, new.rated = self._values.copy(), self.rated.copy()
            for key in touched:
                new._values.pop(key, None)
                new.rated.pop(key, None)
        return new

    # What tests ask (FactSource)

    def holds(self, fact: str, values: tuple[str, ...]) -> Truth:
        known = self._values
        value = known[fact] if fact in known else self.value(fact)  # the one look-up that is made most
        if value is None or value is True or value is False:
            return value
        if isinstance(value, str):
            return value in values
        return any(one in values for one in value)

    def lists(self, fact: str, item: str) -> Truth:
        return self.holds(fact, (item,))

    def dated(self, fact: str, day: str, *, before: bool) -> Truth:
        value = self.value(fact)
        if not isinstance(value, str):
            return False if value is False else None
        return value < day if before else value > day

    def _find(self, name: str) -> Answer | bool | None:
        if name in self.pack.derived:
            return self._derive(name)
        if name in self.pack.ticks:
            return self._ticked(name)
        question = self.pack.questions.get(name)
        if question is None:
            return None
        if question.when and question.when.truth(self) is False:
            return False
        value = self.answers.get(name)
        if value is None:
            value = self.profile.get(name) if question.standing else None
        if value is None:
            value = question.presume or None
        return None if value == UNSURE else value

    def _derive(self, name: str) -> Answer | None:
        for value, test in self.pack.derived[name].values:
            truth = test.truth(self)
            if truth is not False:
                return value if truth else None
        return "none"

    def _ticked(self, row: str) -> Answer | None:
        pages = [answer for page in self.pack.ticks[row] if isinstance(answer := self.answers.get(page), tuple)]
        if any(row in page for page in pages):
            return "yes"
        standing = self.profile.get(row)
        return standing if standing is not None else ("no" if pages else None)


def unnamed(pack: Pack) -> Item:
    """Stands for the records of a request in which no item was picked."""
    phrases = pack.wording.phrases
    return Item(
        "records",
        phrases["records-label"],
        phrases["records-name"],
        "",
        content=True,
        tags=frozenset(),
    )


def question_names(pack: Pack, names: Iterator[str]) -> Iterator[str]:
    """The questions behind some facts, in order: derived facts opened up, what decides whether they apply first."""
    seen: set[str] = set()
    for name in names:
        for question in pack.behind.get(name, ()):
            if question not in seen:
                seen.add(question)
                yield question


def questions_of(pack: Pack, condition: Condition) -> tuple[str, ...]:
    """The questions behind a condition, its `when` and its members included; worked out once."""
    if not condition.key:
        return ()
    found = pack.found.get(condition.key)
    if found is None:
        found = pack.found[condition.key] = tuple(question_names(pack, condition.facts()))
    return found


def questions_behind(
    name: str,
    questions: Mapping[str, Question],
    derived: Mapping[str, Derived],
    open_names: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The questions on which one fact rests, its own first where it is one; a fact that hangs on itself ends there."""
    if name in open_names:
        return ()
    tests = [test for _, test in derived[name].values] if name in derived else []
    question = questions.get(name)
    if question and question.when:
        tests = [question.when]
    inner = [
        found
        for test in tests
        for fact in test.facts()
        for found in questions_behind(fact, questions, derived, open_names | {name})
    ]
    return tuple(dict.fromkeys([*([name] if question else []), *inner]))
