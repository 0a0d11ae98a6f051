"""How hard a text is to read, by Flesch and Kincaid, and which words it should do without. No dictionary is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.strict_yaml import parse

HARDEST = 8.0  # grade
LONGEST = 25  # words in a sentence
_FRAGMENT = 4  # fewer words make no sentence to be graded: labels would flatter the grade
_SENTENCE = re.compile(r"(?<=[.?!:;])[”\"’)]*\s+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z'’]+)*|\d[\d,.]*")
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_VOWELS = re.compile(r"[aeiouy]+")
_TWO = re.compile(
    r"[^aeiouct]ia|[dt]iu|iou|[^aeiou]io[^un]|eo|(?<!q)ua[lt]|u[aeo]t?$|[aeiou]ing|ying|[^cgstx]ion|creat|scien|quiet|riet|ea$|dea"
)
_SILENT = re.compile(
    r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouydt]ed$|[^aeiouyscxzg]es$|[aeiouy][^aeiouydt]ed$|ely$|eful|eless|[^e]ement"
)
_BY_HEART = {
    "people": 2,
    "someone": 2,
    "deal": 1,
    "idea": 3,
    "ideas": 3,
    "areas": 3,
    "radio": 3,
    "museum": 3,
    "dead": 1,
}


@dataclass(frozen=True)
class WordList:
    """Terms that are set apart from the grade, and words to avoid with what to write instead."""

    terms: tuple[str, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()


def read_words(data: bytes, file: str) -> tuple[WordList, list[Mistake]]:
    """The list from its YAML, and the mistakes met."""
    root, mistakes = parse(data, file)
    if root is None:
        return WordList(), mistakes
    block = Block(root, file, mistakes)
    avoid = []
    for inner in block.blocks("avoid"):
        avoid += [(word, inner.text("use")) for word in inner.texts("words")]
        inner.finish()
    words = WordList(block.texts("terms"), tuple(avoid))
    block.finish()
    return words, mistakes


def grade(texts: Iterable[str], terms: Sequence[str] = ()) -> float:
    """The school grade that the texts of one screen ask for; 0 where there is no sentence."""
    sentences = [words for text in texts for words in _sentences(_without(text, terms)) if len(words) >= _FRAGMENT]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    beats = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * beats / len(words) - 15.59


def long_sentences(text: str) -> Iterator[int]:
    """How many words the sentences have that are too long."""
    for words in _sentences(_PLACEHOLDER.sub("it", text)):
        if len(words) > LONGEST:
            yield len(words)


def avoided(text: str, words: WordList) -> Iterator[tuple[str, str]]:
    """The words in the text that it should do without, each with what to write instead."""
    plain = _without(text, words.terms)
    for word, instead in words.avoid:
        if _sought(word).search(plain):
            yield word, instead


def syllables(word: str) -> int:
    """How many syllables a word has, by its spelling; a number counts as one."""
    if word[0].isdigit():
        return 1
    return max(1, sum(_in_part(part) for part in word.lower().replace("’", "'").split("-") if part))


def _in_part(part: str) -> int:
    plain = part.replace("'", "")
    if plain in _BY_HEART:
        return _BY_HEART[plain]
    beats = len(_VOWELS.findall(plain)) + len(_TWO.findall(plain)) - len(_SILENT.findall(plain))
    return max(1, beats)


def _sentences(text: str) -> Iterator[list[str]]:
    for sentence in _SENTENCE.split(text):
        words = _WORD.findall(sentence)
        if words:
            yield words


def _without(text: str, terms: Sequence[str]) -> str:
    """The text with placeholders and set terms as one short word each."""
    plain = _PLACEHOLDER.sub("one", text)
    for term in sorted(terms, key=len, reverse=True):
        plain = _sought(term).sub("one", plain)
    return plain


_KNOWN: dict[str, re.Pattern[str]] = {}


def _sought(word: str) -> re.Pattern[str]:
    """The word by itself, in any case; one with an asterisk at its end also with what follows."""
    if word not in _KNOWN:
        stem = word.removesuffix("*")
        start = r"\b" if stem[:1].isalnum() else ""
        end = r"\w*" if word.endswith("*") else (r"\b" if stem[-1:].isalnum() else "")
        _KNOWN[word] = re.compile(f"{start}{re.escape(stem)}{end}", re.IGNORECASE)
    return _KNOWN[word]
