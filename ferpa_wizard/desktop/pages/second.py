"""Who else agreed, where the school wants a second person; and waiting for one who is not there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box, Gap, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.remember import Person


class Second(Box):
    """Shown while the decision needs a second person, with one line why."""

    wait = Signal()

    def __init__(self, look: Look, filled: Person) -> None:
        super().__init__(look, gap=4)
        self._why = Text(look, "", "small", ink="text2", inset=RING)
        self._name, self._role = LineField(look, filled[0]), LineField(look, filled[1])
        self._labelled = {
            "second": Labelled(look, "Name of who agreed", self._name),
            "second-role": Labelled(look, "Role of who agreed", self._role),
        }
        self.add(Gap(look, 10))
        self.add(Text(look, "Who agreed?", "h2", inset=RING))
        self.add(self._why)
        fields = Box(look, across=True, gap=4)
        for labelled in self._labelled.values():
            fields.add(labelled, 1)
        self.add(fields)
        later = Button(look, "Wait for the second person", "small", icon="clock")
        later.clicked.connect(self.wait)
        self.add(row(look, later))

    def ask(self, why: str) -> None:
        """Ask for the person and say why; an empty reason takes the question away."""
        self._why.say(why)
        self.setVisible(bool(why))

    def person(self) -> Person:
        """Name and role typed; empty while nobody is asked for."""
        asked = bool(self._why.text())
        return (self._name.text().strip(), self._role.text().strip()) if asked else ("", "")

    def field(self, name: str) -> QWidget | None:
        """Where "second" or "second-role" is typed."""
        return self._labelled[name].field if name in self._labelled else None

    def wrong(self, name: str, sentence: str) -> None:
        """Show what to do about one of them."""
        self._labelled[name].wrong(sentence)

    def mended(self) -> None:
        for labelled in self._labelled.values():
            labelled.wrong("")
