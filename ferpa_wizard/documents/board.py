"""One page for the board: what became of the requests of a school year, with last year beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.small_cells import HIDDEN, LEAST, Published, Shown
from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.document import Block, Cell, Document, Heading, Paragraph, Table
from ferpa_wizard.documents.paper import masthead
from ferpa_wizard.documents.wording import ALWAYS, LETTERHEAD, Sheet, Wording

CELLS = ("other", "another-way", "named", "stopped", "free")
"""What can become of a request; each decision is in one. The first ones are held back first beside a small count."""
_ROWS = ("free", "another-way", "stopped", "named", "other")


@dataclass(frozen=True, slots=True)
class BoardYear:
    """A school year as people name it, and the counts of CELLS as they may be printed."""

    name: str
    counts: Published


@dataclass(frozen=True, slots=True)
class BoardFix:
    """What to do, in the words of the rules, and how many requests it would have cleared."""

    do: str
    clears: Shown


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Everything on the page. `until` is the last day that it covers, empty where the year is over.

    `bases` are the commonest ways on which data was shared, by title. `at` is when it was made.
    """

    school: str
    at: datetime
    this: BoardYear
    last: BoardYear
    bases: tuple[str, ...] = ()
    fix: BoardFix | None = None
    until: str = ""


def board_paper(page: BoardPage, wording: Wording, pack: Pack) -> Document:
    """The page as a paper under the school's letterhead."""
    letterhead = wording.sheet(LETTERHEAD)
    say = wording.sheet("board", _values(page, pack))
    return Document(
        title=say("title"),
        language="en",
        at=page.at,
        masthead=masthead(letterhead, letterhead("school") or page.school),
        footer=say("footer", day=sealed.day(page.at.date().isoformat())),
        blocks=tuple(_blocks(page, say)),
    )


def _values(page: BoardPage, pack: Pack) -> dict[str, str]:
    nothing = dict.fromkeys(ALWAYS, "")  # a district may name what other papers have, and there is none of it here
    names = {"pack": pack.id, "version": pack.version, "law_as_of": sealed.day(pack.law_as_of), "review": pack.review}
    return {
        **nothing,
        **names,
        "school": page.school,
        "this": page.this.name,
        "last": page.last.name,
        "least": str(LEAST),
    }


def _blocks(page: BoardPage, say: Sheet) -> Iterator[Block]:
    yield Heading(1, say("title"))
    yield Paragraph(say("running", day=sealed.day(page.until)) if page.until else say("whole"))
    yield from _sentences(page, say)
    yield _table(page, say)
    yield Heading(2, say("about"))
    yield from (Paragraph(say(key)) for key in ("about-counts", "about-ferpa", "about-fix", "about-small"))


def _sentences(page: BoardPage, say: Sheet) -> Iterator[Block]:
    counts = page.this.counts
    words = {name: _in_line(count, say) for name, count in counts.cells.items()}
    first = say("decided", total=_in_line(counts.total, say), free=words["free"])
    if page.bases:
        first = f"{first} {say('bases', bases='; '.join(page.bases))}"
    yield Paragraph(first)
    another = words["another-way"]
    another = raised(another)
    yield Paragraph(say("ferpa", stopped=words["stopped"], another=another, named=words["named"]))
    fix = page.fix
    yield Paragraph(say("fix", do=fix.do, clears=_in_line(fix.clears, say)) if fix else say("no-fix"))


def _table(page: BoardPage, say: Sheet) -> Table:
    years = (page.this, page.last)
    rows = [(say(name), [year.counts.cells[name] for year in years]) for name in _ROWS]
    rows.append((say("all"), [year.counts.total for year in years]))
    cells = tuple((Cell(label), *(Cell(_in_table(count, say)) for count in counts)) for label, counts in rows)
    return Table((say("table"), *(year.name for year in years)), cells, (6, 2, 2))


def _in_table(count: Shown, say: Sheet) -> str:
    return str(count) if isinstance(count, int) else say(count)


def _in_line(count: Shown, say: Sheet) -> str:
    return say("hidden-in-line") if count == HIDDEN else _in_table(count, say)
