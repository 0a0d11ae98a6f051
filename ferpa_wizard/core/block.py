"""One mapping of a rule file being read: hands out its keys with the right type, and reports what does not fit.

Nothing here raises: a wrong value is reported at its line and a harmless one goes on, so that one run finds all. Once
MOST_MISTAKES are told, nothing more is handed out to be looked at: a file that is all mistakes has its end in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import takewhile

from ferpa_wizard.core.errors import MOST_MISTAKES, Mistake
from ferpa_wizard.core.strict_yaml import Node

_MAX_DIGITS = 9


class Block:
    """A mapping; `finish()` reports the keys that nobody asked for."""

    def __init__(self, node: Node, file: str, mistakes: list[Mistake]) -> None:
        self._file, self._mistakes, self.line = file, mistakes, node.line
        self._taken: set[str] = set()
        if isinstance(node.value, dict):
            self._pairs, self._lines = node.value, node.key_lines
        else:
            self._pairs, self._lines = {}, {}
            self.wrong("Key and value are expected here.", "Write `key: value`.")

    @property
    def file(self) -> str:
        return self._file

    def wrong(self, what: str, instead: str = "", *, line: int | None = None) -> None:
        """Report a mistake at `line`, else where this mapping starts."""
        if not self._is_full:
            self._mistakes.append(Mistake(self._file, line or self.line, what, instead))

    @property
    def _is_full(self) -> bool:
        return len(self._mistakes) >= MOST_MISTAKES

    def line_of(self, key: str) -> int:
        return self._lines.get(key, self.line)

    def has(self, key: str) -> bool:
        return key in self._pairs

    def __iter__(self) -> Iterator[str]:
        return takewhile(lambda _: not self._is_full, self._pairs)

    def node(self, key: str) -> Node | None:
        self._taken.add(key)
        return self._pairs.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """The text under `key`; without a default the key is needed."""
        node = self.node(key)
        if node is None:
            if default is None:
                self.wrong(f"“{key}” is missing.", f"Add `{key}:`.")
            return default or ""
        if not isinstance(node.value, str):
            self.wrong(f"“{key}” has to be text.", "Put it on one line, in quotes.", line=node.line)
            return default or ""
        if default is None and not node.value.strip():
            self.wrong(f"“{key}” is empty.", "Write its text.", line=node.line)
        return node.value

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        value = self.text(key, default)
        names = list(allowed)
        if value and value not in names:
            self.wrong(f"“{value}” is not a {key}.", _did_you_mean(value, names), line=self.line_of(key))
            return names[0] if names else value
        return value

    def flag(self, key: str) -> bool:
        return self.choice(key, ("no", "yes"), "no") == "yes"

    def number(self, key: str, default: int | None = None) -> int:
        value = self.text(key, "" if default is not None else None)
        if not value:
            return default or 0
        if not value.isascii() or not value.isdigit() or len(value) > _MAX_DIGITS:
            self.wrong(f"“{key}” has to be a whole number.", f"Write `{key}: 3`.", line=self.line_of(key))
            return default or 0
        return int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node.value, str):
            return (node.value,)
        if isinstance(node.value, list) and all(isinstance(item.value, str) for item in node.value):
            return tuple(str(item.value) for item in node.value)
        self.wrong(f"“{key}” has to be a list of texts.", f"Write `{key}: [a, b]`.", line=self.line_of(key))
        return ()

    def nodes(self, key: str) -> list[Node]:
        node = self.node(key)
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self.wrong(f"“{key}” has to be a list.", "Start each entry with a dash.", line=self.line_of(key))
        return []

    def blocks(self, key: str) -> Iterator[Block]:
        nodes = takewhile(lambda _: not self._is_full, self.nodes(key))
        return (Block(node, self._file, self._mistakes) for node in nodes)

    def block(self, key: str) -> Block | None:
        node = self.node(key)
        return None if node is None else Block(node, self._file, self._mistakes)

    def sub(self, node: Node) -> Block:
        return Block(node, self._file, self._mistakes)

    def finish(self, known: Iterable[str] = ()) -> None:
        names = sorted({*self._taken, *known})
        for key in self:
            if key not in names:
                self.wrong(
                    f"The key “{key}” is not known here.",
                    _did_you_mean(key, names),
                    line=self.line_of(key),
                )


def _did_you_mean(value: str, names: list[str]) -> str:
    near = get_close_matches(value, names, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(names)}."
