"""The whole decision tree as one paper: every question, and every way to share with what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.leads import leads
from ferpa_wizard.core.letters import lowered, raised
from ferpa_wizard.core.model import Barrier, Condition, Option, Pack, Question
from ferpa_wizard.core.rule_phrases import LAYERS, cites, effect, group_says, marked, unmet
from ferpa_wizard.core.tests_in_words import in_words
from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.document import Block, Cell, Document, Heading, Pair, Pairs, Paragraph, Table

_MEMBER = "• "
_PROFILE = "The school's profile can answer it."
_HOW_TO_READ = """\
Start at question 1 and go down. Skip a question that is not asked. Beside an answer stands what it brings up: more \
questions, and the ways to share whose first lines look at it.
A way to share works when each of its conditions is met. Where one is not, its line says what would meet it and who \
can do that. Any other answer rules the way out.
“I am not sure” is an answer, too. What is not known never counts as yes."""


def tree_paper(pack: Pack, *, school: str = "") -> Document:
    """The rules as one document, the same each time; `school` stands on top."""
    as_of = sealed.day(pack.law_as_of)
    rules = f"Rules {pack.id} {pack.version}, law as of {as_of}. {pack.review}"
    tree = _Tree(pack)
    parts = (tree.questions(), tree.facts(), tree.worked_out(), tree.at_a_glance(), tree.ways(), tree.barriers())
    return Document(
        title=f"The decision tree: rules {pack.id} {pack.version}",
        language="en",
        at=datetime.fromisoformat(pack.law_as_of).replace(tzinfo=UTC),
        masthead=school,
        footer=rules,
        blocks=(
            Heading(1, "The decision tree"),
            Paragraph(rules),
            *map(Paragraph, _HOW_TO_READ.splitlines()),
            *(block for part in (*parts, tree.beyond()) for block in part),
        ),
    )


class _Tree:
    """Numbers the questions and the ways to share, so that each can name the others in few words."""

    def __init__(self, pack: Pack) -> None:
        self._pack, self._leading = pack, leads(pack)
        order = [*pack.tree, *(one for one in pack.questions.values() if not one.in_tree)]
        self._number = {question.id: place for place, question in enumerate(order, 1)}
        self._way = {basis.id: place for place, basis in enumerate(pack.bases, 1)}
        ticks = {tick.id: tick.says for basis in pack.bases for row in basis.paperwork for tick in row.ticks()}
        self._names = {
            **{name: f"question {number}" for name, number in self._number.items()},
            **{name: f"the row “{says}”" for name, says in ticks.items()},
            **{name: f"“{_spoken(name)}”" for name in pack.derived},
        }

    # -- the questions ---------------------------------------------------------------------

    def questions(self) -> Iterator[Block]:
        titles = {section.id: section.title for section in self._pack.sections}
        for section, asked in groupby(self._pack.tree, lambda question: question.section):
            yield Heading(2, f"Questions: {titles.get(section, section)}")
            for question in asked:
                yield Heading(3, f"{self._number[question.id]}. {question.text}")
                yield Pairs(tuple(self._about(question)))
                yield from self._answers(question)

    def _about(self, question: Question) -> Iterator[Pair]:
        when = f"If {self._words(question.when)}." if question.when else "Always."
        yield Pair("Asked", when, _PROFILE if question.standing else "")
        yield Pair("Why", question.why, cites(question.cite))

    def _answers(self, question: Question) -> Iterator[Block]:
        if question.kind == "items":
            yield Paragraph("Answered with ticks on this list. A mark tells what rules look at.")
            yield Table(("Data items", "With their marks"), tuple(self._items()), (5, 19), dense=True)
        elif question.options:
            rows = tuple((self._option(option), Cell(self._leads(question, option))) for option in question.options)
            yield Table(("Answer", "Brings up"), rows, (13, 7))

    def _items(self) -> Iterator[tuple[Cell, ...]]:
        for group in self._pack.groups:
            items = [item for item in self._pack.items.values() if item.group == group.id]
            labels = [f"{item.label} ({', '.join(sorted(item.tags))})" if item.tags else item.label for item in items]
            yield Cell(group.title), Cell("; ".join(labels))

    def _option(self, option: Option) -> Cell:
        offered = f"Offered if {self._words(option.when)}." if option.when else ""
        return Cell(option.label, " ".join(filter(None, (option.hint, offered))))

    def _leads(self, question: Question, option: Option) -> str:
        """The questions and ways that this answer brings up."""
        brought = self._leading[question.id, option.id]
        found = (
            _counted("question", [self._number[one.id] for one in brought.questions]),
            _counted("way", [self._way[one.id] for one in brought.ways]),
        )
        return raised("; ".join(filter(None, found)) or "the next question")

    def facts(self) -> Iterator[Block]:
        others = [one for one in self._pack.questions.values() if not one.in_tree]
        if not others:
            return
        yield Heading(2, "Questions that are asked only where a way hangs on them")
        rows = tuple((self._fact(one), Cell(self._choices(one)), self._for(one.id)) for one in others)
        yield Table(("Question", "Answers", "Asked for"), rows, (9, 10, 5), dense=True)

    def _fact(self, question: Question) -> Cell:
        when = f"Asked if {self._words(question.when)}." if question.when else ""
        profile = _PROFILE if question.standing else ""
        labels = {option.id: option.label for option in question.options}
        usual = f"Taken as “{labels.get(question.presume)}” until someone says otherwise." if question.presume else ""
        law = f"({cites(question.cite)})" if question.cite else ""
        note = " ".join(filter(None, (when, profile, usual, law)))
        return Cell(f"{self._number[question.id]}. {question.text}", note)

    def _choices(self, question: Question) -> str:
        return "\n".join(f"{_MEMBER}{option.label}" for option in question.options)

    def _for(self, fact: str) -> Cell:
        ways = [
            way for way, basis in enumerate(self._pack.bases, 1) if self._looks_at(fact, *basis.whole, *basis.covers)
        ]
        laws = [barrier.title for barrier in self._pack.barriers if self._looks_at(fact, *barrier.unless)]
        return Cell(raised("; ".join(filter(None, (_counted("way", ways), *laws)))))

    def worked_out(self) -> Iterator[Block]:
        if not self._pack.derived:
            return
        yield Heading(2, "What is worked out from the answers")
        yield Paragraph("Each is the first line that fits, and “none” where no line does.")
        rows = [
            (Cell(f"“{_spoken(fact.id)}” is {_spoken(value)}"), Cell(f"{raised(self._words(test))}."))
            for fact in self._pack.derived.values()
            for value, test in fact.values
        ]
        yield Table(("What", "If"), tuple(rows), (6, 18), dense=True)

    # -- the ways to share -----------------------------------------------------------------

    def at_a_glance(self) -> Iterator[Block]:
        yield Heading(2, "The ways to share at a glance")
        yield Paragraph("They are looked at in this order. The details of each stand after the list.")
        rows = tuple(
            (Cell(f"{self._way[basis.id]}. {basis.title}"), Cell(effect(basis)), Cell(cites(basis.cite)))
            for basis in self._pack.bases
        )
        yield Table(("Way to share", "What it does", "Law"), rows, (9, 9, 6), dense=True)

    def ways(self) -> Iterator[Block]:
        yield Heading(2, "The ways to share, one by one")
        for basis in self._pack.bases:
            yield Heading(3, f"{self._way[basis.id]}. {basis.title}")
            yield Paragraph(f"{basis.says} {effect(basis)} ({cites(basis.cite)})")
            yield from self._conditions("Who and why", basis.triggers)
            yield from self._conditions("Each data item", basis.covers)
            yield from self._conditions("Conditions", basis.conditions)
            yield from self._conditions(basis.checklist.text if basis.checklist else "", basis.paperwork)

    def barriers(self) -> Iterator[Block]:
        if not self._pack.barriers:
            return
        yield Heading(2, "Rules of other law that stop some data")
        for barrier in self._pack.barriers:
            yield Heading(3, barrier.title)
            yield Paragraph(self._stops(barrier))
            yield from self._conditions("It does not stop them if one of these holds", barrier.unless)

    def _stops(self, barrier: Barrier) -> str:
        when = f" Only if {self._words(barrier.when)}." if barrier.when else ""
        return (
            f"{barrier.says} A rule of {LAYERS[barrier.layer]}{marked(barrier.mark)}. It stops an item when "
            f"{self._words(barrier.stops)}.{when} The rest can go: {lowered(barrier.leave_out)} ({cites(barrier.cite)})"
        )

    def beyond(self) -> Iterator[Block]:
        if not self._pack.beyond:
            return
        yield Heading(2, "What these rules do not decide")
        yield Paragraph("A request that fits one of these lines ends with a named person, unless there is danger.")
        rows = tuple(
            (Cell(gap.title, cites(gap.cite)), Cell(gap.says), Cell(f"{raised(self._words(gap.when))}."))
            for gap in self._pack.beyond
        )
        yield Table(("What", "Why a person decides", "When"), rows, (6, 9, 9), dense=True)

    # -- conditions ------------------------------------------------------------------------

    def _conditions(self, title: str, conditions: Iterable[Condition]) -> Iterator[Block]:
        rows = tuple(row for condition in conditions for row in self._condition(condition))
        if rows:
            yield Table((title, "If it is not so", "Law"), rows, (10, 9, 5), dense=True)

    def _condition(self, condition: Condition, lead: str = "") -> Iterator[tuple[Cell, ...]]:
        says = raised(group_says(condition))
        if condition.members:
            says += (": all of these" if condition.every else ": one of these") if condition.says else ""
        layer = f" ({LAYERS[condition.layer]})" if condition.layer in LAYERS else ""
        yield (
            Cell(f"{lead}{says}{layer}{marked(condition.mark)}", self._tested(condition)),
            Cell("\n".join(unmet(condition, self._pack, self._names))),
            Cell(cites(condition.cite)),
        )
        for member in condition.members:
            yield from self._condition(member, lead + _MEMBER)

    def _tested(self, condition: Condition) -> str:
        when = f"Only if {self._words(condition.when)}." if condition.when else ""
        met = f"Met when {self._words(condition.test)}." if condition.test and not condition.tick else ""
        return " ".join(filter(None, (when, met)))

    def _words(self, test: ex.Test) -> str:
        return in_words(test, self._pack, self._names)

    def _looks_at(self, fact: str, *conditions: Condition) -> bool:
        """Whether one of the conditions looks at the fact, or at one that is worked out from it."""
        looked_at = {name for condition in conditions for name in condition.facts()}
        return fact in looked_at or any(fact in self._pack.behind.get(name, ()) for name in looked_at)


def _counted(what: str, numbers: list[int]) -> str:
    """As “question 4” or “ways 2, 7”; nothing for none."""
    return f"{what}{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}" if numbers else ""


def _spoken(name: str) -> str:
    return name.replace("-", " ")
