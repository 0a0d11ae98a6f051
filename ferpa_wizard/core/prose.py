"""The words of the rules as people read them, screen by screen: how hard, how long, and which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.places import Entry, Place, Places
from ferpa_wizard.core.readability import HARDEST, LONGEST, WordList, avoided, grade, long_sentences

_KEYS = frozenset(
    (
        "ask", "hint", "why", "find_out", "label", "says", "no", "do", "page", "title", "test", "answer", "people-say",
        "headline", "leave-out", "from-when", "no-unsure", "steps", "each-time",
    )
)  # fmt: skip
_QUOTED = ("people-say",)  # what others say, in their words
_TESTS = frozenset(("when", "holds", "from", "stops", "is", "not", "asks-for"))
_NOT_READ = ("sources.yaml",)


@dataclass(frozen=True)
class Passage:
    """One text with its place and the screen on which it is read."""

    screen: Place
    file: str
    line: int
    key: str
    text: str


def check_prose(places: Places, words: WordList) -> list[Mistake]:
    """Every passage that is too hard, too long, or says it in a word to avoid."""
    passages = list(_passages(places))
    return [*_too_hard(passages, words), *_too_long(passages), *_to_avoid(passages, words)]


def _too_hard(passages: list[Passage], words: WordList) -> Iterator[Mistake]:
    screens: dict[Place, list[str]] = {}
    for passage in passages:
        screens.setdefault(passage.screen, []).append(passage.text)
    for (file, line), texts in screens.items():
        found = grade(texts, words.terms)
        if found > HARDEST:
            what = f"This is written for grade {found:.1f}."
            yield Mistake(file, line, what, f"Use shorter words and sentences, for grade {HARDEST:.0f} or lower.")


def _too_long(passages: list[Passage]) -> Iterator[Mistake]:
    for passage in passages:
        for count in long_sentences(passage.text):
            what = f"A sentence in “{passage.key}” has {count} words."
            yield Mistake(passage.file, passage.line, what, f"Split it: {LONGEST} words at most.")


def _to_avoid(passages: list[Passage], words: WordList) -> Iterator[Mistake]:
    for passage in passages:
        for word, instead in avoided(passage.text, words) if passage.key not in _QUOTED else ():
            yield Mistake(passage.file, passage.line, f"“{word}” stands in “{passage.key}”.", f"Write: {instead}.")


def _passages(places: Places) -> Iterator[Passage]:
    screens = _Screens()
    for entry in places.entries:
        if _TESTS.isdisjoint(entry.path) and entry.file not in _NOT_READ:
            yield from _texts(entry, screens.of(entry))


class _Screens:
    """Where the screen starts on which an entry is read: a question, a rule, its checklist, or a whole file."""

    def __init__(self) -> None:
        self._rule = self._page = ("", 0)

    def of(self, entry: Entry) -> Place:
        if entry.file.startswith(("bases/", "barriers/")):
            if not entry.path:
                self._rule = entry.place()
            elif entry.path == ("paperwork",):
                self._page = entry.place()
            return self._page if entry.path[:1] == ("paperwork",) and "cure" not in entry.path else self._rule
        if entry.file.startswith(("tree/", "facts/", "routes.yaml")):
            if len(entry.path) == 1:
                self._rule = entry.place()
            return self._rule
        return entry.file, 1


def _texts(entry: Entry, screen: Place) -> Iterator[Passage]:
    for key, node in entry.node.items():
        if key in _KEYS or entry.file == "words.yaml":
            for one in node.value if isinstance(node.value, list) else [node]:
                if isinstance(one.value, str):
                    yield Passage(screen, entry.file, one.line, key, one.value)
