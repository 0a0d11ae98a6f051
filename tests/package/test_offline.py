"""The packaged program opens no network connection, and works where there is no network at all."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.package.packaged import BARE, Words, assert_passed, needs, run

pytestmark = pytest.mark.long
INTERNET = re.compile(r"\bAF_INET6?\b|\bsin6?_port\b")


def _traced(command: Words, kept: Path) -> str:
    """All calls about networks that the command and its children made."""
    needs("strace")
    tracer = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(kept)]
    if subprocess.run([*tracer, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this account may not trace a program")
    done = run(command, before=tracer, environment=BARE)
    assert done.returncode == 0, done.stderr
    return kept.read_text(encoding="utf-8", errors="replace")


def test_no_internet_socket_is_made_in_a_whole_self_test(folder: Path, tmp_path: Path) -> None:
    calls = _traced([folder / "ferpa-wizard", "self-test", "--json"], tmp_path / "calls")
    assert [line for line in calls.splitlines() if INTERNET.search(line)] == []


def test_no_internet_socket_is_made_in_a_real_window(folder: Path, tmp_path: Path) -> None:
    needs("xvfb-run", "strace")
    program = str(folder / "ferpa-wizard")
    script = 'exec strace -f -qq -e trace=network -o "$0" env -u QT_QPA_PLATFORM "$1" self-test --json'
    done = subprocess.run(
        ["xvfb-run", "-a", "sh", "-c", script, str(tmp_path / "calls"), program],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert_passed(done)
    calls = (tmp_path / "calls").read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("AF_UNIX" in line for line in calls), "the tracer saw the program talk to no screen, so it saw nothing"
    assert [line for line in calls if INTERNET.search(line)] == []


def test_the_tracer_would_see_a_socket(tmp_path: Path) -> None:
    needs("python3")
    calls = _traced(["python3", "-c", "import socket; socket.socket()"], tmp_path / "calls")
    assert INTERNET.search(calls)


def test_it_works_where_there_is_no_network(folder: Path) -> None:
    needs("unshare")
    if subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this account may not take a program off the network (root may)")
    assert_passed(run([folder / "ferpa-wizard", "self-test", "--json"], before=["unshare", "--net"]))
