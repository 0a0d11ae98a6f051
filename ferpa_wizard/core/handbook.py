"""The rules as a book for a lawyer: what each basis needs, in words, with its citations."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.letters import lowered
from ferpa_wizard.core.model import Barrier, Basis, Condition, Duty, DutyUse, Pack, Route
from ferpa_wizard.core.rule_phrases import LAYERS, SOURCE_MARKS, cites, effect, group_says, marked, unmet
from ferpa_wizard.core.tests_in_words import in_words

_WIDTH = 100
_TIMES: Mapping[str, str] = {"before": "Before sharing", "at": "When sharing", "after": "After sharing"}
_SPECIAL = re.compile(r"([\\`*_<>\[\]|#])")


def handbook(pack: Pack) -> Iterator[str]:
    """The whole book, line by line."""
    yield from _opening(pack)
    yield "\n## The bases, in the order in which they are asked about"
    for basis in pack.bases:
        yield from _Book(pack).basis(basis)
    yield "\n## Rules of other law that stop some data"
    for barrier in pack.barriers:
        yield from _Book(pack).barrier(barrier)
    yield from _worked_out(pack)
    yield "\n## Ways to yes that are offered"
    yield ""
    for route in pack.routes:
        yield from _Book(pack).route(route)
    yield from _items(pack)
    yield from _limits(pack)
    yield from _sources(pack)


def _opening(pack: Pack) -> Iterator[str]:
    yield "# The rules"
    yield ""
    yield "<!-- Made by `make handbook` from rules/ferpa. Change the rules, not this page. -->"
    yield ""
    yield from _wrapped(f"Rules {pack.id} {pack.version}, law as of {pack.law_as_of}. {pack.review}")
    yield ""
    yield from _wrapped(
        "A basis is a lawful way to share. It carries a request when each of its conditions is met. Where one is not, "
        "its line says what would meet it, and who can do that; an answer for which no way is named rules the basis "
        "out. What is not known never counts as yes. Conditions are FERPA's own unless another law is named beside "
        "them in square brackets."
    )
    yield ""
    for basis in pack.bases:
        yield from _bullet(f"[{_plain(basis.title)}](#{_anchor(basis.title)})")


class _Book:
    """One rule at a time, as Markdown lists."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def basis(self, basis: Basis) -> Iterator[str]:
        yield from _heading(basis.title, basis.id, basis.cite)
        yield from _wrapped(f"{_plain(basis.says)} {effect(basis)}")
        for title, conditions in (
            ("Who and why", basis.triggers),
            ("Each data item", basis.covers),
            ("Conditions", basis.conditions),
        ):
            yield from self._conditions(title, conditions)
        if basis.checklist:
            yield from self._conditions(f"Checklist: {basis.checklist.text}", basis.paperwork)
        yield from self._duties(basis.duties)
        if basis.advice:
            yield from _part("Good practice, not FERPA")
            yield from (
                line
                for advice in basis.advice
                for line in self._bullet(advice.id, advice.says, advice.cite, self._when(advice.when))
            )
        if basis.myths:
            yield from _part("What people say")
            for myth in basis.myths:
                yield from _bullet(f"“{_plain(myth.people_say)}” {_plain(myth.answer)}{_cited(myth.cite)}")

    def barrier(self, barrier: Barrier) -> Iterator[str]:
        yield from _heading(barrier.title, barrier.id, barrier.cite)
        words = in_words(barrier.stops, self._pack)
        yield from _wrapped(
            f"{_plain(barrier.says)} A rule of {LAYERS[barrier.layer]}{marked(barrier.mark)}. It stops an item when "
            f"{_plain(words)}.{self._when(barrier.when)} The rest can go: {_plain(lowered(barrier.leave_out))}"
        )
        yield from self._conditions("It does not stop them if one of these holds", barrier.unless)
        yield from self._duties(barrier.duties)

    def route(self, route: Route) -> Iterator[str]:
        facts = [route.by and f"by {route.by}", route.takes and f"takes {route.takes}"]
        told = f" ({', '.join(_plain(fact) for fact in facts if fact)})" if any(facts) else ""
        yield from self._bullet(route.id, f"{route.title}{told}", route.cite, self._when(route.when))
        yield from (line for step in route.steps for line in _bullet(_plain(step), 1))
        if route.mends:
            yield from _bullet(f"Offered where one of these is not met: {_plain(', '.join(route.mends))}.", 1)

    def _conditions(self, title: str, conditions: Iterable[Condition]) -> Iterator[str]:
        told = [line for condition in conditions for line in self._condition(condition, 0)]
        if told:
            yield from _part(title)
            yield from told

    def _condition(self, condition: Condition, depth: int) -> Iterator[str]:
        says = group_says(condition)
        layer = f" [{condition.law or LAYERS[condition.layer]}]" if condition.layer in LAYERS else ""
        lead = f"**{condition.id}** {_plain(says)}{_cited(condition.cite)}{layer}{marked(condition.mark)}"
        yield from _bullet(lead, depth)
        if condition.says and condition.members:
            yield from _bullet("All of these:" if condition.every else "One of these:", depth + 1)
        for member in condition.members:
            yield from self._condition(member, depth + (2 if condition.says else 1))
        if condition.when:
            yield from _bullet(f"Only if {_plain(in_words(condition.when, self._pack))}.", depth + 1)
        if condition.test and not condition.tick:
            yield from _bullet(f"Met when {_plain(in_words(condition.test, self._pack))}.", depth + 1)
        for line in unmet(condition, self._pack, kinds=True):
            yield from _bullet(_plain(line), depth + 1)

    def _duties(self, uses: Iterable[DutyUse]) -> Iterator[str]:
        wanted = [(self._pack.duties[use.id], use) for use in uses if use.id in self._pack.duties]
        for time, title in _TIMES.items():
            now = [(duty, use) for duty, use in wanted if duty.when == time]
            if now:
                yield from _part(title)
                for duty, use in now:
                    yield from self._bullet(duty.id, _duty(duty), duty.cite, self._when(use.when))

    def _bullet(self, ident: str, says: str, cite: str, when: str) -> Iterator[str]:
        yield from _bullet(f"**{ident}** {_plain(says)}{_cited(cite)}{when}")

    def _when(self, test: Test | None) -> str:
        return "" if test is None else f" Only if {_plain(in_words(test, self._pack))}."


