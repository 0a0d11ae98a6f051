"""Each check of the computer, passed and failed."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.ledger import file
from ferpa_wizard.ledger.errors import DiskFull
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.computer import accounts, checks, clock, database, folders, install, modes
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.computer.facts import facts
from ferpa_wizard.requests.desk import Desk
from tests import mounted
from tests.requests.sample_desks import example_desk

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
NOBODY = 65534
ROOT = os.name == "posix" and os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root may give files to another account")
posix = pytest.mark.skipif(os.name != "posix", reason="modes and owners are a matter of POSIX")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the made-up mounts are those of Linux")

Make = Callable[..., Desk]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = example_desk(tmp_path / "home", NOW)
    yield made
    made.close()


@pytest.fixture
def used(desk: Desk) -> Desk:
    """With a ledger, an entry in it, and a draft."""
    with Ledger.open(desk.home, now=NOW) as ledger:
        ledger.append("note", {"says": "Something that nobody else should read"}, at=NOW)
    desk._drafts.save({"format": 1, "id": "abc", "saved": NOW.isoformat(), "answers": {}})
    return desk


def _names(found: list[Check], passed: bool | None) -> set[str]:
    return {one.name for one in found if one.passed is passed}


@contextmanager
def _as_nobody() -> Iterator[None]:
    """As an account that may not write everywhere; root alone has to change for that."""
    if ROOT:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if ROOT:
            os.seteuid(0)


# --- all of them ------------------------------------------------------------------------------------


def test_a_home_that_is_in_order_passes_all_checks_and_is_left_as_it_was(used: Desk) -> None:
    before = {path: path.stat().st_mtime_ns for path in used.home.rglob("*") if path.is_file()}
    found = checks.check_all(used)
    assert _names(found, passed=False) == set()
    assert {"sqlite", "durability", "write", "space", "clock", "last-entry", "rules"} <= _names(found, passed=True)
    assert {path: path.stat().st_mtime_ns for path in used.home.rglob("*") if path.is_file()} == before


def test_a_home_that_is_not_there_yet_fails_nothing_and_is_not_made(desk: Desk) -> None:
    found = checks.check_all(desk)
    assert _names(found, passed=False) == set()
    assert {"accounts", "modes", "last-entry"} <= _names(found, passed=None)
    assert not desk.home.exists()
    assert list(desk.home.parent.iterdir()) == []


def test_names_of_checks_are_their_functions_and_each_stands_once(used: Desk) -> None:
    names = [one.name for one in checks.check_all(used)]
    assert names == [check.__name__.replace("_", "-") for check in checks.CHECKS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("error", [OSError("away"), sqlite3.OperationalError("away"), DiskFull(Path("x"))])
def test_a_check_that_cannot_be_made_has_failed_and_hides_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def odd_one(_: Desk) -> Check:
        raise error

    monkeypatch.setattr(checks, "CHECKS", (odd_one, database.sqlite))
    first, second = checks.check_all(desk)
    assert (first.name, first.passed, second.passed) == ("odd-one", False, True)
    assert str(error) in first.says


def test_a_long_log_makes_them_no_slower(used: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []

    def counted(*given: Any, **named: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*given, **named)
        made.set_progress_handler(lambda: steps.append(1), 100)  # after so many steps of SQLite's
        return made

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", counted)
    checks.check_all(used)
    short = len(steps)
    with Ledger.open(used.home, now=NOW) as ledger:
        body = {"says": "Something that nobody else should read"}
        ledger.append("note", body, at=NOW, also=lambda _: [("note", body)] * 500)
    steps.clear()
    checks.check_all(used)
    assert 0 < len(steps) <= short + 5


# --- SQLite -----------------------------------------------------------------------------------------


def test_an_old_sqlite_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 9))
    assert database.sqlite(desk).passed is False


@pytest.mark.parametrize(
    "weaker",
    ["synchronous = NORMAL", "synchronous = FULL", "journal_mode = WAL", "journal_mode = MEMORY", "fullfsync = OFF"],
)
def test_settings_that_are_not_in_force_are_told(weaker: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pragmas = file._pragmas
    monkeypatch.setattr(file, "_pragmas", lambda *, writable: [*pragmas(writable=writable), f"PRAGMA {weaker}"])
    found = database.durability(desk)
    assert found.passed is False
    assert weaker.split(maxsplit=1)[0] in found.says


# --- place, room, writing ---------------------------------------------------------------------------


@linux
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_home_on_a_network_fails_and_is_told_on_home(
    used: Desk, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted.mounting(tmp_path, monkeypatch)(used.home, kind)
    found = folders.place(used)
    assert found.passed is False
    assert kind in found.says
    assert used.problems() == [found.says]


def test_a_home_that_is_synchronized_fails_and_is_told_on_home(used: Desk, tmp_path: Path) -> None:
    assert used.problems() == []
    (tmp_path / ".stfolder").mkdir()
    found = folders.place(used)
    assert found.passed is False
    assert "Syncthing" in found.says
    assert str(tmp_path / ".stfolder") in found.says
    assert used.problems() == [found.says]


@linux
def test_a_home_in_memory_is_neither_passed_nor_failed(
    used: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount = mounted.mounting(tmp_path, monkeypatch)
    mount(used.home, "tmpfs")
    assert folders.place(used).passed is None
    mount(used.home, "ext4")
    assert folders.place(used).passed is True


@pytest.mark.parametrize("exists", [False, True])
def test_a_home_that_may_only_be_read_cannot_be_written(tmp_path: Path, exists: bool) -> None:
    with _reachable(tmp_path):
        home = tmp_path / "closed" / "home" if not exists else tmp_path / "closed"
        (tmp_path / "closed").mkdir(mode=0o555)
        with _as_nobody():
            found = checks._checked(folders.write, example_desk(home, NOW))
    assert found.passed is False
    assert str(home) in found.says


@contextmanager
def _reachable(folder: Path) -> Iterator[None]:
    """Lets nobody come as far as this folder of root's."""
    closed = [one for one in (folder, *folder.parents) if ROOT and not one.stat().st_mode & 0o001]
    kept = {one: one.stat().st_mode for one in closed}
    for one in closed:
        one.chmod(0o755)
    try:
        yield
    finally:
        for one, mode in kept.items():
            one.chmod(mode & 0o7777)


