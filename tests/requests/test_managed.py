"""What the organization set holds, whatever a person tries."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes
from ferpa_wizard.cli.main import main
from ferpa_wizard.core.settings import Policy, PolicyError
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.ledger.own_files import SETTINGS as FILE
from ferpa_wizard.requests import managed
from ferpa_wizard.requests.computer.district import district as district_check
from ferpa_wizard.requests.computer.policy import policy as policy_check
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.share import set_folder
from tests.requests.releases import OTHER_KEY, lay, policy, sealed

LOCKED = {"theme": "dark", "text_size": 150, "log_folder": "/mnt/ferpa", "school": "Lincoln High"}
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links of files are told otherwise here")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this machine's policy lies; it belongs to whoever runs the tests."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    monkeypatch.setattr(managed, "place", lambda: folder / managed.FILE)
    if os.name == "posix":
        monkeypatch.setattr(managed, "OWNER", os.getuid())
    return folder


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the account that runs the program."""
    folder = tmp_path / "home" / "osei"
    folder.mkdir(parents=True)
    monkeypatch.setattr(managed, "_account", lambda: folder)
    return folder


def lock(machine: Path, **values: object) -> Path:
    """Write the policy; where it lies."""
    file = machine / managed.FILE
    file.write_text(json.dumps({**LOCKED, **values}), encoding="utf-8")
    file.chmod(0o644)
    return file


def held(capsys: pytest.CaptureFixture[str], *flags: str) -> dict[str, tuple[object, str]]:
    """What `settings` says holds, and who set it."""
    assert main([*flags, "settings", "--json"]) == codes.FINE
    found = json.loads(capsys.readouterr().out)["settings"]
    return {name: (one["value"], one["by"]) for name, one in found.items()}


