"""Packets of data items: one press ticks what often goes together, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import Signal

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.packets import Packet
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.look import Look

Tick = Callable[[Sequence[str], bool], list[str]]


class PacketRow(Box):
    """A button for each packet; `tick` ticks items or takes them off, and answers which of them changed. `grew` tells
    that there is one more button.
    """

    grew = Signal()

    def __init__(self, look: Look, packets: Sequence[Packet], tick: Tick) -> None:
        super().__init__(look, margins=(0, 6, 0, 0), gap=2)
        self._tick, self._last, self._pressed = tick, list[str](), ""
        lead = "Tick what often goes together, and take off what they do not need"
        self.add(Text(look, lead, "small-strong", ink="text2", inset=RING))
        self._buttons = {packet.id: self._button(packet) for packet in packets}
        self.add(Flow(look, *self._buttons.values(), gap=0))

    @cached_property
    def _says(self) -> Text:
        return Text(self.look, "", "small", wraps=False)

    @cached_property
    def _told(self) -> Box:
        """What was ticked, and the way back; made when there is something to tell."""
        undo = Button(self.look, "Undo", "link", icon="undo-2")
        undo.clicked.connect(self._undo)
        told = row(self.look, self._says, undo, gap=10, margins=(RING, 0, 0, 0))
        self.add(told)
        self.grew.emit()
        return told

    def _button(self, packet: Packet) -> Button:
        button = Button(self.look, packet.label, "small", icon="list-checks")
        button.clicked.connect(lambda: self._pick(packet))
        return button

    def _pick(self, packet: Packet) -> None:
        self._last, self._pressed = self._tick(packet.items, True), packet.id
        self._say(f"{counted(len(self._last), 'item')} ticked.")
        self._told.setVisible(bool(self._last))

    def _undo(self) -> None:
        gone = self._tick(self._last, False)
        self._buttons[self._pressed].setFocus()
        self._told.hide()
        announce(self, f"{counted(len(gone), 'item')} taken off again.")

    def _say(self, sentence: str) -> None:
        self._says.say(sentence)
        announce(self, sentence)
