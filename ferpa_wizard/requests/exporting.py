"""The log as a file for others: all of it or what a search finds, in one of five forms, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from ferpa_wizard import __version__, paths
from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.documents.log_report import MOST as MOST_ON_PAPER
from ferpa_wizard.documents.log_report import Report, Reported, log_report
from ferpa_wizard.documents.pdf import PaperSize, to_pdf
from ferpa_wizard.ledger.bundle import VERIFIER, as_bundle
from ferpa_wizard.ledger.chains import copies
from ferpa_wizard.ledger.columns import COLUMNS, LATER, Column, Row, columns
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.ledger.export import Exported, Form, Part, as_csv, as_lines, exporting
from ferpa_wizard.ledger.export_scope import Scope
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.log_queries import LogQueries
from ferpa_wizard.ledger.workbook import MOST_ROWS, as_workbook
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.steps import Step

Format = Literal["csv", "xlsx", "jsonl", "pdf", "bundle"]
SUFFIXES: Mapping[Format, str] = {"csv": ".csv", "xlsx": ".xlsx", "jsonl": ".jsonl", "pdf": ".pdf", "bundle": ".zip"}
TABLES = ("csv", "xlsx")
_LOSSLESS = ("jsonl", "bundle")
_ON_PAPER = ("number", "title", "asked by", "basis", "decision label", "by")
_DESK = 8  # letters that tell desks apart


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export. Without `search` every entry of every desk; with an empty one all decisions that lists show.

    `columns` are ids of the register (see COLUMNS), all of them when empty. Without `free_text`, what people typed is
    left out. With `restricted`, the texts of restricted entries go along.
    """

    format: Format
    search: Search | None = None
    columns: tuple[str, ...] = ()
    free_text: bool = True
    restricted: bool = False

    @property
    def of(self) -> str:
        """What the export counts."""
        return "entries" if self.search is None and self.format != "pdf" else "decisions"

    @property
    def why_not(self) -> str:
        """Why this cannot be exported, in a sentence; empty when it can."""
        ids = {column.id: column for column in COLUMNS}
        strange = [name for name in self.columns if name not in ids]
        typed = [name for name in self.columns if name in ids and ids[name].typed]
        if self.search is not None and self.search.wrong:
            return f"Nothing was written. {' '.join(self.search.wrong)}"
        if self.restricted and (self.search is not None or self.format == "pdf"):
            return "No search and no report finds restricted decisions. Export the whole log, and not as PDF."
        if self.format in _LOSSLESS and not self.free_text:
            return "This form keeps every word that was sealed. To leave out what people typed, use CSV, XLSX or PDF."
        if self.columns and self.format not in TABLES:
            return "Columns can be chosen for CSV and XLSX."
        if strange:
            return f"There is no column “{strange[0]}”. There are: {', '.join(ids)}."
        if typed and not self.free_text:
            return f"People type what stands in {', '.join(typed)}. Leave out the column, or keep what people typed."
        return ""


class Exports:
    """Exports from the chains of a home. Each opens the log for itself, so that it can run in a thread of its own."""

    def __init__(self, home: Path, now: Callable[[], datetime]) -> None:
        self._home, self._now = home, now

    def exporting(self, wanted: Wanted, out: Path) -> Generator[Step, None, Exported]:
        """Write what is wanted to `out`, step by step; what was written in the end.

        Whoever closes the generator half way cancels the export. Whatever happens, `out` is the whole export or what
        it was before. Raises RequestsError for what cannot be had, LedgerError, DocumentError.
        """
        if says := wanted.why_not:
            raise RequestsError(says)
        with ExitStack() as stack:
            ledgers = self._opened(stack)
            queries = yield from self._queries(wanted, ledgers, stack)
            scope = Scope(ledgers, queries, _searched(wanted), restricted=wanted.restricted)
            of = scope.length() if wanted.format == "bundle" else scope.count()
            _refuse_too_many(wanted.format, of)
            rows = scope.whole_chains() if wanted.format == "bundle" else scope.rows(later=_asks_later(wanted))
            written = exporting(rows, out, self._form(wanted, scope, queries, out), home=self._home)
            return (yield from _in_steps(written, of))

    def _opened(self, stack: ExitStack) -> dict[str, Ledger]:
        """Every chain of the home, open to read until the stack ends. Raises LedgerMissing where there is none."""

        def opened(home: Path) -> Ledger:
            return stack.enter_context(Ledger.open(home, now=self._now(), readonly=True))

        ledgers = {chain.installation: opened(chain.home) for chain in copies(self._home)}
        if not ledgers or (self._home / NAME).exists():
            own = opened(self._home)
            ledgers[own.installation] = own
        return ledgers

    def _queries(
        self, wanted: Wanted, ledgers: Mapping[str, Ledger], stack: ExitStack
    ) -> Generator[Step, None, LogQueries | None]:
        """The index, brought up to date, where it is needed."""
        if _searched(wanted) is None and not _asks_later(wanted):
            return None
        own = next((ledger for ledger in ledgers.values() if ledger.file.parent == self._home), None)
        book = LogBook(self._home, lambda: _or_missing(own, self._home), self._now)
        stack.callback(book.close)
        yield from book.catching_up()
        for error in book.damaged.values():
            raise error  # what a search finds in the rest would pass for all of it
        return book.queries

    def _form(self, wanted: Wanted, scope: Scope, queries: LogQueries | None, out: Path) -> Form:
        chosen = columns(wanted.columns, free_text=wanted.free_text)
        match wanted.format:
            case "csv":
                return as_csv(chosen)
            case "xlsx":
                return as_workbook(chosen, _about(wanted, self._now()), self._now(), beside=out)
            case "bundle":
                verifier = (paths.data() / "resources" / VERIFIER).read_bytes()
                return as_bundle(scope.ledgers, _told(wanted), verifier, self._now())
            case "pdf" if queries is not None:
                return self._as_paper(wanted, scope, queries)
        return as_lines

    def _as_paper(self, wanted: Wanted, scope: Scope, queries: LogQueries) -> Form:
        from ferpa_wizard.documents.wording import LETTERHEAD
        from ferpa_wizard.requests.wording import school_wording

        wording = school_wording(self._home)
        outcomes = queries.spread(scope.search or Search(), "outcome")
        restricted, unfit = queries.left_out()
        many = len(scope.ledgers) > 1
        report = Report(
            looked_for=_looked_for(wanted),
            school=wording.sheet(LETTERHEAD)("school"),
            outcomes=[(CHOICES.get(one.value, one.value), one.decisions) for one in outcomes],
            restricted=restricted,
            unfit=unfit,
            seals=[
                (f"Seal of desk {desk[:_DESK]}" if many else "Seal", ledger.head())
                for desk, ledger in scope.ledgers.items()
            ],
        )
        chosen = columns(_ON_PAPER, free_text=wanted.free_text)
        return lambda file, _: _Paper(file, report, chosen, self._now(), many=many, size=wording.paper)


