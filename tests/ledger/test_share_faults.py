"""What is wrong on the share is told by desk, comes into no copy, and keeps no other desk from being read."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from ferpa_wizard.core.entry import canonical
from ferpa_wizard.ledger.errors import DeskBehind, LedgerDamaged, LedgerUnusable, NeedsPerson, ShareDamaged
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.lossless import MAX_LINE
from ferpa_wizard.ledger.verify import verify
from tests.ledger.desks import Desk, District, kinds, later, rewritten, rows
from tests.ledger.samples import NOW, PACK_SHA256


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _without_last_line(data: bytes) -> bytes:
    return b"".join(data.splitlines(keepends=True)[:-1])


def _edited(data: bytes) -> bytes:
    return data.replace(b"Tutoring", b"Tutorinq", 1)


def _resealed(data: bytes) -> bytes:
    return data.replace(b'"seal":"', b'"seal":"0', 1)


def _with_a_line_more(data: bytes) -> bytes:
    return data + b"{}\n"


def _swapped(data: bytes) -> bytes:
    first, second, *others = data.splitlines(keepends=True)
    return b"".join([second, first, *others])


def _saltless(data: bytes) -> bytes:
    at = data.index(b',"salt":"')
    return data[:at] + b',"salt":null' + data[at + len(b',"salt":"') + 65 :]


def _not_ours(_: bytes) -> bytes:
    return b"Dear diary\n"


def _deep(data: bytes) -> bytes:
    return b'{"body":' + b"[" * 200_000 + data[9:]


SPOILED = (
    _cut, _without_last_line, _edited, _resealed, _with_a_line_more, _swapped, _saltless, _not_ours, _deep, lambda _: b"",
)  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_file_that_is_not_whole_is_told_and_nothing_of_it_is_taken(
    district: District, spoil: Callable[[bytes], bytes]
) -> None:
    bad, good = district.desk("bad"), district.desk("good")
    district.pull()
    bad.seal(3)
    bad.push()
    good.seal(1)
    good.push()
    rewritten(bad.segment.path, spoil)
    found = district.pull()
    assert (kinds(found["bad"]), found["bad"].new, found["bad"].needs_person) == (["broken"], 0, True)
    assert (found["good"].new, found["good"].faults) == (1, ())
    assert rows(district.copy(bad))[:3] == bad.rows()[:3]
    assert verify(district.copy(bad)).count == 3
    assert kinds(district.pull()["bad"]) == ["broken"]


@pytest.mark.parametrize("spoil", SPOILED)
def test_the_next_push_mends_its_last_file(district: District, spoil: Callable[[bytes], bytes]) -> None:
    desk = district.desk("north")
    rewritten(desk.segment.path, spoil)
    desk.seal(1)
    desk.push()
    assert district.pull()["north"].faults == ()
    assert rows(district.copy(desk)) == desk.rows()


def test_a_file_that_was_read_before_and_is_spoiled_later_is_told_and_the_copy_stands(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    first = desk.segment
    desk.seal(2)
    desk.push()
    rewritten(first.path, _cut)
    assert (kinds(found := district.pull()["north"]), found.new) == (["broken"], 2)
    assert rows(district.copy(desk)) == desk.rows()
    first.path.unlink()  # what the sentences say that people should do
    desk.push()
    assert district.pull()["north"].faults == ()


def test_a_missing_file_is_a_gap_until_the_next_push(district: District) -> None:
    desk = district.desk("north")
    desk.seal(2)
    desk.push()
    desk.seal(2)
    desk.push()
    desk.folder.segments()[1].path.unlink()
    found = district.pull()["north"]
    assert (kinds(found), found.count) == (["gap"], 3)
    assert desk.push().added == 2
    assert (district.pull()["north"].faults, rows(district.copy(desk))) == ((), desk.rows())


def test_a_missing_last_file_is_a_gap_too(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    desk.segment.path.unlink()
    assert kinds(district.pull()["north"]) == ["gap"]
    desk.push()
    assert district.pull()["north"].faults == ()


def test_a_folder_that_has_gone_is_a_gap_and_the_copy_stays(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    shutil.rmtree(desk.folder.path)
    found = district.pull()["north"]
    assert (kinds(found), found.count) == (["gap"], 3)
    assert rows(district.copy(desk)) == desk.rows()
    desk.push()
    assert district.pull()["north"].faults == ()


def test_rules_that_are_missing_or_others_are_told_and_taken_once_they_are_there(district: District) -> None:
    desk = district.desk("north")
    pack = desk.folder.pack_path(PACK_SHA256)
    pack.write_bytes(b"{}")
    assert kinds(district.pull()["north"]) == ["broken"]
    pack.unlink()
    assert kinds(district.pull()["north"]) == ["gap"]
    assert verify(district.copy(desk)).holds
    desk.push()
    assert district.pull()["north"].faults == ()
    assert rows(district.copy(desk)) == desk.rows()


def test_the_same_entries_twice_are_told_and_nobody_need_look(district: District) -> None:
    desk = district.desk("north", 4)
    lines = desk.segment.path.read_bytes().splitlines(keepends=True)
    (desk.folder.path / "entries-00000002-00000003.jsonl").write_bytes(b"".join(lines[1:3]))
    found = district.pull()["north"]
    assert (kinds(found), found.needs_person) == (["duplicate"], False)
    assert rows(district.copy(desk)) == desk.rows()


def test_what_a_broken_file_holds_is_taken_from_another_that_holds_it_too(district: District) -> None:
    desk = district.desk("north")
    desk.seal(2)
    desk.push()
    broken = desk.segment.path
    lines = broken.read_bytes().splitlines(keepends=True)
    desk.seal(1)
    desk.push()
    broken.with_name("entries-00000004-00000006.jsonl").write_bytes(b"".join(lines) + desk.segment.path.read_bytes())
    rewritten(broken, lambda data: data[:-9])
    found = district.pull()["north"]
    assert (set(kinds(found)), found.count) == ({"broken", "duplicate"}, 6)
    assert rows(district.copy(desk)) == desk.rows()


# --- a desk that goes back, or on twice ------------------------------------------------------------


def _twin(desk: Desk) -> Desk:
    """Another computer with a copy of the ledger as it is now."""
    home = desk.home.with_name(desk.name + "-twin")
    shutil.copytree(desk.home, home)
    return Desk(home, desk.share, desk.name)


def test_a_desk_that_was_put_back_from_an_old_copy_is_refused_and_the_officer_is_told(district: District) -> None:
    desk = district.desk("north")
    old = _twin(desk)
    desk.seal(2)
    desk.push()
    district.pull()
    before = [segment.name for segment in desk.folder.segments()]
    with pytest.raises(DeskBehind):
        old.push(at=later(1))
    assert [segment.name for segment in desk.folder.segments()] == before
    found = district.pull(at=later(1))["north"]
    assert (kinds(found), found.contact[:10]) == (["rewind"], "2026-11-25")
    desk.push(at=later(2))
    assert district.pull(at=later(2))["north"].faults == ()


@pytest.mark.parametrize("sealed", [1, 2, 3])
def test_a_desk_that_went_on_from_an_old_copy_is_refused_however_far_it_went(district: District, sealed: int) -> None:
    desk = district.desk("north")
    old = _twin(desk)
    desk.seal(2)
    desk.push()
    old.seal(sealed)
    with pytest.raises(DeskBehind):
        old.push()
    district.pull()
    assert kinds(district.pull()["north"]) == ["rewind"]
    assert rows(district.copy(desk)) == desk.rows()
    with pytest.raises(DeskBehind):
        old.push()


def test_without_its_card_a_desk_that_went_on_from_an_old_copy_is_refused_as_well(district: District) -> None:
    desk = district.desk("north")
    old = _twin(desk)
    desk.seal(2)
    desk.push()
    old.seal(2)
    (desk.folder.path / "desk.json").unlink()
    with pytest.raises(DeskBehind):
        old.push()


def test_by_its_card_a_desk_that_went_on_from_an_old_copy_is_refused_though_files_are_gone(district: District) -> None:
    desk = district.desk("north")
    old = _twin(desk)
    desk.seal(2)
    desk.push()
    old.seal(3)
    desk.segment.path.unlink()
    with pytest.raises(DeskBehind):
        old.push()
    desk.push()
    district.pull()
    assert rows(district.copy(desk)) == desk.rows()


def test_a_share_that_was_emptied_for_an_old_copy_is_a_rewind_for_who_knows_more(district: District) -> None:
    desk = district.desk("north")
    old = _twin(desk)
    desk.seal(2)
    desk.push()
    district.pull()
    shutil.rmtree(desk.folder.path)
    old.push()
    assert kinds(district.pull()["north"]) == ["rewind"]
    assert rows(district.copy(desk)) == desk.rows()


@pytest.mark.parametrize(("sealed", "told"), [(2, ["fork", "rewind"]), (4, ["fork"])])
def test_other_entries_in_the_place_of_known_ones_are_a_fork(district: District, sealed: int, told: list[str]) -> None:
    desk = district.desk("north")
    old = _twin(desk)
    desk.seal(2)
    desk.push()
    district.pull()
    shutil.rmtree(desk.folder.path)
    old.seal(sealed)
    old.push()
    assert kinds(district.pull()["north"]) == told
    assert rows(district.copy(desk)) == desk.rows()


def test_a_file_that_goes_on_from_another_entry_is_a_fork(district: District) -> None:
    desk = district.desk("north")
    old = _twin(desk)
    desk.seal(1)
    desk.push()
    district.pull()
    old.share = district.place / "other share"
    old.share.mkdir()
    old.seal(1)
    old.push()
    old.seal(1)
    old.push()
    shutil.copy(old.segment.path, desk.folder.path)
    found = district.pull()["north"]
    assert (kinds(found), found.count) == (["fork"], 4)
    assert rows(district.copy(desk)) == desk.rows()


def test_a_new_desk_for_a_wiped_one_shares_its_name_and_nothing_else(district: District) -> None:
    desk = district.desk("north")
    shutil.rmtree(desk.home)
    again = Desk(desk.home, desk.share, desk.name)
    again.seal(1)
    again.push()
    assert len(list(district.share.iterdir())) == 2
    district.pull()
    assert rows(district.copy(again)) == again.rows()


def test_a_push_adds_nothing_of_a_ledger_that_was_tampered_with(district: District) -> None:
    desk = district.desk("north", pushed=False)
    connection = sqlite3.connect(desk.home / "ledger.sqlite", isolation_level=None)
    connection.execute("DROP TRIGGER bodies_keep")
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = 2", (canonical({"words": "other"}),))
    connection.close()
    with pytest.raises(LedgerDamaged):
        desk.push()
    assert desk.folder.segments() == []


# --- hostile things on the share ---------------------------------------------------------------------


def test_strange_names_are_left_alone(district: District) -> None:
    desk = district.desk("north")
    names = ("entries-1-3.jsonl", "entries-00000009-00000007.jsonl", "entries-00000001-00000003 (1).jsonl",
             "entries-000000010-00000020.jsonl", "entries-00000000-00000003.jsonl", "~lock", "\u202eknil.exe", "a\nb")  # fmt: skip
    for name in names:
        (desk.folder.path / name).write_bytes(b"x")
    for name in ("A" * 32, "..x", "0" * 31, "desk\x1b[31m", "z" * 32):
        (district.share / name).mkdir()
    (district.share / ("b" * 32)).write_bytes(b"no folder")
    found = district.pull()
    assert {name: kinds(one) for name, one in found.items()} == {"north": [], "b" * 32: ["broken"]}


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
def test_links_and_pipes_are_not_followed(district: District, tmp_path: Path) -> None:
    desk, other = district.desk("north"), district.desk("south")
    secret = tmp_path / "secret"
    shutil.move(desk.segment.path, secret)
    desk.folder.path.joinpath(desk_name := "entries-00000001-00000003.jsonl").symlink_to(secret)
    os.mkfifo(desk.folder.path / "entries-00000004-00000004.jsonl")
    (desk.folder.path / "entries-00000005-00000005.jsonl").symlink_to("/dev/zero")
    card, pack = desk.folder.path / "desk.json", desk.folder.pack_path(PACK_SHA256)
    for path in (card, pack):
        shutil.move(path, tmp_path / path.name)
        path.symlink_to(tmp_path / path.name)
    (district.share / ("c" * 32)).symlink_to(other.folder.path)
    found = district.pull()
    assert found.pop("south").faults == ()
    assert {one.installation: set(kinds(one)) for one in found.values()} == {
        desk.installation: {"broken"},
        "c" * 32: {"broken"},
    }
    assert verify(district.copy(desk)).count == 0
    before = secret.read_bytes()
    with pytest.raises(NeedsPerson):
        desk.push()
    assert (secret.read_bytes(), desk_name) == (before, desk_name)


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_push_does_not_write_through_a_link(district: District, tmp_path: Path) -> None:
    desk = district.desk("north", pushed=False)
    (tmp_path / "elsewhere").mkdir()
    desk.folder.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ShareDamaged):
        desk.push()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_huge_line_is_refused_in_little_memory(district: District) -> None:
    desk = district.desk("north")
    with desk.segment.path.open("wb") as file:
        file.write(b'{"body":"')
        file.truncate(1 << 40)  # without a single line break
    tracemalloc.start()
    try:
        assert kinds(district.pull()["north"]) == ["broken"]
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_LINE
    finally:
        tracemalloc.stop()


CARDS: tuple[object, ...] = (
    [], "x", {}, {"count": "many"}, {"count": -1}, {"head": "x"}, {"contact": "soon"}, {"behind": 1}, {"name": 7},
    {"name": None}, {"purged": 1.5}, {"name": [7]}, {"program": ["x"]},
)  # fmt: skip


@pytest.mark.parametrize("change", CARDS)
def test_a_card_that_cannot_be_read_is_told_and_the_entries_are_taken(district: District, change: object) -> None:
    desk = district.desk("north")
    card = desk.folder.path / "desk.json"
    value = json.loads(card.read_bytes())
    card.write_text(json.dumps({**value, **change} if isinstance(change, dict) and change else change))
    found = district.pull()[desk.installation]
    assert (kinds(found), found.new) == (["broken"], 3)
    desk.push()
    assert district.pull()["north"].faults == ()


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 60_000, b"\xff", b" " * 100_000])
def test_a_card_of_odd_bytes_is_told(district: District, data: bytes) -> None:
    desk = district.desk("north")
    (desk.folder.path / "desk.json").write_bytes(data)
    assert kinds(district.pull()[desk.installation]) == ["broken"]


def test_a_name_cannot_steer_a_screen(district: District) -> None:
    desk = district.desk("north")
    desk.name = "north\x1b[2J\u202e\n" + "x" * 500
    desk.push()
    (found,) = district.pull().values()
    assert found.name.isprintable()
    assert len(found.name) <= 80
    assert found.installation == desk.installation


def test_a_damaged_copy_is_told_and_left_alone(district: District) -> None:
    desk, other = district.desk("north"), district.desk("south")
    district.pull()
    file = district.copy(desk) / "ledger.sqlite"
    file.write_bytes(b"")
    other.seal(1)
    other.push()
    found = district.pull()
    assert (kinds(found["north"]), file.read_bytes()) == (["broken"], b"")
    assert found["south"].new == 1
    shutil.rmtree(district.copy(desk))
    assert district.pull()["north"].new == 3


@pytest.mark.parametrize("data", [b"", b"words of somebody", b"SQLite format 3\0" + bytes(600)])
def test_a_copy_that_cannot_be_used_says_how_it_comes_back(district: District, data: bytes) -> None:
    desk = district.desk("north")
    district.pull()
    file = district.copy(desk) / "ledger.sqlite"
    file.write_bytes(data)
    with pytest.raises(LedgerUnusable) as caught:
        Ledger.open(file.parent, now=NOW, readonly=True)
    assert f"Delete the folder {file.parent}" in str(caught.value)
    shutil.rmtree(file.parent)
    assert district.pull()["north"].new == 3


def test_what_was_noted_of_a_desk_can_be_lost(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    file = district.copy(desk) / "state.json"
    whole = json.loads(file.read_bytes())
    beyond = ({"count": 1e999}, {"count": -1e308}, {"new": 1e999}, {"stamps": {"x": [-1e999]}}, {"count": 10**20})
    for data in (b"", b"[]", b"{}", b'{"faults": 1}', *(json.dumps({**whole, **one}).encode() for one in beyond)):
        file.write_bytes(data)
        found = district.pull()["north"]
        assert (found.count, found.new, found.faults) == (3, 0, ())


@pytest.mark.parametrize("empty", [True, False])
def test_a_ledger_of_another_desk_in_the_folder_of_a_copy_is_not_added_to(district: District, *, empty: bool) -> None:
    desk, other = district.desk("north"), district.desk("south")
    if empty:
        other.home = district.place / "empty"
        Ledger.open(other.home, now=NOW).close()
    district.pull()
    shutil.copyfile(other.home / "ledger.sqlite", district.copy(desk) / "ledger.sqlite")
    assert kinds(district.pull()["north"]) == ["broken"]
    with Ledger.open(district.copy(desk), now=NOW, readonly=True) as ledger:
        assert ledger.installation == other.installation


def test_a_copy_that_was_lost_is_made_anew_with_its_rules(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    (district.copy(desk) / "ledger.sqlite").unlink()
    found = district.pull()["north"]
    assert (found.new, found.faults) == (3, ())
    assert rows(district.copy(desk)) == desk.rows()
