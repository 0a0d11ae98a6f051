"""`self-test` and `about` tell of this computer; a ledger where none may be is refused, and still read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import about as about_module
from ferpa_wizard.cli import codes, main
from ferpa_wizard.requests.computer.check import Check
from tests import real

FIRST_RUN = str(real.RULES / "examples/first-run.yaml")
EXAMPLE = str(real.RULES / "profiles/example.yaml")
SEAL = ["decide", FIRST_RUN, "--profile", EXAMPLE, "--seal", "share-after-steps"]
Out = pytest.CaptureFixture[str]


@pytest.fixture
def no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk in the window is tested beside the desktop."""
    monkeypatch.setattr(about_module, "_window", lambda: [Check("window", True, "opened")])


def _told(out: Out, code: int = codes.FINE) -> dict[str, Any]:
    assert main(["self-test", "--json"]) == code
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


def test_all_is_well_on_this_computer(capsys: Out, no_window: None, own_home: Path) -> None:
    found = _told(capsys)
    assert found["passed"] is True
    assert all(set(one) == {"check", "passed", "state", "says"} for one in found["checks"])
    states = {one["check"]: one["state"] for one in found["checks"]}
    assert states["durability"] == states["rules"] == states["window"] == "passed"
    assert states["modes"] == "not-applicable"
    assert all(one["passed"] for one in found["checks"])
    assert not own_home.exists()


def test_one_check_that_fails_decides_how_it_ends(capsys: Out, no_window: None, own_home: Path) -> None:
    assert main(SEAL) == codes.FINE
    own_home.chmod(0o755)
    capsys.readouterr()
    found = _told(capsys, codes.MISMATCH)
    assert found["passed"] is False
    (wrong,) = (one for one in found["checks"] if not one["passed"])
    assert (wrong["check"], wrong["state"]) == ("modes", "failed")
    assert main(["self-test"]) == codes.MISMATCH
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("FAILED"))
    assert wrong["says"] in line


def test_without_qt_the_other_checks_are_made(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about_module, "why_no_window", lambda: "There is none.")
    found = _told(capsys, codes.MISMATCH)
    assert [one["check"] for one in found["checks"] if not one["passed"]] == ["qt-platform"]
    assert len(found["checks"]) > 5


def test_about_tells_of_the_computer_by_names_that_stay(capsys: Out, own_home: Path) -> None:
    assert main(SEAL) == codes.FINE
    capsys.readouterr()
    assert main(["about", "--json"]) == codes.FINE
    found = json.loads(capsys.readouterr().out)
    assert set(found) >= {"sqlite", "durability", "place", "free_bytes", "modes", "accounts", "clock", "plugins"}
    assert found["durability"]["journal_mode"] == "delete"
    assert found["durability"]["synchronous"] == 3
    assert found["place"]["kind"] == "local"
    assert found["clock"]["last_entry"]
    assert found["free_bytes"] > 0
    assert main(["about"]) == codes.FINE
    lines = capsys.readouterr().out.splitlines()
    assert {line.split(":")[0] for line in lines} == set(found)


def test_about_tells_the_rest_where_the_profile_cannot_be_read(capsys: Out, own_home: Path) -> None:
    assert main(["about", "--json"]) == codes.FINE
    names = set(json.loads(capsys.readouterr().out))
    own_home.mkdir(exist_ok=True)
    (own_home / "profile.yaml").write_text("answers:\n  no-such-question: yes\n", encoding="utf-8")
    assert main(["about"]) == main(["about", "--json"]) == codes.INPUT
    said = capsys.readouterr()
    assert said.err.count(f"{own_home / 'profile.yaml'}:2") == 2
    found = json.loads(said.out[said.out.index("{\n") :])  # the lines of the first stand before it
    assert set(found) == names
    assert (found["pack"], found["home"]) == (None, str(own_home))


def test_what_lies_in_a_synchronized_folder_is_read_and_not_written(
    capsys: Out, own_home: Path, no_window: None, tmp_path: Path
) -> None:
    assert main(SEAL) == codes.FINE
    (own_home / ".stfolder").mkdir()
    kept = (own_home / "ledger.sqlite").read_bytes()
    capsys.readouterr()
    assert main(SEAL) == codes.LEDGER
    (line,) = capsys.readouterr().err.splitlines()
    assert "Syncthing" in line and "log push" in line
    for words in (
        ["list"],
        ["show", "2026-0001"],
        ["verify"],
        ["export", "--out", str(tmp_path / "log.csv")],
        ["stats"],
    ):
        assert main(["log", *words]) == codes.FINE, words
    assert (own_home / "ledger.sqlite").read_bytes() == kept
    (tmp_path / "share").mkdir()
    assert main(["log", "push", str(tmp_path / "share")]) == codes.FINE
    assert main(["log", "backup", str(tmp_path)]) == codes.FINE
    capsys.readouterr()
    assert [one["check"] for one in _told(capsys, codes.MISMATCH)["checks"] if not one["passed"]] == ["place"]


def test_nothing_is_made_in_a_synchronized_folder(capsys: Out, own_home: Path) -> None:
    (own_home.parent / ".stfolder").mkdir()
    assert main(SEAL) == codes.LEDGER
    assert main(["interview", "--json", "--seal"]) == codes.LEDGER
    assert capsys.readouterr().out == ""  # nobody was asked anything
    assert not own_home.exists()
