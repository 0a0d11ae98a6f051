"""The way of one request through the rules, drawn over the request: its answers and its result are marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.dialogs import Sheet
from ferpa_wizard.desktop.focus import chain
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.rule_diagram import DiagramPart
from ferpa_wizard.desktop.pages.rule_reader import RuleText
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.rule_book import rule_book
from ferpa_wizard.requests.rule_picture import Path

WIDTH, TALL, TEXT = 1100, 420, 220
SAYS = "Your answers have a tick, and so has the way that carries the result. Enter shows what a rule says."


class PathSheet(Sheet):
    """Arrow keys walk the drawing; Enter shows the text of the rule under it."""

    def __init__(self, look: Look, parent: QWidget, desk: Desk, choosers: Choosers, path: Path) -> None:
        super().__init__(look, parent, "How we got here, in the rules")
        self._nodes = {node.id: node for node in rule_book(desk.pack).all()}
        self._said = Text(look, SAYS, "small", ink="text2", inset=RING)
        self.part = DiagramPart(look, desk, choosers, self._tell, path=path)
        self.part.setMinimumHeight(look.px(TALL))
        self.part.opened.connect(self._open)
        self._text = RuleText(look)
        self._text.setMinimumHeight(look.px(TEXT))
        for part in (self._said, self.part, self._text):
            self.body.add(part)
        self._text.setVisible(False)
        close = Button(look, "Close", "primary")
        close.clicked.connect(self.accept)
        self.buttons.add(close)
        self.settle(WIDTH)
        chain([self.scroller, self.buttons])
        self.part.diagram.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, sentence: str) -> None:
        self._said.say(sentence)
        announce(self, sentence)

    def _open(self, entry: str) -> None:
        self._text.show_node(self._nodes[entry])
        self._text.setVisible(True)
        chain([self.scroller, self.buttons])
        self._text.take_focus()
        QTimer.singleShot(0, self._text, lambda: self.scroller.reveal(self._text))  # once it has its place
