"""The register as a workbook (XLSX): every cell is text, so that nothing is taken for a formula, day or number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

from ferpa_wizard.ledger.columns import Column, Row, shown
from ferpa_wizard.ledger.export import Form, Part, Writer
from ferpa_wizard.ledger.replacing import PART

if TYPE_CHECKING:
    from datetime import datetime

MOST_ROWS = 1_048_575
"""How many rows a sheet holds under its headings."""
_MOST_UNITS = 32_767  # of UTF-16 in one cell
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def as_workbook(columns: Sequence[Column], about: Sequence[tuple[str, str]], at: datetime, *, beside: Path) -> Form:
    """A sheet with the rows, and one that tells `about` the export, made at this time.

    What is not written yet lies `beside` the file, not in the system's own place: it holds texts of records.
    """

    def form(file: IO[bytes], stack: ExitStack) -> Writer:
        folder = stack.enter_context(TemporaryDirectory(dir=beside.parent, prefix=f".{beside.name}.", suffix=PART))
        return _Workbook(_book(file, folder, at), stack, columns, about)

    return form


def _book(file: IO[bytes], folder: str, at: datetime) -> Any:
    from xlsxwriter import Workbook

    book = Workbook(file, {**_OPTIONS, "tmpdir": folder})
    book.use_zip64()
    book.set_properties({"title": "Decision log", "created": at.replace(tzinfo=None)})
    return book


def _sheet_class() -> type[Any]:
    """A sheet that writes every text to the letter, where the library's own takes some for something else."""
    from xlsxwriter.worksheet import Worksheet

    class Sheet(Worksheet):  # type: ignore[misc]  # it has no types
        def _xml_rich_inline_string(self, string: str, attributes: Sequence[tuple[str, object]] = ()) -> None:
            # Text that looks like the library's own markup would go into the file as markup.
            self._xml_inline_string(string, False, attributes)

        @staticmethod
        def _escape_control_characters(text: str) -> str:
            # The library's own passes over the second of two escapes that share a line, as in _x0041_x0042_.
            escaped = _LIKE_AN_ESCAPE.sub("_x005F_", text)
            return escaped.replace("\r", "_x000D_")

    return Sheet


class _Workbook:
    def __init__(
        self, book: Any, stack: ExitStack, columns: Sequence[Column], about: Sequence[tuple[str, str]]
    ) -> None:
        self._book, self._stack, self._columns, self._about = book, stack, columns, about
        self._bold = self._book.add_format({"bold": True})
        self._rows, self._cut = 0, 0
        self._sheet = self._new_sheet("Log")
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width)
            self._sheet.write_string(0, place, column.label, self._bold)
        self._sheet.freeze_panes(1, 0)

    def add(self, row: Row) -> None:
        self._rows += 1
        for place, column in enumerate(self._columns):
            if text := shown(column.value(row)):
                self._sheet.write_string(self._rows, place, self._fitted(text))

    def close(self, desks: dict[str, Part]) -> Sequence[str]:
        from xlsxwriter.exceptions import FileCreateError

        notes = self._notes()
        self._sheet.autofilter(0, 0, self._rows, len(self._columns) - 1)
        self._tell(desks, notes)
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the OSError that it stands for
        return notes

    def _new_sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name, worksheet_class=_sheet_class())
        self._stack.callback(sheet.row_data_fh.close)
        return sheet

    def _fitted(self, text: str) -> str:
        """The text, or as much of it as a cell holds, with a mark that says so."""
        if len(text) * 2 <= _MOST_UNITS:
            return text
        units = text.encode("utf-16-le")
        if len(units) // 2 <= _MOST_UNITS:
            return text
        self._cut += 1
        mark = f" […] (cut here: {len(text):,} characters in all)"
        return units[: 2 * (_MOST_UNITS - len(mark))].decode("utf-16-le", "ignore") + mark

    def _notes(self) -> list[str]:
        if not self._cut:
            return []
        many = "1 text is" if self._cut == 1 else f"{self._cut:,} texts are"
        return [f"{many} longer than a cell may be and end with a mark. CSV and JSON Lines have them whole."]

    def _tell(self, desks: dict[str, Part], notes: Sequence[str]) -> None:
        sheet = self._new_sheet("About")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 80)
        parts = [(f"Desk {desk}", _extent(part)) for desk, part in desks.items()]
        lines = [*self._about, ("Rows", f"{self._rows:,}"), *parts, *(("Note", note) for note in notes)]
        for place, (name, says) in enumerate(lines):
            sheet.write_string(place, 0, name, self._bold)
            sheet.write_string(place, 1, shown(says))


def _extent(part: Part) -> str:
    return f"{part.entries:,} entries, {part.first} to {part.last}; the seal of the last is {part.head}"
