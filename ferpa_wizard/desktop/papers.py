"""Writing the papers of a record from a page: asks for the folder, says what happened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.pages.saved import PapersCard
from ferpa_wizard.desktop.room import PAPER_ERRORS
from ferpa_wizard.requests.papers import write_papers
from ferpa_wizard.requests.sealed import Sealed


class Papers(QObject):
    """Joins the card to the room; the card is its parent."""

    def __init__(self, card: PapersCard, sealed: Sealed, choosers: Choosers) -> None:
        super().__init__(card)
        self._card, self._sealed, self._choosers = card, sealed, choosers
        self._folder: Path | None = None
        card.write.connect(self._on_write)
        card.open_folder.connect(self._on_open)

    def _on_write(self, formats: list[str]) -> None:
        folder = self._choosers.folder(self._card, "Save the papers in this folder")
        if folder is None:
            return
        self._card.busy()
        # One turn of the event loop, so that the busy line is painted before the work.
        QTimer.singleShot(0, self, lambda: self._write(folder, formats))

    def _write(self, folder: Path, formats: list[str]) -> None:
        try:
            files = write_papers(self._sealed, folder, formats)
        except PAPER_ERRORS as error:
            self._card.refused(str(error))
            announce(self._card, str(error), urgent=True)
            return
        self._folder = folder
        self._card.written(files)
        announce(self._card, f"Saved {len(files)} files.")

    def _on_open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
