"""The log as a file for others: what is in it is what was asked for, in every form."""

from __future__ import annotations

import gc
import json
import re
import runpy
import shutil
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.log_search import Search, read_search
from ferpa_wizard.core.review import Review, entry_of_review
from ferpa_wizard.documents import log_report
from ferpa_wizard.ledger.columns import COLUMNS, columns
from ferpa_wizard.ledger.errors import ExportFailed, LedgerDamaged, LedgerMissing
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests import exporting
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.exporting import SUFFIXES, Exports, Format, Wanted
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.steps import whole
from tests import many
from tests.copied import break_inside, copied
from tests.exported import register
from tests.ledger.sheets import sheet

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 27, tzinfo=UTC)
LINES = ("", "basis:consent", "outcome:not-now,declined", "is:overdue", "subpoena", "-outcome:shared by:okafor", "zzz")
OLD_COLUMNS = (
    *("number", "kind", "date", "title", "reference", "words", "asked by", "verdict", "label", "basis", "citation"),
    *("decision", "decision label", "reasons", "differs", "decision words", "correction", "ferpa"),
    *("items that may be shared", "items that may not", "steps", "duties", "by", "role", "account", "agreed by"),
    *("role of who agreed", "rules", "law as of", "rules sha256", "text", "matches", "seal"),
)
"""Other programs rely on these, in this order; new ones come after them."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two desks: the own log, and the copy of another one."""
    folder = tmp_path_factory.mktemp("home")
    many.fill(folder / "own", 60, minutes=60 * 24)
    many.fill(folder / "other", 40, seed=2, minutes=60 * 36)
    copied(folder / "other", folder / "own")
    return folder / "own"


@pytest.fixture
def exports(home: Path) -> Exports:
    return Exports(home, lambda: NOW)


@pytest.fixture
def book(home: Path) -> Iterator[LogBook]:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        opened = LogBook(home, lambda: ledger, lambda: NOW)
        opened.catch_up()
        yield opened
        opened.close()


def entries(home: Path) -> dict[tuple[str, int], Any]:
    found = {}
    for folder in (home, *(home / "desks").iterdir()):
        with Ledger.open(folder, now=NOW, readonly=True) as ledger:
            found.update({(ledger.installation, entry.sequence): entry for entry in ledger.every()})
    return found


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("form", [*SUFFIXES])
def test_an_export_of_a_search_holds_what_the_search_finds(
    line: str, form: Format, exports: Exports, book: LogBook, tmp_path: Path
) -> None:
    out, search = tmp_path / "out", read_search(line)
    exported = whole(exports.exporting(Wanted(form, search), out))
    found = {(book.queries.chains()[row.chain], row.sequence) for row in book.queries.every(search)}
    assert exported.count == book.count(search) == len(found)
    assert sum(part.entries for part in exported.desks.values()) == len(found)
    match form:
        case "csv":
            assert {(row["desk"], int(row["number"][5:])) for row in register(out)} == found
        case "xlsx":
            head, *rows = sheet(out)
            number, desk = head.index("Number"), head.index("Desk")
            assert {(row[desk], int(row[number][5:])) for row in rows} == found
            assert len(rows) == len(found)
        case "jsonl":
            headers = [json.loads(row)["header"] for row in out.read_bytes().splitlines()]
            assert {(header["installation"], header["sequence"]) for header in headers} == found
            assert len(headers) == len(found)
        case "pdf":
            assert out.read_bytes().startswith(b"%PDF-")


def test_without_a_search_every_entry_of_every_desk_is_taken(exports: Exports, home: Path, tmp_path: Path) -> None:
    every = entries(home)
    for form in ("csv", "xlsx", "jsonl", "bundle"):
        assert whole(exports.exporting(Wanted(form), tmp_path / form)).count == len(every)
    rows = register(tmp_path / "csv")
    assert [(row["desk"], int(row["number"][5:])) for row in rows] == sorted(every)
    assert {row["kind"] for row in rows} == {entry.kind for entry in every.values()} > {"decision"}


def test_the_forms_of_the_register_say_the_same(exports: Exports, tmp_path: Path) -> None:
    for form in ("csv", "xlsx"):
        whole(exports.exporting(Wanted(form, Search()), tmp_path / form))
    head, *rows = sheet(tmp_path / "xlsx")
    assert head == [column.label for column in COLUMNS]
    padded = [[*row, *[""] * (len(head) - len(row))] for row in rows]
    assert padded == [[text.removeprefix("'") for text in row.values()] for row in register(tmp_path / "csv")]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_a_report_tells_what_was_looked_for_the_counts_and_each_decision(
    exports: Exports, book: LogBook, tmp_path: Path
) -> None:
    search = read_search("by:okafor")
    whole(exports.exporting(Wanted("pdf", search), tmp_path / "out.pdf"))
    text = plain(tmp_path / "out.pdf")
    assert "by:okafor" in text
    listed = re.findall(r"\b20\d\d-\d{4}\b(?!-)", text)
    assert listed == [row.number for row in book.page(search)] != []
    for one in book.queries.spread(search, "outcome"):
        assert re.search(rf"{CHOICES[one.value]}\s+{one.decisions}\b", text)


