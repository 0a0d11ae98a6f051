"""Where things are, and the log that is kept there."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from ferpa_wizard import logs, paths

ROOT = Path(__file__).resolve().parents[1]


def test_the_argument_wins_over_the_environment_and_that_over_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FERPA_WIZARD_HOME", str(tmp_path / "env"))
    assert paths.home(tmp_path / "argument") == tmp_path / "argument"
    assert paths.home(str(tmp_path / "argument")) == tmp_path / "argument"
    assert paths.home() == tmp_path / "env"
    for empty in ("", None):
        if empty is None:
            monkeypatch.delenv("FERPA_WIZARD_HOME")
        else:
            monkeypatch.setenv("FERPA_WIZARD_HOME", empty)
        assert "ferpa-wizard" in paths.home().parts
    assert list(tmp_path.iterdir()) == []


def test_a_home_of_an_account_that_is_not_known_is_taken_as_it_stands(tmp_path: Path) -> None:
    assert paths.home("~nobody-of-this-name/x").name == "x"


def test_a_home_is_absolute_whatever_folder_we_are_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert paths.home("here") == tmp_path / "here"
    assert paths.home("~/there") == tmp_path / "there"


def test_rules_and_resources_stand_beside_the_package_in_a_source_tree() -> None:
    assert paths.data() == ROOT


def lay_out(folder: Path) -> Path:
    (folder / "rules" / "ferpa").mkdir(parents=True)
    (folder / "resources").mkdir()
    return folder


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder in a place of its own, with no data anywhere yet."""
    package = tmp_path / "site-packages" / "ferpa_wizard"
    package.mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "program" / "ferpa-wizard"))
    return package


def test_they_stand_inside_the_package_when_it_is_installed(installed: Path) -> None:
    (installed.parent / "resources").mkdir()  # somebody else's
    (installed.parent / "rules").mkdir()
    lay_out(installed)
    assert paths.data() == installed


def test_they_stand_where_a_packaged_program_was_unpacked(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "unpacked"), raising=False)
    lay_out(tmp_path / "unpacked")
    assert paths.data() == tmp_path / "unpacked"


def test_they_stand_beside_the_program(installed: Path, tmp_path: Path) -> None:
    lay_out(tmp_path / "program")
    assert paths.data() == tmp_path / "program"


def test_missing_rules_are_told(installed: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        paths.data()
    assert str(installed) in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_a_private_folder_is_closed_to_others_and_one_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    made = paths.private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    made.chmod(0o750)
    paths.private_folder(made)
    assert stat.S_IMODE(made.stat().st_mode) == 0o750


def test_the_names_of_new_folders_are_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(paths, "sync_folder", synced.append)
    made = paths.private_folder(tmp_path / "a" / "b")
    assert sorted(synced) == [tmp_path, tmp_path / "a"]
    paths.private_folder(made)
    assert len(synced) == 2


def test_a_folder_is_made_also_where_nobody_may_list_the_one_that_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(paths, "sync_folder", refuse)
    assert paths.private_folder(tmp_path / "a").is_dir()


# --- the log ---------------------------------------------------------------------------------------

LOGGER = logging.getLogger("ferpa_wizard.requests.desk")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    started = logs.start(tmp_path)
    assert started is not None
    yield tmp_path / "logs" / "ferpa-wizard.log"
    started.stop()


def test_the_log_shows_ids_and_numbers_and_no_words(log: Path) -> None:
    LOGGER.info("Sealed %s as %d with %s in %s", "after-steps", 7, "Maria Lopez, grade 5", Path("/a/b c"))
    LOGGER.info("Opened %(id)s of %(name)s", {"id": "d1-2", "name": "Maria"})
    LOGGER.info(ValueError("Maria"))
    text = log.read_text()
    assert "Sealed after-steps as 7 with (text) in /a/b c" in text
    assert "Opened d1-2 of (text)" in text
    assert "Maria" not in text


def test_an_error_is_logged_by_place_and_type_and_not_by_what_it_quotes(log: Path) -> None:
    def fail() -> None:
        try:
            dict[str, int]()["Maria Lopez"]
        except KeyError as error:
            raise ValueError("Maria again") from error

    try:
        fail()
    except ValueError:
        LOGGER.exception("It failed")
    text = log.read_text()
    assert "test_paths.py" in text
    assert "ValueError" in text
    assert "KeyError" in text
    assert "Maria" not in text


def test_the_log_stays_small(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (handler,) = logging.getLogger("ferpa_wizard").handlers
    assert isinstance(handler, RotatingFileHandler)
    assert (handler.maxBytes, handler.backupCount) == (1_000_000, 4)
    handler.maxBytes = 200
    for number in range(100):
        LOGGER.info("Step %d", number)
    files = list(log.parent.glob("ferpa-wizard.log*"))
    assert len(files) == 5
    assert all(path.stat().st_size <= 200 for path in files)
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_folder_that_cannot_be_written_means_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    assert logs.start(tmp_path) is None
    assert logging.getLogger("ferpa_wizard").handlers == []


CRASH = """
import ctypes, sys
from pathlib import Path
from ferpa_wizard import logs
started = logs.start(Path(sys.argv[1]))
ctypes.string_at(0)
"""


def test_a_crash_of_the_interpreter_leaves_its_place(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], check=False, cwd=ROOT, capture_output=True)
    assert done.returncode != 0
    assert b"string_at" in (tmp_path / "logs" / "crash.log").read_bytes()


def test_a_large_crash_file_is_started_anew(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "crash.log").write_bytes(b"x" * 1_000_001)
    subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], check=False, cwd=ROOT, capture_output=True)
    assert b"xxx" not in (tmp_path / "logs" / "crash.log").read_bytes()


def test_importing_makes_nothing(tmp_path: Path) -> None:
    code = "import ferpa_wizard.paths, ferpa_wizard.logs, ferpa_wizard.ledger"
    environment = {**os.environ, "HOME": str(tmp_path), "FERPA_WIZARD_HOME": str(tmp_path / "home")}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)
    assert list(tmp_path.iterdir()) == []
