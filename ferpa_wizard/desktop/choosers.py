"""Asking people where to save, through one object that a test can take the place of."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


class Choosers:
    """Asks people where to save."""

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder, or None when people think better of it."""
        found = QFileDialog.getExistingDirectory(parent, title)
        return Path(found) if found else None

    def file(self, parent: QWidget, title: str, *, name: str) -> Path | None:
        """A file to write, or None."""
        found, _filter = QFileDialog.getSaveFileName(parent, title, name)
        return Path(found) if found else None
