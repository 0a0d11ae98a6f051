"""The shipped rules are read once: reading them is tested elsewhere, and takes longer than most of what is tested."""

from __future__ import annotations

import pytest

from tests import real


@pytest.fixture(autouse=True)
def rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For every test under a conftest.py that imports it."""
    monkeypatch.setattr("ferpa_wizard.requests.rules.read_pack", real.read_once)
