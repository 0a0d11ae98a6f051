"""`agreements`: the register without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError


def agreements(args: argparse.Namespace) -> int:
    desk = Desk.open(args.home, policy=args.policy)
    if args.what == "list":
        return _list(desk, as_json=args.json)
    if args.file is None:
        raise RequestsError(f"Which file? Give its name, for example: agreements {args.what} agreements.csv.")
    acts: dict[str, Callable[[Desk, Path], str]] = {"import": _import, "export": _export, "public": _public}
    sys.stdout.write(acts[args.what](desk, args.file) + "\n")
    return codes.FINE


def _list(desk: Desk, *, as_json: bool) -> int:
    """One line for each, the first to end first."""
    for one in desk.agreements.all():
        left = one.days_left(desk.today)
        if as_json:
            line = json.dumps({**asdict(one), "days_left": left}, ensure_ascii=False)
        else:
            state = "ended" if left < 0 else f"{left} days left"
            line = f"{one.id:<32}  {one.ends}  {state:<14}  {one.party}"
        sys.stdout.write(line + "\n")
    return codes.FINE


def _import(desk: Desk, file: Path) -> str:
    return f"{desk.agreements.import_csv(file)} agreements taken over from {file}."


def _export(desk: Desk, file: Path) -> str:
    return f"{desk.agreements.export_csv(file)} agreements written to {file}."


def _public(desk: Desk, file: Path) -> str:
    return f"Written: {desk.agreements.publish(file, school=desk.profile.school)}"
