"""State law and district policy on top of a pack: an overlay adds rules, and never takes one away or loosens one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core import read_bases as rb
from ferpa_wizard.core import read_tree as rt
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.model import (
    EFFECTS,
    MARKS,
    Barrier,
    Basis,
    Condition,
    Deadline,
    Derived,
    Duty,
    DutyUse,
    Overlay,
    Question,
    Route,
)  # fmt: skip
from ferpa_wizard.core.read_tests import read_test

FOLDER = "overlays/"
LAYERS = ("state", "district")
LEVELS = ("k12", "college", "both")
_WHOLE = ("bases", "tree", "beyond", "items", "groups", "layers", "sections", "words", "usual", "remove", "replace")
_SHARES = tuple(effect for effect in EFFECTS if effect != "outside")


@dataclass
class Parts:
    """What an overlay adds to."""

    questions: dict[str, Question]
    derived: dict[str, Derived]
    bases: list[Basis]
    barriers: list[Barrier]
    routes: list[Route]
    duties: dict[str, Duty]
    sources: dict[str, str]


Places = Mapping[str, tuple[str, int]]


def add_overlays(parts: Parts, blocks: Iterable[Block], places: Places) -> tuple[tuple[Overlay, ...], Places]:
    """Add each overlay to the parts, state law before district policy, and tell where each new name stands.

    Mistakes are told to the blocks. `places` are the names of the pack that are taken.
    """
    new: dict[str, tuple[str, int]] = {}
    taken = ChainMap(new, dict(places), dict.fromkeys(_inner_ids(parts), ("the rules", 0)))
    adding = [_Adding(block, parts, taken) for block in blocks]
    adding.sort(key=lambda one: LAYERS.index(one.overlay.layer))
    return tuple(one.add() for one in adding), new


def _inner_ids(parts: Parts) -> list[str]:
    """Names that several rules of the pack may share, and that an overlay must not share with them."""
    conditions = [one for basis in parts.bases for one in (*basis.whole, *basis.covers)]
    conditions += [one for barrier in parts.barriers for one in barrier.unless]
    names = [inner.id for condition in conditions for inner in _with_members(condition)]
    for basis in parts.bases:
        names += [line.id for lines in (basis.advice, basis.myths) for line in lines]
        names += [basis.checklist.id] if basis.checklist else []
    return names


def _with_members(condition: Condition) -> Iterator[Condition]:
    yield condition
    for member in condition.members:
        yield from _with_members(member)


class _Adding:
    """One overlay being read into the parts."""

    def __init__(self, block: Block, parts: Parts, taken: ChainMap[str, tuple[str, int]]) -> None:
        self._block, self._parts, self._taken = block, parts, taken
        self.overlay = _head(block)

    def add(self) -> Overlay:
        for key in _WHOLE:
            if self._block.has(key):
                what = f"An overlay only adds, so it cannot have “{key}”."
                self._block.wrong(what, f"It may have: {', '.join(self._readers)}.", line=self._block.line_of(key))
        for key, read in self._readers.items():
            for inner in self._block.blocks(key):
                read(inner)
        self._block.finish(_WHOLE)
        return self.overlay

    @property
    def _readers(self) -> dict[str, Callable[[Block], None]]:
        return {
            "sources": self._source, "facts": self._fact, "conditions": self._condition, "barriers": self._barrier,
            "duties": self._duty, "advice": self._advice, "myths": self._myth, "routes": self._route,
            "deadlines": self._deadline,
        }  # fmt: skip

    def _new(self, ident: str, block: Block) -> bool:
        """Is the name free? If so it is taken now."""
        if ident not in self._taken:
            self._taken[ident] = (block.file, block.line)
            return True
        file, line = self._taken[ident]
        place = f"{file}:{line}" if line else file
        what = f"The id “{ident}” is taken ({place}), and an overlay never replaces a rule."
        block.wrong(what, f"Give this one another id, such as {self.overlay.id}.1.")
        return False

    def _mark(self, block: Block) -> str:
        layer = block.text("layer", self.overlay.layer)
        if layer != self.overlay.layer:
            what = f"This overlay speaks for the layer {self.overlay.layer} only."
            block.wrong(what, "Leave `layer` out.", line=block.line_of("layer"))
        return block.choice("mark", MARKS, self.overlay.mark)

    def _when(self, block: Block, own: ex.Test | None) -> ex.Test | None:
        """The rule's own test, and the kind of school for which it holds."""
        level = block.choice("level", LEVELS, self.overlay.level)
        parts = [] if level == "both" else [ex.FactIs("level", (level,))]
        tests = (*parts, *([own] if own else []))
        return ex.All(tests) if len(tests) > 1 else next(iter(tests), None)

    def _bases(self, block: Block, effects: tuple[str, ...]) -> list[int]:
        """The places of the named bases; a name that is none, or not of these effects, is a mistake."""
        named, bases = block.texts("basis"), self._parts.bases
        if not named:
            block.wrong("“basis” is missing.", "Name the basis, or a list of them.")
        if named == ("all",):
            return [place for place, basis in enumerate(bases) if basis.effect in effects]
        known = {basis.id: place for place, basis in enumerate(bases)}
        for name in named:
            if says := self._no_basis(name, known, effects):
                block.wrong(*says, line=block.line_of("basis"))
        return [known[name] for name in named if name in known]

    def _no_basis(self, name: str, known: dict[str, int], effects: tuple[str, ...]) -> tuple[str, str] | None:
        if name in known:
            effect = self._parts.bases[known[name]].effect
            if effect in effects:
                return None
            what = f"“{name}” is not a basis that only permits, so no condition may be added to it."
            return what, "Nothing may hold up a duty or an emergency. Give advice instead."
        if any(barrier.id == name for barrier in self._parts.barriers):
            return f"“{name}” is a barrier, and an overlay never lifts one.", "Write a barrier of your own."
        near = [basis for basis in known if basis.endswith(name)]
        return f"There is no basis called “{name}”.", f"Did you mean “{near[0]}”?" if near else ""

    # One reader for each list

    def _source(self, block: Block) -> None:
        cite, mark = rb.read_source(block)
        if self._parts.sources.setdefault(cite, mark) != mark:
            block.wrong(f"“{cite}” stands in the rules with another mark.", "Leave it out here.")

    def _fact(self, block: Block) -> None:
        if block.has("is"):
            fact = rt.read_derived(block)
            if self._new(fact.id, block):
                self._parts.derived[fact.id] = fact
            return
        question = rt.read_question(block, ("conditions",), in_tree=False)
        if self._new(question.id, block):
            self._parts.questions[question.id] = question

    def _condition(self, block: Block) -> None:
        bases, mark = self._bases(block, ("permits",)), self._mark(block)
        tick = not any(block.has(key) for key in ("holds", "judge", "any", "all"))
        level = self._when(block, None)
        condition = rb.read_condition(block, tick=tick)
        condition = self._ours(condition, mark, self._both(level, condition.when))
        if not self._all_new(condition, block):
            return
        for place in bases:
            self._parts.bases[place] = _with_condition(self._parts.bases[place], condition, block)

    def _barrier(self, block: Block) -> None:
        mark, level = self._mark(block), self._when(block, None)
        read = rb.read_barrier(block, self.overlay.layer)
        unless = tuple(self._ours(one, mark, one.when) for one in read.unless)
        barrier = replace(read, layer=self.overlay.layer, mark=mark, when=self._both(level, read.when), unless=unless)
        free = [self._new(barrier.id, block), *(self._all_new(one, block) for one in unless)]
        if all(free):
            self._parts.barriers.append(barrier)

    def _duty(self, block: Block) -> None:
        bases, mark = self._bases(block, _SHARES), self._mark(block)
        when = self._when(block, read_test(block, "applies"))
        duty = replace(rb.read_duty(block), mark=mark)
        if self._new(duty.id, block):
            self._parts.duties[duty.id] = duty
            use = DutyUse(duty.id, when, self.overlay.name, key=rb.key_of(block, duty.id))
            self._change(bases, lambda basis: replace(basis, duties=(*basis.duties, use)))

    def _advice(self, block: Block) -> None:
        bases, mark, level = self._bases(block, EFFECTS), self._mark(block), self._when(block, None)
        read = rb.read_advice(block)
        advice = replace(read, law=self.overlay.name, mark=mark, when=self._both(level, read.when))
        if self._new(advice.id, block):
            self._change(bases, lambda basis: replace(basis, advice=(*basis.advice, advice)))

    def _myth(self, block: Block) -> None:
        bases = self._bases(block, EFFECTS)
        myth = replace(rb.read_myth(block), law=self.overlay.name)
        if self._new(myth.id, block):
            self._change(bases, lambda basis: replace(basis, myths=(*basis.myths, myth)))

    def _route(self, block: Block) -> None:
        level = self._when(block, None)
        route = rb.read_route(block)
        if self._new(route.id, block):
            self._parts.routes.append(replace(route, when=self._both(level, route.when)))

    def _deadline(self, block: Block) -> None:
        name, mark = block.text("duty"), self._mark(block)
        when = self._when(block, read_test(block, "applies"))
        read = Deadline(
            f"{self.overlay.id}:{name}", block.number("days"), block.text("do"), block.text("cite"), mark, when
        )
        block.finish()
        duty = self._parts.duties.get(name)
        if duty is None or not duty.days:
            known = [one.id for one in self._parts.duties.values() if one.days]
            block.wrong(f"There is no duty “{name}” with a number of days.", f"Known: {', '.join(known)}.")
        elif not 0 < read.days < duty.days:
            what = f"{read.days} days are not sooner than the {duty.days} days that hold already."
            block.wrong(what, "An overlay may only make a time shorter.", line=block.line_of("days"))
        elif self._new(read.id, block):
            self._parts.duties[name] = replace(duty, sooner=(*duty.sooner, read))

    def _change(self, places: Iterable[int], change: Callable[[Basis], Basis]) -> None:
        for place in places:
            self._parts.bases[place] = change(self._parts.bases[place])

    def _all_new(self, condition: Condition, block: Block) -> bool:
        free = [self._new(inner.id, block) for inner in _with_members(condition)]
        return all(free)

    def _ours(self, condition: Condition, mark: str, when: ex.Test | None) -> Condition:
        members = tuple(self._ours(member, mark, member.when) for member in condition.members)
        name, layer = self.overlay.name, self.overlay.layer
        return replace(condition, layer=layer, law=name, mark=mark, when=when, members=members)

    @staticmethod
    def _both(one: ex.Test | None, other: ex.Test | None) -> ex.Test | None:
        return ex.All((one, other)) if one and other else one or other


