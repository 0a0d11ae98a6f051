"""A workbook holds every text as it was, and no formula, whatever people typed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.ledger.columns import Column, Row, cell, shown
from ferpa_wizard.ledger.export import Exported, Form, as_csv, exporting
from ferpa_wizard.ledger.workbook import as_workbook
from tests.ledger.sheets import sheet

NOW = datetime(2026, 11, 27, tzinfo=UTC)
_CALLS = (
    "A1",
    "SUM(A1:A9)",
    "'x'!A1",
    "IF(1,2,3)",
    "1+1",
    'HYPERLINK("https://example.org","x")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("https://example.org")',
)
_STARTS = (
    *"=+-@|",
    "＝",
    "＋",
    "－",
    "＠",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "'=",
    "''=",
    '"=',
    ";=",
    ",=",
    "\u200b=",
    "\ufeff=",
)
_OTHERS = (
    *("'", "''", "'007", "007", "1e5", "1E+05", "-5", "+5", "1/2", "3-4", "2026-01-02", "1/2/26", "Jan 2", "12:30"),
    *("TRUE", "true", "FALSE", "NULL", "#REF!", "#N/A", "NaN", "inf", "-inf", "$5", "5 %", "1,234.50", "0x1F", "1_000"),
    *("12345678901234567890", "0.1", ".5", "5.", "(5)", "00", "0", "-0", "٣", "½", "1 000", "1\u00a0000"),
    *("https://example.org", "http://example.org/?a=1&b=2", "mailto:a@example.org", "internal:Sheet2!A1"),
    *("external:c:\\x.xlsx", "file:///etc/passwd", "ftp://example.org", "\\\\host\\share", "C:\\x", "www.example.org"),
    *("<r><t>x</t></r>", "<r>", "</r>", "<t>&amp;</t>", "&", "&#61;1", "<![CDATA[x]]>", "]]>", "<!--", "<f>1+1</f>"),
    *("_x0041_", "_x000D_", "_x005F_x0041_", "_X0041_", "{=1+1}", "{1,2}", "[x]", '"quoted"', 'a"b', "a,b;c\td"),
    *(
        "line\nline",
        "line\r\nline",
        "line\rline",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "  two  ",
        " lead",
        "trail ",
        "\u00a0",
    ),
    *(
        "été",
        "日本語",
        "😀",
        "👩\u200d👩\u200d👧",
        "שלום",
        "\u202eevil",
        "\u200fx",
        "e\u0301",
        "ﷺ",
        "\U0001f9ff",
        "İ",
        "ß",
    ),
    *("\u2028", "\u2029", "\u0085", "\u200b", "\ufeff", "\u00ad", "\U0010ffff", "\ud7ff", "\ue000", "\ufffd"),
    *("x" * 32_767, "é" * 32_767, "😀" * 16_383, "=" + "1+" * 16_000 + "1", "a\n" * 10_000),
    *("=" * 5, "--", "+-+", "@@", '=""', "==1", "=+1", "=-1", "=@x", "-@", "+@SUM(1)", "@SUM(1)", "=1;=2", "DDE"),
    *('=DDE("cmd";"/C calc";"x")', "=MSEXCEL|'\\..\\cmd'!''", '=IMPORTXML("https://example.org","//a")', "ROW()"),
)
_CONTROLS = ("\0", "a\0b", "\x01", "\x07bell", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1f", "\x7f", "\ufffe", "\uffff")
HOSTILE = tuple(dict.fromkeys([*(start + call for start in _STARTS for call in _CALLS), *_STARTS, *_OTHERS]))


def entry(sequence: int) -> Entry:
    return Entry(sequence, "decision", NOW, "0" * 64, b"", None, None, True)


def write(texts: tuple[str, ...], out: Path, form: str) -> Exported:
    """One row for each text, with a harmless cell on each side of it."""
    columns = (
        Column("number", "Number", lambda row: row.entry.number),
        Column("text", "Text", lambda row: texts[row.entry.sequence - 1]),
        Column("kind", "Kind", lambda row: row.entry.kind),
    )
    rows: Iterator[Row] = (Row(entry(place), "d" * 32) for place in range(1, len(texts) + 1))
    made: Form = as_csv(columns) if form == "csv" else as_workbook(columns, [("About", "this")], NOW, beside=out)
    steps = exporting(rows, out, made, home=out.parent / "home")
    while True:
        try:
            next(steps)
        except StopIteration as done:
            exported: Exported = done.value
            return exported


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) + len(_CONTROLS) >= 300 - 80


def test_every_cell_reads_back_as_it_was(tmp_path: Path) -> None:
    done = write(HOSTILE, tmp_path / "out.xlsx", "xlsx")
    head, *rows = sheet(tmp_path / "out.xlsx")
    assert head == ["Number", "Text", "Kind"]
    changed = [(text, row[1]) for text, row in zip(HOSTILE, rows, strict=True) if row[1] != text]
    assert changed == []
    assert {(row[0][:5], row[2]) for row in rows} == {("2026-", "decision")}
    assert done.notes == ()


def test_what_no_workbook_can_hold_is_shown_as_replaced(tmp_path: Path) -> None:
    texts = (*_CONTROLS, "\ud800", "a\udfffb")
    write(texts, tmp_path / "out.xlsx", "xlsx")
    found = [row[1] for row in sheet(tmp_path / "out.xlsx")[1:]]
    assert found == [shown(text) for text in texts]
    assert all(len(shown(text)) == len(text) and "\N{REPLACEMENT CHARACTER}" in shown(text) for text in texts)


@pytest.mark.parametrize("letter", ["x", "é", "😀", "a\n", "<", "_x0041_"])
def test_a_text_that_is_too_long_is_cut_with_a_mark_and_a_note(letter: str, tmp_path: Path) -> None:
    long = letter * 40_000
    done = write((long, "short"), tmp_path / "out.xlsx", "xlsx")
    (first, second) = (row[1] for row in sheet(tmp_path / "out.xlsx")[1:])
    assert second == "short"
    assert len(first.encode("utf-16-le")) // 2 <= 32_767
    kept = first.split(" […]")[0]
    assert long.startswith(kept) and len(kept) > 16_000 and f"{len(long):,}" in first
    assert len(done.notes) == 1
    assert any(done.notes[0] in row for row in sheet(tmp_path / "out.xlsx", 2))


def test_a_workbook_without_rows_can_be_opened(tmp_path: Path) -> None:
    write((), tmp_path / "out.xlsx", "xlsx")
    assert sheet(tmp_path / "out.xlsx") == [["Number", "Text", "Kind"]]


def opened_by_an_office(file: Path, folder: Path) -> str:
    """The file as LibreOffice takes it, as its own flat XML."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice (libreoffice-calc) is not installed")
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    kind = ["--infilter=CSV:44,34,76,1"] if file.suffix == ".csv" else []
    command = [office, home, "--headless", *kind, "--convert-to", "fods", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    made = file.with_suffix(".fods")
    if not made.exists():
        pytest.skip("this soffice has no libreoffice-calc")
    return made.read_text("utf-8")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_office_program_finds_no_formula(form: str, tmp_path: Path) -> None:
    write((*HOSTILE, *_CONTROLS), tmp_path / f"out.{form}", form)
    found = opened_by_an_office(tmp_path / f"out.{form}", tmp_path)
    assert "table:formula" not in found
    assert found.count("HYPERLINK") >= len(_STARTS)
    if form == "xlsx":
        assert set(found.split('office:value-type="')[1:]) and 'office:value-type="float"' not in found
        assert 'office:value-type="date"' not in found


def test_an_office_program_finds_formulas_where_nothing_keeps_them_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above would notice."""
    monkeypatch.setattr("ferpa_wizard.ledger.export.cell", shown)
    assert cell("=1") != shown("=1")
    write(("=1+1", "x"), tmp_path / "out.csv", "csv")
    assert "table:formula" in opened_by_an_office(tmp_path / "out.csv", tmp_path)
