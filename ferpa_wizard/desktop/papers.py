"""Writing the papers of a record from a page: asks for the folder, says what happened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.pages.papers_card import PapersCard, Wanted
from ferpa_wizard.desktop.room import PAPER_ERRORS
from ferpa_wizard.documents.entries import file_numbers
from ferpa_wizard.documents.text import to_text
from ferpa_wizard.requests.papers import paper, papers, write_papers
from ferpa_wizard.requests.sealed import Sealed


class Papers(QObject):
    """Joins the card to the room; the card is its parent. `home` holds the school's own wording."""

    def __init__(self, card: PapersCard, sealed: Sealed, choosers: Choosers, *, home: Path) -> None:
        super().__init__(card)
        self._card, self._sealed, self._choosers, self._home = card, sealed, choosers, home
        self._folder: Path | None = None
        card.write.connect(self._on_write)
        card.copy.connect(self._on_copy)
        card.open_folder.connect(self._on_open)

    def _on_write(self, wanted: Wanted) -> None:
        folder = self._choosers.folder(self._card, "Save the papers in this folder")
        if folder is None:
            return
        self._card.busy()
        # One turn of the event loop, so that the busy line is painted before the work.
        QTimer.singleShot(0, self, lambda: self._write(folder, wanted))

    def _write(self, folder: Path, wanted: Wanted) -> None:
        try:
            numbers = file_numbers(wanted.files)
            files = write_papers(
                self._sealed, folder, wanted.formats, kinds=wanted.kinds, files=numbers, home=self._home
            )
        except PAPER_ERRORS as error:
            self._refuse(error)
            return
        self._folder = folder
        self._card.written(files)
        announce(self._card, f"Saved {len(files)} files.")

    def _on_copy(self, wanted: Wanted) -> None:
        try:
            numbers = file_numbers(wanted.files)
            texts = [kind.id for kind in papers(self._sealed) if kind.id in wanted.kinds and "txt" in kind.formats]
            made = [paper(self._sealed, kind, files=numbers, home=self._home) for kind in texts]
        except PAPER_ERRORS as error:
            self._refuse(error)
            return
        QGuiApplication.clipboard().setText("\n\n".join(map(to_text, made)))
        self._card.copied()
        announce(self._card, "Copied as text.")

    def _refuse(self, error: Exception) -> None:
        self._card.refused(str(error))
        announce(self._card, str(error), urgent=True)

    def _on_open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
