"""The register of agreements, and one agreement with all that it says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.errors import AgreementsError
from ferpa_wizard.core.letters import raised
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.agreement_list import AgreementList, state_of
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.room import RULES_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk

LEAD = "Partners whom you share data with again and again. Staff pick one and are asked almost nothing."
EMPTY = (
    "No agreement is kept yet",
    "Open a decision that shares with a partner, and press “Keep as an agreement”. Or import a list.",
)


class AgreementsPage(DeskPage):
    """The first to end first; asks for one to be opened, and for lists in and out."""

    chosen = Signal(str)
    bring_in = Signal()
    export = Signal()
    publish = Signal()
    title = "Agreements"
    width_limit = 800

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, "Agreements", gap=12)
        self._desk = desk
        self.add(Box(look, self.heading, Text(look, LEAD, "lead", ink="text2", inset=RING), gap=4))
        buttons = []
        for words, icon, signal in (
            ("Import CSV", "folder-open", self.bring_in),
            ("Export CSV", "download", self.export),
            ("Public list", "file-text", self.publish),
        ):
            button = Button(look, words, "small", icon=icon)
            button.clicked.connect(signal)
            buttons.append(button)
        self.add(Flow(look, *buttons, gap=4))
        self._place = Box(look)
        self.add(self._place)

    def refresh(self) -> None:
        self._place.clear()
        self._place.add(self._listed())
        if self.isVisible():  # else the shell sets the order of Tab as it shows the page
            self.grew.emit()

    def _listed(self) -> Box:
        try:
            agreements = self._desk.agreements.all()
        except AgreementsError as error:
            return mistakes_card(self.look, "The register has mistakes", [str(one) for one in error.mistakes])
        except RULES_ERRORS as error:
            return card(self.look, Text(self.look, without_rules(error), "small"))
        if not agreements:
            title, says = (Text(self.look, EMPTY[0], "h2"), Text(self.look, EMPTY[1], "small", ink="text2"))
            return card(self.look, title, says, gap=4, margins=(20, 18, 20, 18))
        made = AgreementList(self.look, "The first to end stands first", agreements, self._desk.today)
        made.chosen.connect(self.chosen)
        return made


class AgreementPage(DeskPage):
    """All that one agreement says; asks for a request under it, a change, or its removal."""

    back = Signal()
    begin = Signal(str)
    change = Signal(str)
    remove = Signal(str)
    title = "Agreement"
    width_limit = 760

    def __init__(
        self,
        look: Look,
        agreement: Agreement,
        *,
        terms: Sequence[tuple[str, str]],
        settled: Sequence[tuple[str, str]],
        today: str,
    ) -> None:
        super().__init__(look, agreement.party, gap=12)
        back = Button(look, "Agreements", "quiet", icon="arrow-left")
        back.clicked.connect(self.back)
        self.add(row(look, back))
        self.add(self.heading)
        says, (icon, ink) = state_of(agreement, today)
        state = FactRow(look, Line(raised(says) or "It holds", "small-strong"), icon=(icon, ink))
        facts = [FactRow(look, Line(name, "small", "text2"), Line(what, "small-medium")) for name, what in terms]
        self.add(card(look, Facts(look, state, *facts, gap=3), gap=6))
        self._buttons(agreement, ended=agreement.has_ended(today))
        answers = [FactRow(look, Line(asked, "small", "text2"), Line(said, "small-medium")) for asked, said in settled]
        if answers:
            self.add(card(look, Title(look, "What it settles"), Facts(look, *answers, gap=3), gap=6))

    def _buttons(self, agreement: Agreement, *, ended: bool) -> None:
        begin = Button(self.look, "Start a request", "primary", icon="plus")
        change = Button(self.look, "Change", icon="pencil")
        remove = Button(self.look, "Remove", "quiet", icon="trash-2")
        for button, signal in ((begin, self.begin), (change, self.change), (remove, self.remove)):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(agreement.id))
        self.add(Flow(self.look, *([] if ended else [begin]), change, remove, gap=4))


def mistakes_card(look: Look, title: str, mistakes: Sequence[str]) -> Box:
    """A file that cannot be used: what is to be mended, each with its line."""
    rows = [FactRow(look, Line(one, "small"), icon=("circle-alert", "no")) for one in mistakes]
    return card(look, Title(look, title), Facts(look, *rows, gap=3), gap=6)
