"""Can tests hold together for any request at all? Tells what the words of the rules rule out by themselves.

It looks at which answers a question offers and when it is asked, not at data items or dates: those may come as they
like. So a no is certain, and a yes may still fail in the states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.model import Pack

Goal: TypeAlias = tuple[ex.Test, bool]  # a test, and whether it has to be yes or no
Domains: TypeAlias = Mapping[str, frozenset[str]]  # what each question may still have been answered
PASSED_BY = ""  # the question did not arise
_TRIES = 20_000  # a search that takes more counts as a yes


class Together:
    """Answers for one pack; each question is asked anew."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._tries = 0

    def may_hold(self, *tests: ex.Test | None) -> bool:
        return self._search([(test, True) for test in tests if test is not None], {})

    def may_part(self, test: ex.Test, *others: ex.Test | None) -> bool:
        """Can the others hold while this one does not?"""
        goals: list[Goal] = [(other, True) for other in others if other is not None]
        return self._search([(test, False), *goals], {})

    def _search(self, goals: list[Goal], domains: Domains) -> bool:
        self._tries = _TRIES
        return self._met(goals, domains)

    def _met(self, goals: Sequence[Goal], domains: Domains) -> bool:
        self._tries -= 1
        if self._tries <= 0:
            return True
        if not goals:
            return self._offered(domains)
        (test, wanted), rest = goals[0], list(goals[1:])
        if isinstance(test, ex.Not):
            return self._met([(test.test, not wanted), *rest], domains)
        if isinstance(test, ex.All | ex.Any):
            parts: list[Goal] = [(part, wanted) for part in test.tests]
            if isinstance(test, ex.All) == wanted:
                return self._met([*parts, *rest], domains)
            return any(self._met([part, *rest], domains) for part in parts)
        if isinstance(test, ex.FactIs):
            return self._fact(test, rest, domains, wanted=wanted)
        return self._met(rest, domains)

    def _fact(self, test: ex.FactIs, rest: list[Goal], domains: Domains, *, wanted: bool) -> bool:
        name, values = test.fact, frozenset(test.values)
        if name in self._pack.derived:
            ways = [way for value, way in self._ways(name) if (value in values) == wanted]
            return any(self._met([*way, *rest], domains) for way in ways)
        question = self._pack.questions.get(name)
        if question is None or question.kind not in ("one", "many"):
            return self._met(rest, domains)
        before = domains.get(name, self._domain(name))
        left = before & values if wanted else before - values
        if question.kind == "many" and wanted:
            left = before - {PASSED_BY} if left else left  # other rows may be ticked as well
        if not left:
            return False
        asked: list[Goal] = []
        if question.when and PASSED_BY not in left and (PASSED_BY in before or name not in domains):
            asked = [(question.when, True)]
        elif question.when and left == {PASSED_BY} and before != left:
            asked = [(question.when, False)]
        return self._met([*asked, *rest], {**domains, name: left})

    def _domain(self, name: str) -> frozenset[str]:
        question = self._pack.questions[name]
        nothing = [PASSED_BY] if question.when or question.kind == "many" else []
        return frozenset((*(option.id for option in question.options), *nothing))

    def _ways(self, name: str) -> Iterable[tuple[str, list[Goal]]]:
        """Each value of a fact that is worked out, with what it takes."""
        before: list[Goal] = []
        for value, test in self._pack.derived[name].values:
            yield value, [*before, (test, True)]
            before = [*before, (test, False)]
        yield "none", before

    def _offered(self, domains: Domains) -> bool:
        """Is one of the answers that are left to each question ever shown together with the others?"""
        for name, left in domains.items():
            options = [one for one in self._pack.questions[name].options if one.id in left]
            if PASSED_BY not in left and options and all(one.when for one in options):
                alone = [(one.when, {**domains, name: frozenset((one.id, PASSED_BY))}) for one in options if one.when]
                return any(self._met([(when, True)], narrowed) for when, narrowed in alone)
        return True
