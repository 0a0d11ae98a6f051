"""The one-file verifier as people run it: alone, in a process of its own."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.schema import _EXPECTED, _squeezed
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import COUNT, NOW, VERIFIER, Tamper, record


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(VERIFIER), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_imports_nothing_of_ours_and_nothing_to_install() -> None:
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_it_knows_the_tables_and_guards_of_the_program(verifier: ModuleType) -> None:
    assert {
        f"{kind} {name}": hashlib.sha256(_squeezed(sql).encode()).hexdigest() for (kind, name), sql in _EXPECTED.items()
    } == verifier.SCHEMA


def test_a_healthy_ledger_ends_with_0_and_its_extent(home: Path) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        head = ledger.head()
    done = run(home / "ledger.sqlite", "--head", head)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{COUNT} entries" in done.stdout
    assert head in done.stdout


def test_a_changed_record_ends_with_1_and_its_number(home: Path, tampering: Tamper) -> None:
    with tampering() as connection:
        connection.execute("UPDATE bodies SET body = x'7b7d' WHERE sequence = 4")
    done = run(home / "ledger.sqlite", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["entry"], report["verdict"]) == (1, 4, "does-not-match")
    assert (report["count"], report["first"], report["last"]) == (3, 1, 3)


def test_a_head_that_is_not_in_the_chain_ends_with_1(home: Path) -> None:
    assert run(home / "ledger.sqlite", "--head", "a" * 64).returncode == 1


def test_what_cannot_be_read_ends_with_2(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("Dear diary")
    for path in (tmp_path / "empty", tmp_path / "text", tmp_path / "nothing", home):
        done = run(path)
        assert (done.returncode, done.stderr) == (2, "")
        assert done.stdout
    assert run(home / "ledger.sqlite", "--head", "short").returncode == 2


def test_it_changes_nothing_in_a_healthy_folder(home: Path) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in home.iterdir()}
    run(home / "ledger.sqlite")
    verify(home)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in home.iterdir()} == before


HALF_WRITTEN = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 2")
connection.execute("PRAGMA cache_spill = 1")
connection.execute("BEGIN IMMEDIATE")
for statement in sys.argv[2:]:
    connection.execute(statement)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a matter of POSIX")
def test_what_a_killed_program_left_half_written_is_undone_by_both(home: Path, tmp_path: Path) -> None:
    statements = [f"CREATE TABLE t{n} AS SELECT randomblob(9000) AS a" for n in range(20)]
    command = [sys.executable, "-c", HALF_WRITTEN, str(home / "ledger.sqlite"), *statements]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert (home / "ledger.sqlite-journal").stat().st_size > 0
    with pytest.raises(sqlite3.OperationalError):  # the journal is hot: reading alone cannot do
        sqlite3.connect(f"{(home / 'ledger.sqlite').as_uri()}?mode=ro", uri=True).execute("SELECT * FROM meta")
    copy = shutil.copytree(home, tmp_path / "copy")
    assert run(home / "ledger.sqlite").returncode == 0
    assert verify(copy).count == COUNT
    with Ledger.open(home, now=NOW) as ledger:
        assert ledger.append("decision", record(), at=NOW).sequence == COUNT + 1
