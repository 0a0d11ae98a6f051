"""Check a ledger of FERPA Wizard without FERPA Wizard.

    python verify_ledger.py HOME/ledger.sqlite [--head SEAL] [--json]

One file for Python 3.8 or newer with SQLite 3.37 or newer, sharing no line with the program that it checks.

An entry is a header (a line of JSON) and a body (another) with a random salt of 32 bytes. The header holds the
SHA-256 of salt and body, and the SHA-256 of the header before it; the first one holds 64 zeros there. So no header
and no body can change, go, come in between or change places without a hash that no longer fits. A body may be
missing only where a later entry of kind "purge" names its sequence. Cutting entries off the END breaks no hash:
give a seal that was printed or sent elsewhere as --head, and it must be found in the chain.

Exit codes
    0   every entry matches
    1   something does not match; the first entry that fails is named
    2   the file, or an entry, cannot be read (or the command line is wrong)
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import pathlib
import re
import sqlite3
import sys
from contextlib import closing
from typing import Any, Iterator  # noqa: UP035  collections.abc cannot be subscripted by Python 3.8

FORMAT = 1
APPLICATION = b"FWLG"
ZEROS = "0" * 64
SALT_BYTES = 32
START_BYTES = 100
DATABASE_ERRORS = (sqlite3.Error, UnicodeDecodeError)  # a message may quote damaged bytes
OK, DIFFERS, UNREADABLE = 0, 1, 2
WORDS = {OK: "matches", DIFFERS: "does-not-match", UNREADABLE: "cannot-read"}

HEADER_FIELDS = ["body", "installation", "kind", "previous", "sequence", "time"]
FORMS = {
    "body": r"[0-9a-f]{64}",
    "installation": r"[0-9a-f]{32}",
    "kind": r"[a-z][a-z-]{0,31}",
    "previous": r"[0-9a-f]{64}",
    "time": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z",
}

# SHA-256 of every statement in a healthy file (`SELECT type, name, sql FROM sqlite_schema`), each run of
# white space taken as one space.
SCHEMA = {
    "table meta": "3f79c542ce1829ee025a321698ef6c373e5ccde5df15eed0a6dcfbbca2f4efbf",
    "table entries": "0c649de15f09ae12a3ec691a4a28ababef3a646b6014356f17679bff6a049c9e",
    "table bodies": "078b886f4858a9e489efaf4e2a63616e09e21e0ebf21561b77716737161bf5fd",
    "table packs": "bedad127b2778b0095760fb5358e9f4039f168173ba62b21f871dda9873d6252",
    "index entries_by_kind": "fa8be031e499f968e785bfdcb5888dedf98b475a295a0c3df686ab55ec098dae",
    "trigger entries_in_order": "8ecf2bcab1146b7b7088c7b251ff536292d30f418293c32ff4f31e494defb703",
    "trigger entries_keep": "af1abbab9fbd93b17b9b46678f61622e4d9fd8354f18e0bcca5ceadc4b47a6a1",
    "trigger entries_stay": "cc6815049fe44fd4e518a1d558f69deeb64b6fcc67a64542afe9947b3aef01cf",
    "trigger bodies_once": "5fff83ed0310a4dd88897790d4a2eb05847e80e4b27b731376614605d62d3020",
    "trigger bodies_keep": "ce36820e3d8e289a0b598ed551a62ea0321efbf3d1b8d595a73e6b3a586a9deb",
    "trigger bodies_stay": "3b12ebc6e96cca35e2fac21810f223f7a61ea6fb17bf5900175ff40c611e90ab",
    "trigger packs_once": "9f5825ac94b900cb231514ff2429180d5fb2aece7c002b2dde0151b10e4d3f01",
    "trigger packs_keep": "68e7395ef9e73bdd458eda3d9b4b677ef8724c1b1f84f96ed0132621914361e0",
    "trigger packs_stay": "82fc38cef1cdbf6a7acae1126681930fa6db04e16d68faabe1c9bb4b7ec6ff28",
    "trigger meta_once": "674ce86481f37a2a7d5f7780d99c85a0b309ca8ef62573d25799e9fde522c615",
    "trigger meta_keep": "cf5192b7d6a20dc8a44619ab11ff1973276b27a1968ecbd2902db8bff5360c93",
    "trigger meta_stay": "2927593f2e2fae327a54e43fa72f58aa2b5c78e30c3d4fc6f948fa16516a88cf",
}


class Text(bytes):
    """A text of the database, in its bytes: never equal in kind to the bytes of a BLOB."""


class StopError(Exception):
    """The check ends here: exit code, sentence, and the entry that it is about (or None)."""

    def __init__(self, code: int, sentence: str, entry: int | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.entry = entry


class Report:
    """What is known so far."""

    def __init__(self) -> None:
        self.code = OK
        self.entry: int | None = None
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.count = 0
        self.head = ZEROS

    def add(self, stop: StopError) -> None:
        self.code = max(self.code, stop.code)
        if stop.entry is None:
            self.problems.append(str(stop))
        else:
            self.entry = stop.entry
            self.problems.insert(0, str(stop))

    def as_json(self) -> dict[str, Any]:
        return {
            "verdict": WORDS[self.code],
            "entry": self.entry,
            "problems": self.problems,
            "notes": self.notes,
            "count": self.count,
            "first": 1 if self.count else None,
            "last": self.count or None,
            "head": self.head,
        }

    def __str__(self) -> str:
        extent = f"{self.count} entries match, 1 to {self.count}." if self.count else "No entries match."
        if not self.count and self.code == OK:
            extent = "The ledger holds no entries yet."
        return "\n".join([*self.problems, *self.notes, extent, f"Head: {self.head}"])


def check(path: pathlib.Path, head: str | None = None) -> Report:
    """The report on this file. `head` is a seal of 64 characters that must be in the chain."""
    report = Report()
    try:
        look_at_start(path)
        with closing(connect(path)) as connection:
            installation = check_frame(connection, report)
            check_entries(connection, report, installation, head)
            for stop in loose_ends(connection, report):
                report.add(stop)
    except StopError as stop:
        report.add(stop)
    except OSError as error:
        report.add(StopError(UNREADABLE, f"The file cannot be read: {error.strerror or error}."))
    except DATABASE_ERRORS as error:
        report.add(StopError(UNREADABLE, f"The file cannot be read as a ledger (SQLite says: {error})."))
    return report


def look_at_start(path: pathlib.Path) -> None:
    """SQLite is only let at a file that says it is a ledger of a known format."""
    if path.is_dir():
        raise StopError(UNREADABLE, "This is a folder, not a ledger.")
    with path.open("rb") as file:
        start = file.read(START_BYTES)
    if not start:
        raise StopError(UNREADABLE, "The file is empty; a ledger never is.")
    if len(start) < START_BYTES or start[:16] != b"SQLite format 3\0" or start[68:72] != APPLICATION:
        raise StopError(UNREADABLE, "The file is not a ledger of FERPA Wizard.")
    check_format(int.from_bytes(start[60:64], "big"))


def check_format(number: int) -> None:
    if number > FORMAT:
        raise StopError(UNREADABLE, f"The ledger has format {number}; this verifier knows {FORMAT}. Get a newer one.")
    if number < FORMAT:
        raise StopError(UNREADABLE, f"The ledger says that it has format {number}, which never existed.")


def connect(path: pathlib.Path) -> sqlite3.Connection:
    """A connection that reads. It writes only to undo what a killed program left half written."""
    connection = open_database(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        connection = open_database(path, "rw")
    return connection


def open_database(path: pathlib.Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=5.0)
    connection.isolation_level = None
    connection.text_factory = Text
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def check_frame(connection: sqlite3.Connection, report: Report) -> str:
    """Compare tables and guards with what belongs there; the installation that the file belongs to."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    check_format(version)
    found = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        thing = readable(kind) + " " + readable(name)
        if sql is not None or not thing.startswith("index sqlite_autoindex_"):
            found[thing] = fingerprint(sql)
    for thing in sorted(SCHEMA.keys() | found.keys()):
        if found.get(thing) != SCHEMA.get(thing):
            how = "was removed" if thing not in found else "was replaced" if thing in SCHEMA else "does not belong"
            report.add(StopError(DIFFERS, f"In the file, the {thing[:80]} {how}."))
    if any(found.get(thing) != SCHEMA[thing] for thing in SCHEMA if thing.startswith("table ")):
        raise StopError(DIFFERS, "Without its own tables, the entries cannot be checked.")
    return check_meta(connection, report, version)


