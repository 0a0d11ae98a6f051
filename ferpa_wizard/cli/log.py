"""`log`: the records without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from ferpa_wizard.cli import codes
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError

_MANY = 1_000_000


def log(args: argparse.Namespace) -> int:
    desk = Desk.open(args.home)
    acts: dict[str, Callable[[Desk, argparse.Namespace], int]] = {
        "list": _list,
        "show": _show,
        "export": _export,
        "verify": _verify,
        "rerun": _rerun,
    }
    return acts[args.what](desk, args)


def _list(desk: Desk, args: argparse.Namespace) -> int:
    for row in desk.recent(_MANY):
        at = row.at.isoformat(timespec="minutes")
        if args.json:
            found = {"number": row.number, "at": at, "title": row.title, "choice": row.choice, "verdict": row.verdict}
            sys.stdout.write(json.dumps({**found, "basis": row.basis}, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{row.number}  {at}  {row.label:<24}  {row.title}\n")
    return codes.FINE


def _show(desk: Desk, args: argparse.Namespace) -> int:
    if not args.record:
        raise RequestsError("Which record? Give its number, for example: log show 2026-0001.")
    sealed = desk.record(args.record)
    found = {"number": sealed.number, "seal": sealed.seal, "at": sealed.at.isoformat(), "record": sealed.body}
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return codes.FINE


def _rerun(desk: Desk, args: argparse.Namespace) -> int:
    numbers = [args.record] if args.record else [row.number for row in desk.recent(_MANY)]
    for number in numbers:
        found = desk.rerun(number)
        if args.json:
            line = json.dumps({"number": number, **asdict(found)}, ensure_ascii=False)
        else:
            line = f"{number}  {found.says}"
        sys.stdout.write(line + "\n")
    return codes.FINE


def _export(desk: Desk, args: argparse.Namespace) -> int:
    if args.out is None:
        raise RequestsError("Where to? Give the file: log export --out records.csv.")
    count = desk.export(args.out, args.format)
    sys.stdout.write(f"{count} entries written to {args.out}.\n")
    return codes.FINE


def _verify(desk: Desk, args: argparse.Namespace) -> int:
    verified = desk.verify(args.head)
    if args.json:
        found = {"ok": verified.ok, "says": verified.says, "count": verified.count}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(verified.says + "\n")
    return codes.FINE if verified.ok else codes.MISMATCH
