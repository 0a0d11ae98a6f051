"""What one rule says, line by line, for people who read the rules on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.letters import lowered, raised
from ferpa_wizard.core.model import Advice, Barrier, Basis, Condition, DutyUse, Option, Pack, Question, Route
from ferpa_wizard.core.rule_phrases import LAYERS, cites, effect, group_says, marked, unmet
from ferpa_wizard.core.tests_in_words import in_words

PROFILE = "The school's profile can answer it."
_TIMES: Mapping[str, str] = {"before": "Before sharing", "at": "When sharing", "after": "After sharing"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: `kind` is text, part (heads what follows), rule, or note on the line above; `depth` indents."""

    text: str
    kind: str = "text"
    cite: str = ""
    depth: int = 0


Lines = Iterator[Line]


def spoken(name: str) -> str:
    """The name of a fact that is worked out, as words."""
    return name.replace("-", " ")


def names_of(pack: Pack) -> dict[str, str]:
    """How checklist rows and facts that are worked out are called inside a sentence, by their ids."""
    ticks = {tick.id: tick.says for basis in pack.bases for row in basis.paperwork for tick in row.ticks()}
    return {
        **{name: f"the row “{says}”" for name, says in ticks.items()},
        **{name: f"“{spoken(name)}”" for name in pack.derived},
    }


def part(title: str, lines: Iterable[Line]) -> Lines:
    """The lines under their heading; nothing where there are none."""
    held = list(lines)
    if held:
        yield Line(title, "part")
        yield from held


