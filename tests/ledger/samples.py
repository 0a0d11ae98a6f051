"""What the ledger's tests share."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ferpa_wizard.core.entry import GENESIS, Header, body_hash, seal_of
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import Verdict

NOW = datetime(2026, 11, 24, 10, 52, tzinfo=UTC)
COUNT = 9
PURGE, PURGED = 7, 3
PACK = b'{"ferpa/pack.yaml":"id: ferpa"}'
PACK_SHA256 = hashlib.sha256(PACK).hexdigest()
VERIFIER = Path(__file__).resolve().parents[2] / "resources" / "verify_ledger.py"

Body = dict[str, Any]
Tamper = Callable[[], AbstractContextManager[sqlite3.Connection]]
Check = Callable[..., Verdict]


def record(title: str = "Tutoring group asks for grades") -> Body:
    """The body of a decision record, with the keys that exports look for."""
    return {
        "format": 1,
        "request": {"title": title, "reference": "R-7", "words": "They called twice."},
        "pack": {"id": "ferpa", "version": "1", "law_as_of": "2026-01-01", "sha256": PACK_SHA256},
        "answers": [
            {"question": "requester", "label": "A tutoring group", "answer": "outside"},
            {"question": "purpose", "label": "Tutoring", "answer": "tutoring"},
        ],
        "items": [
            {"id": "grades", "label": "Grades", "share": True, "stopped_by": [], "basis": "consent"},
            {"id": "meals", "label": "Meal status", "share": False, "stopped_by": ["other_federal"], "basis": None},
        ],
        "determination": {
            "verdict": "after-steps",
            "label": "FERPA allows this, after 1 step",
            "basis": {"id": "consent", "title": "Written consent", "cite": "34 CFR 99.30"},
            "steps": [{"id": "sign", "do": "Get it signed", "cite": "34 CFR 99.30"}],
            "duties": [{"id": "log", "do": "Note the disclosure", "when": "after"}],
        },
        "decision": {
            "choice": "share-after-steps",
            "label": "Share after the steps",
            "reasons": ["district", "practical"],
            "words": "Once it is signed.",
            "differs": False,
            "correction": "",
            "by": {"name": "A. Registrar", "role": "registrar", "account": "areg"},
        },
    }


def fill(home: Path) -> None:
    """Nine entries: decisions, and a purge (7) of the text of the third."""
    with Ledger.open(home, now=NOW) as ledger:
        for n in range(1, COUNT + 1):
            kind, body = ("purge", {"entries": [PURGED]}) if n == PURGE else ("decision", record(f"Request {n}"))
            ledger.append(kind, body, at=NOW + timedelta(hours=n), pack=PACK if n == 1 else None)
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        connection.execute("DELETE FROM bodies WHERE sequence = ?", (PURGED,))


def reopened(home: Path, *, readonly: bool = False) -> Ledger:
    return Ledger.open(home, now=NOW, readonly=readonly)


def installation(home: Path) -> str:
    with reopened(home, readonly=True) as ledger:
        return ledger.installation


def headers(connection: sqlite3.Connection) -> list[Header]:
    rows = connection.execute("SELECT header FROM entries ORDER BY sequence")
    return [Header.decoded(data) for (data,) in rows]


def put(connection: sqlite3.Connection, sequence: int, header: Header) -> None:
    values = (header.encoded(), header.kind, header.time, sequence)
    connection.execute("UPDATE entries SET header = ?, kind = ?, time = ? WHERE sequence = ?", values)


def rechain(connection: sqlite3.Connection, start: int) -> None:
    """Make all hashes fit again from this entry on, as a forger with the program's source would."""
    previous = GENESIS
    for header in headers(connection):
        if header.sequence >= start:
            row = connection.execute("SELECT salt, body FROM bodies WHERE sequence = ?", (header.sequence,)).fetchone()
            body = body_hash(*row) if row else header.body
            header = Header(  # noqa: PLW2901  the same header, mended
                header.installation, header.sequence, header.kind, time=header.time, previous=previous, body=body
            )
            put(connection, header.sequence, header)
        previous = seal_of(header.encoded())
