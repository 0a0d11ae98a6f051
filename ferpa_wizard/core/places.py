"""Where in the rule files each thing stands, so that a mistake which shows only later is still told at its own line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ferpa_wizard.core.model import Advice, Condition, DutyUse, Pack
from ferpa_wizard.core.overlays import FOLDER
from ferpa_wizard.core.read_bases import place_in
from ferpa_wizard.core.strict_yaml import Node, parse

Place: TypeAlias = tuple[str, int]  # file and line


@dataclass
class Entry:
    """A mapping of a rule file, with the keys and list places on the way to it."""

    file: str
    path: tuple[str, ...]
    node: dict[str, Node]
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def text(self, key: str) -> str:
        value = self.node[key].value if key in self.node else ""
        return value if isinstance(value, str) else ""

    def place(self, key: str = "") -> Place:
        """Where a key stands, or the entry itself."""
        return self.file, self.lines.get(key, self.line)


class Places:
    """The entries of a pack's own files; an overlay's mistakes are told by who reads it."""

    def __init__(self, pack: Pack) -> None:
        files: dict[str, str] = json.loads(pack.content)
        self.entries: list[Entry] = []
        for file, text in sorted(files.items()):
            if file.endswith(".yaml") and not file.startswith(FOLDER):
                root, _ = parse(text.encode(), file)
                self.entries += _entries(file, (), root) if root else []
        self._ids: dict[str, Place] = {}
        self._by_line: dict[Place, Entry] = {}
        for entry in self.entries:
            self._by_line.setdefault(entry.place(), entry)
        for entry in sorted(self.entries, key=lambda entry: len(entry.path)):  # an option may bear a question's name
            if entry.text("id"):
                self._ids.setdefault(entry.text("id"), entry.place())

    def of(self, ident: str) -> Place:
        """Where the rule, question or checklist of this id starts; where the pack starts if it is nowhere."""
        if ident in self._ids:
            return self._ids[ident]
        if ident.startswith("papers-"):
            place = self._ids.get(ident.removeprefix("papers-"), ("pack.yaml", 1))
            entry = self._by_line.get(place)
            return entry.place("paperwork") if entry else place
        return self._verdict(ident)

    def within(self, owner: str, key: str) -> Place:
        """Where a key of the entry of this id stands."""
        return self.beside(self.of(owner), key)

    def beside(self, place: Place, key: str) -> Place:
        """Where a key of the entry that starts at this place stands."""
        entry = self._by_line.get(place)
        return entry.place(key) if entry else place

    def option(self, question: str, option: str) -> Place:
        """Where an option stands."""
        file, line = self.of(question)
        inside = [one for one in self.entries if one.file == file and "options" in one.path and one.line >= line]
        return next((one.place() for one in inside if one.text("id") == option), (file, line))

    def line(self, rule: Condition | Advice | DutyUse) -> Place:
        """Where a line of a rule stands."""
        file, line, _ = place_in(rule.key) or ("pack.yaml", 1, "")
        return file, line

    def cure(self, condition: Condition, number: int) -> Place:
        """Where a cure of a condition stands."""
        place = self.line(condition)
        entry = self._by_line.get(place)
        node = entry.node.get("cure") if entry else None
        if node is None:
            return place
        return place[0], node.value[number].line if isinstance(node.value, list) else node.line

    def _verdict(self, name: str) -> Place:
        found = [entry for entry in self.entries if entry.file == "words.yaml" and entry.path == ("verdicts",)]
        return found[0].place(name) if found and name in found[0].lines else ("pack.yaml", 1)


def _entries(file: str, path: tuple[str, ...], node: Node) -> Iterator[Entry]:
    if isinstance(node.value, list):
        for part in node.value:
            yield from _entries(file, path, part)
    elif isinstance(node.value, dict):
        yield Entry(file, path, node.value, node.line, node.key_lines)
        for key, part in node.value.items():
            yield from _entries(file, (*path, key), part)
