"""The chains of a home folder, and opening one that a killed program left half written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ferpa_wizard.ledger.chains import Chain, chains
from ferpa_wizard.ledger.errors import LedgerDamaged
from ferpa_wizard.ledger.ledger import Ledger
from tests.ledger.samples import COUNT, NOW, installation
from tests.ledger.test_verifier import HALF_WRITTEN


def _copy(home: Path, name: str) -> Path:
    """Something that lies where the copy of a desk would."""
    folder = home / "desks" / name
    folder.mkdir(parents=True)
    shutil.copyfile(home / "ledger.sqlite", folder / "ledger.sqlite")
    return folder


def test_a_home_without_a_ledger_has_no_chain_and_none_is_made(tmp_path: Path) -> None:
    assert chains(tmp_path / "nowhere") == []
    assert list(tmp_path.iterdir()) == []


def test_the_own_chain_comes_first_and_is_never_listed_as_a_copy_as_well(home: Path) -> None:
    own, first, second = installation(home), "0" * 32, "f" * 32
    folders = {name: _copy(home, name) for name in (second, own, first)}
    assert chains(home) == [Chain(own, home), Chain(first, folders[first]), Chain(second, folders[second])]


def test_other_things_in_the_folder_of_copies_are_no_chains(home: Path) -> None:
    _copy(home, "notes")
    _copy(home, "F" * 32)
    (home / "desks" / ("a" * 32)).mkdir()
    (home / "desks" / ("b" * 32)).touch()
    assert [chain.home for chain in chains(home)] == [home]


def test_a_damaged_own_ledger_is_told(home: Path) -> None:
    (home / "ledger.sqlite").write_bytes(b"")
    with pytest.raises(LedgerDamaged):
        chains(home)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a matter of POSIX")
def test_a_chain_is_read_although_a_killed_program_left_it_half_written(home: Path) -> None:
    statements = [f"CREATE TABLE t{n} AS SELECT randomblob(9000) AS a" for n in range(20)]
    command = [sys.executable, "-c", HALF_WRITTEN, str(home / "ledger.sqlite"), *statements]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    (own,) = chains(shutil.copytree(home, home.parent / "other"))
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        assert (ledger.installation, ledger.count()) == (own.installation, COUNT)
        assert ledger.readonly
