"""`log`: the records without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace

from ferpa_wizard.cli import codes
from ferpa_wizard.cli.checking import checkpoint, paper, verify
from ferpa_wizard.cli.exporting import export
from ferpa_wizard.cli.figures import board, fixes, rerun_all, stats
from ferpa_wizard.cli.keeping import hold, purge, review
from ferpa_wizard.cli.searched import searched
from ferpa_wizard.cli.share import backup, pull, push, restore
from ferpa_wizard.cli.standing import stand, use, uses
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.log_words import left_out_in_words

_MANY = 1_000_000


def log(args: argparse.Namespace) -> int:
    desk = Desk.open(args.home, policy=args.policy)
    acts: dict[str, Callable[[Desk, argparse.Namespace], int]] = {
        "list": _list,
        "show": _show,
        "export": export,
        "verify": verify,
        "checkpoint": checkpoint,
        "rerun": _rerun,
        "due": _due,
        "done": _done,
        "paper": paper,
        "stand": stand,
        "use": use,
        "uses": uses,
        "review": review,
        "hold": hold,
        "purge": purge,
        "push": push,
        "pull": pull,
        "backup": backup,
        "restore": restore,
        "stats": stats,
        "fixes": fixes,
        "board": board,
    }
    code = acts[args.what](desk, args)
    if desk.altered:
        sys.stderr.write(desk.altered + "\n")
    return code


def _list(desk: Desk, args: argparse.Namespace) -> int:
    if args.where is not None:
        return _found(desk, args)
    for row in desk.recent(_MANY):
        at = row.at.isoformat(timespec="minutes")
        if args.json:
            found = {"number": row.number, "at": at, "title": row.title, "choice": row.choice, "verdict": row.verdict}
            sys.stdout.write(json.dumps({**found, "basis": row.basis}, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{row.number}  {at}  {row.label:<24}  {row.title}\n")
    return codes.FINE


def _found(desk: Desk, args: argparse.Namespace) -> int:
    """What a line of a search finds over all desks, the newest first."""
    search = searched(args.where)
    desk.book.catch_up()
    start = 0
    while rows := desk.book.page(search, offset=start):
        start += len(rows)
        for row in rows:
            if args.json:
                sys.stdout.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            else:
                sys.stdout.write(f"{row.number}  {row.day}  {row.label:<24}  {row.review:<12}  {row.title}\n")
    if says := left_out_in_words(desk.book.left_out()):
        sys.stderr.write(f"{says}\n")
    return codes.FINE


def _show(desk: Desk, args: argparse.Namespace) -> int:
    if not args.record:
        raise RequestsError("Which record? Give its number, for example: log show 2026-0001.")
    sealed = desk.record(args.record)
    found = {"number": sealed.number, "seal": sealed.seal, "at": sealed.at.isoformat(), "record": sealed.body}
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return codes.FINE


def _rerun(desk: Desk, args: argparse.Namespace) -> int:
    if not args.record:
        return rerun_all(desk, args)
    found = desk.rerun(args.record)
    line = json.dumps({"number": args.record, **asdict(found)}, ensure_ascii=False)
    sys.stdout.write((line if args.json else f"{args.record}  {found.says}") + "\n")
    return codes.FINE


def _due(desk: Desk, args: argparse.Namespace) -> int:
    """All that is to do on one record; else what is dated and open on any, the oldest first."""
    todos = desk.todos.of(args.record) if args.record else desk.todos.due("9999-12-31")
    for todo in todos:
        late = " overdue" if todo.is_overdue(desk.today) else ""
        if args.json:
            line = json.dumps({**asdict(todo), "overdue": bool(late)}, ensure_ascii=False)
        else:
            state = f"done {todo.done}" if todo.done else f"{todo.due}{late}"
            line = f"{todo.record}  {todo.id:<24}  {state:<18}  {todo.owner:<16}  {todo.says}"
        sys.stdout.write(line + "\n")
    return codes.FINE


def _done(desk: Desk, args: argparse.Namespace) -> int:
    if not args.record or not args.todo:
        raise RequestsError("Which one? Give record and id, for example: log done 2026-0001 log-request.")
    found = next((todo for todo in desk.todos.of(args.record) if todo.id == args.todo), None)
    if found is None:
        raise RequestsError(f"Nothing called {args.todo} is to do on that record. See: log due {args.record}.")
    desk.todos.note(replace(found, done=desk.today), by=args.by)
    sys.stdout.write(f"Noted as done: {found.says}\n")
    return codes.FINE
