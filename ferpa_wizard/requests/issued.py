"""Which papers were made of a decision: the ledger keeps the name and SHA-256 of each file that was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ferpa_wizard import __version__
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.errors import RequestsError

KIND = "paper"
FORMAT = 1
_BLOCK = 1 << 20
ISSUED, CHANGED, UNKNOWN = "issued", "changed", "unknown"


@dataclass(frozen=True, slots=True)
class Issued:
    """A file that the program wrote: of which record, under which name, when, by which version, at which desk."""

    record: str
    file: str
    at: datetime
    program: str
    installation: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was found: issued, changed since one of its name was, or unknown to every record."""

    path: Path
    state: str
    made: Issued | None = None

    @property
    def says(self) -> str:
        if self.made is None:
            return "No record names this file. It was not made here, or it was changed and has another name."
        of = f"of record {self.made.record} on {self.made.at.date().isoformat()}"
        if self.state == ISSUED:
            return f"Made as {self.made.file} {of}, and not changed since."
        return f"Changed since it was made {of}. Make it again from the record, and compare."


class IssuedPapers:
    """Notes them."""

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


def papers_in(places: Iterable[Path], ledgers: Iterable[Ledger]) -> list[Paper]:
    """What the records of these ledgers say of each file, and of each one in a folder and the folders in it.

    The content counts first, whatever the file is called now. Raises LedgerError, RequestsError.
    """
    found = [(path, _sha256(path)) for place in places for path in _files(place)]
    by_content: dict[str, Issued] = {}
    by_name: dict[str, Issued] = {}
    for sha256, made in _made(ledgers):
        by_content.setdefault(sha256, made)
        by_name[made.file] = made  # the newest of a name is the one to compare with
    return [_paper(path, by_content.get(sha256), by_name.get(path.name)) for path, sha256 in found]


def _paper(path: Path, same: Issued | None, named: Issued | None) -> Paper:
    if same is not None:
        return Paper(path, ISSUED, same)
    return Paper(path, CHANGED if named is not None else UNKNOWN, named)


def _files(place: Path) -> Sequence[Path]:
    if not place.is_dir():
        return [place]
    files = sorted(path for path in place.rglob("*") if path.is_file())
    if not files:
        raise RequestsError(f"“{place}” holds no file. Nothing was checked. Name the folder with the papers.")
    return files


def _made(ledgers: Iterable[Ledger]) -> Iterator[tuple[str, Issued]]:
    """All files that an entry names, by their SHA-256, oldest first; an entry that was tampered with names none."""
    for ledger in ledgers:
        for entry in ledger.every(KIND):
            with suppress(KeyError, TypeError):  # sealed by no program of ours
                body = (entry.body if entry.matches else None) or {}
                for paper in body.get("papers", ()):
                    made = Issued(
                        str(body["record"]), str(paper["file"]), entry.at, str(body["program"]), ledger.installation
                    )
                    yield str(paper["sha256"]), made


def _sha256(file: Path) -> str:
    try:
        return sha256_of(file)
    except OSError as error:
        raise RequestsError(f"“{file}” cannot be read: {error.strerror}.") from error


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's content. Raises OSError."""
    found = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
