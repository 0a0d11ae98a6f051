"""Rule file to bases, barriers and their conditions."""

from __future__ import annotations

import re

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.expressions import All, FactIs, Test
from ferpa_wizard.core.model import (
    CURE_KINDS,
    EFFECTS,
    LAYERS,
    Advice,
    Barrier,
    Basis,
    Beyond,
    Checklist,
    Condition,
    Cure,
    DutyUse,
    Judge,
    Myth,
    Route,
    Severity,
)  # fmt: skip
from ferpa_wizard.core.model import Duty as DutyModel
from ferpa_wizard.core.read_tests import needed_test, read_test
from ferpa_wizard.core.strict_yaml import Node

_KEY = re.compile(r"(?P<file>.+?\.yaml):(?P<line>[0-9]+):(?P<id>.*)", re.DOTALL)


def read_basis(block: Block) -> Basis:
    covers = block.node("covers")
    basis = Basis(
        id=block.text("id"),
        title=block.text("title"),
        says=block.text("says"),
        headline=block.text("headline", ""),
        cite=block.text("cite"),
        level=block.choice("level", ("k12", "college", "both"), "both"),
        effect=block.choice("effect", EFFECTS),
        law=block.text("law", "ferpa"),
        rank=block.number("rank"),
        anyone=block.flag("anyone"),
        urgent=block.flag("urgent"),
        may_stand=block.flag("may-stand"),
        each_time=block.text("each-time", ""),
        covers=() if covers is None or covers.value == "all" else _conditions(block, "covers", added=True),
        triggers=_conditions(block, "who-and-why"),
        conditions=_conditions(block, "facts", added=True),
        checklist=_checklist(block),
        advice=tuple(map(read_advice, block.blocks("advice"))),
        duties=_duty_uses(block),
        myths=tuple(map(read_myth, block.blocks("myths"))),
        by_agreement=block.flag("by-agreement"),
        short=block.text("short", ""),
    )
    if not basis.triggers and not basis.conditions:
        block.wrong("A basis needs who-and-why or facts.", "Add `who-and-why:`.")
    if basis.may_stand and basis.each_time:
        wrong = "What may stand is not decided each time."
        block.wrong(wrong, "Leave out `may-stand` or `each-time`.", line=block.line_of("each-time"))
    block.finish()
    return basis


def _conditions(block: Block, key: str, *, added: bool = False) -> tuple[Condition, ...]:
    return tuple(read_condition(inner, added=added) for inner in block.blocks(key))


def read_condition(block: Block, *, tick: bool = False, added: bool = False) -> Condition:
    """One condition; with `tick` a row of a checklist, met when ticked; `added`: it may name the law that adds it."""
    members = [read_condition(inner, tick=tick) for key in ("any", "all") for inner in block.blocks(key)]
    ident, layer = block.text("id"), block.choice("layer", LAYERS, "ferpa")
    law = block.text("law", "") if added else ""
    ticked = tick and not members and not block.has("holds")
    judge = _judge(block)
    test: Test | None = None
    if ticked:
        test = FactIs(ident, ("yes",))  # a row is the fact of its own id, "yes" when ticked
    elif not members:
        test = read_test(block, "holds") if judge else needed_test(block, "holds")
    condition = Condition(
        id=ident,
        says=block.text("says", "" if members else None),
        cite=block.text("cite", "" if members else None),
        layer=layer,
        test=test,
        tick=ticked,
        members=tuple(members),
        every=block.has("all"),
        when=read_test(block, "when"),
        cures=_cures(block),
        judge=judge,
        burden=block.choice("burden", ("requester", "school"), "school") == "requester",
        standing=block.flag("standing"),
        says_no=block.text("no", ""),
        key=key_of(block, ident),
        law=law,
    )
    if law and layer == "ferpa":
        block.wrong(f"“{law}” adds this, and FERPA is its layer.", "Give it the `layer` of that law.")
    if ticked and (not condition.cures or any(cure.severity != Severity.STEP for cure in condition.cures)):
        block.wrong(
            "A checklist row needs a cure of a kind that is a step.",
            f"One of: {', '.join(_STEPS)}.",
        )
    block.finish()
    return condition


_STEPS = [kind for kind, severity in CURE_KINDS.items() if severity == Severity.STEP]


def _cures(block: Block) -> tuple[Cure, ...]:
    node = block.node("cure")
    if node is None:
        return ()
    nodes: list[Node] = node.value if isinstance(node.value, list) else [node]
    return tuple(_cure(block.sub(inner)) for inner in nodes)


def _cure(block: Block) -> Cure:
    cure = Cure(
        kind=block.choice("kind", CURE_KINDS),
        do=block.text("do"),
        by=block.text("by", ""),
        document=block.text("document", ""),
        from_when=block.text("from-when", ""),
        on=read_test(block, "from"),
    )
    block.finish()
    return cure