class RuleLines:
    """Tells the rules of one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack, self._names = pack, names_of(pack)

    # -- questions -------------------------------------------------------------------------

    def question(self, question: Question) -> Lines:
        """When a question is asked, why, and its answers."""
        if question.hint:
            yield Line(question.hint)
        yield from part("When it is asked", self._asked(question))
        yield from part("Why we ask", [Line(question.why)] if question.why else [])
        yield from part("How to find out", [Line(question.find_out)] if question.find_out else [])
        yield from part("Answers", self._answers(question))

    def _asked(self, question: Question) -> Lines:
        if question.when:
            yield Line(f"If {self.words(question.when)}.")
        elif question.in_tree:
            yield Line("Always.")
        else:
            yield Line("Only where a way to share depends on it.")
        if question.standing:
            yield Line(PROFILE)
        if question.mend:
            yield Line(f"How a school changes it: {lowered(question.mend.do)}")
        if question.by_agreement:
            yield Line("A standing agreement with the partner can answer it.")

    def _answers(self, question: Question) -> Lines:
        if question.kind == "items":
            yield Line("Ticks on the list of data items.", "rule")
        for option in question.options:
            yield Line(option.label, "rule")
            yield from self._option(option)
        labels = {option.id: option.label for option in question.options}
        if question.presume:
            yield Line(f"Taken as “{labels.get(question.presume, question.presume)}” until someone says otherwise.")

    def _option(self, option: Option) -> Lines:
        if option.hint:
            yield Line(option.hint, "note", depth=1)
        if option.when:
            yield Line(f"Offered if {self.words(option.when)}.", "note", depth=1)

    # -- ways to share ---------------------------------------------------------------------

    def basis(self, basis: Basis) -> Lines:
        """The whole of a way to share: what it does, needs, brings and advises."""
        yield Line(basis.says)
        yield Line(effect(basis))
        for title, conditions in self.needs(basis):
            yield from part(title, self._conditions(conditions))
        yield from self._duties(basis.duties)
        yield from part("Good practice, not the law", self._advice(basis.advice))
        yield from part("What people say", self._myths(basis))

    def needs(self, basis: Basis) -> Iterator[tuple[str, tuple[Condition, ...]]]:
        """The conditions of a way to share by their kind, each kind with its title."""
        yield "Who and why", basis.triggers
        yield "Each data item", basis.covers
        yield "Conditions", basis.conditions
        if basis.checklist:
            yield f"Checklist: {basis.checklist.text}", basis.paperwork

    def condition(self, condition: Condition) -> Lines:
        """One condition by itself: when it is met, and what follows where it is not."""
        yield from self._met(condition, "text", 0)
        if condition.members:
            title = "All of these are needed" if condition.every else "One of these is enough"
            yield from part(title, self._conditions(condition.members))
        yield from part("If it is not so", (Line(line) for line in unmet(condition, self._pack, self._names)))

    def _conditions(self, conditions: Iterable[Condition], depth: int = 0) -> Lines:
        for condition in conditions:
            yield Line(self.title(condition), "rule", cites(condition.cite), depth)
            yield from self._met(condition, "note", depth + 1)
            if condition.says and condition.members:
                yield Line("All of these:" if condition.every else "One of these:", "note", depth=depth + 1)
            yield from self._conditions(condition.members, depth + 1)
            yield from (Line(line, "note", depth=depth + 1) for line in unmet(condition, self._pack, self._names))

    def title(self, condition: Condition) -> str:
        """What a condition says, whose rule it is if not FERPA's, and how far that was checked."""
        layer = f" ({LAYERS[condition.layer]})" if condition.layer in LAYERS else ""
        return f"{raised(group_says(condition))}{layer}{marked(condition.mark)}"

    def _met(self, condition: Condition, kind: str, depth: int) -> Lines:
        if condition.when:
            yield Line(f"Only if {self.words(condition.when)}.", kind, depth=depth)
        if condition.test and not condition.tick:
            yield Line(f"Met when {self.words(condition.test)}.", kind, depth=depth)
        elif condition.tick:
            yield Line("Met when its row of the checklist is ticked.", kind, depth=depth)

    def _duties(self, uses: Iterable[DutyUse]) -> Lines:
        wanted = [(self._pack.duties[use.id], use) for use in uses if use.id in self._pack.duties]
        for time, title in _TIMES.items():
            now = [(duty, use) for duty, use in wanted if duty.when == time]
            yield from part(title, (line for duty, use in now for line in self._duty(duty.id, use.when)))

    def _duty(self, name: str, when: ex.Test | None) -> Lines:
        duty = self._pack.duties[name]
        yield Line(f"{duty.do}{marked(duty.mark)}", "rule", cites(duty.cite))
        facts = [duty.by and f"By: {duty.by}.", duty.days and f"Days: {duty.days}."]
        facts += [f"Sooner, {one.days} days: {cites(one.cite)}." for one in duty.sooner]
        told = " ".join(fact for fact in facts if fact)
        yield from (Line(text, "note", depth=1) for text in (told, self._only(when)) if text)

    def _advice(self, given: Iterable[Advice]) -> Lines:
        for advice in given:
            yield Line(f"{advice.says}{marked(advice.mark)}", "rule", cites(advice.cite))
            if advice.when:
                yield Line(self._only(advice.when), "note", depth=1)

    def _myths(self, basis: Basis) -> Lines:
        for myth in basis.myths:
            yield Line(f"“{myth.people_say}”", "rule")
            yield Line(myth.answer, "note", cites(myth.cite), 1)

    # -- other law, ways to yes ------------------------------------------------------------

    def barrier(self, barrier: Barrier) -> Lines:
        """What a rule of other law stops, and what lifts it."""
        yield Line(barrier.says)
        yield Line(f"A rule of {LAYERS.get(barrier.layer, barrier.layer)}{marked(barrier.mark)}.")
        yield from part("What it stops", [Line(f"An item when {self.words(barrier.stops)}.")])
        yield from (Line(text) for text in [self._only(barrier.when)] if text)
        yield from part("The rest can go", [Line(barrier.leave_out)] if barrier.leave_out else [])
        yield from part("It does not stop them if one of these holds", self._conditions(barrier.unless))
        yield from self._duties(barrier.duties)

    def route(self, route: Route, mended: Mapping[str, str]) -> Lines:
        """The steps of a way to yes; `mended` are the words for what it mends, by id."""
        facts = [route.by and f"By: {route.by}.", route.takes and f"Takes: {route.takes}.", self._only(route.when)]
        yield from (Line(fact) for fact in facts if fact)
        yield from part("Steps", (Line(step, "rule") for step in route.steps))
        yield from part(
            "Offered where one of these is not met",
            (Line(words, "rule") for words in dict.fromkeys(mended.get(name, name) for name in route.mends)),
        )

    def words(self, test: ex.Test) -> str:
        """A test in words, inside a sentence."""
        return lowered(in_words(test, self._pack, self._names))

    def _only(self, test: ex.Test | None) -> str:
        return f"Only if {self.words(test)}." if test else ""
