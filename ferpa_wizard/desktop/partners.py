"""A request that turns out to come from a known partner: picking that one in the middle of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.walk import Ask
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.dialogs import Sheet
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.agreement_list import AgreementList
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.request import Request

MOST = 8


class PartnersSheet(Sheet):
    """Closes once a partner is picked; `picked` is then the id of the agreement."""

    def __init__(self, look: Look, parent: QWidget, agreements: Sequence[Agreement], today: str) -> None:
        super().__init__(look, parent, "Which partner is it?")
        self.picked = ""
        says = "What the agreement settles takes the place of your answers so far."
        if agreements:
            partners = AgreementList(look, "Known partners", agreements, today, most=MOST)
            partners.chosen.connect(self._pick)
            self.body.add(Text(look, says, "small", ink="text2", inset=RING))
            self.body.add(partners)
        else:
            self.body.add(Text(look, "No agreement holds today.", "small", inset=RING))
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.buttons.add(cancel)
        self.settle(620)

    def _pick(self, name: str) -> None:
        self.picked = name
        self.accept()


def may_be_one(request: Request, desk: Desk, ask: Ask) -> bool:
    """Is it asked who wants the data, by nobody under an agreement yet, where a register is kept?"""
    return request.agreement is None and ask.section == desk.pack.sections[0].id and desk.agreements.exists


def link(look: Look, act: Callable[[], None]) -> Box:
    """The line that offers it."""
    button = Button(look, "Is it a known partner?", "link")
    button.clicked.connect(act)
    return row(look, button, margins=(4, 0, 0, 0))


def pick(parent: Box, desk: Desk) -> Agreement | None:
    """The agreement that people choose, or None. Raises what reading the register raises."""
    agreements = desk.agreements.partners()
    sheet = PartnersSheet(parent.look, parent, agreements, desk.today)
    chosen = sheet.exec() == QDialog.DialogCode.Accepted
    sheet.deleteLater()
    return next((one for one in agreements if chosen and one.id == sheet.picked), None)
