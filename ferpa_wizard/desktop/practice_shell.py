"""A request in practice: the story above it at all times, and the worked answer beside one's own at the end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.examples import Example
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.journey import RESULT
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.compare import ComparePage
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.request_shell import SAVED, RequestShell
from ferpa_wizard.requests.practice import PracticeDesk, compare
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.sealed import Sealed

NARROW = 760  # the story takes all the width below this, and the button its icon alone


class PracticeBar(Box):
    """Says that this is practice, and tells the story; at the end it offers to compare."""

    compare = Signal()

    def __init__(self, look: Look, example: Example) -> None:
        super().__init__(look, across=True, margins=(16, 8, 8, 8), gap=10)
        self.ground("steps_t", edges="b")
        title = f"Practice: {example.title}. Nothing here is kept."
        self.says = f"{title} {example.story}"
        self.setAccessibleName(self.says)
        words = Box(look, Text(look, title, "small-strong"), Text(look, example.story, "small"), gap=1)
        self._compare = Button(look, "Compare your answer", "small", icon="list-checks")
        self._compare.clicked.connect(self.compare)
        self._compare.hide()
        self.add(Mark(look, "bookmark", "steps"), top=True)
        self.add(words, 1)
        self.add(self._compare, top=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._compare.bare(self.width() < self.look.px(NARROW))

    def offer(self, on: bool) -> None:
        """Show the button that compares, or take it away."""
        self._compare.setVisible(on)


class PracticeShell(RequestShell):
    """An ordinary request on a practice desk, with a bar above it."""

    def __init__(self, look: Look, desk: PracticeDesk, memory: Memory, choosers: Choosers) -> None:
        super().__init__(look, desk, memory, choosers)
        self._practice = desk
        self._sealed: Sealed | None = None
        self._comparing = False
        self.header.keeps_nothing()
        self.bar = PracticeBar(look, desk.example)
        self.bar.compare.connect(self.compare)
        self.cells.insertWidget(0, self.bar)

    def open(self, request: Request) -> None:
        self._sealed = None
        super().open(request)
        announce(self, self.bar.says)

    def compare(self) -> None:
        """Show both results side by side, and the answers that differ."""
        page = ComparePage(self.look, compare(self.request, self._practice.worked()))
        page.edit.connect(self.edit)
        page.back.connect(self.back)
        self._show(page, rail=self._sealed is None)

    def back(self) -> None:
        if not self._comparing:
            super().back()
        elif self._sealed is not None:
            self._show_saved(self._sealed)
        else:
            self._go(RESULT)

    def edit(self, question: str) -> None:
        if self._sealed is not None:  # the record stands, so the answers go on in a new request
            self.open(self._practice.again(self.request))
        super().edit(question)

    def say_saved(self) -> None:
        self.notice.tell("This is practice. Nothing here is kept.")

    def _pass_on(self) -> None:
        self.notice.tell("This is practice. It is not passed on.")

    def panes(self) -> list[QWidget]:
        return [*super().panes(), self.bar]

    def _show_saved(self, sealed: Sealed) -> None:
        self._sealed = sealed
        super()._show_saved(sealed)

    def _show(self, page: Page, *, panel: bool = False, rail: bool = True) -> None:
        self._comparing = isinstance(page, ComparePage)
        self.bar.offer(self._shown in (RESULT, SAVED) and not self._comparing)
        super()._show(page, panel=panel, rail=rail)
