"""Work on a desk at given moments, and whether all that came of it is in the order in which it was done."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.ledger import log_index, verify
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.push import push
from ferpa_wizard.ledger.share import Card
from ferpa_wizard.requests.board import making, school_years
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import Wanted
from ferpa_wizard.requests.papers import write_papers
from ferpa_wizard.requests.steps import whole
from tests import real
from tests.stress.parts import Tally

NAME = "R. Osei"
_PROFILE = replace(real.profiles()["example"], until={}, review_by="")  # so that no fact of the school lapses meanwhile
_EXAMPLE = next(example for example in real.examples() if example.id == "tutoring-no-control")


class _Work:
    """One home and its clock; each act counts, and one that is refused counts as wrong."""

    def __init__(self, home: Path, tally: Tally) -> None:
        self.home, self.tally = home, tally
        self.at = datetime.now().astimezone()
        self.desk = Desk(home, lambda: (real.pack(), _PROFILE), now=lambda: self.at)
        self.numbers: list[str] = []

    def act(self, what: str, does: Callable[[], Any]) -> Any:
        try:
            return does()
        except Exception as error:  # noqa: BLE001  whatever it is, it kept somebody from their work
            return self.tally.wrong("refused", f"{what} at {self.at.isoformat()}: {type(error).__name__} {error}")

    def day(self, moment: datetime) -> None:
        """What people do at one moment."""
        self.at = moment.astimezone()
        desk = self.desk
        left = self.act("draft", lambda: desk.new(_EXAMPLE.answers))
        if left is None:
            return
        self.act("draft", lambda: desk.open_draft(left.id) if desk.drafts() else None)
        sealed = self.act("decide", lambda: left.decide(Decision("share-after-steps", (), "", NAME)))
        if sealed is None:
            return
        number = sealed.number
        self.numbers.append(number)
        self.act("to-do", lambda: desk.todos.note(Todo(number, "own-1", "Call.", NAME, desk.today), by=NAME))
        self.act("note", lambda: desk.later.note(number, "A note.", by=NAME))
        self.act("review", lambda: desk.keeping.reviews.act(number, "agree", by="Pat Lee"))
        self.act("papers", lambda: write_papers(desk.record(number), _made(self.home.parent / "papers"), ("txt",)))
        self.act("read", desk.book.catch_up)
        self.act("home", lambda: (desk.recent(), desk.drafts(), desk.todos.soon(), desk.problems()))
        self.act("retention", desk.keeping.retention.due)


def worked(moments: Sequence[datetime], folder: Path, tally: Tally) -> None:
    """Work at these moments in a home, push and pull, export; count what came out otherwise than it should."""
    folder.mkdir()
    work = _Work(folder / "home", tally)
    for moment in moments:
        work.day(moment)
        work.act("push", lambda: push(work.home, _made(folder / "share"), _CARD, now=work.at))
        work.act("pull", lambda: pull(_made(folder / "officer"), folder / "share", now=work.at))
    tally.count("entries", 4 * len(work.numbers))
    _orders(work, folder)
    _flags(work, moments)
    work.desk.close()


def _orders(work: _Work, folder: Path) -> None:
    desk, tally = work.desk, work.tally
    done = work.numbers
    with desk.chain() as ledger:
        sequences = [entry.sequence for entry in ledger.every()]
    _same(tally, "chain", sequences, list(range(1, len(sequences) + 1)))
    _same(tally, "records", [row.number for row in desk.recent(1000)], done[::-1])
    listed = work.act("list", lambda: desk.book.page(Search(), up=True, limit=1000)) or []
    _same(tally, "log", [row.number for row in listed], done)
    officer = Desk(folder / "officer", lambda: (real.pack(), _PROFILE), now=lambda: work.at)
    work.act("officer reads", officer.book.catch_up)
    pulled = work.act("officer lists", lambda: officer.book.page(Search(), up=True, limit=1000)) or []
    _same(tally, "pulled log", [row.number for row in pulled], done)
    officer.close()
    for form in ("csv", "jsonl"):
        out = folder / f"log.{form}"
        work.act(form, lambda form=form, out=out: whole(desk.exports.exporting(Wanted(form), out)))  # type: ignore[misc]
        _same(tally, form, [one for one in _exported(out) if one in done], done)
    oldest = desk.book.queries.span(Search())[0]
    for year in school_years(oldest, work.at.date()):
        work.act("board", lambda year=year: whole(making(desk, *year)))  # type: ignore[misc]


def _flags(work: _Work, moments: Sequence[datetime]) -> None:
    """Verify holds, and tells how often the clock had gone back."""
    verdict = verify.verify(work.home)
    if not verdict.holds:
        work.tally.wrong("chains that do not verify", verdict.says)
    back = sum(later < before for before, later in pairwise(moments))
    if back and f"The clock had gone back {back} times" not in verdict.says:
        work.tally.wrong("jumps not told", f"{back} times back: {verdict.says}")
    work.tally.count("times back", back)


def _same(tally: Tally, what: str, found: Sequence[object], wanted: Sequence[object]) -> None:
    tally.count("orders")
    if list(found) != list(wanted):
        tally.wrong("out of order", f"{what}: {found[:12]} for {wanted[:12]}")


def _exported(file: Path) -> list[str]:
    """The numbers of entries as they stand in a file."""
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".csv":
        return [row["number"] for row in csv.DictReader(text.splitlines())]
    headers = [one["header"] for one in map(json.loads, text.splitlines()) if "header" in one]
    return [f"{one['time'][:4]}-{one['sequence']:04}" for one in headers if one["kind"] == "decision"]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


_CARD = Card("north", "", 0, GENESIS)


# -- weaknesses to be found ------------------------------------------------------------------


def _by_time() -> None:
    """The index orders by the clock: the later of two numbers, one of them 1, is what it takes for the greater."""
    log_index.max = lambda first, second: second if second > 1 else first  # type: ignore[attr-defined]


def _no_note() -> None:
    """Verify does not see that a clock went back."""
    took = verify._Progress.take

    def take(self: Any, *given: Any) -> None:
        took(self, *given)
        self.times_back = 0

    verify._Progress.take = take  # type: ignore[method-assign, assignment]


WEAKNESSES: dict[str, Callable[[], None]] = {"by-time": _by_time, "no-note": _no_note}
