"""Which facts decide: what would change if somebody found out what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

from ferpa_wizard.core.determination import UnknownLine
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.model import UNSURE, Pack, Severity
from ferpa_wizard.core.rating import rate_all
from ferpa_wizard.core.sentences import phrase
from ferpa_wizard.core.values import options_of
from ferpa_wizard.core.verdict import rule

Outcome = tuple[str, int, int]
_FROM_YES = (
    "must-share", "may-share-emergency", "may-share", "not-ferpa", "part", "after-steps",
    "judgement", "missing-fact", "consent", "other-rule", "not-as-asked",
)  # fmt: skip
_TOO_MANY = 6  # pairs of more questions than this are not tried


def unknown_lines(facts: Facts, candidates: Iterable[str]) -> tuple[UnknownLine, ...]:
    """The smallest sets of unknown facts that decide; one that decides nothing is left out."""
    names = [name for name in candidates if _is_choice(facts, name)]
    alone = [line for name in names if (line := _line(facts, name, (name,)))]
    if alone or len(names) > _TOO_MANY:
        return tuple(alone)
    pairs = [(one, other, _line(facts, one, (one, other))) for one, other in combinations(names, 2)]
    return tuple(line for *_, line in pairs if line)


def _is_choice(facts: Facts, name: str) -> bool:
    question = facts.pack.questions.get(name)
    return question is not None and question.kind == "one" and facts.value(name) is None


def _line(facts: Facts, name: str, names: tuple[str, ...]) -> UnknownLine | None:
    outcomes = {choice: _outcome(_supposing(facts, names, choice)) for choice in _choices(facts, names)}
    best = min(outcomes, key=lambda choice: _rank(outcomes[choice]), default=())
    worst = max(outcomes, key=lambda choice: _rank(outcomes[choice]), default=())
    if not outcomes or outcomes[best] == outcomes[worst]:
        return None
    return UnknownLine(
        name,
        facts.pack.questions[name].text,
        _what_if(facts.pack, names, best, outcomes[best][0]),
        _what_if(facts.pack, names, worst, outcomes[worst][0]),
    )


def _choices(facts: Facts, names: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    offered = [[option.id for option in options_of(facts.pack.questions[name], facts)] for name in names]
    return product(*([one for one in ids if one != UNSURE] for ids in offered))


def _supposing(facts: Facts, names: tuple[str, ...], choice: tuple[str, ...]) -> Facts:
    for name, answer in zip(names, choice, strict=True):
        facts = facts.supposing(name, answer)
    return facts


def _outcome(facts: Facts) -> Outcome:
    """Verdict, how many items stay, and how many steps its basis lacks."""
    ruling = rule(rate_all(facts))
    steps = [one for one in ruling.basis.conditions if one.severity == Severity.STEP] if ruling.basis else []
    return ruling.verdict, sum(not one.goes for one in ruling.fates), len(steps)


def _rank(outcome: Outcome) -> tuple[int, int, int]:
    return _FROM_YES.index(outcome[0]), outcome[1], outcome[2]


def _what_if(pack: Pack, names: tuple[str, ...], choice: tuple[str, ...], verdict: str) -> str:
    labels = []
    for name, value in zip(names, choice, strict=True):
        labels += [option.label for option in pack.questions[name].options if option.id == value]
    return phrase(pack, "what-if", answer=" + ".join(labels), verdict=phrase(pack, f"then-{verdict}"))
