"""What the packaged program changes in its environment before it starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def bare(makers: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import start

    monkeypatch.setattr(start, "PRINT_SETTINGS", (str(tmp_path / "client.conf"),))
    for name in ("CUPS_SERVER", "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"):
        monkeypatch.setenv(name, "")  # so that what is set below is taken back afterwards
        monkeypatch.delenv(name)


def test_the_own_print_service_is_asked_through_its_file() -> None:
    import start

    start.ask_only_the_own_print_service()
    assert os.environ["CUPS_SERVER"].startswith("/")


def test_an_account_without_a_folder_is_started_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import start

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.setattr(start, "PRINT_SETTINGS", ("~/client.conf",))
    start.ask_only_the_own_print_service()
    assert os.environ["CUPS_SERVER"] == start.PRINT_SERVICE


def test_a_print_server_that_somebody_chose_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import start

    monkeypatch.setenv("CUPS_SERVER", "printers.example")
    start.ask_only_the_own_print_service()
    assert os.environ["CUPS_SERVER"] == "printers.example"
    monkeypatch.delenv("CUPS_SERVER")
    (tmp_path / "client.conf").write_text("ServerName printers.example\n", encoding="utf-8")
    start.ask_only_the_own_print_service()
    assert "CUPS_SERVER" not in os.environ


def test_a_program_without_a_console_may_print(monkeypatch: pytest.MonkeyPatch) -> None:
    import start

    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    start.print_into_nothing()
    with sys.stdout as out, sys.stderr as errors:
        assert out.write("said") + errors.write("said") == 8


def test_a_program_with_a_console_prints_there(capsys: pytest.CaptureFixture[str]) -> None:
    import start

    start.print_into_nothing()
    sys.stdout.write("said")
    assert capsys.readouterr().out == "said"


def test_other_programs_do_not_get_our_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    import start

    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/ferpa-wizard/_internal")
    start.leave_others_their_libraries()
    assert "LD_LIBRARY_PATH" not in os.environ


def test_other_programs_get_the_libraries_that_somebody_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    import start

    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/ferpa-wizard/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/chosen")
    start.leave_others_their_libraries()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/chosen"
