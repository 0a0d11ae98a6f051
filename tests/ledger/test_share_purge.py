"""A purged text leaves the share and the officer's copies as well."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.push import _Push
from ferpa_wizard.ledger.verify import verify
from tests.ledger.desks import Desk, District, kinds, rewritten, rows
from tests.ledger.samples import NOW


def _holds(folder: Path, text: bytes) -> bool:
    return any(text in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _title(desk: Desk, sequence: int) -> bytes:
    return f"{desk.name} decides {sequence - 1}".encode()


def test_a_purged_text_leaves_share_and_copy_and_both_still_hold(district: District, verifier: ModuleType) -> None:
    desk = district.desk("north", 4)
    district.pull()
    assert _holds(desk.folder.path, _title(desk, 2)) and _holds(district.copy(desk), _title(desk, 2))
    desk.purge(2)
    pushed = desk.push()
    assert (pushed.added, pushed.cleaned) == (1, 1)
    assert not _holds(desk.folder.path, _title(desk, 2))
    assert _holds(desk.folder.path, _title(desk, 3))
    assert district.pull()["north"].faults == ()
    assert not _holds(district.copy(desk), _title(desk, 2))
    assert rows(district.copy(desk)) == desk.rows()
    assert verify(district.copy(desk)).holds
    assert verifier.check(district.copy(desk) / "ledger.sqlite").code == 0


def test_who_pulls_for_the_first_time_after_a_purge_has_the_same(district: District) -> None:
    desk = district.desk("north", 2)
    desk.seal(2)
    desk.push()
    desk.purge(1, 4)
    desk.push()
    found = district.pull()["north"]
    assert (found.faults, found.new) == ((), 5)
    assert rows(district.copy(desk)) == desk.rows()
    assert verify(district.copy(desk)).holds


def test_a_purge_is_pushed_once(district: District) -> None:
    desk = district.desk("north")
    desk.purge(2)
    desk.push()
    assert desk.push().cleaned == 0


def test_a_text_that_the_ledger_still_has_is_not_pushed_once_a_purge_names_it(district: District) -> None:
    desk = district.desk("north", pushed=False)
    with Ledger.open(desk.home, now=NOW) as ledger:
        ledger.append("purge", {"entries": [2]}, at=NOW)
    desk.push()
    assert not _holds(desk.folder.path, _title(desk, 2))
    assert district.pull()["north"].faults == ()
    assert verify(district.copy(desk)).holds


def test_a_push_that_was_cut_short_before_it_cleaned_does_so_next_time(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = district.desk("north")
    district.pull()
    desk.purge(2)
    with monkeypatch.context() as broken:
        broken.setattr(_Push, "_clean", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.push()
    assert _holds(desk.folder.path, _title(desk, 2))
    assert district.pull()["north"].faults == ()
    assert rows(district.copy(desk)) == desk.rows()
    assert not _holds(district.copy(desk), _title(desk, 2))
    assert desk.push().cleaned == 1
    assert not _holds(desk.folder.path, _title(desk, 2))
    assert district.pull()["north"].faults == ()
    district.pull("late")
    assert rows(district.copy(desk, "late")) == desk.rows()


def test_texts_that_come_back_with_an_old_share_are_taken_out_again(district: District) -> None:
    desk = district.desk("north")
    saved = shutil.copytree(desk.folder.path, district.place / "saved")
    desk.purge(2)
    desk.push()
    shutil.rmtree(desk.folder.path)
    shutil.copytree(saved, desk.folder.path)
    assert desk.push().cleaned == 1
    assert not _holds(desk.folder.path, _title(desk, 2))
    assert district.pull()["north"].faults == ()


def _without_first_text(data: bytes) -> bytes:
    first, *others = data.splitlines(keepends=True)
    header, salt = first.index(b',"header":'), first.index(b',"salt":"')
    null = b'{"body":null' + first[header:salt] + b',"salt":null' + first[salt + len(b',"salt":"') + 65 :]
    return b"".join([null, *others])


@pytest.mark.parametrize("pulled_before", [True, False])
def test_a_text_that_no_purge_took_is_missed(district: District, *, pulled_before: bool) -> None:
    desk = district.desk("north")
    if pulled_before:
        district.pull()
    rewritten(desk.segment.path, _without_first_text)
    desk.seal(1)
    desk.push()
    found = district.pull()["north"]
    assert kinds(found) == ["broken"]
    assert rows(district.copy(desk)) == (desk.rows() if pulled_before else [])
    assert verify(district.copy(desk)).holds


def test_while_the_purge_is_missing_the_copy_waits_before_the_text(district: District) -> None:
    desk = district.desk("north", 2)
    desk.seal(2)
    desk.push()
    desk.purge(3)
    desk.push()
    last = desk.segment.path
    aside = last.rename(last.with_name("aside"))
    assert set(kinds(district.pull()["north"])) == {"broken", "gap"}
    assert verify(district.copy(desk)).count == 2
    aside.rename(last)
    assert district.pull()["north"].faults == ()
    assert rows(district.copy(desk)) == desk.rows()


def test_nothing_of_purged_texts_remains_in_a_copy(district: District) -> None:
    chance = random.Random(7)
    desk = district.desk("north", 1, pushed=False)
    tokens = {n: f"token-{n:04d}-" for n in range(2, 82)}
    with Ledger.open(desk.home, now=NOW) as ledger:
        for n, token in tokens.items():
            ledger.append("note", {"words": token * chance.choice((1, 9, 90, 900))}, at=NOW)
            if n % 20 == 0:
                desk.push()
    desk.push()
    district.pull()
    gone = chance.sample(sorted(tokens), 50)
    for start in (0, 10, 40):
        desk.purge(*gone[start : start + (10 if start == 0 else 30)])
        desk.push()
        district.pull()
    for n, token in tokens.items():
        for folder in (desk.folder.path, district.copy(desk)):
            assert _holds(folder, token.encode()) is (n not in gone), token
    assert rows(district.copy(desk)) == desk.rows()
