"""`rules`: check them, print them, run their examples."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from ferpa_wizard import paths
from ferpa_wizard.cli import codes
from ferpa_wizard.core.examples import Example, differences, read_examples, run
from ferpa_wizard.core.model import Basis, Condition, Pack, Question
from ferpa_wizard.core.profile import NO_PROFILE, Profile, read_profile
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.sweep import sweep

_WALKS = 250  # under each profile


def rules(args: argparse.Namespace) -> int:
    root = args.rules.parent if args.rules else paths.data() / "rules"
    pack = read_pack(args.rules or root / "ferpa")
    return {"check": _check, "outline": _outline, "test": _test}[args.what](pack, root)


def _check(pack: Pack, root: Path) -> int:
    """Read (mistakes of form and reference stop before this), then sweep through many requests."""
    started = time.perf_counter()
    profiles = _profiles(pack, root)
    known = [(example.answers, profiles.get(example.profile, NO_PROFILE)) for example in examples_of(root, pack)]
    found = sweep(pack, [NO_PROFILE, *profiles.values()], walks=_WALKS, known=known)
    seconds = time.perf_counter() - started
    for mistake in sorted(found.mistakes):
        sys.stderr.write(f"{mistake}\n")
    conditions = sum(len(basis.whole) + len(basis.covers) for basis in pack.bases)
    sys.stdout.write(
        f"{len(pack.questions)} questions, {len(pack.bases)} bases, {conditions} conditions, "
        f"{len(pack.barriers)} barriers, {len(pack.beyond)} requests beyond the pack.\n"
        f"{found.walks} requests walked in {seconds:.1f} s; {len(found.verdicts)} verdicts reached.\n"
        f"{len(found.mistakes)} mistakes.\n"
    )
    return codes.MISMATCH if found.mistakes else codes.FINE


def _profiles(pack: Pack, root: Path) -> dict[str, Profile]:
    files = sorted((root / "profiles").glob("*.yaml"))
    return {file.stem: read_profile(file.read_bytes(), file.name, pack) for file in files}


def examples_of(root: Path, pack: Pack) -> list[Example]:
    """The examples beside the rules, other than plain answers files."""
    files = {file.name: file.read_bytes() for file in sorted((root / "examples").glob("*.yaml"))}
    return read_examples({name: data for name, data in files.items() if name != "first-run.yaml"}, pack)


def _test(pack: Pack, root: Path) -> int:
    examples, profiles = examples_of(root, pack), _profiles(pack, root)
    presses, failed, verdicts = [], 0, Counter[str]()
    for example in examples:
        walk, determination = run(example, pack, profiles)
        presses.append(len(walk.trail))
        verdicts[determination.verdict] += 1
        wrong = differences(example, walk, determination)
        failed += bool(wrong)
        sys.stdout.write("".join(f"{example.file}:{example.line}: {example.id}: {says}.\n" for says in wrong))
    sys.stdout.write(f"{', '.join(f'{name} {count}' for name, count in sorted(verdicts.items()))}\n")
    sys.stdout.write(f"Questions until the result: median {median(presses):g}, most {max(presses)}.\n")
    sys.stdout.write(f"{len(examples) - failed} passed, {failed} failed\n")
    return codes.MISMATCH if failed else codes.FINE


def _outline(pack: Pack, root: Path) -> int:
    sys.stdout.write("\n".join(outline(pack)) + "\n")
    return codes.FINE


def outline(pack: Pack) -> Iterator[str]:
    """The whole pack as text, in the order in which a person meets it."""
    yield f"{pack.id} {pack.version}, law as of {pack.law_as_of}. {pack.review}"
    yield "\nQuestions"
    for question in pack.tree:
        yield from _question(question)
    yield "\nFacts, asked when something hangs on them"
    for question in pack.questions.values():
        if not question.in_tree:
            yield from _question(question)
    for basis in pack.bases:
        yield from _basis(basis)
    for barrier in pack.barriers:
        yield f"\n{barrier.title} [{barrier.id}] {barrier.cite}\n  {barrier.says}"
        for condition in barrier.unless:
            yield from _condition(condition, "  unless")


def _question(question: Question) -> Iterator[str]:
    yield f"  {question.text} [{question.id}]" + (" (from the profile)" if question.standing else "")
    yield from (f"    - {option.label} [{option.id}]" for option in question.options)


def _basis(basis: Basis) -> Iterator[str]:
    yield f"\n{basis.title} [{basis.id}] {basis.cite}\n  {basis.says}"
    for title, conditions in (
        ("who and why", basis.triggers),
        ("per item", basis.covers),
        ("fact", basis.conditions),
        ("paper", basis.paperwork),
    ):
        for condition in conditions:
            yield from _condition(condition, f"  {title}")


def _condition(condition: Condition, lead: str) -> Iterator[str]:
    yield f"{lead}: {condition.says or 'one of'} [{condition.id}] {condition.cite}"
    for member in condition.members:
        yield from _condition(member, lead + " ")
    yield from (f"{lead}    else {cure.kind}: {cure.do}" for cure in condition.cures)
