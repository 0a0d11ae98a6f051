"""What is restricted is in no list, no ordinary export and no log; it is found by the number of its record alone."""

from __future__ import annotations

import json
import logging
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard import logs
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import Exports, Wanted
from ferpa_wizard.requests.steps import whole
from tests import real
from tests.exported import export
from tests.requests.sample_desks import example_desk
from tests.requests.secrets import RECORDS, Seeded, leaked, seed

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("restricted") / "home"


@pytest.fixture(scope="module")
def seeded(home: Path) -> Seeded:
    """Made while the program's own log listens to everything."""
    desk = example_desk(home, NOW)
    log = logs.start(home, level=logging.DEBUG)
    assert log is not None
    found = seed(desk, random.Random(7))
    desk.close()
    log.stop()
    assert len(found.words) == len(set(found.words)) >= 200
    return found


@pytest.fixture
def desk(home: Path, seeded: Seeded) -> Iterator[Desk]:
    made = example_desk(home, NOW)
    yield made
    made.close()


def test_lists_hold_the_ordinary_records_and_no_word_of_the_others(desk: Desk, seeded: Seeded) -> None:
    rows = desk.recent(1_000)
    assert {row.number for row in rows} == set(seeded.ordinary)
    listed = [rows, desk.drafts(), desk.problems(), desk.todos.due("9999-12-31")]
    assert leaked(seeded, repr(listed)) == []
    assert len(desk.recent(2)) == 2  # restricted ones in between take no place


def test_drafts_are_listed_without_what_they_are_about(desk: Desk, seeded: Seeded) -> None:
    drafts = desk.drafts()
    assert len(drafts) == len(seeded.in_drafts) // 3
    assert {draft.title for draft in drafts} == {""}


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_exports_keep_the_place_and_not_the_words(kind: str, desk: Desk, seeded: Seeded, tmp_path: Path) -> None:
    out = tmp_path / f"log.{kind}"
    assert export(desk, out, kind) >= RECORDS + len(seeded.ordinary)  # type: ignore[arg-type]
    text = out.read_text(encoding="utf-8")
    assert leaked(seeded, text) == []
    assert all(number.split("-")[-1] in text for number in seeded.in_records) or kind == "jsonl"
    assert text.count(real.pack().version) >= len(seeded.ordinary)


def test_no_ordinary_export_of_the_ledger_has_them_and_one_that_asks_for_them_has(
    home: Path, seeded: Seeded, tmp_path: Path
) -> None:
    wanted = {
        "bare.csv": Wanted("csv", free_text=False),
        "decisions.csv": Wanted("csv", Search()),
        "decisions.jsonl": Wanted("jsonl", Search()),
        "log.zip": Wanted("bundle"),
        "decisions.zip": Wanted("bundle", Search()),
    }
    exports = Exports(home, lambda: NOW)
    for name, one in wanted.items():
        whole(exports.exporting(one, tmp_path / name))
        assert leaked(seeded, (tmp_path / name).read_bytes().decode("utf-8", "replace")) == [], name
    whole(exports.exporting(Wanted("jsonl", restricted=True), tmp_path / "all.jsonl"))
    found = leaked(seeded, (tmp_path / "all.jsonl").read_text(encoding="utf-8"))
    assert set(found) == set(seeded.words) - set(seeded.in_drafts)


def test_each_word_is_found_in_the_record_that_is_opened_by_its_number(desk: Desk, seeded: Seeded) -> None:
    for number, words in seeded.in_records.items():
        body = desk.record(number).body
        assert body["restricted"] is True
        assert set(leaked(seeded, json.dumps(body))) == set(words)
    assert desk.verify().ok


def _all_of(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - the ledger's own table


def test_no_index_and_no_log_holds_them(home: Path, seeded: Seeded) -> None:
    """Beside the bodies themselves no table has a word, so whatever searches tables finds none."""
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for name in tables if name != "bodies" for row in _all_of(connection, name)]
    text = " ".join(
        cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for row in rows for cell in row
    )
    assert text
    assert leaked(seeded, text) == []
    for file in (home / "logs").iterdir():
        assert leaked(seeded, file.read_text(encoding="utf-8")) == []


def test_no_other_file_of_the_home_folder_holds_them(home: Path, seeded: Seeded) -> None:
    """The ledger does, and the drafts that wait; nothing that lies about for other programs to index."""
    own = [home / "ledger.sqlite", home / "ledger.sqlite-wal", *(home / "drafts").glob("*.json")]
    files = [file for file in home.rglob("*") if file.is_file() and file not in own]
    found = {str(file.relative_to(home)): leaked(seeded, file.read_text("utf-8", "replace")) for file in files}
    assert {name: words for name, words in found.items() if words} == {}