def _judge(block: Block) -> Judge | None:
    inner = block.block("judge")
    if inner is None:
        return None
    judge = Judge(inner.text("role"), inner.text("test"))
    inner.finish()
    return judge


def _checklist(block: Block) -> Checklist | None:
    inner = block.block("paperwork")
    if inner is None:
        return None
    checklist = Checklist(
        id="papers-" + block.text("id"),
        text=inner.text("page"),
        hint=inner.text("hint", ""),
        why=inner.text("why"),
        cite=inner.text("cite", ""),
        find_out=inner.text("find_out"),
        rows=tuple(read_condition(row, tick=True) for row in inner.blocks("rows")),
        key=key_of(inner, "papers"),
        on_page=inner.text("on-page", ""),
    )
    inner.finish()
    return checklist


def key_of(block: Block, ident: str) -> str:
    """Names a line of a rule in the whole pack, by where it stands."""
    return f"{block.file}:{block.line}:{ident}"


def place_in(key: str) -> tuple[str, int, str] | None:
    """File, line and id of such a name; None for any other text."""
    found = _KEY.fullmatch(key)
    return (found["file"], int(found["line"]), found["id"]) if found else None


def read_advice(block: Block) -> Advice:
    ident = block.text("id")
    says, cite, when = block.text("says"), block.text("cite", ""), read_test(block, "when")
    advice = Advice(ident, says, cite, when, key=key_of(block, ident))
    block.finish()
    return advice


def read_myth(block: Block) -> Myth:
    ident = block.text("id")
    says, answer, cite = block.text("people-say"), block.text("answer"), block.text("cite")
    myth = Myth(ident, says, answer, cite, key=key_of(block, ident))
    block.finish()
    return myth


def _duty_uses(block: Block) -> tuple[DutyUse, ...]:
    uses = []
    for node in block.nodes("duties"):
        if isinstance(node.value, str):
            uses.append(DutyUse(node.value, key=f"{block.file}:{node.line}:{node.value}"))
        else:
            inner = block.sub(node)
            ident = inner.text("id")
            uses.append(DutyUse(ident, read_test(inner, "when"), key=key_of(inner, ident)))
            inner.finish()
    return tuple(uses)


def read_barrier(block: Block, layer: str | None = None) -> Barrier:
    """One barrier; `layer` is what it has when its file does not say."""
    barrier = Barrier(
        id=block.text("id"),
        title=block.text("title"),
        says=block.text("says"),
        layer=block.choice("layer", LAYERS[1:], layer),
        cite=block.text("cite"),
        leave_out=block.text("leave-out"),
        stops=_stops(block),
        when=read_test(block, "when"),
        unless=_conditions(block, "unless"),
        duties=_duty_uses(block),
    )
    if any(map(_may_not_apply, barrier.unless)):
        # A condition that does not apply is met, so it would lift the barrier.
        block.wrong("What lifts a barrier cannot have a `when`.", "Write `holds: {all: [...]}` with both.")
    block.finish()
    return barrier


def _may_not_apply(condition: Condition) -> bool:
    return condition.when is not None or any(map(_may_not_apply, condition.members))


def _stops(block: Block) -> Test:
    node = block.node("stops")
    return All(()) if node is not None and node.value == "all" else needed_test(block, "stops")


def read_source(block: Block) -> tuple[str, str]:
    """A citation outside Part 99, and how far it was checked (P, S, K or unverified)."""
    source = block.text("cite"), block.choice("mark", ("P", "S", "K", "unverified"))
    block.finish(("id", "title", "note", "says"))
    return source


def read_beyond(block: Block) -> Beyond:
    title = block.text("title")
    beyond = Beyond(
        block.text("id"),
        needed_test(block, "when"),
        title,
        block.text("test", title),  # packs sealed with older records have none
        block.text("says"),
        block.text("cite"),
    )
    block.finish()
    return beyond


def read_route(block: Block) -> Route:
    route = Route(
        id=block.text("id"),
        title=block.text("title"),
        steps=block.texts("steps"),
        cite=block.text("cite", ""),
        by=block.text("by", ""),
        takes=block.text("takes", ""),
        paper=block.text("paper", ""),
        when=read_test(block, "when"),
        mends=block.texts("mends"),
        last=block.flag("last"),
        quiet=block.flag("quiet"),
        asker_acts=block.flag("asker-acts"),
    )
    if not route.steps:
        block.wrong("A route needs steps.", "Add `steps:`.")
    block.finish()
    return route


def read_duty(block: Block) -> DutyModel:
    duty = DutyModel(
        id=block.text("id"),
        when=block.choice("when", ("before", "at", "after")),
        do=block.text("do"),
        by=block.text("by", ""),
        cite=block.text("cite", ""),
        days=block.number("days", 0),
        unchecked=block.texts("unchecked"),
        urgent=block.flag("urgent"),
        refused=block.flag("refused"),
    )
    block.finish()
    return duty
