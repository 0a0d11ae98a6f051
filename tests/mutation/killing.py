"""Puts each wrong pack to the worked examples: it is killed when an expectation or a law of the engine fails.

Nothing is compared with what came out before. An example is walked again only where the wrong can show: on some facts
that its walk passes, the wrong rule rates or asks otherwise than the right one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ferpa_wizard.core.coverage import uncited
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.examples import Example, differences
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.laws import broken_laws
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.read_coverage import Measure
from ferpa_wizard.core.walk import Walk, walk
from tests.mutation.mutants import Mutant


@dataclass(frozen=True)
class Case:
    """An example with the states of the facts that its walk passes, by number, and the basis that it ends with."""

    example: Example
    profile: Profile
    passed: tuple[int, ...]
    basis: str
    duties: frozenset[str]


class Court:
    """The examples, walked once with the right rules."""

    def __init__(self, pack: Pack, measure: Measure, examples: Sequence[Example], profiles: dict[str, Profile]) -> None:
        self._measure, self._uncited = measure, uncited(pack, measure)
        self._states: list[Facts] = []
        self._numbers: dict[str, int] = {}
        self._cases = [self._case(pack, example, profiles.get(example.profile, NO_PROFILE)) for example in examples]
        self.failing = [says for case in self._cases for says in _wrong(pack, case)]

    def kills(self, mutant: Mutant) -> str:
        """What fails with this wrong, empty when nothing does."""
        pack = mutant.build()
        if mutant.cites:
            return next(self._against_cites(mutant, pack), "")
        met: dict[int, bool] = {}
        # Those that end with the wrong rule fail soonest.
        for case in sorted(self._cases, key=lambda case: case.basis != mutant.rule):
            if mutant.duty and mutant.duty not in case.duties:
                continue
            if any(self._shows(mutant, state, met) for state in case.passed):
                for says in _wrong(pack, case):
                    return says
        return ""

    def _case(self, pack: Pack, example: Example, profile: Profile) -> Case:
        walked = walk(pack, example.answers, profile, example.on)
        found = determine(walked.facts, what_if=False)
        states = map(self._number, _passed(walked, profile.on(example.on)))
        duties = frozenset(duty.id for duty in found.duties)
        return Case(example, profile, tuple(states), found.basis.id if found.basis else "", duties)

    def _number(self, facts: Facts) -> int:
        """The same answers under the same profile are looked at once."""
        key = repr((sorted(facts.answers.items()), sorted(facts.profile.items())))
        if key not in self._numbers:
            self._numbers[key] = len(self._states)
            self._states.append(facts)
        return self._numbers[key]

    def _shows(self, mutant: Mutant, state: int, met: dict[int, bool]) -> bool:
        if state not in met:
            met[state] = mutant.differs(self._states[state])
        return met[state]

    def _against_cites(self, mutant: Mutant, pack: Pack) -> Iterator[str]:
        yield from sorted(uncited(pack, self._measure) - self._uncited)
        for case in self._cases:
            if "cites" in case.example.expect:
                yield from _wrong(pack, case)


def _passed(walked: Walk, standing: dict[str, str | tuple[str, ...]]) -> Iterator[Facts]:
    """The facts before the first question, after each answer, and as they are where nothing was presumed yet."""
    pack, answers = walked.facts.pack, walked.facts.answers
    pages = [given.ask.id for given in walked.trail]
    never = [page for page in pages if page in pack.questions and (pack.questions[page].presume or page in standing)]
    for start in ({page: answers[page] for page in never}, {}):
        facts = Facts(pack, start, standing)
        yield facts
        for page in pages:
            if page not in start:
                facts = facts.supposing(page, answers[page])
                yield facts


def _wrong(pack: Pack, case: Case) -> Iterator[str]:
    walked = walk(pack, case.example.answers, case.profile, case.example.on)
    found = determine(walked.facts, what_if=False)
    for says in (*differences(case.example, walked, found), *broken_laws(found)):
        yield f"{case.example.id}: {says}"
