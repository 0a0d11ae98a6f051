"""The head of the log: what it is, how many records there are, and what can be done with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.beside import Beside
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.look import Look

COUNT = 200  # the least room of the count beside the buttons


class LogHead(Beside):
    """`verify`, `review` and `export` ask for what their buttons say."""

    verify = Signal()
    review = Signal()
    export = Signal()

    def __init__(self, look: Look, heading: QWidget) -> None:
        self._heading = heading
        self._count = Text(look, "", "small", ink="text2", inset=RING)
        left = Box(look, heading, across=True)
        left.add(self._count, 1)
        verify = Button(look, "Verify", "quiet", icon="shield-check")
        self._review = Button(look, "Review", "quiet", icon="user-check")
        export = Button(look, "Export", icon="download")
        super().__init__(look, left, verify, self._review, export, least=COUNT, gap=0)
        verify.clicked.connect(self.verify)
        self._review.clicked.connect(self.review)
        export.clicked.connect(self.export)

    def say(self, count: str, due: int) -> None:
        """Tell how many were found, and how many are to be reviewed."""
        self._count.say(count)
        self._review.words(f"Review {due:,}" if due else "Review")
        self._review.setAccessibleName(f"Review, {due:,} due" if due else "")
        self.arrange()

    def room(self) -> int:
        return super().room() + self._heading.sizeHint().width()
