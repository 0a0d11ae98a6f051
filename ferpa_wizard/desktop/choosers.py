"""Asking people what to open, where to save or print, through one object that a test can take the place of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Choosers:
    """Asks people what to open, where to save or print."""

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder, or None when people think better of it."""
        found = QFileDialog.getExistingDirectory(parent, title)
        return Path(found) if found else None

    def file(self, parent: QWidget, title: str, *, name: str) -> Path | None:
        """A file to write, or None."""
        found, _filter = QFileDialog.getSaveFileName(parent, title, name)
        return Path(found) if found else None

    def to_open(self, parent: QWidget, title: str, *, kind: str) -> Path | None:
        """A file to read, or None; `kind` says which are listed: Passed on (*.json)."""
        found, _filter = QFileDialog.getOpenFileName(parent, title, "", kind)
        return Path(found) if found else None

    def printer(self, parent: QWidget, printer: QPrinter, *, pages: int) -> bool:
        """Set the printer up as people choose for so many pages; False when they think better of it."""
        from PySide6.QtPrintSupport import QPrintDialog

        dialog = QPrintDialog(printer, parent)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)
        chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        return chosen
