"""What every page of the desk has: a heading that takes the focus, and a way to be shown again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Heading
from ferpa_wizard.desktop.look import Look


class DeskPage(Box):
    """A page beside the navigation."""

    grew = Signal()  # parts came or went that Tab visits
    width_limit = 1040
    title = ""
    under = ""  # the entry of the navigation that it stands under, where it has none of its own
    fills = False  # takes all the height there is

    def __init__(self, look: Look, heading: str, *, gap: int = 8) -> None:
        super().__init__(look, gap=gap)
        self.heading = Heading(look, heading, inset=RING)

    def refresh(self) -> None:
        """Show things as they are now; called each time the page comes up."""

    def opening(self) -> QWidget:
        """What takes the focus when the page opens."""
        return self.heading
