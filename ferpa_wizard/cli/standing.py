"""`log stand`, `log use` and `log uses`: standing decisions and their uses without a window."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.core.use import Logged, Use, chosen
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.entries import signed
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.papers import write_rows


def stand(desk: Desk, args: argparse.Namespace) -> int:
    """Let a record stand until the end of a day."""
    _need(args, "log stand 2026-0001 --until 2027-06-30 --by NAME", "record", "until", "by")
    stay = desk.standing.stay(args.record)
    for says in stay.lapses:
        sys.stdout.write(f"It can stand until {stay.latest}. From the day after: {says}\n")
    standing = desk.standing.stand(args.record, args.until, by=args.by)
    sys.stdout.write(f"Record {standing.record} stands until {standing.until}.\n")
    return codes.FINE


def use(desk: Desk, args: argparse.Namespace) -> int:
    """Log one use of a standing decision."""
    _need(args, "log use 2026-0001 --file 4711 --to NAME --by NAME", "record", "file", "to", "by")
    made = Use(args.record, args.on or desk.today, args.file.strip(), args.to.strip(), args.by.strip())
    logged = desk.uses.log(made)
    sys.stdout.write(f"Logged as {logged.number}: file {logged.use.file}, to {logged.use.recipient}.\n")
    return codes.FINE


def uses(desk: Desk, args: argparse.Namespace) -> int:
    """The uses of one record; with --csv those that nobody has written out yet, as rows."""
    _need(args, "log uses 2026-0001", "record")
    if args.csv is not None:
        return _rows(desk, args)
    for one in desk.uses.of(args.record):
        if args.json:
            state = {"logged": one.logged, "struck": one.struck, "written": one.written}
            found = {"number": one.number, **asdict(one.use), **state}
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        else:
            line = f"{one.number}  {one.use.day}  {one.use.file:<16}  {one.use.recipient:<24}  {one.use.by:<16}"
            sys.stdout.write(f"{line}  {_state(one)}".rstrip() + "\n")
    return codes.FINE


def _rows(desk: Desk, args: argparse.Namespace) -> int:
    found = chosen(desk.uses.of(args.record))
    if not found:
        sys.stdout.write("No use is left to write out. Nothing was written.\n")
        return codes.FINE
    sealed, by = desk.record(args.record), signed(args.by)
    out: Path = write_rows(sealed, found, args.csv, home=desk.home)
    desk.issued.note(sealed.number, [out])
    desk.uses.note_written(sealed.number, found, by=by)
    sys.stdout.write(f"Wrote {len(found)} entries to {out}. Those written before are not in it.\n")
    return codes.FINE


def _need(args: argparse.Namespace, example: str, *names: str) -> None:
    if not all(getattr(args, name) for name in names):
        raise RequestsError(f"Something is missing. Write it like this: {example}.")


def _state(logged: Logged) -> str:
    return "struck out" if logged.struck else ("written" if logged.written else "")
