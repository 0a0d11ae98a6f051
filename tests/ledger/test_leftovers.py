"""What was killed or failed half way leaves nothing behind that stays, or that is in the way."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ferpa_wizard.ledger import restore as restoring
from ferpa_wizard.ledger.export import as_lines, exporting
from ferpa_wizard.ledger.restore import kept_here, restore_from_file
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import COUNT, NOW, reopened
from tests.ledger.test_full_disks import full, raising


def test_what_a_killed_program_left_of_a_file_goes_a_day_later(tmp_path: Path) -> None:
    left, of_today, other = (tmp_path / name for name in (".log.csv.a.part", ".log.csv.b.part", ".log.xlsx.c.part"))
    for path in (left, of_today, other):
        path.write_text("half")
    folder = tmp_path / ".log.csv.d.part"
    folder.mkdir()
    (folder / "half").write_text("half")
    for path in (left, other, folder):
        os.utime(path, (path.stat().st_mtime - 90_000,) * 2)
    list(exporting([], tmp_path / "log.csv", as_lines, home=tmp_path / "home"))
    assert {path.name for path in tmp_path.iterdir()} == {"log.csv", of_today.name, other.name}


def test_a_restore_whose_last_step_fails_has_put_the_ledger_back(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, new = tmp_path / "kept.sqlite", tmp_path / "new"
    shutil.copy(home / "ledger.sqlite", kept)
    with monkeypatch.context() as broken:
        broken.setattr(restoring, "remember", raising(full()))
        restore_from_file(new, kept, now=NOW)
    assert (verify(new).count, kept_here(new)) == (COUNT, "")
    reopened(new).close()
    assert len(kept_here(new)) == 32
