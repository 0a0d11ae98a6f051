"""Check a ledger of FERPA Wizard without FERPA Wizard.

    python verify_ledger.py HOME/ledger.sqlite [--checkpoint FILE] [--head SEAL] [--json]

One file for Python 3.8 or newer with SQLite 3.37 or newer, sharing no line with the program that it checks.

An entry is a header (a line of JSON) and a body (another) with a random salt of 32 bytes. The header holds the
SHA-256 of salt and body, and the SHA-256 of the header before it; the first one holds 64 zeros there. So no header
and no body can change, go, come in between or change places without a hash that no longer fits. A body is missing
where a later entry of kind "purge" names its sequence, and nowhere else. Cutting entries off the END, an older copy,
or a chain that was made anew break no hash: give a checkpoint that was kept elsewhere as --checkpoint, and its entry
must be where it was; or a seal that was printed or sent elsewhere as --head, and it must be found in the chain.

Exit codes
    0   every entry matches
    1   something does not match; the first entry that fails is named
    2   the file, an entry, or the checkpoint cannot be read (or the command line is wrong)
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
from typing import Any, Iterator, NamedTuple  # noqa: UP035  collections.abc cannot be subscripted by Python 3.8

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
    """The check ends here: exit code, sentence, the entry that it is about (or None), and a word for what happened."""

    def __init__(self, code: int, sentence: str, entry: int | None = None, fault: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.entry = entry
        self.fault = fault


class Checkpoint(NamedTuple):
    """What was noted of a ledger, and kept elsewhere."""

    installation: str
    count: int
    number: str
    head: str
    time: str
    program: str


class Report:
    """What is known so far."""

    def __init__(self) -> None:
        self.code = OK
        self.entry: int | None = None
        self.fault = ""
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.count = 0
        self.head = ZEROS

    def add(self, stop: StopError) -> None:
        self.code = max(self.code, stop.code)
        if stop.entry is None:
            self.problems.append(str(stop))
            self.fault = self.fault or stop.fault
        else:
            self.entry, self.fault = stop.entry, stop.fault
            self.problems.insert(0, str(stop))

    def as_json(self) -> dict[str, Any]:
        return {
            "verdict": WORDS[self.code],
            "entry": self.entry,
            "fault": self.fault,
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


def check(path: pathlib.Path, head: str | None = None, checkpoint: Checkpoint | None = None) -> Report:
    """The report on this file. `head` is a seal of 64 characters that must be in the chain."""
    report = Report()
    try:
        look_at_start(path)
        with closing(connect(path)) as connection:
            installation = check_frame(connection, report)
            noted = check_entries(connection, report, installation, head, checkpoint)
            for stop in loose_ends(connection, report):
                report.add(stop)
            if checkpoint is not None and report.entry is None and noted != checkpoint.head:
                report.add(unlike_checkpoint(checkpoint, installation, report.count))
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


def check_entries(
    connection: sqlite3.Connection,
    report: Report,
    installation: str,
    head: str | None,
    checkpoint: Checkpoint | None,
) -> str:
    """Follow the chain from its start; the seal that lies where the checkpoint's lay.

    Raises StopError at the first entry that fails.
    """
    purges = Purges(connection)
    seen, noted = head in (None, ZEROS), ""
    latest, backwards = "", []
    try:
        for row in rows(connection):
            header = check_entry(row, report.count + 1, installation, report.head, purges)
            report.count += 1
            report.head = hashlib.sha256(row[3]).hexdigest()
            seen = seen or report.head == head
            if checkpoint is not None and report.count == checkpoint.count:
                noted = report.head
            if header["time"] < latest:
                backwards.append(report.count)
            latest = header["time"]
    except DATABASE_ERRORS as error:
        entry = report.count + 1
        says = f"Entry {entry} cannot be read (SQLite says: {error})."
        raise StopError(UNREADABLE, says, entry, "unreadable") from error
    finally:
        if checkpoint is not None and noted == checkpoint.head:
            report.notes.append(f"The entry of the checkpoint, {checkpoint.number}, is where it was.")
        if backwards:
            report.notes.append(f"The clock went back {len(backwards)} times, first before entry {backwards[0]}.")
    if not seen:
        says = "The head that was kept elsewhere is not in the chain: its end was cut off, or entries were replaced."
        report.add(StopError(DIFFERS, says))
    return noted


def unlike_checkpoint(kept: Checkpoint, installation: str, count: int) -> StopError:
    """What a chain without a fault of its own lacks of what was noted elsewhere."""
    if kept.installation != installation:
        says = (
            f"The checkpoint is of installation {kept.installation}, this ledger is of {installation}."
            " Take the checkpoint of this ledger; if it is the one, the whole ledger was replaced."
        )
        return StopError(DIFFERS, says, fault="other-desk")
    day = kept.time[:10]
    if count < kept.count:
        says = (
            f"Entry {count + 1} is gone: the checkpoint of {day} noted {kept.count} entries, up to {kept.number}."
            " The end was cut off, or an older copy was put back. Look for a later backup."
        )
        return StopError(DIFFERS, says, count + 1, "rewound")
    says = (
        f"Entry {kept.number} is not the one that the checkpoint of {day} noted: it, or one before it, was replaced."
        " Look for a backup that fits the checkpoint."
    )
    return StopError(DIFFERS, says, kept.count, "forked")


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
    name = str(expected)
    if sequence != expected:
        fault, what = "gap", "is missing"
    elif header is None:
        fault, what = "header", "has a header that was changed"
    elif not is_listed_so(header, row):
        fault, what = "columns", "is listed with another number, kind or time than its header has"
    else:
        name = f"{header['time'][:4]}-{sequence:04d}"  # as people know it
        if header["installation"] != installation:
            fault, what = "installation", "belongs to another installation"
        elif header["previous"] != previous:
            fault, what = "previous", "does not continue the entry before it"
        elif lost and not purges.name(sequence):
            fault, what = "missing-text", "has lost its text, and no purge names it"
        elif not lost and not text_fits(salt, body, header):
            fault, what = "text", "has a text that was changed after it was sealed"
        else:
            return header
    raise StopError(DIFFERS, f"Entry {name} {what}.", expected, fault)


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
            self.read()
        return sequence in self.known

    def read(self) -> None:
        for row in self.connection.execute(ROWS + " WHERE e.kind = 'purge'"):
            self.known.update(self.named_by(row))

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
        says = f"Entry {entry} is missing: {orphans} texts are left without their entry."
        yield StopError(DIFFERS, says, entry, "gap")
        return
    there = connection.execute("SELECT sequence FROM bodies ORDER BY sequence")
    purges = Purges(connection)
    purges.read()
    back = next((sequence for (sequence,) in there if sequence in purges.known), None)
    if back is not None:
        yield StopError(DIFFERS, f"Entry {back} has a text that a purge should have taken.", back, "put-back")
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


def read_checkpoint(path: pathlib.Path) -> Checkpoint:
    """The checkpoint in this file. Raises StopError."""
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
        if found["kind"] == "ferpa-wizard-checkpoint" and found["format"] == 1 and type(found["count"]) is int:
            kept = Checkpoint(*(found[field] for field in Checkpoint._fields))
            lines = "\n".join(map(str, kept)).encode("utf-8")
            if kept.count > 0 and hashlib.sha256(lines).hexdigest()[:16] == found["sum"]:
                return kept
    except OSError as error:
        raise StopError(UNREADABLE, f"The checkpoint cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError, LookupError, TypeError):
        pass  # as for any other file that is none
    says = "That file is no checkpoint, or it was changed. Take another copy, or an older checkpoint."
    raise StopError(UNREADABLE, says)


def report_on(ledger: pathlib.Path, head: str | None, checkpoint: pathlib.Path | None) -> Report:
    try:
        kept = read_checkpoint(checkpoint) if checkpoint is not None else None
    except StopError as stop:
        report = Report()
        report.add(stop)
        return report
    return check(ledger, head, kept)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a ledger of FERPA Wizard without FERPA Wizard.")
    parser.add_argument("ledger", type=pathlib.Path, help="the file ledger.sqlite")
    parser.add_argument("--checkpoint", type=pathlib.Path, metavar="FILE", help="a checkpoint that was kept elsewhere")
    parser.add_argument("--head", type=seal, help="a seal that was kept elsewhere and must be in the chain")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    options = parser.parse_args(arguments)
    report = report_on(options.ledger, options.head, options.checkpoint)
    shown = json.dumps(report.as_json()) if options.json else str(report)
    sys.stdout.write(shown.encode("ascii", "backslashreplace").decode("ascii") + "\n")
    return report.code


if __name__ == "__main__":
    sys.exit(main())
