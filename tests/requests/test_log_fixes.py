"""Fixes over a search: what is counted, what is not, and that nothing is run twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ferpa_wizard.core import fixes
from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.walk import walk
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.log_fixes import Fixes, Fixing, Place
from ferpa_wizard.requests.steps import whole
from tests import real
from tests.copied import break_inside, copied
from tests.requests import fifty

KINDS = "DDDEEGA"  # by their letters in fifty.yaml: three lack the notice, two the control; no fix helps G; A is a yes


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    first = {kind: next(row for row in fifty.rows() if row.kind == kind) for kind in KINDS}
    with Ledger.open(home, now=fifty.NOW) as ledger:
        for kind in KINDS:
            ledger.append("decision", fifty.sealed(first[kind]), at=fifty.NOW)
    return home


@pytest.fixture
def book(home: Path) -> Iterator[LogBook]:
    with Ledger.open(home, now=fifty.NOW, readonly=True) as ledger:
        book = LogBook(home, lambda: ledger, lambda: fifty.NOW)
        book.catch_up()
        yield book
        book.close()


def found(book: LogBook, line: str = "", pack: Pack | None = None) -> Fixes:
    return whole(Fixing(book, pack or real.pack(), read_search(line)).looking())


def cleared(fixes: Fixes) -> dict[str, int]:
    return {one.fix.id: len(one.records) for one in fixes.ranked}


def test_each_decision_of_the_search_that_was_no_yes_is_tried(book: LogBook) -> None:
    everything = found(book)
    assert (everything.of, everything.tried) == (6, 6)
    assert cleared(everything) == {"soo.5": 3, "soo.3": 2}
    assert cleared(found(book, "missing:soo.3")) == {"soo.3": 2}
    assert found(book, "verdict:may-share").of == 0


def test_equal_requests_are_walked_once(book: LogBook, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def counting(pack: Pack, put: fixes.Put, on: str) -> fixes.Tried:
        seen.append(put.key)
        return fixes.try_fixes(pack, put, on)

    monkeypatch.setattr("ferpa_wizard.requests.log_fixes.try_fixes", counting)
    assert cleared(found(book)) == {"soo.5": 3, "soo.3": 2}
    assert len(seen) == len(set(seen)) == len(set(KINDS) - {"A"})


def test_work_goes_in_steps_and_what_was_found_until_it_was_stopped_stays(book: LogBook) -> None:
    fixing = Fixing(book, real.pack(), read_search(""))
    work = fixing.looking()
    steps = [next(work), next(work)]
    work.close()
    assert [(step.done, step.of) for step in steps] == [(1, 6), (2, 6)]
    assert (fixing.found().of, cleared(fixing.found())) == (2, {"soo.5": 2})


def test_rules_of_today_are_used_and_older_ones_told(book: LogBook) -> None:
    newer = replace(real.pack(), sha256="0" * 64)
    assert found(book).older == 0
    assert found(book, pack=newer).older == 6


def test_a_text_that_is_gone_is_counted_apart(book: LogBook, home: Path) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER bodies_stay")
        connection.execute("DELETE FROM bodies WHERE sequence = 1")
    after = found(book)
    assert (after.of, after.tried, after.unread) == (6, 5, 1)
    assert cleared(after)["soo.5"] == 2


def test_decisions_of_other_desks_are_named_with_their_desk(book: LogBook, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with Ledger.open(other, now=fifty.NOW) as ledger:
        row = next(row for row in fifty.rows() if row.kind == "E")
        number = ledger.append("decision", fifty.sealed(row), at=fifty.NOW).number
    copy = copied(other, home)
    book.catch_up()
    after = found(book)
    assert cleared(after) == {"soo.5": 3, "soo.3": 3}
    assert Place(copy.name, number) in next(one for one in after.ranked if one.fix.id == "soo.3").records
    break_inside(copy / "ledger.sqlite")
    damaged = found(book)
    assert (damaged.of, damaged.unread) == (after.of, after.unread + 1)


def test_the_day_of_a_request_plays_no_part_once_its_facts_are_known() -> None:
    """Why equal requests of two days may be run once."""
    for example in real.examples()[::5]:
        standing = real.profiles().get(example.profile, real.profiles()["example"]).answers
        profile = replace(real.profiles()["example"], answers=standing, until={})
        trails = [walk(real.pack(), example.answers, profile, day).trail for day in ("2020-02-02", "2031-03-03")]
        assert trails[0] == trails[1]
