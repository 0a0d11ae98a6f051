"""The review of a record: how it stands, what was said so far, and what can be done next."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ferpa_wizard.core.review import ACTS, refusal
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Title
from ferpa_wizard.desktop.log.detail import BUTTONS, reviews_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.log_record import LogRecord
from ferpa_wizard.requests.log_words import REVIEWS


class ReviewCard(Box):
    """`acted` tells one of the acts of core/review.py, `grew` that Tab has other stops."""

    acted = Signal(str)
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=6)
        self.ground("surface", line="border")
        self.add(Title(look, "Review"))
        self._body = Box(look, gap=6)
        self.add(self._body)

    def draw(self, record: LogRecord) -> None:
        """Show how the record stands."""
        look = self.look
        self._body.clear()
        rows = [FactRow(look, Line(REVIEWS[record.state], "small-medium"), icon=("shield-check", "text2"))]
        for title, says, icon in reviews_of(record):
            rows.append(FactRow(look, Line(says, "small"), Line(title, "caption", "text2"), icon=icon))
        self._body.add(Facts(look, *rows, gap=4))
        buttons = [self._button(act) for act in ACTS if not refusal(record.state, act)]
        if buttons:
            self._body.add(Flow(look, *buttons, gap=4))
        self.grew.emit()

    def _button(self, act: str) -> Button:
        words, icon = BUTTONS[act]
        button = Button(self.look, words, "small", icon=icon)
        button.clicked.connect(lambda: self.acted.emit(act))
        return button
