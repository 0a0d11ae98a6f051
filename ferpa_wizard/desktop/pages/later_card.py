"""What came after a record was sealed: notes on it, and the record that took its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import clock, day
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.later import Kept


class LaterCard(Box):
    """The record itself stays as it was sealed; a note or a new version stands beside it."""

    note = Signal()
    version = Signal()
    open_record = Signal(str)
    grew = Signal()  # other parts came, which Tab has to visit

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=6)
        self.ground("surface", line="border")
        self.add(Title(look, "Notes and versions"))
        self._body = Box(look, gap=6)
        self.add(self._body)

    def draw(self, notes: Sequence[Kept], *, replaces: str, replaced_by: str, mine: bool = True) -> None:
        """Show what there is, and what can be done next; on the record of another desk nothing can."""
        look, held = self.look, self.isAncestorOf(self.window().focusWidget())
        self._body.clear()
        facts = [
            FactRow(
                look,
                Line(one.note.says, "small"),
                Line(f"{one.note.by}, {day(one.at)}, {clock(one.at)}", "caption", "text2"),
                icon=("pencil", "text2"),
            )
            for one in notes
        ]
        if facts:
            self._body.add(Facts(look, *facts, gap=4))
        buttons: list[QWidget] = [self._button("Add a note", self.note)] if mine else []
        if replaced_by:
            self._body.add(Text(look, f"Record {replaced_by} took the place of this one.", "small-strong", inset=4))
        elif mine:
            buttons.append(self._button("Make a new version", self.version))
        if not (notes or mine or replaced_by):
            self._body.add(Text(look, "There is no note on it.", "small", ink="text2", inset=4))
        for number in filter(None, (replaces, replaced_by)):
            button = Button(look, f"Open record {number}", "small", icon="file-text")
            button.clicked.connect(lambda _=False, number=number: self.open_record.emit(number))
            buttons.append(button)
        self._body.add(Flow(look, *buttons, gap=4))
        self.grew.emit()
        if held and buttons:
            buttons[0].show()  # what is not shown yet cannot take the focus
            buttons[0].setFocus()

    def _button(self, words: str, asked: SignalInstance) -> Button:
        button = Button(self.look, words, "small", icon="plus")
        button.clicked.connect(asked)
        return button
