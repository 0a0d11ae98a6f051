"""One run over the files of a pack: every value read, every mistake of form collected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TypeVar

from ferpa_wizard.core import read_bases as rb
from ferpa_wizard.core import read_tree as rt
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.facts import questions_behind
from ferpa_wizard.core.model import (
    LAYERS,
    STATES,
    VERDICTS,
    Basis,
    Derived,
    Layer,
    Option,
    Overlay,
    Pack,
    Question,
    Section,
    Wording,
)  # fmt: skip
from ferpa_wizard.core.overlays import FOLDER as OVERLAYS
from ferpa_wizard.core.overlays import Parts, add_overlays
from ferpa_wizard.core.prompts import Principles
from ferpa_wizard.core.read_coverage import COVERAGE, measure_of
from ferpa_wizard.core.read_tests import needed_test, read_test
from ferpa_wizard.core.roots import touched_by
from ferpa_wizard.core.strict_yaml import Node, parse

ROOT_FILES = (
    "pack.yaml",
    "beyond.yaml",
    "routes.yaml",
    "duties.yaml",
    "items.yaml",
    "papers.yaml",
    "principles.yaml",
    "sources.yaml",
    "words.yaml",
)
PARAGRAPHS = "paragraphs.json"


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


class Reading:
    """`places` remembers where each id stands, for mistakes that only show once everything is read."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.mistakes: list[Mistake] = []
        self.places: dict[str, tuple[str, int]] = {}
        self._files = files
        self._roots = {name: self._parse(name, data) for name, data in files.items() if name.endswith(".yaml")}
        for name in ROOT_FILES:
            if name not in self._roots:
                self.mistakes.append(Mistake(name, 1, "This file is missing.", "Add it."))
                self._roots[name] = Block(Node({}, 1), name, [])

    def _parse(self, name: str, data: bytes) -> Block:
        root, mistakes = parse(data, name)
        if root is None and not mistakes:
            mistakes = [Mistake(name, 1, "The file is empty.", "Write it or remove it.")]
        self.mistakes += mistakes
        # What could not be parsed is one mistake, not a hundred missing keys.
        return Block(root, name, self.mistakes) if root else Block(Node({}, 1), name, [])

    def pack(self, content: bytes, sha256: str) -> Pack:
        head, items = self._roots["pack.yaml"], self._roots["items.yaml"]
        sections = self._each(head, "sections", _section)
        tree = self._tree([section.id for section in sections])
        groups = self._each(items, "groups", rt.read_group)
        names = [group.id for group in groups]
        layers = self._each(head, "layers", _layer)
        beyond = self._each(self._roots["beyond.yaml"], "beyond", rb.read_beyond)
        picked = self._each(items, "items", lambda block: rt.read_item(block, names))
        parts = self._parts([section.id for section in sections], tree)
        overlays = self._overlays(parts)
        questions, derived = parts.questions, parts.derived
        pages = {basis.checklist.id: basis for basis in parts.bases if basis.checklist}
        pack = Pack(
            id=head.text("id"),
            version=head.text("version"),
            law_as_of=head.text("law_as_of"),
            review=head.text("review"),
            content=content,
            sha256=sha256,
            sections=tuple(sections),
            layers=tuple(layers),
            unsure=_unsure(head),
            tree=tuple(tree),
            questions=questions,
            derived=derived,
            bases=tuple(parts.bases),
            barriers=tuple(parts.barriers),
            beyond=tuple(beyond),
            routes=tuple(parts.routes),
            duties=parts.duties,
            groups=tuple(groups),
            items={item.id: item for item in picked},
            principles=self._principles(self._roots["principles.yaml"]),
            usual=tuple(map(rt.read_usual, items.blocks("usual"))),
            packets=tuple(self._place(rt.read_packet(block), block) for block in items.blocks("packets")),
            sources=parts.sources,
            wording=_wording(self._roots["words.yaml"]),
            challenge=head.text("challenge", ""),
            marks=tuple(self._each(self._roots["papers.yaml"], "marks", rt.read_mark)),
            entry_rules=tuple(self._each(self._roots["papers.yaml"], "entry", rt.read_entry_rule)),
            restricted=read_test(head, "restricted"),
            checklists=pages,
            ticks=_ticks(pages),
            behind={name: questions_behind(name, questions, derived) for name in (*questions, *derived)},
            overlays=overlays,
            touched_by=touched_by(questions, derived, _ticks(pages), [*parts.bases, *parts.barriers]),
        )
        self._finish()
        return pack

    def _principles(self, root: Block) -> Principles:
        every = self._each(root, "principles", rt.read_principle)
        names = [principle.id for principle in every]
        prompts = [rt.read_prompt(block, names) for block in root.blocks("prompts")]
        return Principles(tuple(every), tuple(prompts), needed_test(root, "when"))

    def _parts(self, sections: list[str], tree: list[Question]) -> Parts:
        """What overlays may add to, as the pack alone has it."""
        facts, derived = self._facts(sections)
        routes = self._each(self._roots["routes.yaml"], "routes", rb.read_route)
        duties = self._each(self._roots["duties.yaml"], "duties", rb.read_duty)
        return Parts(
            questions={question.id: question for question in (*tree, *facts)},
            derived=derived,
            bases=sorted(self._whole("bases/", rb.read_basis), key=lambda basis: (basis.rank, basis.id)),
            barriers=self._whole("barriers/", rb.read_barrier),
            routes=routes,
            duties={duty.id: duty for duty in duties},
            sources=_sources(self._roots["sources.yaml"]),
        )

    def _overlays(self, parts: Parts) -> tuple[Overlay, ...]:
        overlays, placed = add_overlays(parts, list(self._inside(OVERLAYS)), self.places)
        self.places.update(placed)
        return overlays

    def citations(self) -> frozenset[str]:
        """Every paragraph and defined term of the regulation that may be cited; an unreadable list is a mistake."""
        try:
            index = json.loads(self._files.get(PARAGRAPHS, b""))
            paragraphs, terms = dict(index["paragraphs"]), list(index["terms"])
            names = [*paragraphs, *(part for parts in paragraphs.values() for part in list(parts)), *terms]
        except (ValueError, TypeError, KeyError, RecursionError):
            names = [None]
        if all(isinstance(name, str) for name in names):
            return frozenset(map(str, names))
        wrong = "This list of paragraphs cannot be read."
        self.mistakes.append(Mistake(PARAGRAPHS, 1, wrong, 'Write {"paragraphs": {"99.1": ["99.1(a)"]}, "terms": []}.'))
        return frozenset()

    def _tree(self, sections: list[str]) -> list[Question]:
        order = {f"tree/{name}.yaml": number for number, name in enumerate(sections)}
        names = sorted(
            (name for name in self._roots if name.startswith("tree/")),
            key=lambda name: order.get(name, 99),
        )
        read = [
            self._each(self._roots[name], "tree", lambda b: rt.read_question(b, sections, in_tree=True))
            for name in names
        ]
        return [question for questions in read for question in questions]

    def _facts(self, sections: list[str]) -> tuple[list[Question], dict[str, Derived]]:
        questions: list[Question] = []
        derived: dict[str, Derived] = {}
        for root in self._inside("facts/"):
            if not root.has("facts"):
                root.wrong("“facts” is missing.", "Add `facts:` with a list under it.")
            for block in root.blocks("facts"):
                if block.has("is"):
                    fact = rt.read_derived(block)
                    derived[fact.id] = fact
                    self._place(fact, block)
                else:
                    questions.append(self._place(rt.read_question(block, sections, in_tree=False), block))
        return questions, derived

    def _inside(self, folder: str) -> Iterator[Block]:
        return (block for name, block in sorted(self._roots.items()) if name.startswith(folder))

    def _each(self, block: Block, key: str, read: Callable[[Block], T]) -> list[T]:
        if not block.has(key):
            block.wrong(f"“{key}” is missing.", f"Add `{key}:` with a list under it.")
        return [self._place(read(inner), inner) for inner in block.blocks(key)]

    def _whole(self, folder: str, read: Callable[[Block], T]) -> list[T]:
        return [self._place(read(block), block) for block in self._inside(folder)]

    def _place(self, value: T, block: Block) -> T:
        if value.id in self.places:
            file, line = self.places[value.id]
            block.wrong(f"The id “{value.id}” is taken ({file}:{line}).", "Give this one another id.")
        self.places.setdefault(value.id, (block.file, block.line))
        return value

    def _finish(self) -> None:
        for name, block in self._roots.items():
            if name == COVERAGE:
                measure_of(block)
            elif name in ROOT_FILES or name.startswith(("tree/", "facts/")):
                block.finish()
            elif not name.startswith(("bases/", "barriers/", OVERLAYS)):
                block.wrong(
                    "No rules are read from this file.",
                    "Move it to tree/, facts/, bases/ or barriers/.",
                )