def test_columns_keep_their_names_and_order(exports: Exports, tmp_path: Path) -> None:
    whole(exports.exporting(Wanted("csv", Search()), tmp_path / "out"))
    assert tuple(register(tmp_path / "out")[0])[: len(OLD_COLUMNS)] == OLD_COLUMNS
    for names in ([column.id for column in COLUMNS], [column.label for column in COLUMNS]):
        assert len(set(names)) == len(names)


def test_columns_can_be_chosen_in_any_order(exports: Exports, tmp_path: Path) -> None:
    chosen = ("by", "number", "overdue")
    for form in ("csv", "xlsx"):
        whole(exports.exporting(Wanted(form, Search(), columns=chosen), tmp_path / form))
    assert tuple(register(tmp_path / "csv")[0]) == chosen
    assert sheet(tmp_path / "xlsx")[0] == [column.label for column in columns(chosen)]


def test_the_register_tells_what_came_later(tmp_path: Path) -> None:
    many.fill(tmp_path / "home", 12, minutes=60 * 24 * 90)
    with Ledger.open(tmp_path / "home", now=NOW) as ledger:
        first, second = ledger.entries("decision", newest_first=False, limit=2)
        note = {"format": 1, "record": first.number, "says": "They called.", "by": "X", "restricted": False}
        for _ in range(2):
            ledger.append("note", note, at=NOW)
        review = Review(first.number, "", first.seal, "agree", "", "X")
        ledger.append("review", entry_of_review(review, restricted=False), at=NOW)
        ledger.append("supersede", {"format": 1, "record": second.number, "by_record": "2026-0099"}, at=NOW)
        todos = [entry.body or {} for entry in ledger.every("todo")]
    whole(Exports(tmp_path / "home", lambda: NOW).exporting(Wanted("csv"), tmp_path / "out"))
    rows = {row["number"]: row for row in register(tmp_path / "out")}
    told = [(rows[one.number]["review"], rows[one.number]["notes"]) for one in (first, second)]
    assert told == [("agreed", "2"), ("replaced", "0")]
    assert (rows[first.number]["replaced by"], rows[second.number]["replaced by"]) == ("", "2026-0099")
    overdue = {number: int(row["overdue"]) for number, row in rows.items() if row["overdue"] not in ("", "0")}
    wanted = [todo["record"] for todo in todos if todo["due"] < "2026-11-27"]
    assert overdue == {number: wanted.count(number) for number in wanted} != {}
    assert {row["review"] for row in rows.values() if row["kind"] != "decision"} == {""}


def test_a_bundle_of_a_search_has_all_headers_and_the_texts_that_were_looked_for(
    exports: Exports, home: Path, book: LogBook, tmp_path: Path
) -> None:
    search = read_search("basis:consent after:2021-08-20")
    whole(exports.exporting(Wanted("bundle", search), tmp_path / "out.zip"))
    found = {(book.queries.chains()[row.chain], row.sequence) for row in book.queries.every(search)}
    every, texts, count = entries(home), set(), 0
    with zipfile.ZipFile(tmp_path / "out.zip") as opened:
        for name in opened.namelist():
            for line in opened.read(name).splitlines() if name.startswith("chains/") else ():
                told, count = json.loads(line), count + 1
                place = told["header"]["installation"], told["header"]["sequence"]
                assert told["seal"] == every[place].seal
                texts |= {place} if told["body"] is not None else set()
    assert count == len(every)
    assert {place for place in texts if every[place].kind == "decision"} == found
    about = {(desk, int((every[desk, place].body or {})["record"][5:])) for desk, place in texts - found}
    assert about <= found
    report = runpy.run_path(str(ROOT / "resources" / "verify_bundle.py"))["check"](tmp_path / "out.zip")
    assert (report.code, len(report.chains)) == (0, 2)


def test_a_bundle_keeps_what_was_said_of_what_was_found(tmp_path: Path) -> None:
    many.fill(tmp_path / "home", 6)
    with Ledger.open(tmp_path / "home", now=NOW) as ledger:
        numbers = [entry.number for entry in ledger.entries("decision", newest_first=False, limit=2)]
        for number in numbers:
            note = {"format": 1, "record": number, "says": f"Of {number}.", "by": "X", "restricted": False}
            ledger.append("note", note, at=NOW)
        ledger.append("answer-only", {"format": 1}, at=NOW)
    exports = Exports(tmp_path / "home", lambda: NOW)
    whole(exports.exporting(Wanted("bundle", read_search(f'"{numbers[0]}"')), tmp_path / "out.zip"))
    text = plain(tmp_path / "out.zip")
    assert [f"Of {number}." in text for number in numbers] == [True, False]


