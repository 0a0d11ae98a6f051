"""Legal holds on a record: whether one stands, who held or freed it and why, and how long the record is kept."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal, SignalInstance

from ferpa_wizard.core.hold import HOLD
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Title
from ferpa_wizard.desktop.dates import day, day_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.holds import Held
from ferpa_wizard.requests.retention import Row


class HoldCard(Box):
    """`hold` and `release` ask for one more and one less; `grew` tells that Tab has other stops."""

    hold = Signal()
    release = Signal()
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=6)
        self.ground("surface", line="border")
        self.add(Title(look, "Legal hold"))
        self._body = Box(look, gap=6)
        self.add(self._body)

    def draw(self, held: Held, kept: str) -> None:
        """Show how it is held, and in a sentence how long it is kept."""
        look, focused = self.look, self.isAncestorOf(self.window().focusWidget())
        self._body.clear()
        self._body.add(Facts(look, *self._rows(held, kept), gap=4))
        buttons = [self._button("Hold this record", "lock", self.hold)]
        if held.count:
            buttons.append(self._button("End a hold", "undo-2", self.release))
        self._body.add(Flow(look, *buttons, gap=4))
        self.grew.emit()
        if focused:
            buttons[-1].show()  # what is not shown yet cannot take the focus
            buttons[-1].setFocus()

    def _rows(self, held: Held, kept: str) -> Iterator[FactRow]:
        look = self.look
        icon = ("lock", "steps") if held.count else ("circle", "text2")
        yield FactRow(look, Line(_standing(held.count), "small-medium"), icon=icon)
        for one in held.history:
            did = "Held" if one.hold.act == HOLD else "Hold ended"
            signed = Line(f"{did} by {one.hold.by}, {day(one.at)}", "caption", "text2")
            yield FactRow(look, Line(one.hold.words, "small"), signed, icon=("clock", "text2"))
        yield FactRow(look, Line(kept, "small"), icon=("scroll-text", "text2"))

    def _button(self, words: str, icon: str, asked: SignalInstance) -> Button:
        button = Button(self.look, words, "small", icon=icon)
        button.clicked.connect(asked)
        return button


def _standing(count: int) -> str:
    if count > 1:
        return f"{count} holds stand on it. Each is ended on its own."
    return "It is on legal hold." if count else "No hold stands on it."


def kept_in_words(row: Row, today: str) -> str:
    """How long a record is kept, and why it stays."""
    reasons = " ".join(why.says for why in row.why)
    if not row.last_day:
        return reasons
    until = f"Kept until {day_of(row.last_day)}. The rule: {row.rule}."
    if today <= row.last_day:
        return until
    return f"{until} That day is over. {f'It stays: {reasons}' if reasons else 'It may be purged.'}"
