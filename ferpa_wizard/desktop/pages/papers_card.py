"""The papers of a record: which to make, in which form, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, SignalInstance

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import CheckRow
from ferpa_wizard.desktop.controls.fields import Labelled, WordsField
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.papers import PaperKind

FORMATS = (
    ("pdf", "PDF, to print or send"),
    ("html", "Web page, for screen readers"),
    ("docx", "Word, to edit"),
    ("txt", "Plain text"),
    ("csv", "Rows for the student system (CSV)"),
)
_TICKED = ("pdf", "html")


@dataclass(frozen=True)
class Wanted:
    """Which papers in which forms; `files` is what was pasted as file numbers."""

    kinds: tuple[str, ...]
    formats: tuple[str, ...]
    files: str


class PapersCard(Box):
    """Ticks for papers and forms; nothing of it is kept."""

    write = Signal(object)  # Wanted
    preview = Signal(object)  # Wanted
    copy = Signal(object)  # Wanted
    open_folder = Signal()

    def __init__(self, look: Look, kinds: Sequence[PaperKind]) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=6)
        self.ground("surface", line="border")
        self._kinds = {kind.id: kind for kind in kinds}
        self.add(Title(look, "Papers"))
        self._papers = {kind.id: self._tick(kind.label, ticked=kind.suggested) for kind in kinds}
        self.add(Group(look, "Papers", *self._papers.values(), gap=6))
        self._numbers = WordsField(look)
        hint = "One slip for each. The numbers are printed and kept nowhere else."
        self._files = Labelled(look, "File numbers, if you want a slip for each student", self._numbers, hint=hint)
        self.add(self._files)
        self.add(Title(look, "Save them as", "small-strong", ink="text2"))
        self._formats = {name: self._tick(label, ticked=name in _TICKED) for name, label in self._forms()}
        self.add(Group(look, "Save them as", *self._formats.values(), gap=6))
        self._buttons()
        self._done = Text(look, "", "small", ink="text2")
        self._done.setVisible(False)
        self.add(self._done)
        self._on_tick()

    def busy(self) -> None:
        """Say that the papers are being made."""
        self._tell("Making the papers. This takes a moment.", "text2")

    def quiet(self) -> None:
        """Say nothing."""
        self._done.setVisible(False)

    def written(self, files: Sequence[Path]) -> None:
        """Say what was written."""
        names = ", ".join(file.name for file in files)
        self._tell(f"Saved {counted(len(files), 'file')}: {names}", "yes")
        self._open.setVisible(True)

    def copied(self) -> None:
        """Say that the text is on the clipboard."""
        self._tell("Copied as text.", "yes")

    def printed(self) -> None:
        """Say that the pages went to the printer."""
        self._tell("Sent to the printer.", "yes")

    def refused(self, sentence: str) -> None:
        """Say why nothing was written."""
        self._tell(sentence, "no")

    # -- parts -----------------------------------------------------------------------------

    def _forms(self) -> list[tuple[str, str]]:
        having = {name for kind in self._kinds.values() for name in kind.formats}
        return [(name, label) for name, label in FORMATS if name in having]

    def _tick(self, label: str, *, ticked: bool) -> CheckRow:
        row = CheckRow(self.look, label, plain=True)
        row.setChecked(ticked)
        row.toggled.connect(self._on_tick)
        return row

    def _buttons(self) -> None:
        look = self.look
        save = Button(look, "Save to a folder…", "small", icon="download")
        save.clicked.connect(lambda: self._ask(self.write, needs_format=True))
        printing = Button(look, "Print…", "small", icon="printer")
        printing.clicked.connect(lambda: self._ask(self.preview, needs_format=False))
        copy = Button(look, "Copy as text", "small", icon="file-text")
        copy.clicked.connect(lambda: self._ask(self.copy, needs_format=False))
        self._open = Button(look, "Open the folder", "small", icon="folder-open")
        self._open.clicked.connect(self.open_folder)
        self._open.setVisible(False)
        self.add(Flow(look, save, printing, copy, self._open, gap=6))

    def _on_tick(self) -> None:
        ticked = (self._kinds[name] for name, row in self._papers.items() if row.isChecked())
        self._files.setVisible(any(kind.takes_files for kind in ticked))

    def _tell(self, sentence: str, ink: str) -> None:
        self._done.say(sentence, ink)
        self._done.setVisible(True)

    def _ask(self, wish: SignalInstance, *, needs_format: bool) -> None:
        kinds = tuple(name for name, row in self._papers.items() if row.isChecked())
        formats = tuple(name for name, row in self._formats.items() if row.isChecked())
        if not kinds:
            self.refused("Tick a paper first.")
        elif needs_format and not formats:
            self.refused("Tick a form first, like PDF.")
        else:
            files = self._numbers.toPlainText() if self._files.isVisibleTo(self) else ""
            wish.emit(Wanted(kinds, formats, files))
