"""What the rules are measured against: every proposition of the law, and why some of it is not held.

The file coverage.yaml lies beside the rules and decides nothing: it is no part of the pack or of its hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.strict_yaml import Node, parse

COVERAGE = "coverage.yaml"


@dataclass(frozen=True, slots=True)
class Proposition:
    """One proposition of the law, or a basis, with the paragraphs where it stands."""

    id: str
    cites: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class NoRule:
    """Why no rule cites these paragraphs."""

    cites: tuple[str, ...]
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Which rules hold a proposition under other names, or why none does."""

    id: str
    rules: tuple[str, ...]
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Measure:
    law: tuple[Proposition, ...] = ()
    paragraphs: tuple[NoRule, ...] = ()
    propositions: tuple[Elsewhere, ...] = ()


def read_measure(data: bytes, file: str = COVERAGE) -> Measure:
    """The file from its YAML. Raises RulesError holding every mistake of form."""
    root, mistakes = parse(data, file)
    measure = measure_of(Block(root, file, mistakes)) if root else Measure()
    if mistakes:
        raise RulesError(mistakes)
    return measure


def measure_of(root: Block) -> Measure:
    """The same from a file that is parsed; what is wrong is reported there."""
    law = tuple(_proposition(block) for block in root.blocks("law"))
    paragraphs = tuple(_no_rule(block) for block in root.blocks("paragraphs"))
    elsewhere = tuple(_elsewhere(block) for block in root.blocks("propositions"))
    root.finish()
    _once(root, ((known.id, known.line) for known in law))
    _once(root, ((cite, entry.line) for entry in paragraphs for cite in entry.cites))
    _once(root, ((entry.id, entry.line) for entry in elsewhere))
    return Measure(law, paragraphs, elsewhere)


def split_cites(cites: str) -> tuple[str, ...]:
    """The citations of a rule, which stand in one text with semicolons between them."""
    return tuple(filter(None, (part.strip() for part in cites.split(";"))))


def ids_in(data: bytes, file: str) -> Iterator[str]:
    """Every id in a rule file, such as an overlay, whatever else it holds."""
    root, _ = parse(data, file)
    yield from _ids(root) if root else ()


def _ids(node: Node) -> Iterator[str]:
    if isinstance(node.value, str):
        return
    for key, one in node.value.items() if isinstance(node.value, dict) else (("", one) for one in node.value):
        if key == "id" and isinstance(one.value, str):
            yield one.value
        yield from _ids(one)


def _proposition(block: Block) -> Proposition:
    known = Proposition(block.text("id"), split_cites(block.text("cite", "")), block.line)
    block.finish()
    return known


def _no_rule(block: Block) -> NoRule:
    entry = NoRule(block.texts("cite"), block.text("reason"), block.line)
    if not entry.cites:
        block.wrong("“cite” is missing.", 'Write `cite: "34 CFR 99.31(a)(1)"`, or a list.')
    block.finish()
    return entry


def _elsewhere(block: Block) -> Elsewhere:
    entry = Elsewhere(block.text("id"), block.texts("as"), block.text("reason", ""), block.line)
    if not entry.rules and not entry.reason.strip():
        block.wrong("This needs the rules that hold it, or a reason.", "Add `as: [id]` or `reason:`.")
    block.finish()
    return entry


def _once(root: Block, names: Iterable[tuple[str, int]]) -> None:
    seen: set[str] = set()
    for name, line in names:
        if name in seen:
            root.wrong(f"“{name}” stands here twice.", "Remove one of the two.", line=line)
        seen.add(name)


def mistake(line: int, what: str, instead: str) -> Mistake:
    """A mistake in this file that only shows beside the rules."""
    return Mistake(COVERAGE, line, what, instead)
