"""A small ledger to read, copy and tamper with, and both of the programs that check one."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.schema import _GUARDS
from ferpa_wizard.ledger.verify import Verdict, verify
from tests.ledger.desks import district
from tests.ledger.samples import NOW, VERIFIER, Check, Tamper, fill

__all__ = ["district"]  # a fixture


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled") / "home"
    fill(home)
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled ledger's folder."""
    return Path(shutil.copytree(filled, tmp_path / "home"))


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "fresh", now=NOW) as ledger:
        yield ledger


@pytest.fixture
def tampering(home: Path) -> Tamper:
    """A connection to the ledger without its guards, which are back in place afterwards."""

    @contextmanager
    def open_() -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(home / "ledger.sqlite", isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # nothing here has to survive
            for name in _GUARDS:
                connection.execute(f"DROP TRIGGER {name}")
            yield connection
            for statement in _GUARDS.values():
                connection.execute(statement)

    return open_


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    """The one-file verifier, loaded as a module."""
    spec = importlib.util.spec_from_file_location("verify_ledger", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses and annotations look there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def check(home: Path, verifier: ModuleType) -> Check:
    """The program's verdict, after making sure that the verifier's is the same."""

    def both(head: str | None = None, *, at: Path = home) -> Verdict:
        verdict = verify(at, head=head)
        report = verifier.check(at / "ledger.sqlite", head).as_json()
        assert report["verdict"] == verdict.outcome, (report, verdict)
        assert report["entry"] == verdict.entry, (report, verdict)
        assert verdict.entry is None or report["fault"] == verdict.fault, (report, verdict)
        assert (report["count"], report["head"]) == (verdict.count, verdict.head)
        assert (report["first"], report["last"]) == (verdict.first, verdict.last)
        assert bool(report["problems"]) is bool(verdict.problems)
        assert bool(report["notes"]) is bool(verdict.notes)
        return verdict

    return both