def _section(block: Block) -> Section:
    section = Section(block.text("id"), block.text("title"))
    block.finish()
    return section


def _layer(block: Block) -> Layer:
    words = block.block("says")
    says = {state: words.text(state) for state in STATES} if words else {}
    layer = Layer(block.choice("id", LAYERS), block.text("title"), says, frozenset(block.texts("lacks")))
    if words:
        words.finish()
    block.finish()
    return layer


def _unsure(head: Block) -> Option:
    inner = head.block("unsure")
    if inner is None:
        head.wrong("“unsure” is missing.", "Add `unsure: {label: …}`.")
        return Option("unsure", "")
    option = Option("unsure", inner.text("label"), inner.text("hint", ""))
    inner.finish()
    return option


def _sources(root: Block) -> dict[str, str]:
    if not root.has("sources"):
        root.wrong("“sources” is missing.", "Add `sources:` with a list under it.")
    return dict(map(rb.read_source, root.blocks("sources")))


def _wording(root: Block) -> Wording:
    labels, sentences = {}, {}
    verdicts = root.block("verdicts")
    for verdict in VERDICTS if verdicts else ():
        block = verdicts.block(verdict) if verdicts else None
        if block is None:
            root.wrong(f"The verdict “{verdict}” has no words.", f"Add `{verdict}: {{label: …, says: …}}`.")
            continue
        labels[verdict], sentences[verdict] = block.text("label"), block.text("says")
        block.finish()
    phrases = root.block("phrases")
    return Wording(labels, sentences, {key: phrases.text(key) for key in phrases} if phrases else {})


def _ticks(pages: Mapping[str, Basis]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for page, basis in pages.items():
        for row in basis.paperwork:
            for tick in row.ticks():
                found[tick.id] = (*found.get(tick.id, ()), page)
    return found
