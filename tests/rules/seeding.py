"""Small wrongs in the rule files, made in memory, and what the checker says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ferpa_wizard.core.checks import static_checks
from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.places import Places
from ferpa_wizard.core.proof import Findings, prove
from ferpa_wizard.core.prose import check_prose
from ferpa_wizard.core.reached import mistakes_of
from ferpa_wizard.core.read_pack import pack_of
from ferpa_wizard.core.readability import WordList, read_words
from ferpa_wizard.core.states import Scope
from tests import real
from tests.core import small_pack

Files = Mapping[str, str]


@dataclass(frozen=True)
class Defect:
    """`old` in a file becomes `new`; the checker has to say `says` at the line on which `at` then stands.

    `at` is the start of `new` where it is empty. A file that is named `other:` holds the mistake instead.
    """

    name: str
    file: str
    old: str
    new: str
    says: str
    at: str = ""
    other: str = ""
    also: tuple[str, str, str] = ("", "", "")  # a second edit: file, old, new

    def sown(self, files: Files) -> dict[str, str]:
        found = dict(files)
        for file, old, new in ((self.file, self.old, self.new), self.also):
            assert not file or old in found[file], f"{self.name}: {file} has no {old!r}"
            found |= {file: found[file].replace(old, new, 1)} if file else {}
        return found

    def line(self, files: Files) -> int:
        """Where the mistake has to be told, in the files with the defect."""
        text = files[self.other or self.file]
        sought = self.at or next(line for line in self.new.splitlines() if line.strip())
        assert sought in text, f"{self.name}: {sought!r} is nowhere"
        return text[: text.index(sought)].count("\n") + 1


@cache
def real_files() -> dict[str, str]:
    files: dict[str, str] = json.loads(real.pack().content)
    return files


@cache
def words() -> WordList:
    found, mistakes = read_words((real.RULES / "wordlist.yaml").read_bytes(), "wordlist.yaml")
    assert mistakes == []
    return found


def small_files() -> dict[str, str]:
    """The small pack with what the checker asks of every question and who-and-why."""
    files = dict(small_pack.FILES)
    cited = 'why: "w"\n    cite: "34 CFR 99.31"\n'
    for name in ("tree/who.yaml", "tree/why.yaml", "facts/all.yaml"):
        files[name] = files[name].replace('why: "w"\n', cited)
    files["tree/what.yaml"] = small_pack.TREE_WHAT.replace('why: "w"', 'why: "w", cite: "34 CFR 99.31"')
    for name, ident in (("bases/access.yaml", "a.0"), ("bases/directory.yaml", "d.0"), ("bases/consent.yaml", "c.0")):
        files[name] = files[name].replace(f"id: {ident},", f'id: {ident}, no: "n",')
    return files


def said(files: Files, *, prose: bool = False) -> list[Mistake]:
    """What reading and the checks of the rules as they are written say."""
    try:
        pack = pack_of({name: text.encode() for name, text in files.items()})
    except RulesError as error:
        return error.mistakes
    places = Places(pack)
    return check_prose(places, words()) if prose else static_checks(pack, places)


def proven(files: Files) -> list[Mistake]:
    """What the states say, once the words are in order."""
    pack = pack_of({name: text.encode() for name, text in files.items()})
    changed = [
        {question.id: option.id}
        for question in pack.questions.values()
        for option in question.options
        if question.presume and option.id != question.presume
    ]
    found = Findings()
    found.add(prove(pack, Scope("none", {}, pairs=True)))
    found.add(prove(pack, Scope("changed", {}, starts=tuple(changed))))
    return mistakes_of(pack, Places(pack), found)
