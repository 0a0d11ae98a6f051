"""`rules check`: what the words of the rules show, and what every state shows, in one run."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.cli.rule_overlays import check_overlays
from ferpa_wizard.cli.side_by_side import side_by_side
from ferpa_wizard.core.budgets import Budgets, Taken, budget_table, over_budget, read_budgets
from ferpa_wizard.core.checks import circles, static_checks
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.examples import run
from ferpa_wizard.core.facts import Answers
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.places import Places
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.proof import Findings, prove
from ferpa_wizard.core.prose import check_prose
from ferpa_wizard.core.reached import mistakes_of
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.core.readability import read_words
from ferpa_wizard.core.states import Scope
from ferpa_wizard.core.walk import on_pages
from ferpa_wizard.requests.rule_files import examples_of, overlays_of, profiles_of

DAY = "2026-11-24"
_BUDGETS, _WORDS = "budgets.yaml", "wordlist.yaml"
_BARE = "none"  # the name of the scope without a profile


def check(pack: Pack, folder: Path) -> int:
    """Tell every mistake on stderr, the figures on stdout."""
    started, root = time.perf_counter(), folder.parent
    places, profiles = Places(pack), profiles_of(pack, root)
    budgets, mistakes = _budgets(root, pack)
    words, wrong = read_words(_read(root / _WORDS), _WORDS) if (root / _WORDS).exists() else (None, [])
    mistakes += [*wrong, *static_checks(pack, places)]
    if words:
        mistakes += check_prose(places, words)
    found = Findings()
    if not circles(pack, places):  # nothing can be said of facts that hang on themselves
        found = _proven(pack, _scopes(pack, profiles, budgets), budgets)
        mistakes += mistakes_of(pack, places, found)
        mistakes += over_budget(budgets, found.longest_of)
    for mistake in sorted(set(mistakes)):
        sys.stderr.write(f"{mistake}\n")
    _tell(pack, found, time.perf_counter() - started)
    if budgets.scenarios:
        _tell_table(budget_table(budgets, found.longest_of, list(_taken(pack, root, profiles))))
    count = len(set(mistakes)) + check_overlays(overlays_of(root), folder)
    sys.stdout.write(f"{count} mistakes.\n")
    return codes.MISMATCH if count else codes.FINE


def _read(file: Path) -> bytes:
    return file.read_bytes()


def _budgets(root: Path, pack: Pack) -> tuple[Budgets, list[Mistake]]:
    file = root / _BUDGETS
    return read_budgets(_read(file), _BUDGETS, pack) if file.exists() else (Budgets(), [])


def _scopes(pack: Pack, profiles: dict[str, Profile], budgets: Budgets) -> Iterator[Scope]:
    """The walks that together are the proof, the longest first; docs/decisions/0005 says how far each goes."""
    standing: dict[str, Answers] = {name: profile.on(DAY) for name, profile in profiles.items()}
    filled = [name for name in budgets.filled if name in standing]
    known: dict[str, Answers] = {**standing, _BARE: {}}
    for name in filled or [_BARE]:
        entries = [start for start in _changed(pack) if pack.tree[0].id in start]
        yield Scope(name, known[name], starts=({}, *entries), pairs=True, unsure=0, whole=False)
    yield Scope(_BARE if filled else "one kind of data", {})
    for name, answers in standing.items():
        yield Scope(f"{name}, one kind of data", answers)
    for name in filled or [_BARE]:
        yield Scope(f"{name}, what is presumed", known[name], starts=tuple(_changed(pack)), unsure=0)


def _changed(pack: Pack) -> Iterator[Answers]:
    """Each fact that is presumed, taken otherwise."""
    for question in pack.questions.values():
        for option in question.options if question.presume else ():
            if option.id != question.presume:
                yield {question.id: option.id}


@dataclass
class _Worker:
    """What a process of ours keeps between two scopes."""

    pack: Pack | None = None
    budgets: Budgets | None = None
    used: set[str] = field(default_factory=set)  # found in the scopes before


_HERE = _Worker()


def _ready(content: bytes, budgets: Budgets) -> None:
    _HERE.pack, _HERE.budgets, _HERE.used = pack_from_bytes(content), budgets, set()


def _prove(scope: Scope) -> Findings:
    """Scopes that bear the name of a profile, or of having none, also tell the longest paths."""
    pack, budgets = _HERE.pack, _HERE.budgets
    if pack is None:
        raise LookupError(scope.name)
    found = prove(pack, scope, budgets if budgets and scope.name in (*budgets.filled, _BARE) else None, used=_HERE.used)
    _HERE.used |= found.used
    return found


def _proven(pack: Pack, scopes: Iterable[Scope], budgets: Budgets) -> Findings:
    """The findings of all scopes."""
    found = Findings()
    for one in side_by_side(_prove, list(scopes), partial(_ready, pack.content, budgets)):
        found.add(one)
    return found


def _taken(pack: Pack, root: Path, profiles: dict[str, Profile]) -> Iterator[Taken]:
    """The worked examples, walked; a presumed fact that somebody changed is no question."""
    for example in examples_of(root, pack):
        walk, _ = run(example, pack, profiles)
        asked = (given.ask for given in walk.trail if not _is_presumed(pack, given.ask.id))
        yield Taken(walk.facts, example.profile, len(on_pages(asked)))


def _is_presumed(pack: Pack, name: str) -> bool:
    return name in pack.questions and bool(pack.questions[name].presume)


def _tell(pack: Pack, found: Findings, seconds: float) -> None:
    conditions = sum(len(basis.whole) + len(basis.covers) for basis in pack.bases)
    sys.stdout.write(
        f"{len(pack.questions)} questions, {len(pack.bases)} bases, {conditions} conditions, "
        f"{len(pack.barriers)} barriers, {len(pack.beyond)} requests beyond the pack.\n"
        f"{found.states} states and {found.ends} ends in {len(found.scopes)} scopes, the longest path "
        f"{found.longest} questions; {len(found.verdicts)} verdicts. {seconds:.1f} s.\n"
    )


def _tell_table(rows: Iterable[Sequence[str]]) -> None:
    table = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        sys.stdout.write(f"{'  '.join(cells).rstrip()}\n")
