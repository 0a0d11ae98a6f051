"""The decision is saved: its number and seal, and the papers that can be written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.blocks import Verdict
from ferpa_wizard.desktop.controls.box import Box, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Title
from ferpa_wizard.desktop.dates import clock, day
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.papers_card import PapersCard
from ferpa_wizard.desktop.pages.stand_card import StandCard
from ferpa_wizard.desktop.pages.todo_card import TodoCard
from ferpa_wizard.requests.papers import PaperKind
from ferpa_wizard.requests.sealed import Sealed


class SavedPage(Page):
    """Shown right after sealing."""

    done = Signal()
    width_limit = 1000

    def __init__(self, look: Look, sealed: Sealed, kinds: Sequence[PaperKind]) -> None:
        super().__init__(look, "Decision saved", gap=12)
        self._verdict = Verdict(
            look,
            icon="circle-check",
            ink="yes",
            label=f"Record {sealed.number}",
            sentence="Your decision is saved.",
        )
        self._verdict.also(f"Decision: {decided(sealed)}")
        stays = "This is practice. The record is deleted when you close it."
        if not sealed.practice:
            stays = "A saved record cannot be changed. It stays in the decision log."
        self._verdict.also(stays)
        self.add(self._verdict)
        self.papers = PapersCard(look, kinds)
        beside = Box(look, across=True, gap=12)
        beside.add(self.papers, 3, top=True)
        self.todos = TodoCard(look)
        self.standing = StandCard(look, leads_on=False)
        self._side = Box(look, self.standing, self.todos, seal_card(look, sealed), gap=12)
        beside.add(self._side, 2, top=True)
        self.add(beside)
        self._footer()

    def offer(self, made: QWidget) -> None:
        """Put a card with something more to do at the side."""
        self._side.cells.insertWidget(1, made)

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
