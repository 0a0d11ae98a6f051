"""The decision is saved: its number and seal, and the papers that can be written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.blocks import Verdict
from ferpa_wizard.desktop.controls.box import Box, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import CheckRow
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import clock, day
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.shown import count
from ferpa_wizard.requests.sealed import Sealed

FORMATS = (("pdf", "PDF, to print or send"), ("html", "Web page, for screen readers"))


class PapersCard(Box):
    """The papers of a record, and writing them to a folder."""

    write = Signal(list)
    open_folder = Signal()

    def __init__(self, look: Look, labels: Sequence[str]) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=6)
        self.ground("surface", line="border")
        self.add(Title(look, "Papers"))
        icon = ("file-text", "accent")
        self.add(Facts(look, *(FactRow(look, Line(label, "small-medium"), icon=icon) for label in labels)))
        self.add(Title(look, "Save them as", "small-strong", ink="text2"))
        self._formats = [(name, CheckRow(look, label, plain=True)) for name, label in FORMATS]
        for _name, tick in self._formats:
            tick.setChecked(True)
            self.add(tick)
        line = Box(look, across=True, gap=6)
        self._save = Button(look, "Save to a folder…", "small", icon="download")
        self._save.clicked.connect(self._on_save)
        self._open = Button(look, "Open the folder", "small", icon="folder-open")
        self._open.clicked.connect(self.open_folder)
        self._open.setVisible(False)
        line.add(self._save)
        line.add(self._open)
        line.push()
        self.add(line)
        self._done = Text(look, "", "small", ink="text2")
        self._done.setVisible(False)
        self.add(self._done)

    def busy(self) -> None:
        """Say that the papers are being written."""
        self._tell("Writing the papers. This takes a moment.", "text2")

    def written(self, files: Sequence[Path]) -> None:
        """Say what was written."""
        names = ", ".join(file.name for file in files)
        self._tell(f"Saved {count(len(files), 'file')}: {names}", "yes")
        self._open.setVisible(True)

    def refused(self, sentence: str) -> None:
        """Say why nothing was written."""
        self._tell(sentence, "no")

    def _tell(self, sentence: str, ink: str) -> None:
        self._done.say(sentence, ink)
        self._done.setVisible(True)

    def _on_save(self) -> None:
        chosen = [name for name, tick in self._formats if tick.isChecked()]
        if chosen:
            self.write.emit(chosen)
        else:
            self.refused("Tick PDF or web page, then save.")


class SavedPage(Page):
    """Shown right after sealing."""

    done = Signal()
    width_limit = 1000

    def __init__(self, look: Look, sealed: Sealed, labels: Sequence[str]) -> None:
        super().__init__(look, "Decision saved", gap=12)
        self._verdict = Verdict(
            look,
            icon="circle-check",
            ink="yes",
            label=f"Record {sealed.number}",
            sentence="Your decision is saved.",
        )
        self._verdict.also(f"Decision: {decided(sealed)}")
        self._verdict.also("A saved record cannot be changed. It stays in the decision log.")
        self.add(self._verdict)
        self.papers = PapersCard(look, labels)
        beside = Box(look, across=True, gap=12)
        beside.add(self.papers, 3, top=True)
        beside.add(seal_card(look, sealed), 2, top=True)
        self.add(beside)
        self._footer()

    def opening(self) -> QWidget:
        return self._verdict.heading

    def submit(self) -> None:
        self.done.emit()

    def _footer(self) -> None:
        done = Button(self.look, "Done", "primary")
        done.clicked.connect(self.done)
        self.footer.add(done)
        self.footer.push()


def seal_card(look: Look, sealed: Sealed) -> Box:
    """The seal in groups of eight, and when it was made."""
    groups = [sealed.seal[at : at + 8] for at in range(0, len(sealed.seal), 8)]
    when = f"{day(sealed.at)}, {clock(sealed.at)}"
    says = "Any later change to the record would break this seal."
    fact = FactRow(
        look,
        Line(" ".join(groups), "small-medium"),
        Line(f"Sealed {when}. {says}", "small", "text2"),
        icon=("shield-check", "yes"),
    )
    return card(look, Title(look, "Seal"), Facts(look, fact), gap=6)


def decided(sealed: Sealed) -> str:
    """What was decided, in the words of the record."""
    decision = sealed.body["decision"]
    return str(decision["label"]) if isinstance(decision, dict) else ""
