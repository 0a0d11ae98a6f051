"""All charts of the log on one page, over the search in force; the desks, and what would have changed the answer."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.bars import ChartCard
from ferpa_wizard.desktop.controls.beside import SideBySide
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.log.desks import DesksCard
from ferpa_wizard.desktop.log.fixes import FixesCard
from ferpa_wizard.desktop.log.looking import Looking
from ferpa_wizard.desktop.log.reading import Reading
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.desks import desks
from ferpa_wizard.requests.log_charts import charts, left_out

BESIDE = 700  # width from which two charts stand side by side
LINES = (("outcomes", "ferpa"), ("reasons",), ("missing",), ("pairs",), ("days", "overdue"))
"""Which charts stand side by side, by their ids."""


class FiguresPage(DeskPage):
    """`chosen` tells the search whose records are wanted, `show_record` number and desk of one record."""

    back = Signal()
    chosen = Signal(str)
    show_record = Signal(str, str)
    title = "Charts of the log"
    under = "log"

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, "Charts of the log", gap=10)
        self._desk = desk
        self._looking = Looking(self, desk.book)
        back = Button(look, "Decision log", "quiet", icon="arrow-left")
        back.clicked.connect(self.back)
        self._over = Text(look, "", "small-medium", inset=RING)
        self._only = Text(look, "", "small", ink="text2", inset=RING)
        self._left_out = Text(look, "", "small", ink="text2", inset=RING)
        self._reading = Reading(look)
        self._desks = DesksCard(look)
        self._cards: Mapping[str, ChartCard] = {name: ChartCard(look) for line in LINES for name in line}
        lines = [SideBySide(look, *(self._cards[name] for name in line), least=BESIDE, gap=10) for line in LINES]
        self.fixes = FixesCard(look, desk)
        head = Box(look, row(look, back), self.heading, self._over, self._only, self._left_out, gap=2)
        for part in (head, self._reading, self._desks, *lines, self.fixes):
            self.add(part)
        self._join()

    def look_at(self, line: str) -> None:
        """Count what a line of the log finds, from the next time on that the page comes up."""
        self._looking.look_for(line)
        self.fixes.look_at(self._looking.search)

    def refresh(self) -> None:
        """Take in what came since, and count."""
        self._reading.catch_up(self._desk.book)
        self._draw()

    def _join(self) -> None:
        for card in self._cards.values():
            card.chosen.connect(self.chosen)
            card.grew.connect(self._on_grew)
        self._desks.chosen.connect(self._on_desk)
        self.fixes.show_record.connect(self.show_record)
        self._reading.done.connect(lambda _: self._draw())
        self._reading.stopped.connect(self._draw)
        for grew in (self._desks.grew, self.fixes.grew, self._reading.grew):
            grew.connect(self._on_grew)

    def _draw(self) -> None:
        try:
            self._count()
            here = self._desk.pack.version if self._desk.has_rules else ""
            self._desks.draw(desks(self._desk.home, now=self._desk.now()), here)
        except STORE_ERRORS as error:
            self._reading.refuse(str(error))

    def _count(self) -> None:
        book, search = self._desk.book, self._looking.search
        found, every = book.count(search), book.count(Search())
        narrowed = f"{found:,} of {counted(every, 'record')}"
        over = narrowed if str(search) else f"all {counted(every, 'record')}"
        self._over.say(f"Counted over {over}{', still reading' * self._reading.runs}.")
        only = self._looking.in_words
        self._only.say(f"Only: {only}" if only else "No filter is set. To set one, search the log and come back.")
        says = " ".join(left_out(book, search))
        self._left_out.say(says)
        self._left_out.setVisible(bool(says))
        for chart in charts(book, search):
            self._cards[chart.id].show_chart(chart, search)

    def _on_desk(self, installation: str) -> None:
        self.chosen.emit(str(self._looking.search.narrowed("desk", installation)))

    def _on_grew(self) -> None:
        if self.window() is not self:  # else it is not in the window yet
            self.grew.emit()