def test_a_home_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    assert checks._checked(folders.write, example_desk(tmp_path / "home", NOW)).passed is False


@posix
def test_a_home_that_is_a_link_to_nowhere_cannot_be_written_and_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "home").symlink_to(tmp_path / "gone")
    assert checks._checked(folders.write, example_desk(tmp_path / "home", NOW)).passed is False
    assert not (tmp_path / "gone").exists()


def test_a_disk_that_does_not_answer_when_it_is_asked_to_keep_a_file_is_told(
    used: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(_: int) -> None:
        raise OSError(5, "Input/output error")

    before = sorted(used.home.iterdir())
    monkeypatch.setattr(os, "fsync", fsync)
    assert checks._checked(folders.write, used).passed is False
    assert sorted(used.home.iterdir()) == before


def test_room_for_the_ledger_once_more_is_asked_for(used: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = folders.needed_bytes(used.home)
    assert needed == folders.SPARE_BYTES + (used.home / "ledger.sqlite").stat().st_size
    monkeypatch.setattr(folders, "free_bytes", lambda _: needed - 1)
    assert folders.space(used).passed is False
    monkeypatch.setattr(folders, "free_bytes", lambda _: needed)
    assert folders.space(used).passed is True


FULL = """
import sys
from pathlib import Path
from ferpa_wizard.requests.computer.checks import _checked
from ferpa_wizard.requests.computer.folders import space, write
from ferpa_wizard.requests.desk import Desk
disk = Path(sys.argv[1])
desk = Desk.open(disk / "home")
desk.home.mkdir(mode=0o700)
print("space", _checked(space, desk).passed)
print("write", _checked(write, desk).passed)
with (disk / "filler").open("wb", buffering=0) as filler:
    try:
        while filler.write(bytes(4096)):
            pass
    except OSError:
        pass
print("full", _checked(write, desk).passed, len(list(desk.home.iterdir())))
"""


@linux
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """On a real one of one MiB, in a mount namespace of its own."""
    alone = ["unshare", "--mount"] if ROOT else ["unshare", "--mount", "--map-root-user"]
    folder, python = shlex.quote(str(tmp_path)), shlex.quote(sys.executable)
    words = [*alone, "sh", "-c", f'mount -t tmpfs -o size=1m tmpfs {folder} && exec {python} -c "$1" {folder}', "sh"]
    if subprocess.run([*words, ""], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespace can be made here")
    done = subprocess.run([*words, FULL], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.stdout.splitlines() == ["space False", "write True", "full False 0"], done.stderr


# --- modes and accounts -----------------------------------------------------------------------------

KEPT = ("", "ledger.sqlite", "ledger.lock", "drafts", "drafts/abc.json", "window.json")


@posix
@pytest.mark.parametrize("mode", [0o040, 0o004, 0o020, 0o002])
@pytest.mark.parametrize("name", KEPT)
def test_what_others_may_read_is_named_with_the_command_that_mends_it(used: Desk, name: str, mode: int) -> None:
    (used.home / "window.json").touch(mode=0o600)
    assert modes.modes(used).passed is True
    path = used.home / name
    path.chmod(modes.mode_of(path) | mode)
    found = modes.modes(used)
    assert found.passed is False
    command = found.says.split("`")[1]
    assert command.endswith(str(path))
    subprocess.run(shlex.split(command), check=True)
    assert modes.modes(used).passed is True


@posix
def test_many_wrong_modes_are_counted(used: Desk) -> None:
    for number in range(30):
        (used.home / "drafts" / f"{number}.json").touch(mode=0o644)
        (used.home / "drafts" / f"{number}.json").chmod(0o644)
    found = modes.modes(used)
    assert found.passed is False
    assert found.says.count("`") == 2 * modes._MOST
    assert str(30 - modes._MOST) in found.says


@as_root
@pytest.mark.parametrize("name", ["", "ledger.lock", "ledger.sqlite", "drafts"])
def test_another_account_in_this_home_is_named(used: Desk, name: str) -> None:
    assert accounts.accounts(used).passed is True
    os.chown(used.home / name, NOBODY, -1)
    found = accounts.accounts(used)
    assert found.passed is False
    assert accounts.name_of(NOBODY) in found.says
    assert facts(used)["accounts"] == {
        "running": accounts.name_of(0),
        "owner": accounts.name_of(0 if name else NOBODY),
    }


@posix
def test_an_account_that_was_deleted_is_named_by_its_number() -> None:
    assert accounts.name_of(3_999_999_999) == "3999999999"


# --- the clock --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "passed"), [(1970, False), (2025, False), (2026, True), (2099, True), (2100, False)])
def test_a_year_that_cannot_be_is_told(tmp_path: Path, year: int, passed: bool) -> None:
    assert clock.clock(example_desk(tmp_path, NOW.replace(year=year))).passed is passed


@pytest.mark.parametrize(
    ("zone", "known"),
    [
        ("America/New_York", True),
        (":America/Chicago", True),
        ("UTC", True),
        ("EST5EDT,M3.2.0,M11.1.0", True),
        ("<+0330>-3:30", True),
        ("/etc/localtime", True),
        ("", True),
        ("America/Nowhere", False),
        ("Springfield", False),
        ("../../etc/passwd", False),
    ],
)
@posix
def test_a_zone_that_nobody_knows_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, known: bool
) -> None:
    if not any(Path(folder).is_dir() for folder in clock.ZONES):
        pytest.skip("this computer has no table of zones")
    monkeypatch.setenv("TZ", zone)
    assert clock.clock(example_desk(tmp_path, NOW)).passed is known


@pytest.mark.parametrize(("ahead", "passed"), [(-1, True), (0, True), (1, False), (400 * 86_400, False)])
def test_an_entry_that_was_sealed_after_now_is_told(used: Desk, ahead: int, passed: bool) -> None:
    with Ledger.open(used.home, now=NOW) as ledger:
        ledger.append("note", {}, at=NOW + timedelta(seconds=ahead))
    assert clock.last_entry(used).passed is passed
    elsewhere = example_desk(used.home, NOW.astimezone(timezone(timedelta(hours=-8))))
    assert clock.last_entry(elsewhere).passed is passed


def test_a_damaged_ledger_is_told_and_its_last_entry_is_null(used: Desk) -> None:
    (used.home / "ledger.sqlite").write_bytes(b"")
    assert checks._checked(clock.last_entry, used).passed is False
    assert facts(used)["clock"] == {"now": NOW.isoformat(), "zone": "UTC", "last_entry": None}


# --- the program's folder ---------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("name", ["", "_internal", "_internal/lib.so", "ferpa-wizard"])
def test_a_program_that_this_account_can_change_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, desk: Desk
) -> None:
    folder = tmp_path / "program"
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "lib.so").touch()
    (folder / "ferpa-wizard").touch()
    for one in (*folder.rglob("*"), folder):
        one.chmod(0o555)
    monkeypatch.setattr(install, "packaged", lambda: folder)
    with _reachable(tmp_path):
        with _as_nobody():
            assert install.install(desk).passed is True
        (folder / name).chmod(0o777)
        with _as_nobody():
            found = install.install(desk)
    assert found.passed is False
    assert str(folder / name) in found.says
    folder.chmod(0o755)


@posix
@pytest.mark.parametrize(("mode", "passed"), [(0o755, True), (0o777, False), (0o1777, True)])
def test_a_program_in_whose_place_this_account_can_put_another_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, passed: bool, desk: Desk
) -> None:
    folder = tmp_path / "programs" / "program"
    folder.mkdir(parents=True)
    folder.chmod(0o555)
    folder.parent.chmod(mode)
    monkeypatch.setattr(install, "packaged", lambda: folder)
    with _reachable(tmp_path), _as_nobody():
        found = install.install(desk)
    assert found.passed is passed
    assert passed or str(folder.parent) in found.says


