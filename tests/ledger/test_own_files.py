"""Which files of a home folder nothing that people save may take the place of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.own_files import SETTINGS as WINDOW
from ferpa_wizard.ledger.own_files import is_own_file
from ferpa_wizard.requests.agreements import FILE as AGREEMENTS
from ferpa_wizard.requests.rules import PROFILE
from ferpa_wizard.requests.school import BEFORE
from ferpa_wizard.requests.wording import OWN_WORDING


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    for folder in (made / OWN_WORDING, Drafts(made).discarded):
        folder.mkdir(parents=True)
    return made


@pytest.mark.parametrize(
    "name",
    [
        *(AGREEMENTS, PROFILE, BEFORE, WINDOW, "our-district.yaml", "ledger.sqlite", "LEDGER.LOCK"),
        *("log-index.sqlite", "log-index.sqlite-wal", "pushed.json", "central.json", "central.lock"),
    ],
)
def test_what_the_program_keeps_beside_the_ledger_is_its_own_there_or_not(home: Path, name: str) -> None:
    assert is_own_file(home / name, home)
    assert is_own_file(home / "drafts" / ".." / name, home)
    assert not is_own_file(home.parent / name, home)


def test_drafts_and_the_schools_wording_are_its_own(home: Path) -> None:
    drafts = Drafts(home)
    for folder in (drafts.folder, drafts.discarded, home / OWN_WORDING):
        assert is_own_file(folder / "x.json", home)
    (home.parent / "way-in").symlink_to(drafts.folder)
    assert is_own_file(home.parent / "way-in" / "x.json", home)


@pytest.mark.parametrize(
    "name", ["records.csv", "passed-on-request.json", "list.html", "x" * 300, "no/such/folder/x.csv"]
)
def test_other_files_may_be_saved_in_the_folder(home: Path, name: str) -> None:
    assert not is_own_file(home / name, home)


def test_a_folder_that_is_not_there_has_no_files_yet(tmp_path: Path) -> None:
    assert not is_own_file(tmp_path / "none" / "ledger.sqlite", tmp_path / "none")