TYPED = ("Qzxtitle", "Qzxreference", "Qzxwords", "Qzxgiven")


@pytest.fixture
def typed(tmp_path: Path) -> Exports:
    """A log of one decision with words that stand nowhere else."""
    body = json.loads(json.dumps(many.bodies()[0]))
    body["request"] |= {"title": "Qzxtitle", "reference": "Qzxreference", "words": "Qzxwords"}
    body["decision"]["words"] = "Qzxgiven"
    with Ledger.open(tmp_path / "typed", now=NOW) as ledger:
        ledger.append("decision", body, at=NOW)
    return Exports(tmp_path / "typed", lambda: NOW)


def plain(file: Path) -> str:
    """All texts of a file, whatever it is."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as opened:
            return "".join(opened.read(name).decode() for name in opened.namelist())
    if file.read_bytes().startswith(b"%PDF"):
        return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    return file.read_text("utf-8")


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_what_people_typed_can_be_left_out(form: Format, typed: Exports, tmp_path: Path) -> None:
    if form == "pdf" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    for free_text in (True, False):
        whole(typed.exporting(Wanted(form, read_search("Qzxtitle"), free_text=free_text), tmp_path / "out"))
        found = [word for word in TYPED if word in plain(tmp_path / "out")]
        assert bool(found) == free_text, found


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("jsonl", free_text=False),
        Wanted("bundle", free_text=False),
        Wanted("jsonl", columns=("number",)),
        Wanted("pdf", columns=("number",)),
        Wanted("csv", columns=("number", "mood")),
        Wanted("csv", columns=("number", "title"), free_text=False),
        Wanted("csv", read_search("bassis:consent")),
        Wanted("csv", Search(), restricted=True),
        Wanted("pdf", restricted=True),
    ],
    ids=str,
)
def test_what_cannot_be_had_is_told_before_anything_is_written(
    wanted: Wanted, exports: Exports, tmp_path: Path
) -> None:
    assert wanted.why_not
    with pytest.raises(RequestsError):
        whole(exports.exporting(wanted, tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("form", "most"), [("pdf", "MOST_ON_PAPER"), ("xlsx", "MOST_ROWS")])
def test_more_than_a_form_holds_is_refused(
    form: Format, most: str, exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, most, 50)
    assert log_report.MOST <= 2_000
    with pytest.raises(RequestsError):
        whole(exports.exporting(Wanted(form, Search()), tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []
    assert whole(exports.exporting(Wanted(form, read_search("by:okafor")), tmp_path / "out")).count > 0


@pytest.mark.parametrize("form", [*SUFFIXES])
def test_a_file_of_the_program_is_never_replaced(form: Format, exports: Exports, home: Path) -> None:
    kept = [home / "ledger.sqlite", next((home / "desks").iterdir()) / "ledger.sqlite"]
    before = [file.read_bytes() for file in kept]
    for file in kept:
        with pytest.raises(ExportFailed):
            whole(exports.exporting(Wanted(form), file))
    assert [file.read_bytes() for file in kept] == before


@pytest.mark.parametrize("form", [*SUFFIXES])
@pytest.mark.parametrize("steps", [1, 2, 4])
def test_a_cancelled_export_leaves_what_was_there(form: Format, steps: int, exports: Exports, tmp_path: Path) -> None:
    out = tmp_path / f"log{SUFFIXES[form]}"
    out.write_text("the last one")
    work = exports.exporting(Wanted(form, Search()), out)
    for _ in range(steps):
        next(work)
    work.close()
    gc.collect()  # what was left open would be told now
    assert out.read_text() == "the last one"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("form", [*SUFFIXES])
def test_steps_count_up_to_the_whole(form: Format, exports: Exports, tmp_path: Path) -> None:
    steps = [step for step in exports.exporting(Wanted(form, Search()), tmp_path / "out") if step.what == "Row"]
    assert len(steps) >= 4
    assert [step.done for step in steps] == sorted({step.done for step in steps})
    assert all(step.done <= step.of == steps[0].of for step in steps)


@pytest.mark.parametrize("form", [*SUFFIXES])
def test_the_same_log_makes_the_same_bytes(form: Format, exports: Exports, tmp_path: Path) -> None:
    for name in ("one", "two"):
        whole(exports.exporting(Wanted(form, Search()), tmp_path / name))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_home_without_records_has_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        whole(Exports(tmp_path, lambda: NOW).exporting(Wanted("csv"), tmp_path / "out.csv"))
    assert list(tmp_path.iterdir()) == []


def test_copies_of_other_desks_are_exported_where_there_is_no_own_log(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "desks", tmp_path / "home" / "desks")
    exported = whole(Exports(tmp_path / "home", lambda: NOW).exporting(Wanted("csv", Search()), tmp_path / "out"))
    assert exported.count == len(register(tmp_path / "out")) > 0


@pytest.mark.parametrize("line", [None, "", "zzz"])
@pytest.mark.parametrize("form", [*SUFFIXES])
def test_nothing_is_exported_of_a_log_with_a_damaged_copy(
    form: Format, line: str | None, home: Path, tmp_path: Path
) -> None:
    place = shutil.copytree(home, tmp_path / "home")
    (copy,) = (place / "desks").iterdir()
    break_inside(copy / "ledger.sqlite")
    wanted = Wanted(form, None if line is None else read_search(line))
    with pytest.raises(LedgerDamaged) as caught:
        whole(Exports(place, lambda: NOW).exporting(wanted, tmp_path / "out"))
    assert caught.value.file.parent == copy
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("line", [None, ""])
@pytest.mark.parametrize("form", [*SUFFIXES])
def test_a_copy_under_the_name_of_another_desk_is_exported_as_its_folder_says(
    form: Format, line: str | None, home: Path, tmp_path: Path
) -> None:
    place = shutil.copytree(home, tmp_path / "home")
    (copy,) = (place / "desks").iterdir()
    copy.rename(copy.with_name("a" * 32))
    wanted = Wanted(form, None if line is None else read_search(line))
    exported = whole(Exports(place, lambda: NOW).exporting(wanted, tmp_path / "out"))
    assert "a" * 32 in exported.desks


def test_a_desk_that_is_pulled_while_an_export_begins_is_left_to_the_next_one(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "home"
    shutil.copytree(home, place, ignore=shutil.ignore_patterns("desks"))
    steps = Exports(place, lambda: NOW).exporting(Wanted("csv", Search()), tmp_path / "out")
    opened = Exports._opened

    def slow(self: Exports, stack: ExitStack) -> dict[str, Ledger]:
        found = opened(self, stack)
        shutil.copytree(home / "desks", place / "desks")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Exports, "_opened", slow)
        assert len(whole(steps).desks) == 1


def test_the_own_log_stays_open_to_others_meanwhile(exports: Exports, home: Path, tmp_path: Path) -> None:
    place = shutil.copytree(home, tmp_path / "home")
    work = Exports(place, lambda: NOW).exporting(Wanted("csv"), tmp_path / "out")
    for _ in range(4):
        next(work)
    with Ledger.open(place, now=NOW) as ledger:
        ledger.append("note", {}, at=NOW)
    assert whole(work).count >= len(entries(home))


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small log and one three times as long, each with its index."""
    folder = tmp_path_factory.mktemp("sizes")
    few, lots = folder / "few", folder / "lots"
    for place, count in ((few, 100), (lots, 300)):
        many.fill(place, count)
        whole(Exports(place, lambda: NOW).exporting(Wanted("csv", Search()), folder / "out"))
    return few, lots


