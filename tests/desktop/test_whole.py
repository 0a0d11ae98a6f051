"""The window on the real rules: one request walked, sealed, printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ferpa_wizard import paths
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.desktop.selftest import self_test
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.desk import Desk


@pytest.fixture
def real(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path / "home", profile=paths.data() / "rules" / "profiles" / "example.yaml")


def test_self_test_walks_seals_and_prints(qapp: QApplication, real: Desk) -> None:
    checks = self_test(real)
    assert [name for name, passed, _says in checks if not passed] == []
    assert {name for name, _passed, _says in checks} >= {"window", "questions", "result", "record", "ledger", "paper"}
    assert len(real.recent()) == 1
    real.close()


def test_self_test_tells_when_nothing_can_be_sealed(
    qapp: QApplication, real: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise LedgerError(Path("ledger.sqlite"))

    assert LedgerError in STORE_ERRORS
    monkeypatch.setattr(Desk, "_append", refuse)
    checks = {name: passed for name, passed, _says in self_test(real)}
    assert checks["result"]
    assert not checks["record"]
    real.close()
