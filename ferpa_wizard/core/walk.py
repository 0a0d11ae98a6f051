"""Replay of a request from its answers: what was asked, what is asked next, and which answers no longer count.

Position is never stored. Back, edit, resume and re-running an old record are all this one function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from ferpa_wizard.core.asking import next_page, open_rows
from ferpa_wizard.core.expressions import ItemTagged
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.live import at_most_more, live_pages
from ferpa_wizard.core.model import Basis, Pack, Question
from ferpa_wizard.core.packets import Packet
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.usual import usual_items
from ferpa_wizard.core.values import MAX_NUMBER, fits, options_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose or tick; `marks` of a data item: directory, other-law, sensitive, usual (for the task)."""

    id: str
    label: str
    hint: str = ""
    group: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One page put to a person."""

    id: str
    section: str
    text: str
    hint: str
    why: str
    cite: str
    find_out: str
    kind: str  # one | many | text | date | number
    options: tuple[Choice, ...]
    page: str  # question | checklist | items
    on_page: str  # asks of one name that follow each other stand on one page
    at_most_more: int = 0
    packets: tuple[Packet, ...] = ()  # of the data items

    def as_json(self) -> dict[str, object]:
        """The object that `interview --json` writes under "ask"."""
        names = ("id", "section", "text", "hint", "why", "find_out", "kind", "at_most_more")
        options = [{"id": choice.id, "label": choice.label, "hint": choice.hint} for choice in self.options]
        limits = {"min": 0, "max": MAX_NUMBER} if self.kind == "number" else {}
        return {**{name: getattr(self, name) for name in names}, "options": options, **limits}


@dataclass(frozen=True, slots=True)
class Given:
    """One page with the answer it has, in the words that were shown, and who said so."""

    ask: Ask
    answer: Answer
    label: str
    source: str  # person | agreement | profile | district | presumed


@dataclass(frozen=True, slots=True)
class Walk:
    """`ask` is None when the answers suffice.

    `assumed` comes from the profile or is presumed; `set_aside` names answers that do not count now.
    """

    trail: tuple[Given, ...]
    assumed: tuple[Given, ...]
    ask: Ask | None
    set_aside: tuple[str, ...]
    facts: Facts


def on_pages(asks: Iterable[Ask]) -> list[list[Ask]]:
    """The same asks by the pages on which they stand."""
    return [list(page) for _, page in groupby(asks, lambda ask: ask.on_page)]


def walk(pack: Pack, answers: Answers, profile: Profile, on: str) -> Walk:
    """Replay `answers` (page id to answer) on the day `on`, YYYY-MM-DD. Never raises for bad answers.

    What the agreement of the profile settles counts as well; an answer that a person gave goes before it.
    """
    standing, agreed = profile.on(on), profile.agreed(pack, answers, on)
    known = {**agreed, **answers}
    by_agreement = frozenset(agreed.keys() - answers.keys())
    asked, pages = _replay(pack, known, standing, by_agreement)
    counted = asked.answers
    if len(pages) < len(known):
        counted = _counted(pack, known, asked) | {page: known[page] for page in pages}  # what was asked in turn counts
    facts = asked if counted == asked.answers else Facts(pack, counted, standing, agreed=by_agreement)
    page = next_page(facts)
    trail = tuple(given(name, facts) for name in _in_order(pages, counted))
    return Walk(
        trail=trail,
        assumed=tuple(_by_district(given(name, facts), profile) for name in _assumed(facts)),
        ask=None if page is None else ask_of(page, facts, bound=at_most_more(facts)),
        set_aside=tuple(name for name in answers if name not in counted),
        facts=facts,
    )


def _replay(pack: Pack, answers: Answers, standing: Answers, agreed: frozenset[str]) -> tuple[Facts, list[str]]:
    facts = Facts(pack, _told(pack, answers, standing), standing, agreed=agreed)
    pages: list[str] = []
    while (page := next_page(facts)) is not None and page in answers and fits(answers[page], page, facts):
        pages.append(page)
        facts = facts.supposing(page, answers[page])
    return facts, pages


def _told(pack: Pack, answers: Answers, standing: Answers) -> dict[str, Answer]:
    """The answers to what the profile or a presumption would answer: never asked, so they count from the start."""
    known = {name: answers[name] for name in answers if _never_asked(pack, name, standing)}
    return {name: answer for name, answer in known.items() if fits(answer, name, Facts(pack, {}))}


def _never_asked(pack: Pack, name: str, standing: Answers) -> bool:
    question = pack.questions.get(name)
    return question is not None and bool(question.presume or (question.standing and name in standing))


def _counted(pack: Pack, answers: Answers, asked: Facts) -> dict[str, Answer]:
    """Answers on the path of the tree, and those of bases and barriers that the tree does not rule out."""
    known = Facts(pack, _told(pack, answers, asked.profile), asked.profile)
    for question in pack.tree:
        if question.id in answers and known.applies(question.when) and fits(answers[question.id], question.id, known):
            known = known.supposing(question.id, answers[question.id])
    tree = {name: answer for name, answer in known.answers.items() if _in_tree(pack, name)}
    if not answers.keys() - tree.keys():
        return tree
    known = Facts(pack, tree, asked.profile)
    # What opened a question of the tree that was answered counts with it.
    opened = {name for name in answers if not tree.keys().isdisjoint(pack.touched_by.get(name, ()))}
    counting = opened | live_pages(known)
    facts = {name: answers[name] for name in answers if name in counting and not _in_tree(pack, name)}
    return tree | {name: answer for name, answer in facts.items() if fits(answer, name, known)}


def _in_tree(pack: Pack, name: str) -> bool:
    return name in pack.questions and pack.questions[name].in_tree


def _in_order(pages: list[str], counted: Answers) -> Iterator[str]:
    yield from (name for name in pages if name in counted)
    yield from (name for name in counted if name not in pages)


def _assumed(facts: Facts) -> Iterator[str]:
    """The questions that nobody was asked, whose value some live rule uses."""
    live = live_pages(facts)
    for name, question in facts.pack.questions.items():
        if name not in facts.answers and (question.in_tree or name in live) and facts.value(name) not in (None, False):
            yield name


def given(page: str, facts: Facts) -> Given:
    """A page with the answer that counts for it."""
    ask = ask_of(page, facts)
    value = facts.answers.get(page, facts.value(page))
    answer = value if isinstance(value, str | tuple) else ""
    return Given(ask, answer, label_of(ask, answer), facts.source(page))


def _by_district(one: Given, profile: Profile) -> Given:
    """To the rules the district's word is the school's; people are told whose it is."""
    is_theirs = one.source == "profile" and one.ask.id in profile.by_district
    return replace(one, source="district") if is_theirs else one


def label_of(ask: Ask, answer: Answer) -> str:
    """An answer in the words that the page showed; an empty list reads as none."""
    return _label({choice.id: choice.label for choice in ask.options}, answer)


def label_in(pack: Pack, question: Question, answer: Answer) -> str:
    """The same from the question itself."""
    if question.kind == "items":
        return _label({item.id: item.label for item in pack.items.values()}, answer)
    return _label({option.id: option.label for option in (*question.options, pack.unsure)}, answer)


def _label(labels: Mapping[str, str], answer: Answer) -> str:
    if isinstance(answer, tuple):
        return ", ".join(labels.get(one, one) for one in answer) or "None of these"
    return labels.get(answer, answer)


def ask_of(page: str, facts: Facts, *, bound: int = 0) -> Ask:
    """A question or checklist as it is put to a person."""
    basis = facts.pack.checklists.get(page)
    return _checklist(basis, facts, bound) if basis else _question(facts.pack.questions[page], facts, bound)


def _question(question: Question, facts: Facts, bound: int) -> Ask:
    if question.kind == "items":
        options = tuple(_item_choices(facts.pack, usual_items(facts)))
    else:
        options = tuple(Choice(option.id, option.label, option.hint) for option in options_of(question, facts))
    return Ask(
        id=question.id, section=question.section, text=question.text, hint=question.hint, why=question.why,
        cite=question.cite, find_out=question.find_out, kind="many" if question.kind == "items" else question.kind,
        options=options, page="items" if question.kind == "items" else "question",
        on_page=facts.pack.on_page(question.id), at_most_more=bound,
        packets=facts.pack.packets if question.kind == "items" else (),
    )  # fmt: skip


def _item_choices(pack: Pack, usual: frozenset[str]) -> Iterator[Choice]:
    titles = {group.id: group.title for group in pack.groups}
    other_law = frozenset(tag for layer in pack.layers for tag in layer.lacks) | _barred(pack)
    for item in pack.items.values():
        marks = {"directory": "directory" in item.tags, "other-law": bool(item.tags & other_law)}
        marks |= {"sensitive": "sensitive" in item.tags, "usual": item.id in usual}
        yield Choice(item.id, item.label, "", titles[item.group], tuple(mark for mark, holds in marks.items() if holds))


def _barred(pack: Pack) -> frozenset[str]:
    """The tags on which some barrier looks."""
    tests = [barrier.stops for barrier in pack.barriers]
    return frozenset(tag for test in tests if isinstance(test, ItemTagged) for tag in test.tags)


def _checklist(basis: Basis, facts: Facts, bound: int) -> Ask:
    page = basis.checklist
    if page is None:
        raise LookupError(basis.id)
    shown = open_rows(
        basis,
        Facts(facts.pack, {k: v for k, v in facts.answers.items() if k != page.id}, facts.profile),
    )
    return Ask(
        id=page.id, section="conditions", text=page.text, hint=page.hint, why=page.why, cite=page.cite,
        find_out=page.find_out, kind="many", options=tuple(Choice(row.id, row.says) for row in shown), page="checklist",
        on_page=facts.pack.on_page(page.id), at_most_more=bound,
    )  # fmt: skip
