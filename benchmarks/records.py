"""The log at its full length: open, filter, search, page; export and verify against the bare standard library."""

from __future__ import annotations

import csv
import hashlib
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Row, quantile, seconds
from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.log_queries import ORDERS
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests.exporting import Exports, Wanted
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.steps import whole
from tests import many

MANY = int(os.environ.get("FERPA_WIZARD_BENCH_RECORDS", "100000"))  # 1000000 wants 100 GB and an hour
ROUNDS = 100
NOW = datetime(2026, 11, 24, tzinfo=UTC)
AS_TEXT = (
    "SELECT e.sequence, e.kind, e.time, CAST(e.header AS TEXT), CAST(b.body AS TEXT)"
    " FROM entries e JOIN bodies b USING (sequence)"
)
FILTERS = ("outcome:shared", "outcome:not-now review:due", "basis:consent", "by:okafor", "layer:district", "is:overdue",
           "-outcome:shared", "figure:blamed", "took:same-day", "after:2022-01 before:2022-07")  # fmt: skip
SEARCHES = ("tutoring", "subp", "transcript roster", '"audit bus"', "grades outcome:not-now", "nonesuch")


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "many"
        many.fill(home, MANY)
        size = (home / "ledger.sqlite").stat().st_size
        note = f"{MANY:,} records of worked examples, {size / MANY / 1024:.0f} KiB each"
        yield from _log(home, note)
        yield _export(home, Path(folder), note)
        yield _verify(home, note)


def _log(home: Path, note: str) -> Iterator[Row]:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        book = LogBook(home, lambda: ledger, lambda: NOW)
        first = seconds(book.catch_up)
        yield Row("The log is read for the first time", f"{first:.0f} s", "", first, None, "s", note)
        chance = random.Random(1)
        yield _p95("open", lambda: _opened(home))
        yield _p95("filter", lambda: _looked_for(book, chance.choice(FILTERS)))
        yield _p95("search", lambda: _looked_for(book, chance.choice(SEARCHES)))
        yield _p95("page", lambda: _paged(book, chance))
        book.close()


def _p95(what: str, act: Callable[[], object]) -> Row:
    p95 = quantile([seconds(act) * 1000 for _ in range(ROUNDS)], 0.95)
    return Row(f"Log of {MANY:,}: {what}, p95", f"{p95:.1f} ms", "", p95, 100, "ms", f"{ROUNDS} times")


def _opened(home: Path) -> None:
    """As the window does: ledger and index opened, what is new read, the count, the first page."""
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        book = LogBook(home, lambda: ledger, lambda: NOW)
        book.catch_up()
        _looked_for(book, "")
        book.close()


def _looked_for(book: LogBook, line: str) -> None:
    search = read_search(line)
    book.count(search)
    book.page(search)


def _paged(book: LogBook, chance: random.Random) -> None:
    start = chance.randrange(MANY)
    book.page(read_search(""), order=chance.choice(list(ORDERS)), up=chance.random() < 0.5, offset=start)


def _export(home: Path, folder: Path, note: str) -> Row:
    exports = Exports(home, lambda: NOW)

    def bare() -> None:
        with (
            closing(sqlite3.connect(home / "ledger.sqlite")) as connection,
            (folder / "bare.csv").open("w", encoding="utf-8", newline="") as file,
        ):
            csv.writer(file).writerows(connection.execute(AS_TEXT))

    ours_s = seconds(lambda: whole(exports.exporting(Wanted("csv"), folder / "ours.csv")))
    bare_s = seconds(bare)
    against = f"{bare_s:.1f} s, sqlite3 to csv.writer, header and text whole"
    return Row("Export to CSV", f"{ours_s:.1f} s", against, ours_s / bare_s, 3, "x", f"{note}; all columns")


def _verify(home: Path, note: str) -> Row:
    ours_s, held = 0.0, False

    def ours() -> None:
        nonlocal held
        held = verify(home).holds

    ours_s = seconds(ours)
    if not held:
        raise RuntimeError("the ledger of the benchmark does not hold")
    bare_s = _bare_hashes(home)
    against = f"{bare_s:.1f} s, SHA-256 of the same bytes, reading them left out"
    return Row("Verify", f"{ours_s:.1f} s", against, ours_s / bare_s, 4, "x", note)


def _bare_hashes(home: Path) -> float:
    ask = "SELECT e.header, b.salt, b.body FROM entries e JOIN bodies b USING (sequence)"
    taken = 0.0
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection:
        found = connection.execute(ask)
        while page := found.fetchmany(1000):
            texts = [text for header, salt, body in page for text in (header, salt + body)]
            taken += seconds(lambda texts=texts: [hashlib.sha256(text).hexdigest() for text in texts])  # type: ignore[misc]
    return taken
