"""The header of a request: the way home, what it is about, whether it is saved, help."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.dates import clock
from ferpa_wizard.desktop.look import Look

HEIGHT = 56


class Upright(Box):
    """A thin upright line."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.ground("border")
        self.setFixedWidth(1)


class Header(Box):
    """Wide: Home, title, saved state, Help, Save and close. Narrow: what collapses lives here."""

    home = Signal()
    help = Signal()
    details = Signal()
    answers = Signal()
    ways = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, across=True, margins=(8, 0, 8, 1), gap=6)
        self.ground("surface", edges="b")
        self.fixed(height=HEIGHT)
        self._home = Button(look, "Home", "quiet", icon="arrow-left")
        self._line = Upright(look)
        self._title = Text(look, "", "h2")  # wraps to a second line where it is long
        self._tick = Mark(look, "check", "text2", size=15)
        self._saved = Text(look, "", "small", ink="text2", wraps=False)
        self._answers = Button(look, "Your answers", "quiet", icon="list-checks")
        self._ways = Button(look, "Ways still open", "quiet", icon="circle-dot", trailing="chevron-down")
        self._details = Button(look, "Details", "quiet", icon="pencil")
        self._help = Button(look, "Help", "quiet", icon="circle-question-mark")
        self._close = Button(look, "Save and close", "quiet", icon="x")
        self._is_saved, self._keeps = False, True
        self._build()

    def _build(self) -> None:
        title = Box(self.look, self._title, margins=(6, 0, 6, 0))
        for part in (self._home, self._line, title, self._tick, self._saved):
            self.add(part)
        for part in (self._answers, self._ways):
            self.add(part)
        self.push()
        self.add(self._details)
        self.add(self._help)
        self.add(self._close)
        self._home.clicked.connect(self.home)
        self._close.clicked.connect(self.home)
        self._details.clicked.connect(self.details)
        self._help.clicked.connect(self.help)
        self._answers.clicked.connect(self.answers)
        self._ways.clicked.connect(self.ways)

    def keeps_nothing(self) -> None:
        """Speak of no draft and of no saving: this request is for practice."""
        self._keeps = False
        self._home.words("Practice list")
        self._close.words("Close practice")

    def draw(self, title: str, saved: datetime | None, *, answers: int) -> None:
        """What the request is called, when it was saved, how many answers their drawer holds."""
        self._title.say(title)
        self._is_saved = saved is not None and self._keeps
        self._saved.say(f"Draft saved {clock(saved)}" if saved else "")
        self._details.show()
        if self._keeps:
            self._close.words("Save and close" if saved else "Close")
        self._answers.words(f"Your answers ({answers})")

    def draw_sealed(self) -> None:
        """The decision is saved: there is no draft any more, and nothing to add to it."""
        self._is_saved = False
        self._details.hide()
        if self._keeps:
            self._close.words("Close")

    def ways_are(self, words: str) -> None:
        """What the button of the panel says."""
        self._ways.words(words)

    def arrange(self, *, narrow: bool, wide: bool, rail: bool, panel: bool) -> None:
        """Swap title and saved state for the drawers' buttons where there is no room."""
        for part in (self._line, self._title, self._close):
            part.setVisible(not narrow)
        self._saved.setVisible(not narrow and self._is_saved)
        self._tick.setVisible(not narrow and self._is_saved)
        self._answers.setVisible(narrow and rail)
        self._ways.setVisible(narrow and panel)
        self._home.bare(narrow)
        for button in (self._details, self._help):
            button.bare(not wide)


def ways_open(number: int) -> str:
    """The words of the button that opens the panel where it has collapsed."""
    return "1 way still open" if number == 1 else f"{number} ways still open"
