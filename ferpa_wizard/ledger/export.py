"""Exports of the ledger: whole or not at all, with flat memory."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from ferpa_wizard.core.entry import GENESIS, Entry
from ferpa_wizard.ledger.columns import cell, columns
from ferpa_wizard.ledger.errors import ExportFailed, translated
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.lossless import line_of
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file
from ferpa_wizard.ledger.replacing import replacing

Format = Literal["csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("csv", "jsonl")
_BOM = b"\xef\xbb\xbf"  # without it, spreadsheets take UTF-8 for an old encoding
_STEP = 100
_RESTRICTED = b'"restricted":true'  # inside a text the quotes would be escaped


@dataclass(frozen=True)
class Exported:
    """What was written: how many entries, the first and last number, and the last one's seal."""

    path: Path
    count: int
    first: str
    last: str
    head: str


def export(
    ledger: Ledger,
    out: Path,
    *,
    format: Format,  # noqa: A002  the word that people use for it
    kind: str | None = None,
    free_text: bool = True,
    restricted: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write all entries, or those of one kind, oldest first, to `out` with mode 0600.

    `csv` is the register for a spreadsheet; without `free_text` the columns that people typed are left
    out. `jsonl` is lossless: from each line, header and body hash to what the chain holds. Restricted
    decisions keep their place in both, without their text, unless `restricted` asks for it. `progress` is
    called with entries written and entries in all; what it raises cancels the export. Whatever happens,
    `out` is the whole export or what it was before. Raises ExportFailed, DiskFull, LedgerError, and
    ValueError for an unknown format or a lossless export without its free text.
    """
    if format not in FORMATS or (format == "jsonl" and not free_text):
        raise ValueError("Use csv, or jsonl with its free text.")
    if is_own_file(out, ledger.file.parent):
        raise ExportFailed(out, OWN_FILE)
    told = _Told()
    entries = (
        entry if restricted or not is_restricted(entry) else replace(entry, salt=None, text=None)
        for entry in _watched(ledger, kind, told, progress)
    )
    with translated(out, otherwise=ExportFailed), replacing(out) as file:
        if format == "csv":
            _write_csv(entries, file, free_text=free_text)
        else:
            file.writelines(map(line_of, entries))
    return Exported(out, told.count, told.first, told.last, told.head)


def is_restricted(entry: Entry) -> bool:
    """Is it a decision that ordinary lists and exports do not show? Its canonical bytes tell without being read."""
    return entry.text is not None and _RESTRICTED in entry.text


@dataclass
class _Told:
    count: int = 0
    first: str = ""
    last: str = ""
    head: str = GENESIS


def _watched(
    ledger: Ledger, kind: str | None, told: _Told, progress: Callable[[int, int], None] | None
) -> Iterator[Entry]:
    total = ledger.count(kind)
    for entry in ledger.every(kind):
        yield entry
        told.count += 1
        told.first = told.first or entry.number
        told.last, told.head = entry.number, entry.seal
        if progress is not None and told.count % _STEP == 0:
            progress(told.count, total)
    if progress is not None:
        progress(told.count, told.count)


class _Encoder:
    """What the csv module writes to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        self._file.write(text.encode("utf-8", "replace"))


def _write_csv(entries: Iterable[Entry], file: IO[bytes], *, free_text: bool) -> None:
    file.write(_BOM)
    writer = csv.writer(_Encoder(file))
    chosen = columns(free_text=free_text)
    writer.writerow(chosen)
    values = tuple(chosen.values())
    for entry in entries:
        writer.writerow([cell(value(entry)) for value in values])
