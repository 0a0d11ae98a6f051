"""Breaks lines of the rule files, each in a way that a tired hand breaks them, and knows where that has to be told."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Files = Mapping[str, str]
_KEY = re.compile(r"(?<=[ {])(says|title|ask|why|find_out|label|do|steps|kind|stops|holds|cure|from)(?=: )")
_TEXT = re.compile(r'^( *(?:- )?)(says|title|ask|why|find_out|page|hint): "[^"]*"$')
_CHOICE = re.compile(r"(?<=[ {])(effect|layer|section|kind|rank|days|shows): ([a-z0-9-]+)")
_TEST = re.compile(r"(?<=holds: \{)([a-z-]+)(?=: [a-z\[])")
_CITE = re.compile(r'(?<=cite: ")[^";]+')
_STARTS = re.compile(r"^(id: |  page: | *- id: | *- \{id: )")
_NO_FACTS = ("item", "tag", "listed-in", "any", "all", "not", "asks-for")


@dataclass(frozen=True)
class Break:
    """One broken line of a file. It is told at `line`, or from there on where a parser finds out only later."""

    how: str
    file: str
    number: int  # of the broken line, from 1
    text: str  # that line, broken
    line: int
    later: bool = False

    def made(self, text: str) -> bytes:
        lines = text.split("\n")
        lines[self.number - 1] = self.text
        return "\n".join(lines).encode("utf-8", "surrogateescape")

    def is_told(self, file: str, line: int) -> bool:
        return file == self.file and (line >= self.line if self.later else line == self.line)


Breaking = Callable[[str], str | None]  # a line to the same line broken, None where it cannot be


def _renamed(line: str) -> str | None:
    return _KEY.sub(r"\1x", line, count=1) if _KEY.search(line) else None


def _twice(line: str) -> str | None:
    found = _TEXT.match(line)
    return f'{line}\n{" " * len(found[1])}{found[2]}: "again"' if found else None


def _anchored(line: str) -> str | None:
    return line.replace(': "', ': &again "', 1) if ': "' in line else None


def _tagged(line: str) -> str | None:
    return line.replace(': "', ': !text "', 1) if ': "' in line else None


def _hidden(line: str) -> str | None:
    return line.replace(' "', ' "\u202e', 1) if ' "' in line else None


def _not_utf_8(line: str) -> str | None:
    return line.replace(' "', ' "\udcff', 1) if ' "' in line else None


def _listed(line: str) -> str | None:
    found = _TEXT.match(line)
    return f"{found[1]}{found[2]}: [a, b]" if found else None


def _emptied(line: str) -> str | None:
    found = _TEXT.match(line)
    return f'{found[1]}{found[2]}: ""' if found and found[2] != "hint" else None


def _mistyped(line: str) -> str | None:
    found = _CHOICE.search(line)
    return line.replace(found[0], f"{found[1]}: {found[2]}zz", 1) if found else None


def _unclosed(line: str) -> str | None:
    return line[:-1] if _TEXT.match(line) else None


def _unbraced(line: str) -> str | None:
    return line[:-1] if line.endswith("}") and "{" in line else None


def _tabbed(line: str) -> str | None:
    return "\t" + line.lstrip() if _TEXT.match(line) and line.startswith("    ") else None


def _in_test(line: str) -> str | None:
    found = _TEST.search(line)
    return _TEST.sub(r"\1zz", line, count=1) if found and found[0] not in _NO_FACTS else None


def _miscited(line: str) -> str | None:
    return _CITE.sub("34 CFR 99.999", line, count=1) if _CITE.search(line) else None


FORM: Mapping[str, tuple[Breaking, int, bool]] = {
    "key renamed": (_renamed, 40, False),
    "key twice": (_twice, 25, False),
    "anchor": (_anchored, 15, False),
    "tag": (_tagged, 15, False),
    "hidden sign": (_hidden, 20, False),
    "not UTF-8": (_not_utf_8, 20, False),
    "list for a text": (_listed, 25, False),
    "nothing said": (_emptied, 20, False),
    "choice mistyped": (_mistyped, 40, False),
    "quote left open": (_unclosed, 15, True),
    "brace left open": (_unbraced, 15, True),
    "tab": (_tabbed, 10, False),
}
REFERENCE: Mapping[str, tuple[Breaking, int, bool]] = {
    "fact mistyped": (_in_test, 20, False),
    "citation mistyped": (_miscited, 20, False),
}


def breaks(files: Files, ways: Mapping[str, tuple[Breaking, int, bool]], chance: random.Random) -> list[Break]:
    """So many breaks of each way, at lines picked by chance; the same chance picks the same."""
    found: list[Break] = []
    for how, (breaking, count, later) in ways.items():
        every = list(_candidates(files, how, breaking, later=later, at_rule=ways is REFERENCE))
        found += chance.sample(every, min(count, len(every)))
    chance.shuffle(found)
    return found


def _candidates(files: Files, how: str, breaking: Breaking, *, later: bool, at_rule: bool) -> Iterator[Break]:
    for file, text in files.items():
        rules = ("bases/", "barriers/") if at_rule else ("bases/", "barriers/", "facts/", "tree/", "routes", "duties")
        starts = 1
        for number, line in enumerate(text.split("\n") if file.startswith(rules) else (), 1):
            starts = number if _STARTS.match(line) else starts
            broken = breaking(line)
            if broken is not None:
                told = starts if at_rule else number + broken.count("\n")
                yield Break(how, file, number, broken, told, later)


def together(found: list[Break], most: int) -> Iterator[list[Break]]:
    """The breaks in lots of at most so many, each of another file, so that one does not hide another."""
    left = list(found)
    while left:
        lot: list[Break] = []
        for one in left:
            if len(lot) < most and one.file not in {other.file for other in lot}:
                lot.append(one)
        left = [one for one in left if one not in lot]
        yield lot
