"""What would have changed the answer: one thing put right, and the request walked again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ferpa_wizard.core.choices import ALL_YES
from ferpa_wizard.core.determine import verdict_of
from ferpa_wizard.core.facts import Answer, Answers, Facts, question_names
from ferpa_wizard.core.model import Condition, Pack, Severity
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.rating import BasisRating, Rated, Ratings, rate, rate_all
from ferpa_wizard.core.rerun import given_in, standing_in
from ferpa_wizard.core.verdict import rule
from ferpa_wizard.core.walk import Walk, walk

Body = Mapping[str, Any]
TRIED, ALREADY, OPEN = "tried", "already", "open"
SCHOOL, STEP = "school", "step"


@dataclass(frozen=True, slots=True)
class Fix:
    """`do` and `by` are the words of the rules. A fix of the SCHOOL serves each request, a STEP is done for one."""

    id: str
    kind: str
    do: str
    by: str


class Tried(NamedTuple):
    """The fixes that make a plain yes each alone.

    Of `state` ALREADY these rules say a plain yes without any; of OPEN they ask more, so that nothing can be tried.
    """

    state: str
    fixes: tuple[Fix, ...] = ()


class Put(NamedTuple):
    """What a request holds that has to do with the rules: what people answered, and the facts of the school."""

    answers: dict[str, Answer]
    standing: dict[str, Answer]

    @property
    def key(self) -> str:
        """Requests of one key come out the same.

        The day plays no part: it tells which facts of the profile hold, and the record has those that did.
        """
        return hashlib.sha256(repr((sorted(self.answers.items()), sorted(self.standing.items()))).encode()).hexdigest()


def put_in(body: Body) -> Put:
    """What was put to the rules in a sealed decision. Raises KeyError and TypeError where the body holds none."""
    return Put(given_in(body), standing_in(body))


def try_fixes(pack: Pack, put: Put, on: str) -> Tried:
    """Walk the request on a day with each thing put right that could be, one at a time."""
    walked = _walk(pack, put, on)
    if walked.ask is not None:
        return Tried(OPEN)
    if _is_yes(walked):
        return Tried(ALREADY)
    candidates = dict(_Candidates(pack, put, walked).all())
    return Tried(TRIED, tuple(fix for fix, mended in candidates.items() if _is_yes(_walk(pack, mended, on))))


def _walk(pack: Pack, put: Put, on: str) -> Walk:
    return walk(pack, put.answers, Profile(answers=put.standing), on)


def _is_yes(walked: Walk) -> bool:
    return walked.ask is None and verdict_of(walked.facts) in ALL_YES


class _Candidates:
    """What could be put right in one request, each with the request as it then is."""

    def __init__(self, pack: Pack, put: Put, walked: Walk) -> None:
        self._pack, self._put, self._walked = pack, put, walked
        self._facts: Facts = walked.facts
        self._ratings: Ratings = rate_all(walked.facts)

    def all(self) -> Iterator[tuple[Fix, Put]]:
        yield from self._facts_of_school()
        yield from self._rows_of_school()
        yield from self._steps()

    def _facts_of_school(self) -> Iterator[tuple[Fix, Put]]:
        """Standing facts that the rules say how to change, where they count."""
        counting = {given.ask.id for given in (*self._walked.trail, *self._walked.assumed)}
        for name in self._pack.questions:
            question = self._pack.questions[name]
            if question.mend is None or name not in counting:
                continue
            answer: Answer = question.mend.to
            if question.kind == "many":
                answer = self._with_asked(name)
            if answer != self._facts.value(name):
                yield Fix(name, SCHOOL, question.mend.do, question.mend.by), self._standing(name, answer)

    def _with_asked(self, name: str) -> tuple[str, ...]:
        """The list with the data asked for that may stand in it."""
        listed, asked = self._facts.value(name), {item.id for item in self._facts.items}
        held = {*listed} if isinstance(listed, tuple) else set()
        return tuple(one.id for one in self._pack.questions[name].options if one.id in held | asked)

    def _rows_of_school(self) -> Iterator[tuple[Fix, Put]]:
        """Rows of checklists that the profile holds, of each way to share that is not ruled out."""
        for rated in self._ratings.bases:
            if rated.over(self._ratings.content) < Severity.NO:
                ticks = (tick for one in self._unmet(rated) for tick in one.condition.ticks())
                for tick in ticks:
                    if tick.standing and tick.cures and self._facts.value(tick.id) != "yes":
                        cure = tick.cures[0]
                        yield Fix(tick.id, SCHOOL, cure.do, cure.by), self._standing(tick.id, "yes")

    def _steps(self) -> Iterator[tuple[Fix, Put]]:
        """The ordinary acts that the chosen way still lacks, or that lift a rule of another layer."""
        for one in self._waiting():
            answers = self._met(one.condition) if one.cure else None
            if one.cure and answers is not None:
                yield Fix(one.condition.id, STEP, one.cure.do, one.cure.by), Put(answers, self._put.standing)

    def _waiting(self) -> Iterator[Rated]:
        chosen = [one for one in (rule(self._ratings).basis,) if one]
        unless = [one for barrier in self._ratings.barriers if any(barrier.stops.values()) for one in barrier.unless]
        for one in (*(one for rated in chosen for one in self._unmet(rated)), *unless):
            if one.severity == Severity.STEP and not (one.condition.tick and one.condition.standing):
                yield one

    def _unmet(self, rated: BasisRating) -> Iterator[Rated]:
        covers = (one for item in self._ratings.items for one in rated.cover[item.id])
        return (one for one in (*rated.conditions, *covers) if one.severity > Severity.GO)

    def _standing(self, name: str, answer: Answer) -> Put:
        """The request with another fact of the school; what people answered in its place goes."""
        answers = {page: given for page, given in self._put.answers.items() if page != name}
        return Put(answers, {**self._put.standing, name: answer})

    # -- meeting one condition -----------------------------------------------------------------

    def _met(self, condition: Condition) -> dict[str, Answer] | None:
        """The answers with which it is met; None where no other answer to a question about it does that."""
        answers = self._put.answers
        if condition.tick:
            return self._ticked(condition.id, answers)
        if condition.members:
            return self._met_members(condition)
        names = question_names(self._pack, condition.test.facts()) if condition.test else ()
        return next((found for name in names if (found := self._answered(condition, name, answers))), None)

    def _met_members(self, condition: Condition) -> dict[str, Answer] | None:
        """One member is met, the one that lacks least; a group that needs each of several is no single step."""
        unmet = [member for member in condition.members if rate(member, self._facts).severity > Severity.GO]
        if condition.every and len(unmet) > 1:
            return None
        return self._met(min(unmet, key=lambda member: rate(member, self._facts).severity)) if unmet else None

    def _ticked(self, row: str, answers: Answers) -> dict[str, Answer]:
        pages = self._pack.ticks[row]
        page = next((name for name in pages if name in answers), pages[0])
        return {**answers, page: (*answers.get(page, ()), row)}

    def _answered(self, condition: Condition, name: str, answers: Answers) -> dict[str, Answer] | None:
        """With another answer to one question: never one of the tree, which would be another request."""
        question = self._pack.questions[name]
        if question.kind != "one" or question.in_tree or question.standing:
            return None
        for option in question.options:
            if self._facts.applies(option.when) and self._holds(condition, self._facts.supposing(name, option.id)):
                return {**answers, name: option.id}
        return None

    @staticmethod
    def _holds(condition: Condition, facts: Facts) -> bool:
        rated: Iterable[Rated] = (rate(condition, facts), *(rate(condition, facts, item) for item in facts.items))
        return any(one.severity == Severity.GO and one.applies for one in rated)
