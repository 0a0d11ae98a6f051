"""Practice: worked requests to try, in groups; nothing of it is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from ferpa_wizard.core.examples import Example
from ferpa_wizard.desktop.controls.box import Box, Gap, card
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import Line, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.room import RULES_ERRORS, without_rules
from ferpa_wizard.requests.practice import Practice, read_practice

LEAD = "Answer a made-up request, decide, and compare your answer. Nothing here is kept."
SCHOOLS = "The requests play at example schools. They leave out the law of your state and your own school profile."


class PracticePage(DeskPage):
    """The list; `begin` gives what makes the desk for one of them."""

    begin = Signal(object)
    title = "Practice"
    width_limit = 800

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Practice", gap=12)
        lead = Box(look, self.heading, Text(look, LEAD, "lead", ink="text2", inset=RING), gap=4)
        lead.add(Text(look, SCHOOLS, "small", ink="text2", inset=RING))
        self.add(lead)
        try:
            practice = read_practice()
        except RULES_ERRORS as error:
            self.add(card(look, Text(look, without_rules(error), "small")))
            return
        for group in practice.groups:
            block = card(look, Title(look, group.title), Gap(look, 2), gap=2)
            for example in group.examples:
                block.add(self._row(practice, example))
            self.add(block)

    def _row(self, practice: Practice, example: Example) -> PressRow:
        lines = (Line(example.title, "small-medium"), Line(example.story, "small", "text2"))
        row = PressRow(self.look, *lines, icon=("file-text", "accent"), hover_icon="arrow-right")
        row.clicked.connect(lambda: self.begin.emit(partial(practice.desk, example)))
        return row
