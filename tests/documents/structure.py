"""The structure of a PDF as poppler reads it: what a screen reader is told, in its order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_ELEMENT = re.compile(r"( *)([A-Z][A-Za-z0-9]*)(?=[ :]|$)")
_TEXT = re.compile(r' *"(.*)"$')


@dataclass
class Node:
    """One element: its role, its own text, and what is inside it."""

    role: str
    texts: list[str] = field(default_factory=list)
    inside: list[Node] = field(default_factory=list)

    def all(self, *roles: str) -> Iterator[Node]:
        """Every element of these roles in it, in reading order; without roles, every element."""
        for node in self.inside:
            if not roles or node.role in roles:
                yield node
            yield from node.all(*roles)

    @property
    def text(self) -> str:
        """All that is said in it, without white space: how lines break is no matter of order."""
        return "".join("".join(self._said()).split())

    def _said(self) -> Iterator[str]:
        yield from self.texts
        for node in self.inside:
            yield from node._said()


def structure(pdf: Path) -> Node:
    """The tree of the file. Skips the test where poppler is missing."""
    return _tree(_poppler("-struct-text", str(pdf)))


def facts(pdf: Path) -> dict[str, str]:
    """What the file says of itself: Title, Tagged, Pages ..."""
    lines = (line.partition(":") for line in _poppler(str(pdf)).splitlines())
    return {name: value.strip() for name, _, value in lines}


def _poppler(*arguments: str) -> str:
    tool = shutil.which("pdfinfo")
    if tool is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    done = subprocess.run([tool, "-enc", "UTF-8", *arguments], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")  # the names of some headings come as they are in the file


def _tree(told: str) -> Node:
    root = Node("Root")
    above: list[tuple[int, Node]] = [(-1, root)]
    for line in told.splitlines():
        if said := _TEXT.match(line):
            above[-1][1].texts.append(said[1])
        elif found := _ELEMENT.match(line):
            depth, node = len(found[1]), Node(found[2])
            while above[-1][0] >= depth:
                above.pop()
            above[-1][1].inside.append(node)
            above.append((depth, node))
    return root
