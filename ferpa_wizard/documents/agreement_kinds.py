"""What the law asks each kind of agreement to say; the law itself is in rules/agreements.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.strict_yaml import parse
from ferpa_wizard.documents.wording import damaged, file_bytes
from ferpa_wizard.paths import data


@dataclass(frozen=True)
class Element:
    """One thing that has to be said or hold; `conditions` are those of the rules that ask for it."""

    id: str
    cite: str
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """One kind of agreement; `bases` are the ways to share that rest on it."""

    id: str
    bases: tuple[str, ...]
    elements: tuple[Element, ...]
    good: tuple[str, ...]
    signers: tuple[str, ...]


@cache
def agreements() -> Mapping[str, Agreement]:
    """Every kind by its id, in the order of the file. Raises DocumentError where the file is damaged or missing."""
    file = data() / "rules" / "agreements.yaml"
    root, mistakes = parse(file_bytes(file), file.name)
    found = {} if root is None else {kind.id: kind for kind in _kinds(Block(root, file.name, mistakes))}
    if mistakes:
        raise damaged()
    return found


def _kinds(top: Block) -> Iterator[Agreement]:
    for block in top.blocks("agreements"):
        yield Agreement(
            id=block.text("id"),
            bases=block.texts("bases"),
            elements=tuple(map(_element, block.blocks("elements"))),
            good=block.texts("good"),
            signers=block.texts("signers"),
        )
        block.finish()
    top.finish()


def _element(block: Block) -> Element:
    element = Element(block.text("id"), block.text("cite"), block.texts("conditions"))
    block.finish()
    return element
