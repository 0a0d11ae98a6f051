"""`log review`, `log hold` and `log purge`: what a privacy officer does with sealed records, without a window."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from ferpa_wizard.cli import codes
from ferpa_wizard.core.hold import HOLD
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.retention import Why


def review(desk: Desk, args: argparse.Namespace) -> int:
    """What is to be reviewed; with a number its reviews, and with --act one more."""
    reviews = desk.keeping.reviews
    if not args.record:
        for row in reviews.due():
            day = row.at.date().isoformat()
            _say(args, {**asdict(row), "at": row.at.isoformat()}, f"{row.number}  {day}  {row.state}", row.installation)
        return codes.FINE
    if args.act:
        reviews.act(args.record, args.act, args.words, by=args.by, installation=args.desk)
    state = reviews.state(args.record, args.desk)
    history = [(one.at.isoformat(), one.review) for one in reviews.history(args.record, args.desk)]
    if args.json:
        _json({"number": args.record, "state": state, "history": [{"at": at, **asdict(one)} for at, one in history]})
        return codes.FINE
    for at, one in history:
        sys.stdout.write(f"{at[:10]}  {one.act:<10}  {one.by}  {one.words}".rstrip() + "\n")
    sys.stdout.write(f"The review of {args.record} stands at: {state}.\n")
    return codes.FINE


def hold(desk: Desk, args: argparse.Namespace) -> int:
    """The records that are held; with a number its holds, and with --words one more, or with --release one less."""
    holds = desk.keeping.holds
    if not args.record:
        every = holds.every()
        for held in (one for one in every if not one.restricted):
            last = [one for one in held.history if one.hold.act == HOLD][-1]
            line = f"{held.record}  {last.at.date().isoformat()}  {last.hold.by}  {last.hold.words}"
            _say(args, {"number": held.record, "count": held.count}, line)
        _count_restricted(args, sum(one.restricted for one in every), "on hold")
        return codes.FINE
    if args.release:
        holds.release(args.record, args.words, by=args.by)
    elif args.words or args.by:
        holds.hold(args.record, args.words, by=args.by)
    held = holds.of(args.record)
    for one in held.history:
        told = {"number": held.record, "at": one.at.isoformat(), **asdict(one.hold)}
        _say(args, told, f"{one.at.date().isoformat()}  {one.hold.act:<7}  {one.hold.by}  {one.hold.words}")
    if not args.json:
        stand = "No hold stands" if not held.count else f"{held.count} stand{'s' if held.count == 1 else ''}"
        sys.stdout.write(f"{stand} on {held.record}.\n")
    return codes.FINE


def purge(desk: Desk, args: argparse.Namespace) -> int:
    """What the schedule lets go, or why it stays, all or one; with --yes what may go is purged."""
    retention = desk.keeping.retention
    if args.yes:
        numbers = [args.record] if args.record else [row.number for row in retention.due() if row.may_go]
        done = retention.purge(numbers, by=args.by, words=args.words)
        found = {
            "purge": done.number,
            "records": done.records,
            "entries": done.entries,
            "views": done.views,
            "left": list(done.left),
        }
        says = f"{done.records} records are purged, {done.entries} texts in all (entry {done.number})."
        _say(args, found, says if done.number else "Nothing was to be purged. The home folder was cleaned up.")
        for sentence in () if args.json else (*_views(done.views), *done.left):
            sys.stdout.write(sentence + "\n")
        return codes.MISMATCH if done.left else codes.FINE
    rows = [retention.of(args.record)] if args.record else retention.due()
    for row in (one for one in rows if args.record or not one.restricted):
        why = [_in_words(one) for one in row.why]
        found = {"number": row.number, "last_day": row.last_day, "rule": row.rule, "stays": why}
        _say(args, found, f"{row.number}  {row.last_day}  {row.rule}  {' '.join(why) or 'may go'}")
    if not args.record:
        _count_restricted(args, sum(row.restricted and row.may_go for row in rows), "may go")
    if not args.json:
        sys.stdout.write(retention.says + "\n")
        if elsewhere := retention.elsewhere:
            sys.stdout.write(elsewhere + "\n")
    return codes.FINE


def _views(count: int) -> list[str]:
    return [f"Saved views of the log that held words of them, and are gone, too: {count}."] if count else []


def _in_words(why: Why) -> str:
    return f"{why.says} See: {why.see}." if why.see else why.says


def _count_restricted(args: argparse.Namespace, count: int, what: str) -> None:
    if count:
        line = f"{count} restricted record{' is' if count == 1 else 's are'} not listed here, and {what}."
        _say(args, {"restricted": count}, line)


def _say(args: argparse.Namespace, found: dict[str, Any], *line: str) -> None:
    if args.json:
        _json(found)
    else:
        sys.stdout.write("  ".join(filter(None, line)).rstrip() + "\n")


def _json(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
