"""How we got here: the answers given, and how every basis came out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.desktop.controls.box import Box, Gap, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.more import LongFacts
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Heading, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.shown import BASES, SOURCES
from ferpa_wizard.requests.views import RailSection


class Trail(Box):
    """A card that lists what led to the result; closed until it is asked for."""

    show_rules = Signal()  # the same drawn in the rules

    def __init__(self, look: Look, sections: Sequence[RailSection], found: Determination) -> None:
        super().__init__(look)
        self.heading = Heading(look, "How we got here", style="h2", inset=4)
        drawn = Button(look, "Show in the rules", "link", icon="git-branch")
        drawn.clicked.connect(self.show_rules)
        block = card(look, self.heading, row(look, drawn, margins=(RING, 0, 0, 0)), gap=6)
        block.add(Title(look, "Your answers", "small-strong", ink="text2"))
        answers = [
            FactRow(
                look,
                Line(given.text, "small", "text2"),
                Line(given.label, "small-medium"),
                Line(given.origin or SOURCES.get(given.source, ""), "caption", "text2"),
            )
            for section in sections
            for given in section.rows
        ]
        block.add(Facts(look, *answers, gap=2))
        block.add(Gap(look, 4))
        block.add(Title(look, "Every way to share, and how it came out", "small-strong", ink="text2"))
        block.add(LongFacts(look, _bases(look, found), most=8, gap=2))
        self.add(block)
        self.setVisible(False)

    def open(self) -> None:
        """Show the trail and put the focus on it."""
        self.setVisible(True)
        self.heading.setFocus()


def _bases(look: Look, found: Determination) -> list[FactRow]:
    order = list(BASES)
    rows = []
    for basis in sorted(found.bases, key=lambda basis: order.index(basis.status)):
        word, icon, ink = BASES[basis.status]
        rows.append(
            FactRow(
                look,
                Line(basis.title, "small-medium"),
                Line(basis.because, "small", "text2"),
                Line(basis.cite, "caption", "text2"),
                icon=(icon, ink),
                state=(word, ink),
            )
        )
    return rows