@posix
def test_the_folder_of_a_program_that_is_not_packaged_is_not_looked_at(desk: Desk) -> None:
    assert install.packaged() is None
    assert install.install(desk).passed is None


@as_root
def test_an_administrator_is_told_to_come_as_somebody_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "packaged", lambda: desk.home.parent)
    assert install.install(desk).passed is None


# --- rules and profile ------------------------------------------------------------------------------


def test_a_profile_that_cannot_be_read_is_told_with_its_line_and_hides_no_other_check(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path)
    assert "rules" in _names(checks.check_all(desk), passed=True)
    (tmp_path / "profile.yaml").write_text("answers:\n  no-such-question: yes\n", encoding="utf-8")
    found = {one.name: one for one in checks.check_all(Desk.open(tmp_path))}
    assert found["rules"].passed is False
    assert f"{tmp_path / 'profile.yaml'}:2" in found["rules"].says
    assert found["write"].passed is True


# --- facts ------------------------------------------------------------------------------------------


@posix
def test_facts_tell_of_the_home_and_say_nothing_of_what_is_in_it(used: Desk) -> None:
    found = facts(used)
    assert found["durability"] == file.IN_FORCE
    kept = found["modes"]
    assert isinstance(kept, dict)
    assert kept["."] == kept["drafts"] == "0700"
    assert kept["ledger.sqlite"] == kept["ledger.lock"] == "0600"
    assert found["clock"] == {"now": NOW.isoformat(), "zone": "UTC", "last_entry": NOW.isoformat()}
    assert "abc" not in str(found)
    assert "nobody else" not in str(found)


def test_facts_of_a_computer_with_something_wrong_are_told_as_far_as_they_go(
    used: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OSError("away")

    monkeypatch.setattr("ferpa_wizard.requests.computer.facts.settings", away)
    monkeypatch.setattr("ferpa_wizard.requests.computer.facts.free_bytes", away)
    found = facts(used)
    assert (found["durability"], found["free_bytes"]) == ({}, None)