def _worked_out(pack: Pack) -> Iterator[str]:
    yield "\n## Facts that are worked out from answers"
    yield ""
    for fact in pack.derived.values():
        yield from _bullet(f"**{fact.id}** is the first of these that fits, else “none”:")
        for value, test in fact.values:
            yield from _bullet(f"{value}: {_plain(in_words(test, pack))}", 1)


def _items(pack: Pack) -> Iterator[str]:
    yield "\n## Data items"
    yield ""
    yield from _wrapped(
        "An item that only shows who the student is says so; the others are what is really asked for. “directory” is "
        "what the law lists, or the like, as something a school may announce. The other marks are those that rules "
        "look at."
    )
    for group in pack.groups:
        yield from _part(group.title)
        for item in pack.items.values():
            if item.group == group.id:
                marks = [*([] if item.content else ["shows who it is"]), *sorted(item.tags)]
                yield from _bullet(_plain(": ".join([item.label, ", ".join(marks)] if marks else [item.label])))


def _limits(pack: Pack) -> Iterator[str]:
    yield "\n## What these rules do not decide"
    yield ""
    yield from _wrapped(
        "A request that fits one of these lines ends with a named person, unless an emergency carries it. The program "
        "says that it does not hold the rule."
    )
    yield ""
    for gap in pack.beyond:
        when = f" When {_plain(in_words(gap.when, pack))}."
        yield from _bullet(f"**{gap.id}** {_plain(gap.title)}{_cited(gap.cite)}. {_plain(gap.says)}{when}")
    yield ""
    yield from _wrapped("Where a law was not looked at, the answer says so and asks for it before sharing:")
    yield ""
    for layer in pack.layers:
        if layer.lacks:
            lacks = ", ".join(sorted(layer.lacks))
            yield from _bullet(f"{_plain(layer.title)}: not held for items marked {_plain(lacks)}.")
    yield from _bullet("State law and district policy: only where a file of rules for them was loaded.")
    unread = sum(mark in ("K", "unverified") for mark in pack.sources.values())
    yield from _bullet(f"{unread} of the {len(pack.sources)} other sources were not looked up: see their marks.")
    yield from _bullet("Time, cost and trust between people: never.")


def _sources(pack: Pack) -> Iterator[str]:
    yield "\n## Sources outside 34 CFR Part 99"
    yield ""
    yield from _wrapped("The mark says how far each was checked.")
    for mark, says in SOURCE_MARKS.items():
        found = [cite for cite, own in pack.sources.items() if own == mark]
        if found:
            yield from _part(f"{mark}: {says}")
            yield from (line for cite in found for line in _bullet(_plain(cite)))


def _heading(title: str, ident: str, cite: str) -> Iterator[str]:
    yield ""
    yield f"### {_plain(title)}"
    yield ""
    yield f"`{ident}` · {cites(cite)}"
    yield ""


def _anchor(title: str) -> str:
    """The place of a heading, as the usual readers of Markdown name it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _part(title: str) -> Iterator[str]:
    yield ""
    yield f"**{_plain(title)}**"
    yield ""


def _duty(duty: Duty) -> str:
    by = f" By: {duty.by}." if duty.by else ""
    sooner = [f" Sooner, {one.days} days: {one.cite}." for one in duty.sooner]
    return f"{duty.do}{by}{f' Days: {duty.days}.' if duty.days else ''}{''.join(sooner)}"


def _cited(cite: str) -> str:
    return f" *({cites(cite)})*" if cite else ""


def _bullet(text: str, depth: int = 0) -> Iterator[str]:
    indent = "  " * depth
    return _wrapped(text, f"{indent}- ", f"{indent}  ")


def _wrapped(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _plain(text: str) -> str:
    """Text of a rule file never becomes markup."""
    return _SPECIAL.sub(r"\\\1", text)
