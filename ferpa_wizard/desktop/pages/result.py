"""The result: verdict, what leads to a yes, who says no, conditions, duties, other ways, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.items import Item
from ferpa_wizard.desktop.controls.blocks import Told
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages import result_cards as cards
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.trail import Trail
from ferpa_wizard.documents.words import DUTY_TIMES
from ferpa_wizard.requests.views import RailSection

TWO_COLUMNS = 660
ALL_WORDS = 720  # from this width on there is room for the words of every button
SIDE = 292


class ResultPage(Page):
    """Draws a determination; asks for a change, a removal or the decision."""

    edit = Signal(str)
    remove = Signal(tuple)
    decide = Signal()
    check = Signal()
    leave = Signal()
    show_rules = Signal()
    pass_on = Signal()
    width_limit = 1000

    def __init__(
        self,
        look: Look,
        found: Determination,
        trail: Sequence[RailSection],
        items: Mapping[str, Item],
        *,
        since: Sequence[str] = (),
    ) -> None:
        super().__init__(look, found.label, gap=12)
        self._found = found
        self._items = items
        self._verdict = cards.verdict_block(look, found)
        self.add(self._verdict)
        self._told = Told(look, *since)
        self.add(self._told)
        self._told.setVisible(bool(since))
        self._columns = Box(look, across=True, gap=12)
        self._main, self._side = Box(look, gap=12), Box(look, gap=12)
        self._columns.add(self._main, 1, top=True)
        self._columns.add(self._side, top=True)
        self.add(self._columns)
        self._parts = self._cards()
        self._trail = Trail(look, trail, found)
        self._trail.show_rules.connect(self.show_rules)
        self.add(self._trail)
        leave = Button(look, "Answer only, no record", "quiet", icon="x")
        leave.clicked.connect(self.leave)
        self._leave = row(look, leave)
        self.add(self._leave)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        self._footer()

    def opening(self) -> QWidget:
        return self._verdict.heading

    def submit(self) -> None:
        self.decide.emit()

    def reading_order(self) -> list[QWidget]:
        """The cards in the fixed order, whatever the columns."""
        return [self._verdict, self._told, *(part for part, _side in self._parts), self._trail, self._leave]

    def rescale(self) -> None:
        super().rescale()
        self._arrange(narrow=self._is_narrow())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._how.bare(self.width() < self.look.px(ALL_WORDS))
        if self._is_narrow() != self._narrow:
            QTimer.singleShot(0, self, lambda: self._arrange(narrow=self._is_narrow()))

    # -- parts -----------------------------------------------------------------------------

    def _is_narrow(self) -> bool:
        return self.width() < self.look.px(TWO_COLUMNS)

    def _arrange(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self._side.setVisible(not narrow)
        if not narrow:
            self._side.setFixedWidth(self.look.px(SIDE))
        for part, side in self._parts:
            column = self._side if side and not narrow else self._main
            column.add(part)

    def _cards(self) -> list[tuple[QWidget, bool]]:
        """Every card in reading order, with whether it stands at the side: first what leads to a yes."""
        look, found = self.look, self._found
        made: list[tuple[QWidget, bool]] = []
        if found.steps:
            steps = cards.steps_card(look, found.steps, items=self._items, remove=self.remove.emit, edit=self.edit.emit)
            made.append((steps, False))
        if found.unknown:
            made.append((cards.unknown_card(look, found.unknown, self.edit.emit), False))
        if found.routes and not found.steps:
            made.append((cards.routes_card(look, found.routes), False))
        made.append((cards.layers_card(look, found.layers), True))
        if any(not item.share for item in found.items):
            made.append((cards.items_card(look, found.items), True))
        if found.basis is not None and found.basis.conditions:
            made.append((cards.conditions_card(look, found.basis), False))
        made.extend((duties, False) for duties in self._duties())
        if found.routes and found.steps:
            made.append((cards.routes_card(look, found.routes), True))
        if found.advice or found.myths:
            made.append((cards.advice_card(look, found.advice, found.myths), False))
        return [*made, (self._sources(), True)]

    def _duties(self) -> list[QWidget]:
        groups = ((when, [duty for duty in self._found.duties if duty.when == when]) for when in DUTY_TIMES)
        return [cards.duties_card(self.look, duties, when) for when, duties in groups if duties]

    def _sources(self) -> Box:
        pack = self._found.pack
        rules = f"Rules: {pack['id']} {pack['version']}. Law as of {pack['law_as_of']}."
        line = FactRow(
            self.look,
            Line(self._found.law_note, "small", "text2"),
            Line(rules, "caption", "text2"),
        )
        return card(self.look, Title(self.look, "Sources"), Facts(self.look, line), gap=6)

    def _footer(self) -> None:
        decide = Button(self.look, "Record a decision", "primary", trailing="arrow-right")
        decide.clicked.connect(self.decide)
        check = Button(self.look, "Check answers", "secondary", icon="list-checks")
        check.clicked.connect(self.check)
        how = Button(self.look, "How we got here", "quiet", icon="git-branch")
        how.clicked.connect(self._trail.open)
        self.footer.add(decide)
        self.footer.add(check)
        on = Button(self.look, "Pass this on", "secondary")
        on.clicked.connect(self.pass_on)
        self.footer.add(on)
        self.footer.push()
        self.footer.add(how)
        self._how = how
