"""The entries for the students' files from the uses of a standing decision: which days, in which form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import CheckRow
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.papers_card import FORMATS

_TICKED = "pdf"


@dataclass(frozen=True)
class Days:
    """The uses to write out: between two days, which may be empty; `new` leaves out what was written before."""

    since: str
    until: str
    new: bool
    formats: tuple[str, ...]


class EntriesCard(Box):
    """Asks for the entries, or says why none is due."""

    write = Signal(object)  # Days
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=6)
        self.ground("surface", line="border")
        self.add(Title(look, "Entries for the student’s file"))
        self._why = Text(look, "", "small", inset=4)
        self._why.hide()
        self.add(self._why)
        self._asked = Box(look, gap=6)
        self._since, self._until = LineField(look), LineField(look)
        self._new = self._tick("Only uses that were not written out yet", ticked=True)
        hint = "As 2026-01-31. Empty is any day."
        days = Box(look, across=True, gap=4)
        days.add(Labelled(look, "From", self._since, hint=hint), 1)
        days.add(Labelled(look, "To", self._until, hint=hint), 1)
        self._formats = {name: self._tick(label, ticked=name == _TICKED) for name, label in FORMATS}
        forms = Group(look, "Save them as", *self._formats.values(), gap=6)
        save = Button(look, "Save to a folder…", "small", icon="download")
        save.clicked.connect(lambda: self.write.emit(self.days()))
        self._count = Text(look, "", "small", ink="text2")
        title = Title(look, "Save them as", "small-strong", ink="text2")
        for part in (days, self._new, title, forms, row(look, save, self._count, gap=10)):
            self._asked.add(part)
        self.add(self._asked)
        self._done = Text(look, "", "small")
        self._done.hide()
        self.add(self._done)
        for field in (self._since, self._until):
            field.textChanged.connect(self.changed)
        self._new.toggled.connect(self.changed)

    def days(self) -> Days:
        """What is asked for now."""
        formats = tuple(name for name, tick in self._formats.items() if tick.isChecked())
        return Days(self._since.text().strip(), self._until.text().strip(), self._new.isChecked(), formats)

    def none_due(self, sentence: str) -> None:
        """Say why no entry is due; the uses count all the same."""
        self._why.say(f"{sentence} The uses stay in the log, for your own count.")
        self._why.show()
        self._asked.hide()

    def counted(self, uses: int) -> None:
        """Say how many uses fit."""
        self._count.say(f"{counted(uses, 'entry', 'entries')} to write")

    def written(self, files: Sequence[Path]) -> None:
        """Say what was written."""
        self._tell(f"Saved {counted(len(files), 'file')}: {', '.join(file.name for file in files)}", "yes")

    def refused(self, sentence: str) -> None:
        """Say why nothing was written."""
        self._tell(sentence, "no")

    def _tick(self, label: str, *, ticked: bool) -> CheckRow:
        made = CheckRow(self.look, label, plain=True)
        made.setChecked(ticked)
        return made

    def _tell(self, sentence: str, ink: str) -> None:
        self._done.say(sentence, ink)
        self._done.show()