def check_meta(connection: sqlite3.Connection, report: Report, version: int) -> str:
    rows = connection.execute("SELECT name, value FROM meta")
    meta = {readable(name): readable(value) for name, value in rows if isinstance(value, Text)}
    installation = meta.get("installation", "")
    if not re.fullmatch(FORMS["installation"], installation):
        raise StopError(DIFFERS, "The file does not say which installation it belongs to.")
    if meta.get("schema") != str(version):
        report.add(StopError(DIFFERS, "The file names two different formats."))
    return installation


def fingerprint(sql: object) -> str:
    return hashlib.sha256(" ".join(readable(sql).split()).encode()).hexdigest()


def readable(text: object) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, Text) else str(text)


ROWS = (
    "SELECT e.sequence, e.kind, e.time, e.header, b.salt, b.body"
    " FROM entries AS e LEFT JOIN bodies AS b ON b.sequence = e.sequence"
)


def check_entries(connection: sqlite3.Connection, report: Report, installation: str, head: str | None) -> None:
    """Follow the chain from its start. Raises StopError at the first entry that fails."""
    purges = Purges(connection)
    seen = head in (None, ZEROS)
    latest, backwards = "", []
    try:
        for row in rows(connection):
            header = check_entry(row, report.count + 1, installation, report.head, purges)
            report.count += 1
            report.head = hashlib.sha256(row[3]).hexdigest()
            seen = seen or report.head == head
            if header["time"] < latest:
                backwards.append(report.count)
            latest = header["time"]
    except DATABASE_ERRORS as error:
        entry = report.count + 1
        raise StopError(UNREADABLE, f"Entry {entry} cannot be read (SQLite says: {error}).", entry) from error
    finally:
        if backwards:
            report.notes.append(f"The clock went back {len(backwards)} times, first before entry {backwards[0]}.")
    if not seen:
        says = "The head that was kept elsewhere is not in the chain: its end was cut off, or entries were replaced."
        report.add(StopError(DIFFERS, says))


def rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """All rows in order, some hundreds at a time, so that a program at work can write in between."""
    start = -(2**63)
    while True:
        page = connection.execute(ROWS + " WHERE e.sequence >= ? ORDER BY e.sequence LIMIT 500", (start,))
        last = None
        for row in page:
            last = row[0]
            yield row
        if last is None:
            return
        start = last + 1


def check_entry(
    row: tuple[Any, ...], expected: int, installation: str, previous: str, purges: Purges
) -> dict[str, Any]:
    """The header of this row. Raises StopError when the row is not the entry that must come here."""
    sequence, _kind, _time, raw, salt, body = row
    header = read_header(raw) if sequence == expected else None
    lost = salt is None and body is None
    if sequence != expected:
        what = "is missing"
    elif header is None:
        what = "has a header that was changed"
    elif not is_listed_so(header, row):
        what = "is listed with another number, kind or time than its header has"
    elif header["installation"] != installation:
        what = "belongs to another installation"
    elif header["previous"] != previous:
        what = "does not continue the entry before it"
    elif lost and not purges.name(sequence):
        what = "has lost its text, and no purge names it"
    elif not lost and not text_fits(salt, body, header):
        what = "has a text that was changed after it was sealed"
    else:
        return header
    raise StopError(DIFFERS, f"Entry {expected} {what}.", expected)


def is_listed_so(header: dict[str, Any], row: tuple[Any, ...]) -> bool:
    sequence, kind, time = row[:3]
    listed = (header["sequence"], header["kind"].encode(), header["time"].encode())
    return isinstance(kind, Text) and isinstance(time, Text) and listed == (sequence, kind, time)


