"""What only shows once the whole pack is read: unknown names, citations that do not exist, missing words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Protocol

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.agreement import may_settle
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import LAYERS, VERDICTS, Advice, Barrier, Basis, Condition, DutyUse, Myth, Pack
from ferpa_wizard.core.read_bases import place_in
from ferpa_wizard.core.sentences import places

Place = tuple[str, int]
PHRASES = (
    "unchecked", "unchecked-state", "unchecked-district", "unchecked-other_federal", "and", "more", "nothing-named",
    "one-thing", "many-things", "one-step", "many-steps", "signer-parent", "signer-student", "signer-either",
    "somebody", "records-label", "records-name", "privacy-officer", "because", "because-standing",
    "because-presumed", "what-if", "counsel",
    "more-than-usual", "after-steps-part", "left-over", "owed", "title-restricted",
    "held-only", "held-in-part", "steps-of-others",
    "challenge-yes", "challenge-no", "challenge-open", "conflict-test", "beyond", "correction", "title", "title-open",
    "title-new",
    *(f"then-{verdict}" for verdict in VERDICTS),
)  # fmt: skip
AGREED = "because-agreed"
"""A phrase that only rules need in which an agreement can answer something."""
_PLACES = frozenset(
    [
        "what",
        "shared",
        "stopped",
        "who",
        "n",
        "steps",
        "things",
        "k",
        "total",
        "signer",
        "rule",
        "role",
        "test",
        "fact",
        "beyond",
        "items",
        "rules",
        "list",
        "question",
        "answer",
        "verdict",
        "layer",
        "label",
        "rest",
        "owed",
        "law",
        "date",
    ]
)


def cross_check(pack: Pack, places_of: Mapping[str, Place], citations: frozenset[str]) -> list[Mistake]:
    """Every mistake of reference in the pack, each at the place of the rule that holds it."""
    return [*_Checking(pack, places_of, citations).mistakes()]


class _Cited(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def cite(self) -> str: ...


class _Checking:
    def __init__(self, pack: Pack, places_of: Mapping[str, Place], citations: frozenset[str]) -> None:
        self._pack, self._places, self._citations = pack, places_of, citations
        self._tags = {tag for item in pack.items.values() for tag in item.tags}

    def mistakes(self) -> Iterator[Mistake]:
        for owner, test in owned_tests(self._pack):
            yield from self._test(owner, test)
        for owner, cite in self._cites():
            yield from self._cite(owner, cite)
        yield from self._references()
        yield from self._words()

    def _at(self, owner: str, what: str, instead: str) -> Mistake:
        file, line, name = place_in(owner) or ("pack.yaml", 1, owner)
        return Mistake(*self._places.get(owner, (file, line)), f"{name}: {what}", instead)

    def _test(self, owner: str, test: ex.Test | None) -> Iterator[Mistake]:
        if test is None:
            return
        if isinstance(test, ex.FactIs):
            yield from self._fact(owner, test.fact, test.values)
        elif isinstance(test, ex.FactDated | ex.ItemListed):
            yield from self._fact(owner, test.fact, ())
        elif isinstance(test, ex.ItemIs):
            yield from self._known(owner, "data item", test.ids, self._pack.items)
        elif isinstance(test, ex.ItemTagged):
            yield from self._known(owner, "tag of a data item", test.tags, dict.fromkeys(self._tags))
        for part in (test.inner,) if isinstance(test, ex.AsksFor) else test.parts():
            yield from self._test(owner, part)

    def _fact(self, owner: str, fact: str, values: tuple[str, ...]) -> Iterator[Mistake]:
        pack = self._pack
        if fact in pack.derived:
            known = {value: None for value, _ in pack.derived[fact].values} | {"none": None}
        elif fact in pack.ticks:
            known = {"yes": None, "no": None}
        elif fact in pack.questions:
            question = pack.questions[fact]
            known = dict.fromkeys(
                pack.items if question.kind == "items" else (option.id for option in question.options)
            )
        else:
            names = [*pack.questions, *pack.derived, *pack.ticks]
            yield self._at(owner, f"There is no question or fact “{fact}”.", _near(fact, names))
            return
        yield from self._known(owner, f"answer of “{fact}”", values, known)

    def _known(
        self, owner: str, kind: str, names: tuple[str, ...], known: Mapping[str, Item | None]
    ) -> Iterator[Mistake]:
        for name in names:
            if name not in known:
                yield self._at(owner, f"There is no {kind} called “{name}”.", _near(name, list(known)))

    def _cites(self) -> Iterator[tuple[str, str]]:
        pack = self._pack
        yield from ((question.id, question.cite) for question in pack.questions.values())
        yield from ((condition.key or owner, condition.cite) for owner, condition in owned_conditions(pack))
        cited: list[_Cited] = [*pack.bases, *pack.barriers, *pack.beyond, *pack.routes, *pack.duties.values()]
        cited += pack.entry_rules
        yield from ((rule.id, rule.cite) for rule in cited)
        for basis in pack.bases:
            if basis.checklist:
                yield basis.checklist.key, basis.checklist.cite
            inner: tuple[Advice | Myth, ...] = (*basis.advice, *basis.myths)
            yield from ((line.key or basis.id, line.cite) for line in inner)
        yield from ((time.id, time.cite) for duty in pack.duties.values() for time in duty.sooner)

    def _cite(self, owner: str, cites: str) -> Iterator[Mistake]:
        for cite in filter(None, (part.strip() for part in cites.split(";"))):
            part_99 = cite.startswith("34 CFR 99.")
            if cite.removeprefix("34 CFR ") not in self._citations if part_99 else cite not in self._pack.sources:
                where = "the regulation's paragraphs" if part_99 else "sources.yaml"
                yield self._at(
                    owner,
                    f"The citation “{cite}” is not in {where}.",
                    "Cite a paragraph that exists, or add its source.",
                )

    def _references(self) -> Iterator[Mistake]:
        pack = self._pack
        rules: tuple[Basis | Barrier, ...] = (*pack.bases, *pack.barriers)
        for rule in rules:
            for use in rule.duties:
                yield from self._known(use.key or rule.id, "duty", (use.id,), dict.fromkeys(pack.duties))
        ids = {condition.id: None for _, condition in owned_conditions(self._pack)}
        ids |= dict.fromkeys(rule.id for rule in rules)
        for route in pack.routes:
            yield from self._known(route.id, "condition, basis or barrier", route.mends, ids)
        bases = dict.fromkeys(basis.id for basis in pack.bases)
        for mark in pack.marks:
            yield from self._known(mark.id, "basis", mark.bases, bases)
            yield from self._known(mark.id, "condition", (mark.open,) if mark.open else (), ids)
        for line in pack.entry_rules:
            yield from self._known(line.id, "basis", line.bases, bases)
            yield from self._known(line.id, "verdict", line.verdicts, dict.fromkeys(VERDICTS))
        for usual in pack.usual:
            yield from self._known("usual", "data item", usual.items, pack.items)
        for packet in pack.packets:
            yield from self._known(packet.id, "data item", packet.items, pack.items)
        for duty in pack.duties.values():
            yield from self._known(duty.id, "layer", duty.unchecked, dict.fromkeys(LAYERS))
        yield from self._needed()

    def _needed(self) -> Iterator[Mistake]:
        pack = self._pack
        if "items" not in pack.questions or pack.questions["items"].kind != "items":
            yield self._at(
                "items",
                "The tree has no question about data items.",
                "Add a question `items` of kind items.",
            )
        if pack.challenge:
            yield from self._known("challenge", "question", (pack.challenge,), dict.fromkeys(pack.questions))
        if [layer.id for layer in pack.layers] != list(LAYERS):
            yield Mistake(
                "pack.yaml",
                1,
                "The five layers have to stand in their order.",
                f"Write {', '.join(LAYERS)}.",
            )

    def _words(self) -> Iterator[Mistake]:
        wording = self._pack.wording
        for key in (*PHRASES, *([AGREED] if may_settle(self._pack) else [])):
            if key not in wording.phrases:
                yield Mistake(
                    "words.yaml",
                    1,
                    f"The phrase “{key}” is missing.",
                    f"Add `{key}: …` under phrases.",
                )
        for texts in (wording.labels, wording.sentences, wording.phrases):
            for key, text in texts.items():
                for strange in sorted(places(text) - _PLACES):
                    yield Mistake(
                        "words.yaml",
                        1,
                        f"“{key}” has an unknown placeholder {{{strange}}}.",
                        _near(strange, sorted(_PLACES)),
                    )


def owned_conditions(pack: Pack) -> Iterator[tuple[str, Condition]]:
    """Every condition, members of groups included, with the basis or barrier that holds it."""
    rules: tuple[Basis | Barrier, ...] = (*pack.bases, *pack.barriers)
    for rule in rules:
        own = (*rule.whole, *rule.covers) if isinstance(rule, Basis) else rule.unless
        yield from ((rule.id, inner) for condition in own for inner in _with_members(condition))


def owned_tests(pack: Pack) -> Iterator[tuple[str, ex.Test | None]]:
    """Every test that a rule author wrote, with the rule that holds it."""
    for question in pack.questions.values():
        yield from ((question.id, test) for test in (question.when, *(option.when for option in question.options)))
    for fact in pack.derived.values():
        yield from ((fact.id, test) for _, test in fact.values)
    for owner, condition in owned_conditions(pack):
        written = [] if condition.tick else [condition.test]
        place = condition.key or owner
        yield from ((place, test) for test in (*written, condition.when, *(cure.on for cure in condition.cures)))
    for basis in pack.bases:
        lines: tuple[Advice | DutyUse, ...] = (*basis.advice, *basis.duties)
        yield from ((line.key or basis.id, line.when) for line in lines)
    yield from ((time.id, time.when) for duty in pack.duties.values() for time in duty.sooner)
    for barrier in pack.barriers:
        yield from ((barrier.id, test) for test in (barrier.stops, barrier.when))
    yield from ((gap.id, gap.when) for gap in pack.beyond)
    yield from ((route.id, route.when) for route in pack.routes)
    yield from ((mark.id, mark.when) for mark in pack.marks)
    yield from ((rule.id, test) for rule in pack.entry_rules for test in (rule.when, rule.unless))
    yield from (("principles", pack.principles.when), ("restricted", pack.restricted))
    yield from (("usual", usual.when) for usual in pack.usual)


def every_test(pack: Pack) -> Iterator[ex.Test]:
    """The same with the tests inside tests, without their owners."""
    return (inner for _, test in owned_tests(pack) if test for inner in _inside(test))


def _inside(test: ex.Test) -> Iterator[ex.Test]:
    yield test
    for part in (test.inner,) if isinstance(test, ex.AsksFor) else test.parts():
        yield from _inside(part)


def _with_members(condition: Condition) -> Iterator[Condition]:
    yield condition
    for member in condition.members:
        yield from _with_members(member)


def _near(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(names[:20])}."
