"""The sentences of the papers: ours, and a district's own where it has written some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.sentences import fill, places
from ferpa_wizard.core.strict_yaml import file_content, parse
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.pdf import PAPERS, PaperSize
from ferpa_wizard.paths import data

Texts = Mapping[str, str]

LETTERHEAD = "letterhead"
_CHOICES: Mapping[str, tuple[str, ...]] = {"paper": tuple(PAPERS)}  # keys that hold no sentence
ALWAYS = frozenset(
    {"school", "number", "reference", "contact", "blank", "short", "pack", "version", "law_as_of", "review"}
)
_CLAIMS = re.compile(
    r"\bFERPA\W+(?:itself\W+|law\W+)?(?:also\W+)?"
    r"(?:(?:does|do)\W+)?(?:prohibit|forbid|bar|ban|block|prevent|stop|object|refuse)s?\b"
    r"|\bFERPA\W+(?:itself\W+)?(?:does\W+not|doesn\W?t|will\W+not|cannot)\W+(?:allow|permit|let)\b"
    r"|\b(?:prohibited|forbidden|barred|banned|blocked|prevented|stopped|not\W+allowed)\W+(?:by|under)\W+FERPA\b"
    r"|\b(?:because\W+of|due\W+to)\W+FERPA\b"
    r"|\bFERPA\W+(?:misma\W+)?(?:proh[íi]be|impide|no\W+permite)\b",
    re.IGNORECASE,
)
_MAY_CLAIM = ("ferpa-stops",)
_SUFFIXES = (".yaml", ".yml")


class WordingError(DocumentError):
    """A district's own wording cannot be used; `mistakes` holds all of them, sorted by place."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        lines = "\n".join(map(str, self.mistakes))
        super().__init__(
            f"No paper was made, because your own wording has mistakes. Mend them, then try again.\n{lines}"
        )


@dataclass(frozen=True)
class Sheet:
    """The sentences of one file, and the values that every one of them may name."""

    texts: Texts
    values: Texts

    def __call__(self, key: str, /, **values: str) -> str:
        """The sentence under `key`, filled; a value is never filled again."""
        return fill(self.texts[key], {**self.values, **values})

    def __contains__(self, key: str) -> bool:
        return key in self.texts

    def get(self, key: str, otherwise: str) -> str:
        """The sentence under `key`, or the other text as it stands."""
        return self(key) if key in self.texts else otherwise


@dataclass(frozen=True)
class Wording:
    """Every file of sentences by its name without suffix."""

    files: Mapping[str, Texts]

    def sheet(self, name: str, values: Texts | None = None) -> Sheet:
        return Sheet(self.files[name], values or {})

    @property
    def paper(self) -> PaperSize:
        """The size of paper that the letterhead names."""
        return PAPERS[self.files[LETTERHEAD]["paper"]]


def claims_ferpa(text: str) -> bool:
    """Does this text say that FERPA forbids something? A guard against the usual phrases, not a reader."""
    return _CLAIMS.search(text) is not None


def read_wording(*own: Path) -> Wording:
    """Our wording, with what the folders `own` say in its place, the last of them first of all.

    A missing folder changes nothing. WordingError holds every mistake; DocumentError when a file cannot be read.
    """
    ours = _shipped(data() / "resources" / "papers" / "wording")
    mistakes: list[Mistake] = []
    found: dict[str, Texts] = dict(ours)
    for name, path in (file for folder in own for file in _files(folder)):
        if name in ours:
            found[name] = {**found[name], **_own(path, ours[name], mistakes)}
        else:
            near = _near(name, ours)
            mistakes.append(Mistake(_place(path), 1, f"No paper uses the file “{path.name}”.", near))
    if mistakes:
        raise WordingError(mistakes)
    return Wording(found)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    try:
        names = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise _unreadable(folder, error) from error
    return ((path.name.removesuffix(path.suffix), path) for path in names if path.suffix in _SUFFIXES)


@cache
def _shipped(folder: Path) -> Mapping[str, Texts]:
    """Our own sentences, which do not change while the program runs."""
    return {name: _ours(path) for name, path in _files(folder)}


def _ours(path: Path) -> Texts:
    root, mistakes = parse(file_bytes(path), path.name)
    if root is None or mistakes or not isinstance(root.value, dict):
        raise damaged()
    return {key: str(node.value) for key, node in root.value.items()}


def damaged() -> DocumentError:
    """What to say where a file that came with the program cannot be used."""
    return DocumentError("No paper was made: a part of the program is damaged. Your record is safe. Install it again.")


def _own(path: Path, ours: Texts, mistakes: list[Mistake]) -> Texts:
    root, wrong = parse(file_bytes(path), _place(path))
    mistakes += wrong
    if root is None:
        return {}
    block = Block(root, _place(path), mistakes)
    for key in block:
        if key not in ours:
            block.wrong(f"No paper uses the key “{key}”.", _near(key, ours), line=block.line_of(key))
    return {key: _text(block, key, ours[key]) for key in block if key in ours}


def _text(block: Block, key: str, ours: str) -> str:
    if key in _CHOICES:
        return block.choice(key, _CHOICES[key])
    text = block.text(key) if ours else block.text(key, "")
    line = block.line_of(key)
    allowed = sorted(places(ours) | (ALWAYS if ours else set()))
    for name in sorted(places(text) - set(allowed)):
        known = ", ".join(f"{{{place}}}" for place in allowed) or "none"
        block.wrong(f"“{key}” cannot fill in {{{name}}}.", f"It knows: {known}.", line=line)
    if re.search(r"[{}]", fill(text, dict.fromkeys(places(text), ""))):
        block.wrong(f"“{key}” has a brace that names nothing.", "Write {name}, or take the brace out.", line=line)
    if claims_ferpa(text) and not key.startswith(_MAY_CLAIM):
        block.wrong(
            f"“{key}” says that FERPA forbids it, and it prints even where FERPA does not.",
            f"Only {_MAY_CLAIM[0]} in letter.yaml says so, when the record shows it.",
            line=line,
        )
    return text


def file_bytes(path: Path) -> bytes:
    """The content of a file that papers are made of. Raises DocumentError where it cannot be read."""
    try:
        return file_content(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> DocumentError:
    return DocumentError(f"No paper was made: {path} cannot be read ({error.strerror}). Your record is safe.")


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _near(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else "Take it out, or look up its name in docs/papers.md."