def read_header(raw: object) -> dict[str, Any] | None:
    """The header in these bytes; None unless they are exactly what the program would write."""
    if type(raw) is not bytes:
        return None
    try:
        header = json.loads(raw.decode("ascii"))
        again = json.dumps(header, sort_keys=True, separators=(",", ":")).encode("ascii")
    except (ValueError, RecursionError):
        return None
    if again != raw or not isinstance(header, dict) or sorted(header) != HEADER_FIELDS:
        return None
    if type(header["sequence"]) is not int or not 0 < header["sequence"] < 2**53:
        return None
    for field, form in FORMS.items():
        if not isinstance(header[field], str) or not re.fullmatch(form, header[field]):
            return None
    return header if is_a_time(header["time"]) else None


def is_a_time(text: str) -> bool:
    try:
        dt.datetime(*map(int, re.findall("[0-9]+", text)))  # type: ignore[arg-type]  # noqa: DTZ001  UTC
    except ValueError:
        return False
    return True


def text_fits(salt: object, body: object, header: dict[str, Any]) -> bool:
    # A salt of another length could hide bytes that belong to the text.
    if type(salt) is not bytes or type(body) is not bytes or len(salt) != SALT_BYTES:
        return False
    return hashlib.sha256(salt + body).hexdigest() == str(header["body"])


class Purges:
    """The entries that purges name; read when first asked for, and again for one that is not known."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.known: set[int] = set()

    def name(self, sequence: int) -> bool:
        if sequence not in self.known:
            for row in self.connection.execute(ROWS + " WHERE e.kind = 'purge'"):
                self.known.update(self.named_by(row))
        return sequence in self.known

    @staticmethod
    def named_by(row: tuple[Any, ...]) -> list[int]:
        # Where it stands does not matter here: the chain finds a purge that was moved.
        header, salt, body = read_header(row[3]), row[4], row[5]
        if header is None or header["kind"] != "purge" or not text_fits(salt, body, header):
            return []
        try:
            value = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            return []
        named = value.get("entries") if isinstance(value, dict) else None
        return [n for n in named if type(n) is int and n < header["sequence"]] if isinstance(named, list) else []


def loose_ends(connection: sqlite3.Connection, report: Report) -> Iterator[StopError]:
    """What is wrong besides the entries themselves."""
    orphans = connection.execute(
        "SELECT count(*) FROM bodies AS b WHERE (b.sequence > ? OR b.sequence < 1)"
        " AND NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.sequence = b.sequence)",
        (report.count,),
    ).fetchone()[0]
    if orphans:
        entry = report.count + 1
        yield StopError(DIFFERS, f"Entry {entry} is missing: {orphans} texts are left without their entry.", entry)
        return
    for name, content in connection.execute("SELECT sha256, content FROM packs"):
        right = type(content) is bytes and isinstance(name, Text)
        if not right or hashlib.sha256(content).hexdigest().encode() != name:
            yield StopError(DIFFERS, f"The rules stored as {readable(name)[:80]} were changed.")
    # That this finds nothing proves nothing: it passes most changes. What it finds is damage all the same.
    state = readable(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if state != "ok":
        yield StopError(DIFFERS, f"The file is damaged between the entries (SQLite says: {state}).")


def seal(text: str) -> str:
    """A head as it is typed from paper."""
    squeezed = "".join(text.split()).lower()
    if not re.fullmatch("[0-9a-f]{64}", squeezed):
        raise argparse.ArgumentTypeError("a seal has 64 characters, digits and the letters a to f")
    return squeezed


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a ledger of FERPA Wizard without FERPA Wizard.")
    parser.add_argument("ledger", type=pathlib.Path, help="the file ledger.sqlite")
    parser.add_argument("--head", type=seal, help="a seal that was kept elsewhere and must be in the chain")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    options = parser.parse_args(arguments)
    report = check(options.ledger, options.head)
    shown = json.dumps(report.as_json()) if options.json else str(report)
    sys.stdout.write(shown.encode("ascii", "backslashreplace").decode("ascii") + "\n")
    return report.code


if __name__ == "__main__":
    sys.exit(main())
