"""The list of desks, as the window shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

from ferpa_wizard.core.entry import parse_time
from ferpa_wizard.ledger.push import push
from ferpa_wizard.ledger.share import Card
from ferpa_wizard.requests.desks import DeskRow, desks
from tests.ledger.desks import Desk, District, district, later
from tests.ledger.samples import NOW

__all__ = ["district"]  # a fixture


def _rows(home: Path, day: float = 0, **more: int) -> list[DeskRow]:
    return desks(home, now=later(day), **more)


def test_a_home_without_anything_has_no_desks(tmp_path: Path) -> None:
    assert _rows(tmp_path / "nowhere") == []


def test_the_own_desk_comes_first_and_says_whether_entries_wait(district: District) -> None:
    office = district.desk("office", 2, pushed=False)
    district.desk("north")
    district.pull("office")
    own, other = _rows(office.home)
    assert (own.own, own.count, own.state, own.contact, own.needs_person) == (True, 2, "waiting", None, False)
    assert (other.own, other.name, other.count, other.state) == (False, "north", 3, "new")
    office.push(at=later(1))
    own, _ = _rows(office.home, 1)
    assert (own.name, own.state, own.contact) == ("office", "up-to-date", later(1))
    office.seal(1)
    assert _rows(office.home, 1)[0].state == "waiting"


def test_a_row_tells_how_far_a_desk_is_and_with_what(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    (row,) = _rows(district.place / "officer")
    assert (row.installation, row.count, row.new, row.contact) == (desk.installation, 3, 3, NOW)
    assert (row.program, row.pack_version, row.needs_person) == ("1.0", "7", False)
    district.pull()
    (row,) = _rows(district.place / "officer")
    assert (row.new, row.state) == (0, "up-to-date")


def test_a_desk_becomes_silent_as_days_pass_without_a_pull(district: District) -> None:
    district.desk("north")
    district.pull()
    officer = district.place / "officer"
    assert [_rows(officer, day)[0].silent_since for day in (6.9, 7)] == ["", "2026-11-24"]
    assert [_rows(officer, day, days=30)[0].state for day in (29, 31)] == ["new", "silent"]


def test_the_gravest_comes_first_and_all_of_it_is_told(district: District) -> None:
    desk = district.desk("north")
    desk.seal(1)
    desk.push()
    desk.folder.segments()[0].path.unlink()
    desk.folder.pack_path("0" * 64).write_bytes(b"")
    (desk.folder.path / "desk.json").write_bytes(b"{")
    district.pull(at=later(9))
    (row,) = _rows(district.place / "officer", 30)
    assert (row.states, row.needs_person) == (("broken", "gap", "silent"), True)
    assert "desk.json" in row.says and "1 to 3" in row.says


def test_a_silent_desk_whose_name_came_back_is_told_apart(district: District) -> None:
    desk = district.desk("north")
    for _ in range(2):
        district.pull(at=later(8))
    (before,) = _rows(district.place / "officer", 8)
    shutil.rmtree(desk.home)
    again = Desk(desk.home, desk.share, "north")
    again.seal(1, at=later(8))
    again.push(at=later(8))
    district.pull(at=later(8))
    silent, fresh = sorted(_rows(district.place / "officer", 8), key=lambda row: not row.silent_since)
    assert (silent.count, fresh.count) == (3, 1)
    assert silent.says != before.says


def test_a_desk_without_a_name_is_called_by_its_installation(district: District) -> None:
    desk = district.desk("north", pushed=False)
    push(desk.home, desk.share, Card("", "", 0, "0" * 64), now=NOW)
    district.pull()
    (row,) = _rows(district.place / "officer")
    assert row.name == desk.installation
    assert row.contact == parse_time("2026-11-24T10:52:00.000000Z")