class _Paper:
    """Gathers the rows, which are few, and lays them out in the end."""

    def __init__(
        self, file: IO[bytes], report: Report, chosen: Sequence[Column], at: datetime, *, many: bool, size: PaperSize
    ) -> None:
        self._file, self._report, self._chosen, self._at, self._many, self._size = file, report, chosen, at, many, size
        self._rows: list[Reported] = []

    def add(self, row: Row) -> None:
        told = {column.id: column.value(row) for column in self._chosen}
        self._rows.append(
            Reported(
                number=told["number"],
                desk=row.desk[:_DESK] if self._many else "",
                day=row.entry.at.astimezone().date().isoformat(),
                title=told.get("title", ""),
                asked=told["asked by"],
                basis=told["basis"],
                outcome=told["decision label"],
                by=told["by"],
            )
        )

    def close(self, _: dict[str, Part]) -> Sequence[str]:
        self._file.write(to_pdf(log_report(self._report, self._rows[::-1], at=self._at), paper=self._size))
        return ()


def _searched(wanted: Wanted) -> Search | None:
    """A report lists decisions alone."""
    return Search() if wanted.format == "pdf" and wanted.search is None else wanted.search


def _asks_later(wanted: Wanted) -> bool:
    return wanted.format in TABLES and (not wanted.columns or bool(LATER & set(wanted.columns)))


def _refuse_too_many(form: Format, of: int) -> None:
    if form == "pdf" and of > MOST_ON_PAPER:
        raise RequestsError(
            f"This finds {of:,} decisions, and a report lists {MOST_ON_PAPER:,}. Nothing was written."
            " Narrow what you look for, or use CSV or XLSX."
        )
    if form == "xlsx" and of > MOST_ROWS:
        raise RequestsError(
            f"This finds {of:,} rows, and a sheet of XLSX holds {MOST_ROWS:,}. Nothing was written."
            " Narrow what you look for, or use CSV."
        )


def _looked_for(wanted: Wanted) -> str:
    """What was looked for, as a line; without free text, words that may be anybody's name stay out of it."""
    if wanted.search is None or wanted.free_text or not wanted.search.words:
        return str(wanted.search or "")
    return f"{replace(wanted.search, words=())} (and words that are left out)".strip()


def _about(wanted: Wanted, at: datetime) -> list[tuple[str, str]]:
    everything = "Every entry of the log" if wanted.search is None else "All decisions"
    return [
        ("Looked for", _looked_for(wanted) or everything),
        ("What people typed", "Shown" if wanted.free_text else "Left out"),
        ("Restricted decisions", "Shown" if wanted.restricted else "Without their text"),
        ("Made", at.isoformat(timespec="seconds")),
        ("Program", f"FERPA Wizard {__version__}"),
    ]


def _told(wanted: Wanted) -> dict[str, object]:
    search = str(wanted.search) if wanted.search is not None else None
    return {"program": f"FERPA Wizard {__version__}", "search": search, "restricted": wanted.restricted}


def _or_missing(own: Ledger | None, home: Path) -> Ledger:
    if own is None:
        raise LedgerMissing(home / NAME)
    return own


def _in_steps(written: Generator[int, None, Exported], of: int) -> Generator[Step, None, Exported]:
    """The same, told as steps; closing one closes the other."""
    try:
        while True:
            yield Step(next(written), of, "Row")
    except StopIteration as done:
        exported: Exported = done.value
        return exported
    finally:
        written.close()
