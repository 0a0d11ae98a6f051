"""The ledger against the bare standard library: pages, export, verify."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measure import Row, interleaved, quantile, seconds
from ferpa_wizard import paths
from ferpa_wizard.core.entry import GENESIS, Header, body_hash, canonical, seal_of, time_text
from ferpa_wizard.core.record import Decision
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests.answers_file import read_answers
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import Exports, Wanted
from ferpa_wizard.requests.steps import whole

MANY, SOME = 100_000, 5_000
ROUNDS = 5
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ALL = "SELECT e.sequence, e.kind, e.time, e.header, b.salt, b.body FROM entries e JOIN bodies b USING (sequence)"
AS_TEXT = (
    "SELECT e.sequence, e.kind, e.time, CAST(e.header AS TEXT), CAST(b.body AS TEXT)"
    " FROM entries e JOIN bodies b USING (sequence)"
)
SMALL = canonical({"format": 1, "request": {"title": "A tutoring group asks for grades"}})


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many"
        _fill(many, SMALL, MANY)
        yield _pages(many)
        some = Path(folder) / "some"
        body = _real_body(Path(folder) / "real")
        _fill(some, body, SOME)
        note = f"{SOME} real records of {len(body) / 1024:.0f} KiB"
        yield _export(some, Path(folder), note)
        yield _verify(some, note)


def _real_body(home: Path) -> bytes:
    """The text of the record that the shipped example makes."""
    data = paths.data()
    desk = Desk.open(home, profile=data / "rules/profiles/example.yaml")
    file = data / "rules/examples/first-run.yaml"
    request = desk.unsaved(read_answers(file.read_bytes(), file.name, desk.pack))
    body = request.decide(Decision("share-after-steps", by_name="Example", by_role="front office")).body
    desk.close()
    return canonical(body)


def _fill(home: Path, body: bytes, count: int) -> None:
    """Chain `count` entries in one transaction; durable appends one by one would take minutes."""
    home.mkdir()
    with Ledger.open(home, now=NOW) as ledger:
        installation, file = ledger.installation, ledger.file
    with closing(sqlite3.connect(file)) as connection, connection:
        previous = GENESIS
        for sequence in range(1, count + 1):
            salt = hashlib.sha256(str(sequence).encode()).digest()
            time = time_text(NOW + timedelta(minutes=sequence))
            header = Header(
                installation=installation,
                sequence=sequence,
                kind="decision",
                time=time,
                previous=previous,
                body=body_hash(salt, body),
            ).encoded()
            connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (sequence, "decision", time, header))
            connection.execute("INSERT INTO bodies VALUES (?, ?, ?)", (sequence, salt, body))
            previous = seal_of(header)


def _pages(home: Path) -> Row:
    def page(offset: int) -> float:
        def look() -> None:
            with Ledger.open(home, now=NOW, readonly=True) as ledger:
                ledger.entries("decision", limit=50, offset=offset)

        return seconds(look) * 1000

    taken = [page(offset) for offset in range(0, MANY, MANY // 100)]
    p95 = quantile(taken, 0.95)
    note = "pages of 50 from the whole length; opening is in it"
    return Row(f"Log of {MANY:,}: open and read a page, p95", f"{p95:.1f} ms", "", p95, 100, "ms", note)


def _export(home: Path, folder: Path, note: str) -> Row:
    exports = Exports(home, lambda: NOW)

    def ours() -> None:
        whole(exports.exporting(Wanted("csv"), folder / "ours.csv"))

    def bare() -> None:
        with (
            closing(sqlite3.connect(home / "ledger.sqlite")) as connection,
            (folder / "bare.csv").open("w", encoding="utf-8", newline="") as file,
        ):
            csv.writer(file).writerows(connection.execute(AS_TEXT))

    ours()  # the first one reads the log into its index
    ours_s, bare_s = interleaved((lambda: seconds(ours), lambda: seconds(bare)), rounds=ROUNDS)
    against = f"{bare_s:.2f} s, sqlite3 to csv.writer, header and text whole"
    return Row(
        "Export to CSV",
        f"{ours_s:.2f} s",
        against,
        ours_s / bare_s,
        3,
        "x",
        f"{note}; all columns, the index made before",
    )


def _verify(home: Path, note: str) -> Row:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection:
        texts = [part for row in connection.execute(ALL) for part in (row[3], row[4] + row[5])]

    def ours() -> None:
        if not verify(home).holds:
            raise RuntimeError("the ledger of the benchmark does not hold")

    def bare() -> None:
        for text in texts:
            hashlib.sha256(text).hexdigest()

    ours_s, bare_s = interleaved((lambda: seconds(ours), lambda: seconds(bare)), rounds=ROUNDS)
    against = f"{bare_s:.2f} s, SHA-256 of the same bytes in memory"
    return Row("Verify", f"{ours_s:.2f} s", against, ours_s / bare_s, 4, "x", note)
