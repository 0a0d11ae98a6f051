"""`log push`, `pull`, `backup` and `restore` as other programs run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.ledger.chains import chains
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.verify import verify
from tests.ledger.desks import District, district, rewritten
from tests.ledger.samples import NOW

__all__ = ["district"]  # a fixture

Out = pytest.CaptureFixture[str]


def _log(*words: object) -> int:
    return main(["log", *map(str, words)])


def _json(out: Out, *words: object, code: int = codes.FINE) -> Any:
    out.readouterr()
    assert _log(*words, "--json") == code
    return json.loads(out.readouterr().out)


def test_what_one_home_pushes_another_pulls(district: District, capsys: Out) -> None:
    desk, officer = district.desk("north", pushed=False), district.place / "officer"
    pushed = _json(capsys, "push", district.share, "--home", desk.home, "--name", "Front office")
    assert (pushed["added"], pushed["count"], pushed["head"]) == (3, 3, verify(desk.home).head)
    assert _json(capsys, "push", district.share, "--home", desk.home)["added"] == 0
    _log("push", district.share, "--home", desk.home, "--name", "Front office")
    found = _json(capsys, "pull", district.share, "--home", officer)
    (row,) = found["desks"]
    assert (found["needs_person"], row["name"], row["state"], row["new"]) == (False, "Front office", "new", 3)
    assert [chain.installation for chain in chains(officer)] == [desk.installation]
    assert _json(capsys, "pull", district.share, "--home", officer)["desks"][0]["state"] == "up-to-date"


def test_a_desk_that_somebody_has_to_look_at_has_a_code_of_its_own(district: District, capsys: Out) -> None:
    desk, officer = district.desk("north", pushed=False), district.place / "officer"
    _log("push", district.share, "--home", desk.home)
    rewritten(desk.segment.path, lambda data: data[:-5])
    found = _json(capsys, "pull", district.share, "--home", officer, code=codes.PERSON)
    assert (found["needs_person"], found["desks"][0]["state"]) == (True, "broken")
    assert _log("pull", district.share, "--home", officer) == codes.PERSON
    assert desk.segment.name in capsys.readouterr().out


def test_who_was_silent_is_told_after_as_many_days_as_are_asked_for(district: District, capsys: Out) -> None:
    district.desk("north")  # on a day of 2026 that is fixed
    pull(district.place / "officer", district.share, now=NOW)
    words = ("pull", district.share, "--home", district.place / "officer")
    assert _json(capsys, *words, "--silent", 40_000)["desks"][0]["silent_since"] == ""
    (row,) = _json(capsys, *words, "--silent", 0, code=codes.PERSON)["desks"]
    assert (row["state"], row["silent_since"]) == ("silent", "2026-11-24")


def test_a_desk_that_fell_behind_is_refused_with_that_code(district: District, capsys: Out) -> None:
    desk = district.desk("north")
    old = shutil.copytree(desk.home, district.place / "old")
    desk.seal(1)
    desk.push()
    assert _log("push", district.share, "--home", old) == codes.PERSON
    assert "log restore" in capsys.readouterr().err


def test_a_share_that_is_away_is_a_matter_of_the_disk(district: District, capsys: Out) -> None:
    desk = district.desk("north", pushed=False)
    for what in ("push", "pull"):
        assert _log(what, district.share / "away", "--home", desk.home) == codes.DISK
        assert str(district.share / "away") in capsys.readouterr().err


def test_a_schedule_that_runs_before_the_first_decision_does_not_fail(district: District, capsys: Out) -> None:
    home = district.place / "new"
    assert _json(capsys, "push", district.share, "--home", home)["added"] == 0
    assert not home.exists() or list(home.glob("*.sqlite")) == []
    assert list(district.share.iterdir()) == []


def test_a_backup_is_made_and_put_back(district: District, capsys: Out) -> None:
    desk, backups = district.desk("north", pushed=False), district.place / "backups"
    backups.mkdir()
    made = _json(capsys, "backup", backups, "--home", desk.home, "--keep", 2)
    assert (made["count"], made["deleted"], Path(made["path"]).parent) == (3, 0, backups)
    assert _log("restore", made["path"], "--home", desk.home) == codes.LEDGER
    before = desk.rows()
    shutil.rmtree(desk.home)
    back = _json(capsys, "restore", made["path"], "--home", desk.home)
    assert (back["count"], desk.rows()) == (3, before)


def test_a_desk_is_put_back_from_the_share_by_its_name(district: District, capsys: Out) -> None:
    desk = district.desk("north")
    district.desk("south")
    before = desk.rows()
    shutil.rmtree(desk.home)
    assert _log("restore", district.share, "--home", desk.home) == codes.LEDGER
    assert "south" in capsys.readouterr().err
    assert _log("restore", district.share, "--home", desk.home, "--desk", "north") == codes.FINE
    assert desk.rows() == before


@pytest.mark.parametrize("what", ["push", "pull", "backup", "restore"])
def test_without_a_place_it_says_what_to_give(what: str, capsys: Out) -> None:
    assert _log(what) == codes.INPUT
    assert f"log {what}" in capsys.readouterr().err
