"""Rule file to questions, derived facts and data items."""

from __future__ import annotations

from collections.abc import Iterable

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.items import Item, ItemGroup
from ferpa_wizard.core.letters import lowered
from ferpa_wizard.core.marks import EntryRule, Mark, Mend
from ferpa_wizard.core.model import Derived, Option, Question
from ferpa_wizard.core.packets import Packet, Usual
from ferpa_wizard.core.prompts import Principle, Prompt
from ferpa_wizard.core.read_tests import needed_test, read_test

KINDS = ("one", "many", "text", "date", "number", "items")


def read_question(block: Block, sections: Iterable[str], *, in_tree: bool) -> Question:
    """One question; in the tree a section has to be named, elsewhere it is `conditions`."""
    kind = block.choice("kind", KINDS, "one")
    if block.text("options", "") if isinstance(getattr(block.node("options"), "value", None), str) else "":
        kind = "items"  # `options: items` says the same
    options = () if kind in ("items", "text", "date", "number") else tuple(map(read_option, block.blocks("options")))
    question = Question(
        id=block.text("id"),
        section=block.choice("section", sections, None if in_tree else "conditions"),
        text=block.text("ask"),
        hint=block.text("hint", ""),
        why=block.text("why"),
        cite=block.text("cite", ""),
        find_out=block.text("find_out"),
        kind=kind,
        options=options,
        when=read_test(block, "when"),
        standing=block.flag("standing"),
        presume=block.text("presume", ""),
        unsure=kind == "one" and not block.has("no-unsure"),
        no_unsure=block.text("no-unsure", ""),
        in_tree=in_tree,
        on_page=block.text("on-page", ""),
        by_agreement=block.flag("by-agreement"),
        mend=_read_mend(block.block("mend")) if block.has("mend") else None,
    )
    _check_options(block, question)
    block.finish()
    return question


def _check_options(block: Block, question: Question) -> None:
    ids = [option.id for option in question.options]
    if question.kind in ("one", "many") and len(ids) <= 1:
        block.wrong("A question needs two options or more.", "Add options.", line=block.line_of("options"))
    for repeated in sorted({one for one in ids if ids.count(one) > 1}):
        block.wrong(
            f"The option “{repeated}” stands twice.",
            "Give each its own id.",
            line=block.line_of("options"),
        )
    if question.presume and question.presume not in ids:
        block.wrong(
            f"“{question.presume}” is not an option here.",
            f"Known: {', '.join(ids)}.",
            line=block.line_of("presume"),
        )
    if question.by_agreement and (question.standing or question.kind == "items"):
        what = "An agreement settles neither data nor standing facts of the school."
        block.wrong(what, "Take `by-agreement` out.", line=block.line_of("by-agreement"))
    if question.mend:
        _check_mend(block, question, ids)
    for option in question.options:
        if option.same_as and option.same_as not in ids:
            block.wrong(f"“{option.same_as}” is not an option here.", f"Known: {', '.join(ids)}.")


def _read_mend(block: Block | None) -> Mend | None:
    if block is None:
        return None
    mend = Mend(block.text("do"), block.text("by"), block.text("to", ""))
    block.finish()
    return mend


def _check_mend(block: Block, question: Question, ids: list[str]) -> None:
    line = block.line_of("mend")
    if not question.standing:
        block.wrong("Only a standing fact is changed by the school.", "Take `mend` out.", line=line)
    to = question.mend.to if question.mend else ""
    if question.kind == "one" and to not in ids:
        block.wrong(f"“{to}” is not an option here.", f"Known: {', '.join(ids)}.", line=line)
    if question.kind != "one" and to:
        block.wrong("A list takes in the data asked for.", "Take `to` out.", line=line)


def read_option(block: Block) -> Option:
    option = Option(
        id=block.text("id"),
        label=block.text("label"),
        hint=block.text("hint", ""),
        name=block.text("name", ""),
        title=block.text("title", ""),
        short=block.text("short", ""),
        when=read_test(block, "when"),
        same_as=block.text("same-as", ""),
    )
    block.finish()
    return option


def read_derived(block: Block) -> Derived:
    """`{id, is: {value: test}}`."""
    inner = block.block("is")
    values = tuple((value, needed_test(inner, value)) for value in inner) if inner else ()
    derived = Derived(block.text("id"), values)
    block.finish(("why",))
    return derived


def read_group(block: Block) -> ItemGroup:
    group = ItemGroup(block.text("id"), block.text("title"))
    block.finish()
    return group


def read_principle(block: Block) -> Principle:
    principle = Principle(block.text("id"), block.text("title"), block.text("says"))
    block.finish()
    return principle


def read_prompt(block: Block, principles: Iterable[str]) -> Prompt:
    prompt = Prompt(block.text("id"), block.choice("principle", principles), block.text("ask"), block.text("hint", ""))
    block.finish()
    return prompt


def read_mark(block: Block) -> Mark:
    mark = Mark(block.text("id"), read_test(block, "when"), block.texts("bases"), block.text("open", ""))
    if mark.when is None and not mark.bases and not mark.open:
        block.wrong("A mark has to say when it holds.", "Write `when: {question: answer}`, `bases: […]` or `open: …`.")
    block.finish()
    return mark


def read_entry_rule(block: Block) -> EntryRule:
    rule = EntryRule(
        id=block.text("id"),
        says=block.text("says", ""),
        waits=block.flag("waits"),
        refused=block.flag("refused"),
        met=block.flag("met"),
        when=read_test(block, "when"),
        unless=read_test(block, "unless"),
        bases=block.texts("bases"),
        verdicts=block.texts("verdicts"),
        cite=block.text("cite"),
    )
    if rule.waits == bool(rule.says):
        block.wrong("A line either says why no entry is due, or waits.", "Write `says: …` or `waits: yes`.")
    block.finish()
    return rule


def read_usual(block: Block) -> Usual:
    usual = Usual(needed_test(block, "when"), block.texts("items"))
    block.finish()
    return usual


def read_packet(block: Block) -> Packet:
    packet = Packet(block.text("id"), block.text("label"), block.texts("items"))
    if not packet.items:
        block.wrong(f"The packet “{packet.id}” has no items.", "Add `items: [...]`.")
    block.finish()
    return packet


def read_item(block: Block, groups: Iterable[str]) -> Item:
    tags = set(block.texts("tags"))
    if block.flag("directory"):
        tags.add("directory")
    label = block.text("label")
    item = Item(
        id=block.text("id"),
        label=label,
        name=block.text("name", lowered(label)),
        group=block.choice("group", groups),
        content=block.choice("shows", ("content", "identifies"), "content") == "content",
        tags=frozenset(tags),
    )
    block.finish(("hint",))
    return item