ENVIRONMENT = (
    *("FERPA_WIZARD_HOME", "FERPA_WIZARD_POLICY", "FERPA_WIZARD_THEME", "FERPA_WIZARD_TEXT_SIZE"),
    *("FERPA_WIZARD_SCHOOL", "FERPA_WIZARD_LOG_FOLDER", "FERPA_WIZARD_RULES_FOLDER", "FERPA_WIZARD_RULES_KEYS"),
    *("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS", "XDG_STATE_HOME"),
    *("USERPROFILE", "LOCALAPPDATA", "APPDATA", "PROGRAMDATA", "ALLUSERSPROFILE", "HOMEPATH", "HOMEDRIVE"),
    *("USER", "LOGNAME", "USERNAME", "TMPDIR", "SUDO_USER"),
)


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_no_variable_of_the_environment_changes_what_is_set(
    name: str, machine: Path, account: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock(machine, home="~/ferpa")
    other = account.parent / "other"
    other.mkdir()
    (other / managed.FILE).write_text('{"theme": "light"}', encoding="utf-8")
    monkeypatch.setenv(name, str(other))
    found = held(capsys)
    assert found["home"] == (str(account / "ferpa"), "organization")
    assert {key: found[key] for key in LOCKED} == {key: (value, "organization") for key, value in LOCKED.items()}


@pytest.mark.parametrize("flags", [["--home", "OTHER"], ["--home=OTHER"], ["--hom", "OTHER"], ["--home", "."]])
@pytest.mark.parametrize("command", [["settings"], ["log", "list"], ["about"], ["agreements", "list"]])
def test_another_home_folder_is_refused(
    flags: list[str], command: list[str], machine: Path, account: Path, tmp_path: Path
) -> None:
    lock(machine, home="~/ferpa")
    other = tmp_path / "other"
    assert main([flag.replace("OTHER", str(other)) for flag in flags] + command) == codes.POLICY
    assert not other.exists()


def test_who_starts_the_window_is_told_in_a_window(
    machine: Path, account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, told = lock(machine, home="~/ferpa"), list[str]()
    monkeypatch.setattr("ferpa_wizard.cli.start.why_no_window", lambda: None)
    monkeypatch.setattr("ferpa_wizard.desktop.app.refuse", told.append)
    assert main(["--home", str(tmp_path / "other")]) == codes.POLICY
    (says,) = told
    assert str(file) in says


@POSIX
@pytest.mark.parametrize("name", ENVIRONMENT)
def test_no_variable_leads_to_another_policy_or_another_account(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pwd

    before = managed.place(), managed._account()
    monkeypatch.setenv(name, str(tmp_path))
    assert (managed.place(), managed._account()) == before
    assert managed._account() == Path(pwd.getpwuid(os.getuid()).pw_dir)


def test_nothing_that_listens_to_the_environment_says_where_the_policy_lies() -> None:
    """On Windows, which no test runs on, platformdirs takes WIN_PD_OVERRIDE_COMMON_APPDATA for the folder."""
    tree = ast.parse(Path(managed.__file__).read_text(encoding="utf-8"))
    names = {getattr(node, key, "") for node in ast.walk(tree) for key in ("id", "attr", "name")}
    assert not names & {"platformdirs", "environ", "getenv", "expandvars"}


USER_FILES = {
    "theme": '{"theme": "light"}',
    "percent": '{"percent": 100}',
    "both": '{"theme": "contrast", "percent": 200}',
    "by the id": '{"text_size": 100, "log_folder": "/tmp/x", "school": "Other"}',
    "locks": '{"held": {}, "locked": [], "policy": null}',
    "a policy": '{"policy": {"theme": "light"}}',
    "no JSON": "{",
    "a list": "[]",
}


@pytest.mark.parametrize("text", USER_FILES.values(), ids=USER_FILES)
def test_no_file_of_the_person_changes_what_is_set(text: str, machine: Path, tmp_path: Path) -> None:
    lock(machine)
    home = tmp_path / "own"
    home.mkdir()
    (home / FILE).write_text(text, encoding="utf-8")
    (home / managed.FILE).write_text('{"theme": "light", "text_size": 100}', encoding="utf-8")
    kept = Memory(home, managed.policy()).kept
    assert (kept.theme, kept.percent) == ("dark", 150)


def test_what_the_window_would_keep_of_it_is_not_kept_and_comes_back_when_the_policy_goes(
    machine: Path, tmp_path: Path
) -> None:
    Memory(tmp_path).keep(theme="contrast", percent=120)
    lock(machine)
    memory = Memory(tmp_path, managed.policy())
    memory.keep(theme="light", percent=100, panel_open=True)
    assert (memory.kept.theme, memory.kept.percent, memory.kept.panel_open) == ("dark", 150, True)
    free = Memory(tmp_path).kept
    assert (free.theme, free.percent, free.panel_open) == ("contrast", 120, True)


def test_the_folder_of_the_log_is_the_one_that_is_set(machine: Path, tmp_path: Path) -> None:
    lock(machine)
    (tmp_path / "profile.yaml").write_text("school: A\nlog_folder: /tmp/mine\n", encoding="utf-8")
    assert set_folder(Desk.open(tmp_path, policy=managed.policy())) == Path("/mnt/ferpa")


@POSIX
@pytest.mark.parametrize("form", ["~", "whole path"])
@pytest.mark.parametrize("part", ["ferpa", "district", "district/ferpa"])
def test_a_home_folder_that_is_a_link_is_refused(
    part: str, form: str, machine: Path, account: Path, tmp_path: Path
) -> None:
    lock(machine, home=f"{form if form == '~' else account}/{'ferpa' if part == 'ferpa' else 'district/ferpa'}")
    other = tmp_path / "other"
    (other / "ferpa").mkdir(parents=True)
    link = account / part
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(other)
    assert main(["log", "list"]) == codes.POLICY


@pytest.mark.parametrize("form", ["~", "whole path"])
def test_a_home_folder_that_is_a_file_is_refused(form: str, machine: Path, account: Path) -> None:
    lock(machine, home=f"{form if form == '~' else account}/ferpa")
    (account / "ferpa").touch()
    assert main(["log", "list"]) == codes.POLICY


def test_an_account_without_a_folder_is_refused_only_where_it_needs_one(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr("pwd.getpwuid", unknown)
    lock(machine, home="~/ferpa")
    with pytest.raises(PolicyError):
        managed.home_under(managed.policy(), None)
    lock(machine, home=str(tmp_path / "ferpa"))
    assert managed.home_under(managed.policy(), None) == tmp_path / "ferpa"


@POSIX
def test_what_lies_above_the_account_may_be_a_link(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk2" / "osei").mkdir(parents=True)
    (tmp_path / "users").symlink_to(tmp_path / "disk2")
    monkeypatch.setattr(managed, "_account", lambda: tmp_path / "users" / "osei")
    lock(machine, home="~/ferpa")
    assert managed.home_under(managed.policy(), None) == tmp_path / "users" / "osei" / "ferpa"


@POSIX
@pytest.mark.parametrize("spoil", ["file writable", "folder writable", "another owner", "link to a writable file"])
def test_a_policy_that_ordinary_accounts_can_write_is_refused(
    spoil: str, machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = lock(machine)
    if spoil == "file writable":
        file.chmod(0o646)
    elif spoil == "folder writable":
        machine.chmod(0o777)
    elif spoil == "another owner":
        monkeypatch.setattr(managed, "OWNER", os.getuid() + 1)
    else:
        theirs = tmp_path / "theirs"
        theirs.mkdir(mode=0o777)
        theirs.chmod(0o777)
        file.rename(theirs / "mine.json")
        file.symlink_to(theirs / "mine.json")
    with pytest.raises(PolicyError):
        managed.policy()


@POSIX
def test_a_policy_that_is_a_link_to_itself_cannot_be_read(machine: Path) -> None:
    (machine / managed.FILE).symlink_to(machine / managed.FILE)
    with pytest.raises(PolicyError, match="cannot be read"):
        managed.policy()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"theme": "pink"}', '{"home": "here"}', "x" * 2_000_000])
def test_a_broken_policy_lets_nothing_open(
    text: str, machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (machine / managed.FILE).write_text(text, encoding="utf-8")
    assert main(["--home", str(tmp_path / "own"), "log", "list"]) == codes.POLICY
    assert str(machine / managed.FILE) in capsys.readouterr().err
    assert not (tmp_path / "own").exists()


def test_without_a_policy_all_is_as_before(machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = held(capsys, "--home", str(tmp_path / "own"))
    assert {by for _value, by in found.values()} == {"nobody", "person"}
    assert found["home"] == (str(tmp_path / "own"), "person")


def test_the_registry_counts_as_a_policy_of_its_own(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(managed, "_registry", lambda: {"theme": "contrast", "text_size": 120})
    lock(machine)
    found = managed.policy().values
    assert (found["theme"], found["text_size"], found["school"]) == ("contrast", 120, "Lincoln High")
    monkeypatch.setattr(managed, "_registry", lambda: {"text_size": "large"})
    with pytest.raises(PolicyError):
        managed.policy()


@pytest.mark.parametrize(
    ("values", "state"),
    [({}, "not-applicable"), ({"theme": "dark"}, "passed"), ({"theme": "dark", "colour": "blue"}, "failed")],
)
def test_the_self_test_tells_of_the_policy(
    values: dict[str, object], state: str, machine: Path, tmp_path: Path
) -> None:
    if values:
        (machine / managed.FILE).write_text(json.dumps(values), encoding="utf-8")
    assert policy_check(Desk.open(tmp_path / "own", policy=managed.policy())).state == state


def test_the_self_test_tells_of_the_rules_of_the_district(tmp_path: Path) -> None:
    home, share = tmp_path / "home", tmp_path / "share"

    def state(where: Path | None) -> str:
        return district_check(Desk.open(home, policy=policy(where) if where else Policy())).state

    assert state(None) == "not-applicable"
    lay(share, sealed(release=5))
    assert state(share) == "not-applicable"  # nobody looked yet
    _look(home, share)
    assert state(share) == "passed"
    assert state(None) == "not-applicable"  # it rests
    lay(share, sealed(release=6, key=OTHER_KEY))
    _look(home, share)
    assert state(share) == "failed"
    lay(share, sealed(release=6))
    _look(home, share)
    assert state(share) == "passed"
    for file in (home / "central").rglob("*.yaml"):
        file.write_text("changed", encoding="utf-8")
    assert state(share) == "failed"


def _look(home: Path, share: Path) -> None:
    Desk.open(home, policy=policy(share)).central.look()


def test_what_the_profile_sets_is_told_as_such(
    machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "own"
    home.mkdir()
    (home / "profile.yaml").write_text("school: Adams Middle\nlog_folder: /mnt/adams\n", encoding="utf-8")
    monkeypatch.setenv("FERPA_WIZARD_HOME", str(home))
    found = held(capsys)
    assert found["school"] == ("Adams Middle", "profile")
    assert found["log_folder"] == ("/mnt/adams", "profile")
    assert found["home"] == (str(home), "person")
    lock(machine)
    assert held(capsys)["log_folder"] == (LOCKED["log_folder"], "organization")
