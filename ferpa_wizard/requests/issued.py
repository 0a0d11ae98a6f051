"""Which papers were made of a decision: the ledger keeps the name and SHA-256 of each file that was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ferpa_wizard import __version__
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.errors import RequestsError

KIND = "paper"
FORMAT = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Issued:
    """A file that the program wrote: of which record, under which name, when, and by which version of the program."""

    record: str
    file: str
    at: datetime
    program: str


class IssuedPapers:
    """Notes and finds them."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def note(self, number: str, files: Iterable[Path]) -> None:
        """Keep what was just written. Raises LedgerError, RequestsError, OSError."""
        decision = self._entries.decided(number)
        papers = [{"file": file.name, "sha256": sha256_of(file)} for file in files]
        body = {
            "format": FORMAT,
            "record": decision.number,
            "papers": papers,
            "program": __version__,
            "restricted": decision.body["restricted"] is True,
        }
        self._entries.append(KIND, body)

    def find(self, file: Path) -> Issued | None:
        """The record that this very file was made of, None if no entry names it. Raises LedgerError, RequestsError."""
        try:
            wanted = sha256_of(file)
        except OSError as error:
            raise RequestsError(f"“{file}” cannot be read: {error.strerror}.") from error
        try:
            found = (_named_in(entry, wanted) for entry in self._entries.since({KIND: 0}))
            return next(filter(None, found), None)
        except LedgerMissing:
            return None


def _named_in(entry: Entry, sha256: str) -> Issued | None:
    body = entry.body or {}
    names = (paper["file"] for paper in body.get("papers", ()) if paper["sha256"] == sha256)
    name = next(names, None)
    return None if name is None else Issued(body["record"], name, entry.at, body["program"])


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's content. Raises OSError."""
    found = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
