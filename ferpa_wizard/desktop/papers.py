"""The papers of a record from a page: writes, copies or prints them, and says what happened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.pages.papers_card import PapersCard, Wanted
from ferpa_wizard.desktop.room import PAPER_ERRORS, STORE_ERRORS
from ferpa_wizard.documents.document import Document
from ferpa_wizard.documents.entries import file_numbers
from ferpa_wizard.documents.pdf import PaperSize, to_pages
from ferpa_wizard.documents.text import to_text
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.papers import PaperKind, paged, paper, paper_size, papers, write_papers
from ferpa_wizard.requests.sealed import Sealed

if TYPE_CHECKING:
    from ferpa_wizard.desktop.preview import PreviewSheet

Paged = Sequence[tuple[PaperKind, Document]]


class Papers(QObject):
    """Joins the card to the desk; the card is its parent. The ledger notes which files were made."""

    def __init__(self, card: PapersCard, sealed: Sealed, choosers: Choosers, desk: Desk) -> None:
        super().__init__(card)
        self._card, self._sealed, self._choosers, self._desk = card, sealed, choosers, desk
        self._folder: Path | None = None
        card.write.connect(self._on_write)
        card.preview.connect(self._on_preview)
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
                self._sealed, folder, wanted.formats, kinds=wanted.kinds, files=numbers, home=self._desk.home
            )
        except PAPER_ERRORS as error:
            self._refuse(error)
            return
        self._folder = folder
        self._card.written(files)
        try:
            self._desk.issued.note(self._sealed.number, files)
        except (*STORE_ERRORS, OSError) as error:
            self._refuse(RequestsError(f"The papers are saved. The log could not note that they were made: {error}"))
            return
        announce(self._card, f"Saved {len(files)} files.")

    def _on_copy(self, wanted: Wanted) -> None:
        try:
            numbers = file_numbers(wanted.files)
            texts = [kind.id for kind in papers(self._sealed) if kind.id in wanted.kinds and "txt" in kind.formats]
            made = [paper(self._sealed, kind, files=numbers, home=self._desk.home) for kind in texts]
        except PAPER_ERRORS as error:
            self._refuse(error)
            return
        QGuiApplication.clipboard().setText("\n\n".join(map(to_text, made)))
        self._card.copied()
        announce(self._card, "Copied as text.")

    # -- printing --------------------------------------------------------------------------

    def _on_preview(self, wanted: Wanted) -> None:
        self._card.busy()
        QTimer.singleShot(0, self, lambda: self._preview(wanted))

    def _preview(self, wanted: Wanted) -> None:
        from ferpa_wizard.desktop.preview import PreviewSheet

        try:
            made = paged(self._sealed, wanted.kinds, files=file_numbers(wanted.files), home=self._desk.home)
            size = paper_size(self._desk.home)
        except PAPER_ERRORS as error:
            self._refuse(error)
            return
        if not made:
            self._card.refused("That paper has no pages to print. Tick another one.")
            return
        self._card.quiet()
        sheet = PreviewSheet(self._card.look, self._card, partial(_drawn, made), size)
        sheet.wanted.connect(lambda: self._print(sheet, made))
        if sheet.exec() == sheet.DialogCode.Accepted:
            self._card.printed()
            announce(self._card, "Sent to the printer.")
        sheet.deleteLater()

    def _print(self, sheet: PreviewSheet, made: Paged) -> None:
        from ferpa_wizard.desktop.printing import PPI, print_pages, printer_for

        printer = printer_for(sheet.paper, f"Record {self._sealed.number}")
        if not self._choosers.printer(sheet, printer, pages=sheet.pages):
            return
        try:
            done = print_pages(printer, [pages for _, pages in _drawn(made, sheet.paper, PPI)])
        except PAPER_ERRORS as error:
            sheet.refuse(str(error))
            return
        if done:
            sheet.accept()
        else:
            sheet.refuse("The printer did not take it. Your record is safe. Check the printer, then try again.")

    def _refuse(self, error: Exception) -> None:
        self._card.refused(str(error))
        announce(self._card, str(error), urgent=True)

    def _on_open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _drawn(made: Paged, size: PaperSize, ppi: float) -> list[tuple[str, list[bytes]]]:
    return [(kind.label, to_pages(document, paper=size, ppi=ppi)) for kind, document in made]
