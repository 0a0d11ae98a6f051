"""About: what this program is, which rules it holds, where it keeps things, its keys."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion

from ferpa_wizard import __version__
from ferpa_wizard.desktop.actions import ACTIONS
from ferpa_wizard.desktop.controls.box import Box, card
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.room import RULES_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk

PURPOSE = "This program helps you decide. It is not legal advice."
PRINCIPLE = "It says who says no: FERPA, another law, your district, or a lack of time."
LICENCES = "Icons: Lucide, ISC licence. Font: Inter, SIL Open Font License. Windows: Qt, LGPL."


class AboutPage(DeskPage):
    """Facts about the program; nothing about any request."""

    title = "About"
    width_limit = 720

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, "About FERPA Wizard", gap=12)
        self._desk = desk
        self.add(self.heading)
        self.add(self._card("What it does", [("", PURPOSE), ("", PRINCIPLE)]))
        self.add(self._card("Rules", _rules(desk)))
        self._district = Box(look)
        self.add(self._district)
        versions = f"Python {platform.python_version()}, Qt {qVersion()}"
        program = [
            ("Version", __version__),
            ("Built with", versions),
            ("Everything is kept in", str(desk.home)),
            ("", "It works without a network and opens no connection."),
            ("", LICENCES),
        ]
        self.add(self._card("Program", program))
        keys = [(act.label, " or ".join(act.keys)) for act in ACTIONS]
        self.add(self._card("Keys", keys))

    def refresh(self) -> None:
        """What came from the district may have changed since it was shown."""
        self._district.clear()
        school = self._desk.profile.school if self._desk.has_rules else ""
        if rows := list(self._desk.central.rows(school)):
            self._district.add(self._card("Rules from your district", rows))
        self._district.setVisible(bool(rows))

    def _card(self, title: str, facts: list[tuple[str, str]]) -> Box:
        rows = [self._fact(label, says) for label, says in facts]
        return card(self.look, Title(self.look, title), Facts(self.look, *rows, gap=1), gap=6)

    def _fact(self, label: str, says: str) -> FactRow:
        if not label:
            return FactRow(self.look, Line(says, "small"))
        if len(says) > 40:
            return FactRow(self.look, Line(label, "small", "text2"), Line(says, "small"))
        return FactRow(self.look, Line(label, "small", "text2"), state=(says, "text"))


def _rules(desk: Desk) -> list[tuple[str, str]]:
    try:
        pack = desk.pack
    except RULES_ERRORS as error:
        return [("", without_rules(error))]
    return [
        ("Rules", f"{pack.id} {pack.version}"),
        ("Law as of", pack.law_as_of),
        ("Fingerprint of the rules", pack.sha256[:16]),
        ("", pack.review),
    ]
