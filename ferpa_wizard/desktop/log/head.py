"""The head of the log: what it is, how many records there are, and what can be done with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.menus import MenuButton
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.look import Look

COUNT = 200  # the least room of the count beside the buttons


class LogHead(Box):
    """`verify`, `review` and `export` ask for what their buttons say; `export` names the form."""

    verify = Signal()
    review = Signal()
    export = Signal(str)

    def __init__(self, look: Look, heading: QWidget) -> None:
        super().__init__(look, across=True, gap=2)
        self._heading = heading
        self._count = Text(look, "", "small", ink="text2", inset=RING)
        left = Box(look, heading, across=True)
        left.add(self._count, 1)
        verify = Button(look, "Verify", "quiet", icon="shield-check")
        verify.clicked.connect(self.verify)
        self._review = Button(look, "Review", "quiet", icon="user-check")
        self._review.clicked.connect(self.review)
        self._buttons = [verify, self._review, self._export_button()]
        self._flow = Flow(look, *self._buttons, gap=0)
        self.add(left, 1)
        self.add(self._flow)
        self._arrange()

    def say(self, count: str, due: int) -> None:
        """Tell how many were found, and how many are to be reviewed."""
        self._count.say(count)
        self._review.words(f"Review {due:,}" if due else "Review")
        self._review.setAccessibleName(f"Review, {due:,} due" if due else "")
        self._arrange()

    def _export_button(self) -> Button:
        """Whatever asks for scope, columns and form can stand here in place of the menu."""
        menu = QMenu()
        menu.setAccessibleName("Export")
        for form, words in (("csv", "All records as CSV, for a spreadsheet"), ("jsonl", "All records as JSON Lines")):
            menu.addAction(words).triggered.connect(lambda _on=False, form=form: self.export.emit(form))
        return MenuButton(self.look, "Export", menu, icon="download")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def rescale(self) -> None:
        super().rescale()
        self._arrange()

    def _arrange(self) -> None:
        natural = sum(button.sizeHint().width() for button in self._buttons)
        room = natural + self._heading.sizeHint().width() + self.look.px(COUNT)
        direction = QBoxLayout.Direction
        beside = self.width() >= room
        self.cells.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._flow.setMinimumWidth(natural if beside else 0)
