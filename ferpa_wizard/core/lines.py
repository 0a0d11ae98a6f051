"""Ratings to the lines of a determination: conditions, bases, layers, steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ferpa_wizard.core.determination import BasisLine, ConditionLine, CureLine, StepLine
from ferpa_wizard.core.expressions import All, Any, Not, Test
from ferpa_wizard.core.facts import Answer, Facts, questions_of
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Condition, Severity
from ferpa_wizard.core.rating import BarrierRating, BasisRating, Rated, Ratings
from ferpa_wizard.core.sentences import phrase
from ferpa_wizard.core.walk import ask_of, label_in

_STATUS = {
    Severity.GO: "met",
    Severity.STEP: "near",
    Severity.JUDGE: "unknown",
    Severity.OPEN: "unknown",
    Severity.NO: "ruled-out",
}


_BECAUSE = {
    "person": "because",
    "agreement": "because-agreed",
    "profile": "because-standing",
    "presumed": "because-presumed",
}


def status_of(severity: Severity) -> str:
    """Of a basis; consent, footing and change are routes."""
    return _STATUS.get(severity, "route")


def condition_status(severity: Severity) -> str:
    if severity == Severity.GO:
        return "met"
    if severity in (Severity.JUDGE, Severity.OPEN):
        return "unknown"
    return "not-met" if severity == Severity.NO else "to-do"


def basis_line(rated: BasisRating, facts: Facts, ratings: Ratings, *, whole: bool = True) -> BasisLine:
    """How a basis stands; with all of its conditions where it is to be `whole`, which takes most of the time."""
    severity = rated.over(ratings.content)
    basis = rated.basis
    conditions = [*rated.conditions, *_cover(rated, ratings.items)]
    shown = [one for one in conditions if one.applies and one.condition.says] if whole else []
    against = max(conditions, key=lambda one: one.severity, default=None)
    reason, question = ("", "") if against is None or severity == Severity.GO else why_not(against, facts)
    return BasisLine(
        id=basis.id,
        title=basis.title,
        says=basis.says,
        cite=basis.cite,
        status=status_of(severity),
        because=reason,
        question=question,
        covers=() if rated.out else tuple(item.id for item in ratings.items if rated.at(item) < Severity.NO),
        conditions=tuple(condition_line(one, facts) for one in shown),
    )


def _cover(rated: BasisRating, items: Iterable[Item]) -> list[Rated]:
    """The per-item conditions, each as it stands for the worst item that the basis may carry."""
    if not rated.basis.covers:
        return []
    carried = [item for item in items if rated.at(item) < Severity.NO] or list(items)
    columns = zip(*(rated.cover[item.id] for item in carried), strict=True)
    return [max(column, key=lambda one: (one.severity, one.applies)) for column in columns]


def why_not(rated: Rated, facts: Facts) -> tuple[str, str]:
    """Why a condition is not met, in the words of the answer behind it, and the page of that answer."""
    condition = rated.condition
    if rated.severity != Severity.NO:
        return (rated.cure.do if rated.cure else condition.says), page_behind(condition, facts)[0]
    if condition.says_no:
        return condition.says_no, page_behind(condition, facts)[0]
    page, said = answer_behind(condition, facts)
    return said or condition.says, page


def condition_line(rated: Rated, facts: Facts) -> ConditionLine:
    condition, cure = rated.condition, rated.cure
    return ConditionLine(
        id=condition.id,
        says=condition.says,
        status=condition_status(rated.severity),
        layer=condition.layer,
        cite=condition.cite,
        because=_evidence(rated, facts),
        cure=CureLine(cure.kind, cure.do, cure.by, cure.document, cure.from_when) if cure else None,
        mark=condition.mark,
    )


def _evidence(rated: Rated, facts: Facts) -> str:
    """What a condition stands on: a tick, the profile, an answer to a question, or that nothing speaks against it."""
    pack, ticks = facts.pack, list(rated.condition.ticks())
    if said := _ticked(rated.condition, ticks, facts) if ticks else "":
        return said
    page, said = answer_behind(rated.condition, facts)
    if said:
        return phrase(pack, "because-asked", question=pack.questions[page].text, answer=said) or said
    return phrase(pack, "because-nothing") if rated.severity == Severity.GO else ""


def _ticked(condition: Condition, ticks: Sequence[Condition], facts: Facts) -> str:
    """What the ticks that a condition wants stand on; empty where their page was not come to."""
    pack = facts.pack
    pages = [(tick.id, page, facts.answers.get(page)) for tick in ticks for page in pack.ticks[tick.id]]
    answered = [page for _, page, answer in pages if isinstance(answer, tuple)]
    ticked = {tick: page for tick, page, answer in pages if isinstance(answer, tuple) and tick in answer}
    kept = [facts.profile[tick.id] for tick in ticks if tick.id in facts.profile]
    says = "; ".join(tick.says for tick in ticks if tick.id in ticked)
    if ticked and all(facts.source(page) == "agreement" for page in ticked.values()):
        return phrase(pack, "because-agreed", answer=says)
    if condition.id in ticked:
        return phrase(pack, "because-ticked", question=ask_of(ticked[condition.id], facts).text)
    if ticked:
        return phrase(pack, "because-ticked-one", answer=says)
    if kept:
        return phrase(pack, "because-kept" if "yes" in kept else "because-kept-not")
    if answered:
        return phrase(pack, "because-unticked", question=ask_of(answered[0], facts).text)
    return ""


def answer_behind(condition: Condition, facts: Facts) -> tuple[str, str]:
    """The page whose answer settles a condition and that answer in words; two empty texts if nobody answered."""
    page, answer = page_behind(condition, facts)
    if answer is None:
        return page, ""
    question = facts.pack.questions[page]
    said = label_in(facts.pack, question, answer)
    return page, phrase(facts.pack, _BECAUSE[facts.source(page)], question=question.text, answer=said)


def page_behind(condition: Condition, facts: Facts) -> tuple[str, Answer | None]:
    """The page whose answer settles a condition, and that answer; None for ticks, and if nobody answered."""
    for tick in condition.ticks():
        for page in facts.pack.ticks[tick.id]:
            if page in facts.answers:
                return page, None
    settling = list(_settling(condition.test, facts)) if condition.test else []
    names = settling or questions_of(facts.pack, condition)
    for name in names:
        value = facts.answers.get(name, facts.value(name))
        if isinstance(value, str | tuple):
            return name, value
    return next(iter(names), ""), None


def _settling(test: Test, facts: Facts) -> Iterator[str]:
    """The questions whose answers make a test what it is: the part that alone is enough, else the last of all."""
    truth = test.truth(facts)
    if isinstance(test, Not):
        yield from _settling(test.test, facts)
    elif isinstance(test, All | Any):
        whole = truth is isinstance(test, All)  # then each part is needed, and the last says most
        parts = reversed(test.tests) if whole else test.tests
        found = next((part for part in parts if part.truth(facts) is truth), None)
        if found:  # none only where a fact hangs on itself, which the checker reports
            yield from _settling(found, facts)
    else:
        for name in test.facts():
            yield from _behind(name, facts)


def _behind(name: str, facts: Facts) -> Iterator[str]:
    """The question of a fact; of one that is worked out from others, those that made it so."""
    if name in facts.pack.questions:
        yield name
    elif name in facts.pack.derived:
        value = facts.value(name)
        for this, test in facts.pack.derived[name].values:
            if this == value or test.truth(facts) is None:
                yield from _settling(test, facts)
                return
        for _, test in facts.pack.derived[name].values:
            yield from _settling(test, facts)


def basis_steps(rated: BasisRating, facts: Facts, items: Iterable[Item]) -> list[StepLine]:
    """The ordinary acts that the basis still lacks."""
    unmet = [one for one in (*rated.conditions, *_cover(rated, items)) if one.severity == Severity.STEP]
    return [step_line(one, facts) for one in unmet]


def step_line(rated: Rated, facts: Facts) -> StepLine:
    condition, cure = rated.condition, rated.cure
    return StepLine(
        id=condition.id,
        do=cure.do if cure else condition.says,
        by=cure.by if cure else "",
        cite=condition.cite,
        says=cure.from_when if cure and cure.from_when else condition.says,
        removes=(),
        page=_page_that_turns(condition, facts),
        layer=condition.layer,
        mark=condition.mark,
        kind=cure.kind if cure else "",
    )


def _page_that_turns(condition: Condition, facts: Facts) -> str:
    page, _ = page_behind(condition, facts)
    if page:
        return page
    ticks = list(condition.ticks())
    return facts.pack.ticks[ticks[0].id][0] if ticks else ""


def barrier_steps(barriers: Iterable[BarrierRating], facts: Facts, items: Iterable[Item]) -> list[StepLine]:
    """Leave out what a barrier stops; or the ordinary act that lifts it."""
    steps = []
    asked = list(items)
    for rated in barriers:
        stopped = tuple(item.id for item in asked if rated.at(item) >= Severity.CONSENT)
        barrier = rated.barrier
        if stopped:
            step = StepLine(barrier.id, barrier.leave_out, "", barrier.cite, barrier.says, stopped, "items")
        elif any(rated.at(item) == Severity.STEP for item in asked):
            step = step_line(min(rated.unless, key=lambda one: one.severity), facts)
        else:
            continue
        steps.append(replace(step, layer=barrier.layer, mark=barrier.mark))
    return steps