def peak(form: Format, home: Path, out: Path) -> int:
    """The most bytes that an export has at once."""
    gc.collect()
    tracemalloc.start()
    whole(Exports(home, lambda: NOW).exporting(Wanted(form, Search()), out))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "bundle"])
def test_memory_does_not_grow_with_the_log(
    form: Format, sizes: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ferpa_wizard.ledger.export_scope._PAGE", 20)  # two pages at once are all that there should be
    whole(Exports(sizes[0], lambda: NOW).exporting(Wanted(form, Search()), tmp_path / "out"))  # loads what it needs
    few, lots = (peak(form, home, tmp_path / "out") for home in sizes)
    assert lots < 1.3 * few, (few, lots)


EXPORT = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from ferpa_wizard.requests.exporting import Exports, Wanted
from ferpa_wizard.requests.steps import whole
home, out = map(Path, sys.argv[1:])
whole(Exports(home, lambda: datetime.now(UTC)).exporting(Wanted("csv", columns=("number", "title", "steps")), out))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="how much memory a process had is told in another way elsewhere")
def test_a_process_that_exports_ten_thousand_records_takes_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 10_000):
        many.fill(tmp_path / str(count), count)
        command = [sys.executable, "-c", EXPORT, str(tmp_path / str(count)), str(tmp_path / "out")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        peaks.append(int(done.stdout))
        shutil.rmtree(tmp_path / str(count))
    assert peaks[1] < 1.2 * peaks[0], peaks
