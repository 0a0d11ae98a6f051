"""YAML with everything surprising left out, read from parser events so that nesting can be stopped in time.

Every scalar is text: `no` stays "no". Refused: anchors and aliases, tags, repeated keys, several documents in one file,
and what is too large, too deep or not plain text. Each value keeps its line, so that a mistake found later can be shown
at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from sys import intern
from typing import NamedTuple, Protocol, cast

import yaml

from ferpa_wizard.core.errors import MOST_MISTAKES, Mistake

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 64
MAX_NODES = 200_000
MAX_SCALAR = 64 * 1024
# Bidirectional controls can make a rule read other than it is; the other control characters have no business in text.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


class Node(NamedTuple):
    """A value and the line that it stands on (from 1): text, a list, or a mapping with the line of each key."""

    value: str | list[Node] | dict[str, Node]
    line: int
    key_lines: Mapping[str, int] = {}  # texts and lists share one; nobody writes into it

    def plain(self) -> object:
        """The value as an answer is taken: a text, or a list of texts with empty ones where there is none."""
        if isinstance(self.value, list):
            return [part.value if isinstance(part.value, str) else "" for part in self.value]
        return self.value


class _Parser(Protocol):
    def check_event(self) -> bool: ...
    def get_event(self) -> yaml.Event: ...


class _RefusedError(Exception):
    def __init__(self, line: int, what: str, instead: str) -> None:
        self.line, self.what, self.instead = line, what, instead
        super().__init__(what)


def file_content(path: Path) -> bytes:
    """A file for `parse`: of one that is too large no more than shows that. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def parse(data: bytes, file: str) -> tuple[Node | None, list[Mistake]]:
    """The root of one YAML file, or None, and the mistakes met. Never raises for bad input."""
    try:
        composer = _Composer(_events(_text(data)))
        root = composer.document()
    except _RefusedError as refused:
        return None, [Mistake(file, refused.line, refused.what, refused.instead)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"This is not readable YAML: {error.problem or error.context}."
        return None, [Mistake(file, mark.line + 1 if mark else 1, what, "Check indents, quotes and colons.")]
    except yaml.YAMLError as error:
        return None, [
            Mistake(
                file,
                1,
                f"This is not readable YAML: {error}.",
                "Save it again as plain UTF-8 text.",
            )
        ]
    return root, [Mistake(file, line, what, instead) for line, what, instead in composer.repeats[:MOST_MISTAKES]]


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _RefusedError(1, f"The file has more than {MAX_BYTES // 1024 // 1024} MiB.", "Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _RefusedError(line, "The file is not UTF-8 text.", "Save it as UTF-8.") from error
    if unsafe := _UNSAFE.search(text):
        line = text.count("\n", 0, unsafe.start()) + 1
        what = f"There is a hidden control character (U+{ord(unsafe.group()):04X})."
        raise _RefusedError(line, what, "Take it out.")
    return text


def _events(text: str) -> Iterator[yaml.Event]:
    # The C parser is ten times faster; its event stream is safe at any depth because we stop reading it.
    parser = cast(_Parser, yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text))  # noqa: TID251 - events only
    while parser.check_event():
        yield parser.get_event()


class _Composer:
    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._nodes = 0
        self.repeats: list[tuple[int, str, str]] = []

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _RefusedError(_line(event), "A second document starts here.", "Keep one document a file.")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1, in_flow=False)
        return root

    def _node(self, event: yaml.Event, depth: int, *, in_flow: bool) -> Node:
        self._refuse(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, in_flow=in_flow)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _refuse(self, event: yaml.Event, depth: int) -> None:
        self._nodes += 1
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(line, "Anchors and aliases (& and *) are not used here.", "Write the value out.")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise _RefusedError(line, f"The tag {tag} is not used here.", "Take it out.")
        if depth > MAX_DEPTH:
            raise _RefusedError(line, f"This is nested more than {MAX_DEPTH} levels deep.", "Flatten it.")
        if self._nodes > MAX_NODES:
            raise _RefusedError(line, f"The file has more than {MAX_NODES} values.", "Split it.")

    def _scalar(self, event: yaml.ScalarEvent, *, in_flow: bool) -> Node:
        line, value = _line(event), str(event.value)
        if len(value) > MAX_SCALAR:
            raise _RefusedError(line, f"This text has more than {MAX_SCALAR} characters.", "Shorten it.")
        if in_flow and not value and not event.style:
            # {no: No, the group decides} parses as a key "the group decides" with nothing behind it.
            raise _RefusedError(
                line,
                "A key without a value stands in { }.",
                'Put quotes round text that has a comma: "...".',
            )
        return Node(value, line)

    def _sequence(self, event: yaml.Event, depth: int) -> Node:
        items: list[Node] = []
        for inner in self._events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(self._node(inner, depth + 1, in_flow=bool(getattr(event, "flow_style", False))))
        return Node(items, _line(event))

    def _mapping(self, event: yaml.Event, depth: int) -> Node:
        pairs: dict[str, Node] = {}
        lines: dict[str, int] = {}
        flow = bool(getattr(event, "flow_style", False))
        for inner in self._events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            key = self._node(inner, depth + 1, in_flow=flow)
            value = self._node(next(self._events), depth + 1, in_flow=flow)
            if not isinstance(key.value, str):
                raise _RefusedError(
                    key.line,
                    "A key has to be plain text.",
                    "Put quotes round text that has a brace or bracket.",
                )
            if key.value in pairs:
                self.repeats.append(
                    (
                        key.line,
                        f"The key “{key.value}” stands twice.",
                        f"Keep one (the other is on line {lines[key.value]}).",
                    )
                )
            name = intern(key.value)  # a few names stand in all rules
            pairs[name], lines[name] = value, key.line
        return Node(pairs, _line(event), lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
