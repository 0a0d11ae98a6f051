"""The shipped rules are read once: reading them is tested elsewhere, and takes longer than most commands."""

from __future__ import annotations

import pytest

from tests import real


@pytest.fixture(autouse=True)
def rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ferpa_wizard.requests.rules.read_pack", real.read_once)
