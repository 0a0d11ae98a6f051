"""What the rules cite outside the regulation: each source with its title and how far it was checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.overlays import FOLDER as OVERLAYS
from ferpa_wizard.core.strict_yaml import Node, parse


@dataclass(frozen=True, slots=True)
class Source:
    """`mark` is P, S, K or unverified; `title` says what it is about."""

    cite: str
    title: str
    mark: str


def sources(pack: Pack) -> tuple[Source, ...]:
    """The sources of a pack and its overlays, in the order of the files."""
    titles: dict[str, str] = {}
    for name, text in json.loads(pack.content).items():
        if name == "sources.yaml" or name.startswith(OVERLAYS):
            titles = dict(_titles(text, name)) | titles
    return tuple(Source(cite, titles.get(cite, ""), mark) for cite, mark in pack.sources.items())


def _titles(text: str, name: str) -> Iterator[tuple[str, str]]:
    root, _ = parse(text.encode(), name)
    for source in _list(root, "sources"):
        held = {key: str(one.value) for key, one in source.value.items()} if isinstance(source.value, dict) else {}
        yield held.get("cite", ""), held.get("title", "")


def _list(root: Node | None, key: str) -> list[Node]:
    held = root.value.get(key) if root and isinstance(root.value, dict) else None
    return list(held.value) if held and isinstance(held.value, list | tuple) else []
