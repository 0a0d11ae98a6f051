"""The register for spreadsheets, and the lossless export."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import GENESIS, canonical
from ferpa_wizard.ledger.columns import Row, cell, columns
from ferpa_wizard.ledger.errors import ExportFailed
from ferpa_wizard.ledger.export import Exported, Part, as_csv, as_lines, exporting
from ferpa_wizard.ledger.export_scope import Scope
from ferpa_wizard.ledger.ledger import Ledger
from tests.ledger.samples import COUNT, NOW, PACK_SHA256, PURGED, Tamper, rechain, record


def export(ledger: Ledger, out: Path, *, kind: str, free_text: bool = True) -> Exported:
    form = as_csv(columns(free_text=free_text)) if kind == "csv" else as_lines
    steps = exporting(Scope({ledger.installation: ledger}).rows(), out, form, home=ledger.file.parent)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            exported: Exported = done.value
            return exported


def register(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_register_has_a_row_for_each_entry_with_what_the_record_says(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "register.csv"
    with Ledger.open(home, now=NOW) as ledger:
        done = export(ledger, out, kind="csv")
        head, desk = ledger.head(), ledger.installation
    rows = register(out)
    assert done.count == COUNT
    assert list(done.desks.values()) == [Part(COUNT, "2026-0001", "2026-0009", head)]
    assert [row["number"] for row in rows] == [f"2026-{n:04}" for n in range(1, COUNT + 1)]
    assert rows[-1] == {
        "number": "2026-0009",
        "kind": "decision",
        "date": "2026-11-24T19:52:00+00:00",
        "title": "Request 9",
        "reference": "R-7",
        "words": "They called twice.",
        "asked by": "A tutoring group",
        "verdict": "after-steps",
        "label": "FERPA allows this, after 1 step",
        "basis": "Written consent",
        "citation": "34 CFR 99.30",
        "decision": "share-after-steps",
        "decision label": "Share after the steps",
        "reasons": "district; practical",
        "differs": "no",
        "decision words": "Once it is signed.",
        "correction": "",
        "ferpa": "not-involved",
        "items that may be shared": "Grades",
        "items that may not": "Meal status",
        "steps": "Get it signed",
        "duties": "Note the disclosure",
        "by": "A. Registrar",
        "role": "registrar",
        "account": "areg",
        "agreed by": "",
        "role of who agreed": "",
        "rules": "1",
        "law as of": "2026-01-01",
        "rules sha256": PACK_SHA256,
        "text": "here",
        "matches": "yes",
        "seal": head,
        "desk": desk,
        "review": "",
        "notes": "",
        "replaced by": "",
        "overdue": "",
    }


def test_a_purged_entry_keeps_its_row_and_says_so(home: Path, tmp_path: Path) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        export(ledger, tmp_path / "out.csv", kind="csv")
    row = register(tmp_path / "out.csv")[PURGED - 1]
    assert (row["number"], row["title"], row["text"], row["matches"]) == ("2026-0003", "", "not shown", "yes")


def test_free_text_can_be_left_out(home: Path, tmp_path: Path) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        done = export(ledger, tmp_path / "out.csv", kind="csv", free_text=False)
    rows = register(tmp_path / "out.csv")
    assert done.count == len(rows) == COUNT
    assert not {"title", "reference", "words", "decision words"} & rows[0].keys()
    assert "Request" not in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_a_body_of_any_shape_has_a_row(fresh: Ledger, tmp_path: Path) -> None:
    shapes: list[object] = [None, 1, "text", [], [1], {}, {"basis": 1, "by": []}, [[]]]
    keys = ("request", "answers", "items", "determination", "decision", "pack")
    for shape in shapes:
        fresh.append("note", dict.fromkeys(keys, shape), at=NOW)
    export(fresh, tmp_path / "out.csv", kind="csv")
    assert len(register(tmp_path / "out.csv")) == len(shapes)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "  -"])
def test_no_cell_starts_a_formula(fresh: Ledger, tmp_path: Path, start: str) -> None:
    text = f"{start}HYPERLINK(A1)"
    body = record(text)
    body["decision"]["by"]["name"] = text
    fresh.append("decision", body, at=NOW)
    export(fresh, tmp_path / "out.csv", kind="csv")
    (row,) = register(tmp_path / "out.csv")
    assert row["title"] == row["by"] == "'" + text


def test_cells_hold_other_text_as_it_is_but_for_control_characters() -> None:
    assert cell('He said "no", then\nleft; été, 日本 😀') == 'He said "no", then\nleft; été, 日本 😀'
    assert cell("a\0b\x1bc") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


def test_the_lossless_export_holds_the_chain(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with Ledger.open(home, now=NOW) as ledger:
        export(ledger, out, kind="jsonl")
        entries = list(ledger.every())
    lines = [json.loads(line) for line in out.read_bytes().splitlines()]
    previous = GENESIS
    for line, entry in zip(lines, entries, strict=True):
        header = canonical(line["header"])
        assert (header, line["body"]) == (entry.header, entry.body)
        assert line["header"]["previous"] == previous
        previous = hashlib.sha256(header).hexdigest()
        assert line["seal"] == previous
        if line["body"] is not None:
            hashed = hashlib.sha256(bytes.fromhex(line["salt"]) + canonical(line["body"]))
            assert hashed.hexdigest() == line["header"]["body"]
    assert [line["body"] is None for line in lines] == [n == PURGED for n in range(1, COUNT + 1)]


def test_an_altered_entry_is_marked_in_both_exports(home: Path, tmp_path: Path, tampering: Tamper) -> None:
    with tampering() as connection:
        connection.execute("UPDATE bodies SET body = x'7b7d0a7b7d' WHERE sequence = 2")
        connection.execute("UPDATE entries SET header = x'ff0a' WHERE sequence = 4")
    with Ledger.open(home, now=NOW) as ledger:
        export(ledger, tmp_path / "out.jsonl", kind="jsonl")
        export(ledger, tmp_path / "out.csv", kind="csv")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [line.get("damaged", False) for line in lines] == [n in (2, 4) for n in range(1, COUNT + 1)]
    assert bytes.fromhex(lines[1]["body_hex"]) == b"{}\n{}"
    rows = register(tmp_path / "out.csv")
    assert [row["matches"] for row in rows] == ["no" if n in (2, 4) else "yes" for n in range(1, COUNT + 1)]


def test_a_text_forged_with_all_its_hashes_cannot_break_the_lines(
    home: Path, tmp_path: Path, tampering: Tamper
) -> None:
    with tampering() as connection:
        connection.execute("UPDATE bodies SET body = x'7b7d0a7b7d' WHERE sequence = 2")
        connection.execute("UPDATE bodies SET body = x'7b0a7d' WHERE sequence = 4")
        rechain(connection, 2)
    with Ledger.open(home, now=NOW) as ledger:
        export(ledger, tmp_path / "out.jsonl", kind="jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [line.get("damaged", False) for line in lines] == [n in (2, 4) for n in range(1, COUNT + 1)]


def test_an_empty_ledger_makes_an_export_too(fresh: Ledger, tmp_path: Path) -> None:
    for kind in ("csv", "jsonl"):
        done = export(fresh, tmp_path / "out", kind=kind)
        assert (done.count, done.desks) == (0, {})
    assert (tmp_path / "out").read_bytes() == b""


def test_an_export_that_is_stopped_while_its_file_is_ended_leaves_what_was_there(home: Path, tmp_path: Path) -> None:
    out, closed = tmp_path / "out", list[bool]()
    out.write_bytes(b"before")

    class Slow:
        """Stands for what lays out a paper in the end."""

        def add(self, row: Row) -> None:
            pass

        def close(self, _: dict[str, Part]) -> tuple[str, ...]:
            closed.append(True)
            return ()

    with Ledger.open(home, now=NOW) as ledger:
        rows = Scope({ledger.installation: ledger}).rows()
        steps = exporting(rows, out, lambda *_: Slow(), home=home)
        while not closed:
            next(steps)
        steps.close()
    assert out.read_bytes() == b"before"
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_an_export_is_closed_to_others(home: Path, tmp_path: Path) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        export(ledger, tmp_path / "out", kind="csv")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600


def link_to(home: Path, folder: Path) -> Path:
    (folder / "innocent.csv").symlink_to(home / "ledger.sqlite")
    return folder / "innocent.csv"


@pytest.mark.parametrize(
    "target",
    [
        lambda home, _: home / "ledger.sqlite",
        lambda home, _: home / ".." / home.name / "ledger.sqlite",
        lambda home, _: home / "ledger.lock",
        lambda home, _: home / "ledger.sqlite-journal",
        lambda home, _: home / "Ledger.SQLite",
        link_to,
    ],
)
def test_an_export_never_replaces_the_ledger(home: Path, tmp_path: Path, target: Callable[[Path, Path], Path]) -> None:
    before = (home / "ledger.sqlite").read_bytes()
    with Ledger.open(home, now=NOW) as ledger, pytest.raises(ExportFailed):
        export(ledger, target(home, tmp_path), kind="csv")
    assert (home / "ledger.sqlite").read_bytes() == before


@pytest.mark.parametrize("target", ["nowhere/out.csv", "home"])
def test_a_place_that_cannot_be_written_is_told(home: Path, tmp_path: Path, target: str) -> None:
    with Ledger.open(home, now=NOW) as ledger, pytest.raises(ExportFailed) as caught:
        export(ledger, tmp_path / target, kind="csv")
    assert str(tmp_path / target) in str(caught.value)
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


def test_an_export_has_flat_memory(fresh: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(7):
        fresh.append("note", {}, at=NOW)
    monkeypatch.setattr("ferpa_wizard.ledger.export_scope._PAGE", 2)
    sizes: list[int] = []
    read = fresh._read

    def counted(*arguments: object) -> object:
        page = read(*arguments)  # type: ignore[arg-type]
        sizes.append(len(page))
        return page

    monkeypatch.setattr(fresh, "_read", counted)
    assert export(fresh, tmp_path / "out", kind="jsonl").count == 7
    assert sizes == [2, 2, 2, 1, 0]
