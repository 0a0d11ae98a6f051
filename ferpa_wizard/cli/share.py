"""`log push`, `pull`, `backup` and `restore`: a ledger beyond its computer."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.desks import DeskRow, rows
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.share import push_from


def push(desk: Desk, args: argparse.Namespace) -> int:
    folder = Path(args.record) if args.record else None
    try:
        pushed = push_from(desk, folder, name=args.name)
    except LedgerMissing:
        # A schedule may run before anything was decided; that is no failure.
        _tell(args, {"added": 0, "count": 0}, "There is nothing to push yet: no decision was sealed here.")
        return codes.FINE
    found = {"added": pushed.added, "cleaned": pushed.cleaned, "count": pushed.card.count, "head": pushed.card.head}
    says = f"{pushed.added} new entries pushed as {pushed.card.name}; {pushed.card.count} in all."
    if pushed.cleaned:
        says += f" Purged texts were taken out of {pushed.cleaned} files."
    _tell(args, found, says)
    return codes.FINE


def pull(desk: Desk, args: argparse.Namespace) -> int:
    from ferpa_wizard.ledger.pull import pull as pull_all

    now = datetime.now(UTC)
    found = rows(pull_all(desk.home, _place(args, "log pull /mnt/ferpa"), now=now), now=now, days=args.silent)
    if args.json:
        shown = {"desks": [_json(row) for row in found], "needs_person": any(row.needs_person for row in found)}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{row.name}: {row.says}\n" for row in found) or "No other desk has pushed yet.\n")
    return codes.PERSON if any(row.needs_person for row in found) else codes.FINE


def backup(desk: Desk, args: argparse.Namespace) -> int:
    from ferpa_wizard.ledger.backup import backup as back_up

    made = back_up(desk.home, _place(args, "log backup D:/backups"), now=datetime.now(UTC), keep=args.keep)
    says = f"{made.count} entries backed up to {made.path} and checked."
    if made.deleted:
        says += f" {made.deleted} older backups deleted."
    _tell(args, {"path": str(made.path), "count": made.count, "deleted": made.deleted}, says)
    return codes.FINE


def restore(desk: Desk, args: argparse.Namespace) -> int:
    from ferpa_wizard.ledger.restore import restore_from_file, restore_from_share

    place, now = _place(args, "log restore D:/backups/ledger.sqlite"), datetime.now(UTC)
    if place.is_dir():
        verdict = restore_from_share(desk.home, place, desk=args.desk, now=now)
    else:
        verdict = restore_from_file(desk.home, place, now=now)
    says = f"The ledger is back in {desk.home} with {verdict.count} entries, and checked. Sealing goes on after them."
    _tell(args, {"count": verdict.count, "head": verdict.head}, says)
    return codes.FINE


def _place(args: argparse.Namespace, example: str) -> Path:
    if not args.record:
        raise RequestsError(f"Which file or folder? Give it, for example: {example}.")
    return Path(args.record)


def _tell(args: argparse.Namespace, found: dict[str, object], says: str) -> None:
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if args.json else says) + "\n")


def _json(row: DeskRow) -> dict[str, object]:
    contact = row.contact.isoformat() if row.contact else None
    return {**asdict(row), "contact": contact, "state": row.state, "needs_person": row.needs_person}
