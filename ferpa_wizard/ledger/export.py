"""Exports of the log: whole or not at all, with flat memory."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from ferpa_wizard.core.entry import GENESIS, Entry
from ferpa_wizard.ledger.chains import copies
from ferpa_wizard.ledger.columns import Column, Row, cell
from ferpa_wizard.ledger.errors import ExportFailed, size_of, translated
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.lossless import line_of
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file
from ferpa_wizard.ledger.replacing import replacing

_BOM = b"\xef\xbb\xbf"  # without it, spreadsheets take UTF-8 for an old encoding
_STEP = 20


class Part(NamedTuple):
    """What was written of one desk: entries that were asked for, the first and last number, the last one's seal."""

    entries: int = 0
    first: str = ""
    last: str = ""
    head: str = GENESIS


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, in all and of each desk; `notes` are sentences about what the form could not hold."""

    path: Path
    count: int = 0
    desks: dict[str, Part] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Writer(Protocol):
    """Takes rows one by one. `close` ends the file; the sentences are for whoever asked for the export."""

    def add(self, row: Row) -> None: ...

    def close(self, desks: dict[str, Part]) -> Sequence[str]: ...


Form = Callable[[IO[bytes], ExitStack], Writer]
"""Makes the writer for an open file; what it leaves open or lying about is closed and removed by the stack."""


def exporting(rows: Iterable[Row], out: Path, form: Form, *, home: Path) -> Generator[int, None, Exported]:
    """Write rows to `out` with mode 0600; yields how many were read so far.

    Whatever happens, `out` is the whole export or what it was before: also when the generator is closed half way,
    which cancels the export. Raises ExportFailed, DiskFull, LedgerError, and what `form` raises.
    """
    if is_own_file(out, home):
        raise ExportFailed(out, OWN_FILE)
    read, desks = 0, dict[str, Part]()
    # No form takes more than twice what the log takes itself.
    needs = 2 * sum(size_of(place / NAME) for place in (home, *(copy.home for copy in copies(home))))
    with translated(out, otherwise=ExportFailed, needs=needs), replacing(out) as file, ExitStack() as stack:
        writer = form(file, stack)
        for row in rows:
            writer.add(row)
            read += 1
            if row.counts:
                desks[row.desk] = _with(desks.get(row.desk, Part()), row.entry)
            if read % _STEP == 0:
                yield read
        notes = writer.close(desks)
        yield read  # to end a file can take a second: who stopped it meanwhile gets none
    return Exported(out, sum(part.entries for part in desks.values()), desks, tuple(notes))


def _with(part: Part, entry: Entry) -> Part:
    return Part(part.entries + 1, part.first or entry.number, entry.number, entry.seal)


def as_csv(columns: Sequence[Column]) -> Form:
    """The register for a spreadsheet: UTF-8 with a mark, a line of headings, a line for each row."""
    return lambda file, _: _Csv(file, columns)


def as_lines(file: IO[bytes], _: ExitStack) -> Writer:
    """Lossless: from each line of JSON, header and body hash to what the chain holds."""
    return _Lines(file)


class _Csv:
    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        self._file = file
        self._writer = csv.writer(self)
        self._values = [column.value for column in columns]
        file.write(_BOM)
        self._writer.writerow([column.id for column in columns])

    def write(self, text: str) -> None:
        """What the csv module writes to."""
        self._file.write(text.encode("utf-8"))

    def add(self, row: Row) -> None:
        self._writer.writerow([cell(value(row)) for value in self._values])

    def close(self, _: dict[str, Part]) -> Sequence[str]:
        return ()


class _Lines:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, row: Row) -> None:
        self._file.write(line_of(row.entry))

    def close(self, _: dict[str, Part]) -> Sequence[str]:
        return ()
