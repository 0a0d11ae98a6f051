"""`log export` and `log verify --bundle`: the log as a file for others, and the check of such a file."""

from __future__ import annotations

import argparse
import json
import runpy
import sys
from collections.abc import Generator

from ferpa_wizard import paths
from ferpa_wizard.cli import codes
from ferpa_wizard.cli.searched import searched
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.ledger.bundle import VERIFIER
from ferpa_wizard.ledger.export import Exported
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.exporting import Wanted
from ferpa_wizard.requests.steps import Step


def export(desk: Desk, args: argparse.Namespace) -> int:
    """Write the file; how far it is stands on a terminal, what could not be held on stderr."""
    if args.out is None:
        raise RequestsError("Where to? Give the file: log export --out records.csv.")
    names = (name.strip().replace("-", " ") for name in (args.columns or "").split(","))
    wanted = Wanted(
        args.format,
        search=None if args.where is None else searched(args.where),
        columns=tuple(filter(None, names)),
        free_text=not args.no_free_text,
        restricted=args.restricted,
    )
    exported = _told(desk.exports.exporting(wanted, args.out))
    for note in exported.notes:
        sys.stderr.write(note + "\n")
    what = ("entry", "entries") if wanted.search is None and wanted.format != "pdf" else ("decision", "decisions")
    sys.stdout.write(f"{counted(exported.count, *what)} written to {args.out}.\n")
    return codes.FINE


def _told(steps: Generator[Step, None, Exported]) -> Exported:
    """What was exported; the steps are shown in one line where somebody is looking."""
    shown = ""
    try:
        while True:
            step = next(steps)
            if sys.stderr.isatty():
                sys.stderr.write("\r" + step.says.ljust(len(shown)))
                shown = step.says
    except StopIteration as done:
        exported: Exported = done.value
        return exported
    finally:
        steps.close()  # now, and not whenever it is collected: a stopped export leaves nothing behind
        if shown:
            sys.stderr.write("\r" + " " * len(shown) + "\r")


def verify_bundle(args: argparse.Namespace) -> int:
    """What the one-file verifier says of a bundle, and its exit code in ours."""
    program = runpy.run_path(str(paths.data() / "resources" / VERIFIER))
    try:
        head = program["seal"](args.head) if args.head is not None else None
    except argparse.ArgumentTypeError as error:
        raise RequestsError(f"This is no head: {error}.") from error
    report = program["check"](args.bundle, head)
    sys.stdout.write((json.dumps(report.as_json(), ensure_ascii=False) if args.json else str(report)) + "\n")
    return {program["OK"]: codes.FINE, program["DIFFERS"]: codes.MISMATCH}.get(report.code, codes.INPUT)
