"""Desk to district: what is pushed into the shared folder arrives in the officer's copies, whole and in any order."""

from __future__ import annotations

import json
import os
import random
import stat
from pathlib import Path
from types import ModuleType

import pytest

from ferpa_wizard.ledger.errors import ShareUnreachable
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.lossless import LineError, line_of, read_line
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.push import last_push
from ferpa_wizard.ledger.share import holes, segment_in, twice
from ferpa_wizard.ledger.verify import verify
from tests.ledger.desks import District, later, rows
from tests.ledger.samples import NOW, PACK_SHA256, record


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_a_desk_pushed_arrives_as_it_was_sealed(district: District, verifier: ModuleType) -> None:
    desk = district.desk("north", 4)
    (found,) = district.pull().values()
    assert (found.name, found.new, found.count, found.faults) == ("north", 4, 4, ())
    assert rows(district.copy(desk)) == desk.rows()
    assert verify(district.copy(desk)) == verify(desk.home)
    assert verifier.check(district.copy(desk) / "ledger.sqlite").code == 0


def test_pushing_and_pulling_twice_adds_nothing(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    names = {path.name for path in desk.folder.path.iterdir()}
    assert desk.push(at=later(1)).added == 0
    assert {path.name for path in desk.folder.path.iterdir()} == names
    assert [found.new for found in district.pull(at=later(1)).values()] == [0]


def test_a_segment_is_never_written_again_and_holds_only_what_is_new(district: District) -> None:
    desk = district.desk("north")
    before = _files(desk.folder.path)
    desk.seal(2)
    assert desk.push().added == 2
    after = _files(desk.folder.path)
    assert before.keys() - {"desk.json"} == {name for name in before if after[name] == before[name]}
    assert [(segment.first, segment.last) for segment in desk.folder.segments()] == [(1, 3), (4, 5)]
    assert after[f"pack-{PACK_SHA256}"]


def test_many_entries_go_into_several_segments(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ferpa_wizard.ledger.push._SEGMENT_ENTRIES", 4)
    desk = district.desk("north", 10)
    assert [(segment.first, segment.last) for segment in desk.folder.segments()] == [(1, 4), (5, 8), (9, 10)]
    district.pull()
    assert rows(district.copy(desk)) == desk.rows()


def test_large_entries_go_into_segments_of_their_own(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ferpa_wizard.ledger.push._SEGMENT_BYTES", 100)
    assert len(district.desk("north", 3).folder.segments()) == 3


def test_copies_are_the_same_whatever_the_order_of_pushes_and_pulls(district: District) -> None:
    desks = [district.desk(name, 2) for name in ("north", "south", "west")]
    for seed in range(6):
        chance = random.Random(seed)
        officers = ["early", "often", f"officer-{seed}"]
        for _ in range(6):
            desk = chance.choice(desks)
            if chance.random() < 0.6:
                desk.seal(chance.randint(1, 3))
                desk.push()
            district.pull(chance.choice(officers))
    for officer in ("early", "often", "late"):
        district.pull(officer)
        assert [rows(district.copy(desk, officer)) for desk in desks] == [desk.rows() for desk in desks]


def test_the_own_desk_is_skipped(district: District) -> None:
    desk = district.desk("north")
    assert pull(desk.home, district.share, now=NOW) == []
    assert list((desk.home / "desks").glob("*/ledger.sqlite")) == []


def test_restricted_decisions_travel_too(district: District) -> None:
    desk = district.desk("north", 1, pushed=False)
    with Ledger.open(desk.home, now=NOW) as ledger:
        ledger.append("decision", record("A court paper") | {"restricted": True}, at=NOW)
    desk.push()
    district.pull()
    assert rows(district.copy(desk)) == desk.rows()


@pytest.mark.skipif(os.name != "posix", reason="there are no modes elsewhere")
def test_files_and_copies_are_for_nobody_else(district: District) -> None:
    desk = district.desk("north")
    district.pull()
    copies = district.copy(desk).parent
    for path in (*desk.folder.path.iterdir(), desk.home / "pushed.json", *district.copy(desk).iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    for folder in (desk.folder.path, copies, district.copy(desk)):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_card_tells_who_and_how_far_and_when(district: District) -> None:
    desk = district.desk("north", 3)
    card = json.loads((desk.folder.path / "desk.json").read_bytes())
    with Ledger.open(desk.home, now=NOW) as ledger:
        assert (card["name"], card["count"], card["head"]) == ("north", 3, ledger.head())
    assert (card["contact"], card["program"], card["pack_version"]) == ("2026-11-24T10:52:00.000000Z", "1.0", "7")
    desk.push(at=later(2))
    assert json.loads((desk.folder.path / "desk.json").read_bytes())["contact"].startswith("2026-11-26")
    assert last_push(desk.home) == desk.folder.card()


def test_a_contact_without_new_entries_counts_and_a_clock_that_is_ahead_does_not(district: District) -> None:
    district.desk("dutiful").push(at=later(9))
    district.desk("ahead").push(at=later(400))
    district.desk("silent")
    found = district.pull(at=later(10))
    assert {name: found[name].is_silent(later(10)) for name in found} == {
        "dutiful": False,
        "ahead": False,
        "silent": True,
    }
    district.desk("dutiful-too").push(at=later(18))
    again = district.pull(at=later(18))
    assert {name for name in again if again[name].is_silent(later(18))} == {"ahead", "dutiful", "silent"}


def test_a_folder_that_is_not_there_is_not_made(district: District) -> None:
    desk = district.desk("north", pushed=False)
    desk.share = district.place / "not mounted"
    with pytest.raises(ShareUnreachable):
        desk.push()
    with pytest.raises(ShareUnreachable):
        pull(district.place / "officer", desk.share, now=NOW)
    assert not desk.share.exists()


def test_what_a_killed_push_left_is_swept_up_by_the_next(district: District) -> None:
    desk = district.desk("north")
    left = desk.folder.path / ".entries-00000004-00000005.jsonl.x8s.part"
    left.write_bytes(b"half a text")
    district.pull()
    desk.push()
    assert not left.exists()


def test_a_line_is_read_back_byte_for_byte_and_any_byte_less_is_refused(district: District) -> None:
    desk = district.desk("north", 1, pushed=False)
    with Ledger.open(desk.home, now=NOW) as ledger:
        tricky = ledger.append("note", {"words": '","header":{x},"salt":null,"seal":"' + "0" * 64 + '"}'}, at=NOW)
    line = line_of(tricky)
    stored = read_line(line)
    assert (stored.sequence, stored.header, stored.salt, stored.body) == (2, tricky.header, tricky.salt, tricky.text)
    for cut in range(len(line)):
        with pytest.raises(LineError):
            read_line(line[:cut])


def test_holes_and_what_stands_twice_are_found_by_the_names() -> None:
    segments = [segment_in(Path(), *ends) for ends in ((2, 4), (4, 5), (8, 8))]
    assert holes(segments, 10) == [(1, 1), (6, 7), (9, 10)]
    assert holes(segments, 6) == [(1, 1), (6, 6)]
    assert holes([], 0) == []
    assert twice(segments) == [(4, 4)]