def _head(block: Block) -> Overlay:
    layer = block.choice("layer", LAYERS)
    title = block.text("title")
    return Overlay(
        id=block.text("id"),
        title=title,
        name=block.text("name", title),
        layer=layer if layer in LAYERS else LAYERS[0],
        level=block.choice("level", LEVELS, "both"),
        law_as_of=block.text("law_as_of"),
        review=block.text("review"),
        mark=block.choice("mark", MARKS, None if layer == "state" else ""),
    )


def _with_condition(basis: Basis, condition: Condition, block: Block) -> Basis:
    """The basis with one condition more: a row of its checklist, a test of each item, or a fact of the request."""
    about_items = any(_about_items(test) for test in _tests(condition))
    if any(condition.ticks()):
        return _with_row(basis, condition, block, about_items=about_items)
    if about_items:
        return replace(basis, covers=(*basis.covers, condition))
    return replace(basis, conditions=(*basis.conditions, condition))


def _with_row(basis: Basis, condition: Condition, block: Block, *, about_items: bool) -> Basis:
    if about_items:
        block.wrong("A row of a checklist cannot look at one data item.", "Write `asks-for: {item: …}` in its `when`.")
    if basis.checklist is None:
        what = f"“{basis.id}” has no checklist for a row without `holds`."
        block.wrong(what, "Add a fact under `facts:` and test it with `holds:`.")
        return basis
    checklist = replace(basis.checklist, rows=(*basis.checklist.rows, condition))
    return replace(basis, checklist=checklist)


def _tests(condition: Condition) -> Iterator[ex.Test]:
    for one in _with_members(condition):
        yield from (test for test in (one.test, one.when, *(cure.on for cure in one.cures)) if test)


def _about_items(test: ex.Test) -> bool:
    looks = isinstance(test, ex.ItemIs | ex.ItemTagged | ex.ItemListed)
    return looks or any(_about_items(part) for part in test.parts())
