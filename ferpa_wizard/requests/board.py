"""The page for the board: what two school years come to in the log, and the one fix that would have helped most."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.choices import SHARES
from ferpa_wizard.core.figures import BOUND_ANOTHER_WAY, BOUND_NOTHING_WENT, NAMED_NOT_BINDING, NOT_INVOLVED
from ferpa_wizard.core.log_search import Filter, Search
from ferpa_wizard.core.numbers import FIRST_MONTH, school_year
from ferpa_wizard.core.small_cells import LEAST, few, publish
from ferpa_wizard.documents.board import CELLS, BoardFix, BoardPage, BoardYear, board_paper
from ferpa_wizard.documents.write import write
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_fixes import Fixes, Fixing
from ferpa_wizard.requests.steps import Step
from ferpa_wizard.requests.targets import target
from ferpa_wizard.requests.wording import school_wording

_BASES = 3  # named at most
_SHARED = Filter("outcome", SHARES)
_NOT_SHARED = Filter("outcome", SHARES, no=True)
_CELLS: dict[str, tuple[Filter, ...]] = {
    "free": (Filter("figure", (NAMED_NOT_BINDING, NOT_INVOLVED)), _SHARED),
    "another-way": (Filter("figure", (BOUND_ANOTHER_WAY,)),),
    "stopped": (Filter("figure", (BOUND_NOTHING_WENT,)),),
    "named": (Filter("figure", (NAMED_NOT_BINDING,)), _NOT_SHARED),
    "other": (Filter("figure", (NOT_INVOLVED,)), _NOT_SHARED),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a school year: from `first` to the day before `end`."""

    name: str
    first: date
    end: date

    @property
    def search(self) -> Search:
        """The decisions of these days; what a newer record took the place of counts once."""
        days = (Filter("after", (self.first.isoformat(),)), Filter("before", (self.end.isoformat(),)))
        return Search(filters=(*days, Filter("review", ("replaced",), no=True)))


def spans(year: int, today: date) -> tuple[Span, Span]:
    """The school year that began in this year and the one before; of one that still runs, the same days of both."""
    whole = date(year + 1, FIRST_MONTH, 1)
    end = min(whole, today + timedelta(days=1))
    return _span(year, end), _span(year - 1, _year_before(end))


def school_years(first: str, today: date) -> list[tuple[Span, Span]]:
    """The school years from that of the day `first` to this one, newest first, each with the one before it.

    Without a day it is this one alone.
    """
    oldest = school_year(date.fromisoformat(first)) if first else school_year(today)
    return [spans(year, today) for year in range(school_year(today), oldest - 1, -1)]


def _span(year: int, end: date) -> Span:
    return Span(f"{year}-{(year + 1) % 100:02d}", date(year, FIRST_MONTH, 1), end)


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def making(desk: Desk, this: Span, last: Span) -> Generator[Step, None, BoardPage]:
    """The page over two spans, from the log as it was read last. Raises LedgerError, and what `pack` raises."""
    fixes = yield from Fixing(desk.book, desk.pack, this.search).looking()
    now, counts = desk.now(), _year(desk, this)
    return BoardPage(
        school=desk.profile.school,
        at=now,
        this=counts,
        last=_year(desk, last),
        bases=_bases(desk, this) if isinstance(counts.counts.cells["free"], int) else (),
        fix=_fix(fixes),
        until=(this.end - timedelta(days=1)).isoformat() if this.end > now.date() else "",
    )


def writing_board(desk: Desk, year: tuple[Span, Span], out: Path) -> Generator[Step, None, Path]:
    """Read the log, make the page and save it. Reads the log for itself, so that it can run in a thread of its own.

    Raises DocumentError, and what `making` raises.
    """
    with desk.apart() as own:
        yield from own.book.catching_up()
        page = yield from making(own, *year)
        return write_board(own, page, out)


def write_board(desk: Desk, page: BoardPage, out: Path) -> Path:
    """Save the page as its suffix says. Raises DocumentError."""
    home = paths.home(desk.home)
    wording = school_wording(home)
    return write(board_paper(page, wording, desk.pack), target(out, home), paper=wording.paper)


def _search(span: Span, cell: str) -> Search:
    return Search(filters=(*span.search.filters, *_CELLS[cell]))


def _year(desk: Desk, span: Span) -> BoardYear:
    return BoardYear(span.name, publish({cell: desk.book.count(_search(span, cell)) for cell in CELLS}))


def _bases(desk: Desk, span: Span) -> tuple[str, ...]:
    """The commonest ways on which data was shared; only their sum is ever printed, never a count of one."""
    queries = desk.book.queries
    found = queries.spread(_search(span, "free"), "basis")
    labels = queries.labels("basis")
    return tuple(labels.get(basis, basis) for basis, count in found[:_BASES] if count >= LEAST)


def _fix(fixes: Fixes) -> BoardFix | None:
    best = fixes.ranked[:1]
    return BoardFix(best[0].fix.do, few(len(best[0].records))) if best else None
