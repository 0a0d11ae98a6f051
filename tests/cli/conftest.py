"""No test here reads the shipped rules for itself."""

from __future__ import annotations

from tests.read_once import rules_read_once

__all__ = ["rules_read_once"]  # a fixture
