"""`log verify`, `log checkpoint` and `log paper`: is the log what it was, and is this paper one of its own?"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.cli.exporting import verify_bundle
from ferpa_wizard.ledger.checkpoint import write_checkpoint
from ferpa_wizard.requests.checking import Checked, checkpoint_of, look_at_papers
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.issued import ISSUED, Paper

_OF_A_CHAIN = ("entry", "fault", "problems", "notes", "count", "head", "installation")


def verify(desk: Desk, args: argparse.Namespace) -> int:
    """Recompute every chain; hold it against what was kept elsewhere, and papers against their records."""
    if args.bundle is not None:
        return verify_bundle(args)
    checked = desk.verify(args.head, checkpoint=args.checkpoint, papers=args.papers)
    if args.out is not None:
        from ferpa_wizard.requests.check_report import write_report

        write_report(checked, args.out, home=desk.home)
    if args.json:
        sys.stdout.write(json.dumps(_as_json(checked), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(checked.says + "\n")
        _tell(checked.papers)
        if args.out is not None:
            sys.stdout.write(f"The report of this check is {args.out}.\n")
    return codes.FINE if checked.ok else codes.MISMATCH


def checkpoint(desk: Desk, args: argparse.Namespace) -> int:
    """Note how far the log has come, in a file, on the screen for paper, or as JSON."""
    taken = checkpoint_of(desk.home, at=desk.now())
    if args.out is not None:
        write_checkpoint(taken, args.out, home=desk.home)
    if args.json:
        sys.stdout.write(taken.text)
        return codes.FINE
    lines = [f"Checkpoint of entry {taken.number}, the last of {taken.count}. Its seal, for paper:", *taken.groups]
    if args.out is not None:
        lines.append(f"Written to {args.out}. Keep it where those who can change the log cannot reach it.")
    else:
        lines.append("Copy it to paper, or write a file: log checkpoint --out FILE.")
    sys.stdout.write("\n".join(lines) + "\n")
    return codes.FINE


def paper(desk: Desk, args: argparse.Namespace) -> int:
    """Was this very file made of a record? By its SHA-256, which the ledger keeps."""
    if not args.record:
        raise RequestsError("Which file? Give its name, for example: log paper letter-2026-0001.pdf.")
    found = look_at_papers(desk.home, [Path(args.record)], at=desk.now())
    if args.json:
        sys.stdout.write(json.dumps([_paper(one) for one in found], ensure_ascii=False) + "\n")
    else:
        _tell(found)
    return codes.FINE if all(one.state == ISSUED for one in found) else codes.MISMATCH


def _tell(papers: list[Paper] | tuple[Paper, ...]) -> None:
    for one in papers:
        sys.stdout.write(f"{one.state:<8}  {one.path}  {one.says}\n")


def _as_json(checked: Checked) -> dict[str, object]:
    chains = []
    for chain in checked.chains:
        found = {"desk": chain.desk, "verdict": chain.verdict.outcome, "says": chain.verdict.says}
        chains.append({**found, **{field: getattr(chain.verdict, field) for field in _OF_A_CHAIN}})
    told = {"ok": checked.ok, "says": checked.says, "count": checked.count, "chains": chains}
    return {**told, "papers": [_paper(one) for one in checked.papers]}


def _paper(one: Paper) -> dict[str, object]:
    made = one.made
    told = {} if made is None else {**asdict(made), "at": made.at.isoformat()}
    return {"path": str(one.path), "state": one.state, "says": one.says, **told}
