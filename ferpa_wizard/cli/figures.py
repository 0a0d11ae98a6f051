"""`log stats`, `fixes`, `board`, and `rerun` over all records: what the log says in numbers, without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from ferpa_wizard.cli import codes
from ferpa_wizard.cli.searched import searched
from ferpa_wizard.core.charts import Chart
from ferpa_wizard.core.numbers import school_year
from ferpa_wizard.requests.board import spans, writing_board
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.log_charts import charts, left_out
from ferpa_wizard.requests.log_fixes import Cleared, Fixing
from ferpa_wizard.requests.past_decisions import OUTCOMES, PastDecision, Summary
from ferpa_wizard.requests.steps import whole

_FIRST_YEAR = 1975
_BAR = 24  # characters of the longest bar


def stats(desk: Desk, args: argparse.Namespace) -> int:
    """Every chart over the decisions that a line finds."""
    search = searched(args.where)
    desk.book.catch_up()
    drawn, says = charts(desk.book, search), left_out(desk.book, search)
    if args.json:
        found = {"where": str(search), "charts": [chart.as_json() for chart in drawn], "left_out": says}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return codes.FINE
    lines = [line for chart in drawn for line in _lines(chart)]
    sys.stdout.write("\n".join([*lines, *says]) + "\n")
    return codes.FINE


def fixes(desk: Desk, args: argparse.Namespace) -> int:
    """What would have cleared the decisions of a line that were no plain yes, what clears most first."""
    fixing = Fixing(desk.book, desk.pack, searched(args.where))
    desk.book.catch_up()
    found = whole(fixing.looking())
    lines = [*map(_cleared, found.ranked), *found.says()]
    text = json.dumps(found.as_json(), ensure_ascii=False) if args.json else "\n".join(lines)
    sys.stdout.write(text + "\n")
    return codes.FINE


def _cleared(one: Cleared) -> str:
    numbers = " ".join(place.number for place in one.records)
    return f"{len(one.records):>6}  {one.fix.do} By: {one.fix.by}.\n        {numbers}"


def board(desk: Desk, args: argparse.Namespace) -> int:
    """The page for the board, over a school year and the one before."""
    if args.out is None:
        raise RequestsError("Where to? Give the file: log board --out board.pdf --year 2026.")
    today = date.fromisoformat(desk.today)
    year = args.year or school_year(today)
    if not _FIRST_YEAR <= year <= school_year(today):
        raise RequestsError(f"No school year that has begun: {year}. Give the year in which it began, such as 2026.")
    out = whole(writing_board(desk, spans(year, today), args.out))
    sys.stdout.write(f"Wrote {out}.\n")
    return codes.FINE


def _lines(chart: Chart) -> Iterator[str]:
    yield f"{chart.title}, {chart.denominator}"
    yield f"  {chart.definition}"
    most = max((bar.count for bar in chart.bars), default=0)
    width = max((len(bar.label) for bar in chart.bars), default=0)
    for bar, (label, count, part) in zip(chart.bars, chart.rows, strict=True):
        drawn = "█" * max(1, count * _BAR // most) if count else ""
        yield f"  {label:<{width}}  {count:>6}  {part:>8}  {drawn:<{_BAR}}  {bar.line}".rstrip()
    yield from (f"  {note}" for note in chart.notes)
    yield ""


def rerun_all(desk: Desk, args: argparse.Namespace) -> int:
    """Every decision of every chain under the rules of today; the last lines sum it up."""
    past = desk.history.past()
    whole(past.looking())
    rows = map(_row_as_json if args.json else _row, past.rows)
    summary = past.summary()
    last = [json.dumps({"summary": summary.as_json()}, ensure_ascii=False)] if args.json else _summed(summary)
    sys.stdout.write("".join(f"{line}\n" for line in (*rows, *last)))
    return codes.FINE


def _row(row: PastDecision) -> str:
    desk = f"{row.installation[:8]}/" if row.installation else ""
    return f"{desk}{row.number}  {row.says}"


def _row_as_json(row: PastDecision) -> str:
    found = {"number": row.number, "installation": row.installation, **asdict(row.found), "says": row.says}
    return json.dumps(found, ensure_ascii=False)


def _summed(summary: Summary) -> Iterator[str]:
    yield ""
    yield from summary.says()
    yield from (f"  {summary.outcomes[outcome]:>6}  {says}" for outcome, says in OUTCOMES.items())
    if summary.rules:
        yield "What made the difference, and to how many:"
        yield from (f"  {count:>6}  {rule}" for rule, count in summary.rules)
