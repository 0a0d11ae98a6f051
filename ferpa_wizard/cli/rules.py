"""`rules`: check them, print them, run their examples; rule_tools.py has the rest."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from ferpa_wizard import paths
from ferpa_wizard.cli import codes
from ferpa_wizard.cli.print_tree import print_tree
from ferpa_wizard.cli.rule_check import check
from ferpa_wizard.cli.rule_overlays import check_overlays
from ferpa_wizard.cli.rule_tools import tell_coverage, tell_difference, tell_handbook
from ferpa_wizard.core.examples import differences, run
from ferpa_wizard.core.model import Basis, Condition, Pack, Question
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.walk import on_pages
from ferpa_wizard.requests.rule_files import examples_of, overlays_of, profiles_of


def rules(args: argparse.Namespace) -> int:
    if args.what in ("keygen", "pack", "verify"):
        from ferpa_wizard.cli.releases import releases

        return releases(args)
    if args.what == "diff":
        return tell_difference(args)
    root = args.rules.parent if args.rules else paths.data() / "rules"
    folder = args.rules or root / "ferpa"
    if args.what == "check" and args.overlay:
        return codes.MISMATCH if check_overlays(args.overlay, folder) else codes.FINE
    pack = read_pack(folder)
    match args.what:
        case "coverage":
            return tell_coverage(pack, folder, args)
        case "handbook":
            return tell_handbook(pack)
        case "print":
            return print_tree(pack, args)
        case _:
            return {"check": check, "outline": _outline, "test": _test}[args.what](pack, folder)


def _packs(pack: Pack, folder: Path) -> Iterator[Pack]:
    """The rules alone, and with each overlay that comes with them."""
    yield pack
    yield from (read_pack(folder, [file]) for file in overlays_of(folder.parent))


def _test(pack: Pack, folder: Path) -> int:
    root = folder.parent
    told = [(one, profiles_of(one, root), examples_of(root, one)) for one in _packs(pack, folder)]
    examples = [(rules, profiles, example) for rules, profiles, found in told for example in found]
    presses, failed, verdicts = [], 0, Counter[str]()
    for rules_of_it, profiles, example in examples:
        walk, determination = run(example, rules_of_it, profiles)
        presses.append(len(on_pages(given.ask for given in walk.trail)))
        verdicts[determination.verdict] += 1
        wrong = differences(example, walk, determination)
        failed += bool(wrong)
        sys.stdout.write("".join(f"{example.file}:{example.line}: {example.id}: {says}.\n" for says in wrong))
    sys.stdout.write(f"{', '.join(f'{name} {count}' for name, count in sorted(verdicts.items()))}\n")
    sys.stdout.write(f"Questions until the result: median {median(presses):g}, most {max(presses)}.\n")
    sys.stdout.write(f"{len(examples) - failed} passed, {failed} failed\n")
    return codes.MISMATCH if failed else codes.FINE


def _outline(pack: Pack, _folder: Path) -> int:
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
