"""`make mutate`: does some example notice when a rule is wrong? What survives needs a reason in reasons.yaml."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from ferpa_wizard.core.read_coverage import COVERAGE, read_measure
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.requests.rule_files import examples_of, profiles_of
from tests.mutation.killing import Court
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.reasons import Reason, read_reasons

RULES = Path(__file__).parents[2] / "rules"
REASONS = Path(__file__).with_name("reasons.yaml")
_CHUNK = 8


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 where a mutant survives without a reason, or a reason is not needed."""
    args = _arguments(argv)
    pack = read_pack(args.rules)
    profiles = profiles_of(pack, args.rules.parent)
    measure = read_measure((args.rules / COVERAGE).read_bytes())
    court = Court(pack, measure, examples_of(args.rules.parent, pack), profiles)
    if court.failing:
        _say(["The examples fail as the rules are. Mend them first:", *court.failing[:20]])
        return 1
    wanted = [mutant for mutant in mutants(pack) if fnmatch(mutant.name, args.only)]
    started = time.perf_counter()
    killers = _killers(court, wanted, args.workers)
    seconds = time.perf_counter() - started
    survivors = [mutant.name for mutant, says in zip(wanted, killers, strict=True) if not says]
    if args.killed:
        _say(f"{mutant.name} — {says}" for mutant, says in zip(wanted, killers, strict=True) if says)
    faults = list(_report(survivors, read_reasons(REASONS.read_bytes(), REASONS.name), whole=args.only == "*"))
    _say(faults)
    _say([f"{len(wanted)} mutants, {len(wanted) - len(survivors)} killed, {len(survivors)} survive; {seconds:.0f} s."])
    unexplained = sum(line.startswith("UNEXPLAINED") for line in faults)
    _say([f"{unexplained} without a reason."])
    return 1 if any(line.startswith(("UNEXPLAINED", "NOT NEEDED")) for line in faults) else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("--only", default="*", metavar="PATTERN", help="of the names, as “ferpa-studies: *”")
    parser.add_argument("--workers", type=int, default=1, help="processes side by side")
    parser.add_argument("--rules", type=Path, default=RULES / "ferpa", metavar="FOLDER")
    parser.add_argument("--killed", action="store_true", help="name each killed mutant and what killed it")
    return parser.parse_args(argv)


def _killers(court: Court, wanted: Sequence[Mutant], workers: int) -> list[str]:
    if workers <= 1:
        return [court.kills(mutant) for mutant in wanted]
    _Shared.court, _Shared.mutants = court, wanted
    # Forked, so that nothing has to be read or sent again.
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return pool.map(_kill_one, range(len(wanted)), chunksize=_CHUNK)


class _Shared:
    court: Court
    mutants: Sequence[Mutant]


def _kill_one(number: int) -> str:
    return _Shared.court.kills(_Shared.mutants[number])


def _report(survivors: Sequence[str], reasons: Sequence[Reason], *, whole: bool) -> Iterator[str]:
    for name in survivors:
        told = next((reason.reason for reason in reasons if fnmatch(name, reason.mutant)), "")
        yield f"{name} — {told}" if told else f"UNEXPLAINED {name}"
    if whole:
        idle = [reason for reason in reasons if not any(fnmatch(name, reason.mutant) for name in survivors)]
        yield from (f"NOT NEEDED {REASONS.name}:{reason.line}: {reason.mutant}" for reason in idle)


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
