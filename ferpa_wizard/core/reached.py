"""From what a proof found to the mistakes that it shows, each at the line where something has to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ferpa_wizard.core.cross_check import owned_conditions
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.facts import question_names
from ferpa_wizard.core.model import VERDICTS, Condition, Pack, Question
from ferpa_wizard.core.places import Place, Places
from ferpa_wizard.core.proof import Findings

_MEND = "Remove it, or mend its conditions."


def mistakes_of(pack: Pack, places: Places, found: Findings) -> list[Mistake]:
    """What is broken in some state, and what no state reaches."""
    reached = _Reached(pack, places, found)
    parts = (reached.broken(), reached.questions(), reached.conditions(), reached.rules())
    return [mistake for part in parts for mistake in part]


class _Reached:
    def __init__(self, pack: Pack, places: Places, found: Findings) -> None:
        self._pack, self._places, self._found = pack, places, found

    def broken(self) -> Iterator[Mistake]:
        for one in self._found.broken.values():
            place = self._places.of(one.owner)
            yield Mistake(*place, f"{one.owner}: {one.what}", f"Answers: {one.answers or 'none'}.")

    def questions(self) -> Iterator[Mistake]:
        told = set(self._told_elsewhere())
        for name, question in self._pack.questions.items():
            if question.presume:
                continue
            if name not in self._found.asked:
                yield _never(self._places.of(name), f"The question “{name}” is never asked.", "Mend what hangs on it.")
                continue
            yield from self._options(question)
            same = all(option.same_as for option in question.options[1:]) and question.kind == "one"
            if name not in self._found.telling and name not in told and not same:
                what = f"Whatever is answered to “{name}”, the result is the same."
                yield _never(self._places.of(name), what, "Use it in a rule, remove it, or write `same-as`.")

    def _options(self, question: Question) -> Iterator[Mistake]:
        for option in question.options if question.kind == "one" else ():
            if (question.id, option.id) not in self._found.offered:
                place = self._places.option(question.id, option.id)
                yield _never(place, f"The option “{option.id}” is never offered.", "Mend its `when`.")

    def _told_elsewhere(self) -> Iterator[str]:
        """Questions at which duties, advice, routes and the like look, which are no part of the verdict."""
        pack = self._pack
        tests: list[Test | None] = [route.when for route in pack.routes]
        for basis in pack.bases:
            tests += [use.when for use in basis.duties]
            tests += [advice.when for advice in basis.advice]
        tests += [use.when for barrier in pack.barriers for use in barrier.duties]
        names = [name for test in tests if test for name in test.facts()]
        yield from question_names(pack, iter([*names, pack.challenge]))

    def conditions(self) -> Iterator[Mistake]:
        for _, condition in owned_conditions(self._pack):
            came = {what for key, what in self._found.marks if key == condition.key}
            place = self._places.line(condition)
            if not came - {"idle"}:
                yield _never(place, f"“{condition.id}” is never looked at.", "Mend its `when`.")
                continue
            if "met" not in came and condition.test:
                yield _never(place, f"“{condition.id}” is never met.", "Mend what it holds.")
            if "unmet" not in came and condition.test and not condition.members:
                yield _never(place, f"“{condition.id}” never fails.", "Remove it, or mend what it holds.")
            yield from self._cures(condition, came)

    def _cures(self, condition: Condition, came: set[str]) -> Iterator[Mistake]:
        for number, cure in enumerate(condition.cures):
            if str(number) not in came:
                place = self._places.cure(condition, number)
                yield _never(place, f"“{cure.kind}” of “{condition.id}” never comes up.", "Mend its `from`.")

    def rules(self) -> Iterator[Mistake]:
        pack, used = self._pack, self._found.used
        names = [rule.id for rules in (pack.bases, pack.barriers, pack.routes, pack.beyond) for rule in rules]
        names += [*pack.duties, *(advice.id for basis in pack.bases for advice in basis.advice)]
        yield from (_never(self._places.of(name), f"“{name}” never comes out.", _MEND) for name in _not_in(names, used))
        for verdict in _not_in(VERDICTS, self._found.verdicts):
            yield _never(self._places.of(verdict), f"The verdict “{verdict}” is never reached.", "Add a rule for it.")


def _not_in(names: Iterable[str], those: Iterable[str]) -> list[str]:
    known = set(those)
    return [name for name in names if name not in known]


def _never(place: Place, what: str, instead: str) -> Mistake:
    return Mistake(*place, what, instead)
