"""What was worked out about texts is kept for every page, and not without end."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ferpa_wizard import paths
from ferpa_wizard.desktop.controls.lines import MOST, Lines
from ferpa_wizard.desktop.look import Look


def test_only_so_many_widths_and_settings_are_kept(qapp: QApplication) -> None:
    look = Look(qapp, paths.data() / "resources")
    look.use("light", 100)
    for number in range(MOST + 10):
        Lines(look, f"{number} records", "small").height(20)
    assert 0 < len(look.widths) <= MOST
    assert 0 < len(look.settings) <= MOST
