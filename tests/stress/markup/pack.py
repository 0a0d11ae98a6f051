"""The shipped rules with a payload in place of every text that people see, and a profile and an agreement of that kind."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import count
from pathlib import Path

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Person, Profile
from ferpa_wizard.core.read_pack import pack_of
from tests import real
from tests.stress.markup.payloads import marked, printable

_TEXTS = re.compile(
    r"(?<=[ {])(says|label|title|do|no|hint|why|find_out|ask|takes|name|test|role|short|people-say|answer|page|reason|"
    r"leave-out|from-when|each-time|does-not-object|needs-steps|objects|objects-in-part|depends|not-covered|not-checked|"
    r"headline|no-unsure|review|by)"
    r': "((?:[^"\\]|\\.)*)"'
)
_PHRASE = re.compile(r'^(  [a-z-]+: )"((?:[^"\\]|\\.)*)"$', re.MULTILINE)
_FILLED = ("words.yaml", "pack.yaml")  # whose texts have places to fill; the reader refuses others than it knows
_NOT_SEEN = ("coverage.yaml", "papers.yaml", "sources.yaml")  # what papers know, in ids; where the law stands


def hostile_files(shift: int) -> tuple[dict[str, bytes], int]:
    """The files, and how many texts were replaced; with each shift another payload stands in each text."""
    numbers, filled = count(shift), False

    def put(found: re.Match[str]) -> str:
        key, text = found[1], json.loads(f'"{found[2]}"')
        return f"{key}: {json.dumps(_hostile(text, next(numbers), filled=filled), ensure_ascii=False)}"

    def phrase(found: re.Match[str]) -> str:
        return found[1] + json.dumps(
            _hostile(json.loads(f'"{found[2]}"'), next(numbers), filled=True), ensure_ascii=False
        )

    files = {}
    for path in sorted((real.RULES / "ferpa").rglob("*")):
        name = path.relative_to(real.RULES / "ferpa").as_posix()
        if not path.is_file() or path.suffix not in (".yaml", ".json"):
            continue
        text = path.read_text(encoding="utf-8")
        if name not in _NOT_SEEN and path.suffix == ".yaml":
            filled = name in _FILLED
            text = _TEXTS.sub(put, text)
            if name == "words.yaml":
                text = _PHRASE.sub(phrase, text)
        files[name] = text.encode()
    return files, next(numbers) - shift


def hostile_pack(shift: int) -> tuple[Pack, int]:
    files, texts = hostile_files(shift)
    return pack_of(files), texts


def _hostile(text: str, number: int, *, filled: bool) -> str:
    """The payload; beside the text itself where that has places to fill, and none with braces where it may have some."""
    while filled and "{" in marked(number):
        number += 1
    return f"{text} {marked(number)}" if filled and "{" in text else marked(number)


def hostile_profile(shift: int) -> Profile:
    people = tuple(Person(marked(shift + at), marked(shift + at + 1), marked(shift + at + 2)) for at in range(3))
    return replace(real.profiles()["example"], school=marked(shift + 5), people=people)


def hostile_agreement(shift: int) -> Agreement:
    answers = {"requester": "provider", "provider-who": "vendor"}
    return Agreement(
        "",
        printable(shift),
        (printable(shift + 1), printable(shift + 2)),
        "",
        ("name", "grades"),
        "",
        "2026-12-24",
        "",
        answers,
    )


def write_profile(shift: int, home: Path) -> None:
    """The same as a file, as the page of the school reads it."""
    lines = [f"school: {json.dumps(marked(shift + 5), ensure_ascii=False)}", "people:"]
    lines += [f"  - {{role: {json.dumps(marked(shift + at), ensure_ascii=False)}}}" for at in range(3)]
    (home / "profile.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
