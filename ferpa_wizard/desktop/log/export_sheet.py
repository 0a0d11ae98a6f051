"""Export: what is wanted, the file, how far it is with a way to stop it, and where it went."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QProgressBar, QWidget

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.desktop.aside import Aside
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.dialogs import SIDE, Sheet
from ferpa_wizard.desktop.focus import chain
from ferpa_wizard.desktop.form_sheet import is_to_go
from ferpa_wizard.desktop.log.export_form import ExportForm, Found
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.ledger.export import Exported
from ferpa_wizard.requests.board import school_years, writing_board
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import SUFFIXES
from ferpa_wizard.requests.steps import Step

WIDTH = 640
_STOPPED = "Stopped. Nothing was written. A file that stood there before is as it was."


def export_log(parent: QWidget, look: Look, desk: Desk, *, choosers: Choosers, search: Search) -> None:
    """Show the sheet until people close it. Raises LedgerError, RequestsError."""
    queries = desk.book.queries
    years = school_years(queries.span(Search())[0], desk.now().date())
    sheet = ExportSheet(look, parent, desk, choosers, Found(search, queries.count(search), years))
    sheet.exec()
    sheet.end()
    sheet.deleteLater()


class ExportSheet(Sheet):
    """`ended` once an export is written, stopped or refused. Closing the sheet or its window stops it."""

    ended = Signal()

    def __init__(self, look: Look, parent: QWidget, desk: Desk, choosers: Choosers, found: Found) -> None:
        super().__init__(look, parent, "Export the decision log")
        self._desk, self._choosers = desk, choosers
        self._work: Aside | None = None
        self._out = Path()
        self.form = ExportForm(look, found)
        self.body.add(self.form)
        self._says = Text(look, "", "small", inset=RING)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("How far it is")
        self._bar.setFixedHeight(look.px(8))
        opens = Button(look, "Open the folder", "small", icon="folder-open")
        opens.clicked.connect(self._on_open)
        self._open = row(look, opens)
        self._foot = Box(look, self._says, self._bar, self._open, margins=(SIDE, 9, SIDE, 0), gap=6)
        self._foot.ground("surface", edges="t")
        self._cells.insertWidget(1, self._foot)
        self._go = self.press("Export…", self._on_go, default=True, icon="download")
        self._leave = self.press("Cancel", self.reject)
        self.form.changed.connect(self._on_change)
        self._at_first = self.form.columns.chosen
        self._quiet()
        self.settle(WIDTH)
        chain([self.scroller, self._foot, self.buttons])
        self.form.what.opening().setFocus()
        parent.window().installEventFilter(self)

    @property
    def runs(self) -> bool:
        """Is an export under way?"""
        return self._work is not None

    def end(self) -> None:
        """Stop what runs, and come back when nothing of it is left."""
        if self._work is not None:
            self._work.end()

    # -- closing ---------------------------------------------------------------------------

    def reject(self) -> None:
        """Stop what runs; else close, once people agree to lose the columns that they chose."""
        if self._work is not None:
            self._work.stop()
        elif self.form.columns.chosen == self._at_first or is_to_go(self):
            super().reject()

    def done(self, result: int) -> None:
        self.end()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.runs:
            self.done(self.DialogCode.Rejected)
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.done(self.DialogCode.Rejected)
        return super().eventFilter(watched, event)

    # -- exporting -------------------------------------------------------------------------

    def _on_go(self) -> None:
        year, wanted = self.form.year, self.form.wanted
        name = f"board-{year[0].name}.pdf" if year else f"decision-log{SUFFIXES[wanted.format]}"
        out = self._choosers.file(self, "Export the decision log", name=name)
        if out is None:
            return
        self._out = out
        steps = writing_board(self._desk, year, out) if year else self._desk.exports.exporting(wanted, out)
        self._work = Aside(self, steps)
        self._work.went.connect(self._on_step)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)
        self._work.stopped.connect(self._on_stopped)
        self._show_work()
        self._work.start()

    def _show_work(self) -> None:
        self._tell("The log is being read.", "text2")
        self._bar.setRange(0, 0)
        self._bar.setVisible(True)
        self._open.setVisible(False)
        self._leave.words("Cancel")
        self._leave.setFocus()
        self._go.setEnabled(False)
        self.form.setEnabled(False)

    def _on_step(self, step: Step) -> None:
        self._bar.setRange(0, step.of)
        self._bar.setValue(step.done)
        self._says.say(step.says)

    def _on_done(self, result: object) -> None:
        says = f"Written to {self._out.name}."
        if isinstance(result, Exported):
            says = f"{result.count:,} {self.form.wanted.of} written to {self._out.name}."
            says = " ".join((says, *result.notes))
        self._at_first = self.form.columns.chosen
        self._rest(says, "yes")
        self._open.setVisible(True)
        self._leave.words("Close")
        self._leave.setFocus()
        self.ended.emit()

    def _on_failed(self, sentence: str) -> None:
        self._rest(sentence, "no")
        self.ended.emit()

    def _on_stopped(self) -> None:
        self._rest(_STOPPED, "text")
        self.ended.emit()

    def _rest(self, says: str, ink: str) -> None:
        self._work = None
        self._bar.setVisible(False)
        self.form.setEnabled(True)
        self._go.setEnabled(True)
        self._go.setFocus()
        self._tell(says, ink)

    # -- what is told ----------------------------------------------------------------------

    def _on_change(self) -> None:
        self._quiet()
        self._leave.words("Cancel")

    def _quiet(self) -> None:
        """Say only why this cannot be exported, if so."""
        why = self.form.why_not
        self._go.setEnabled(not why)
        self._go.setAccessibleDescription(why)
        self._bar.setVisible(False)
        self._open.setVisible(False)
        self._tell(why, "no")

    def _tell(self, says: str, ink: str) -> None:
        self._says.say(says, ink)
        self._foot.setVisible(bool(says))
        self.buttons.ground("surface", edges="" if says else "t")
        announce(self, says, urgent=ink == "no")

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._out.parent)))
