"""How far long work is, with a way to stop it; nothing is seen of it while there is none."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.slices import Slices
from ferpa_wizard.requests.steps import Step


class Working(Box):
    """`done` has the result of the work, `stopped` that people stopped it, `grew` that the line came or went."""

    done = Signal(object)
    stopped = Signal()
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, gap=2)
        self._says = Text(look, "", "small", ink="text2", inset=RING)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("How far it is")
        self._cancel = Button(look, "Stop", "small", icon="x")
        self._cancel.clicked.connect(self._on_cancel)
        self._line = Box(look, across=True, gap=8, margins=(RING, 0, 0, 0))
        self._line.add(self._bar, 1)
        self._line.add(self._cancel)
        self.add(self._says)
        self.add(self._line)
        self._slices = Slices(self)
        self._slices.went.connect(self._on_step)
        self._slices.done.connect(self._on_done)
        self._slices.failed.connect(self.refuse)
        self.setVisible(False)
        self.rescale()

    def run(self, work: Generator[Step, None, object], says: str) -> None:
        """Begin work, and say what it is."""
        self._bar.setRange(0, 0)
        self._show(says, at_work=True)
        self._slices.run(work)

    @property
    def runs(self) -> bool:
        return self._slices.runs

    def stop(self) -> None:
        """Do no more, and say nothing of it."""
        self._slices.stop()
        self.setVisible(False)

    def rescale(self) -> None:
        super().rescale()
        self._bar.setFixedHeight(self.look.px(8))

    def _on_step(self, step: Step) -> None:
        self._bar.setRange(0, step.of)
        self._bar.setValue(step.done)
        self._says.say(step.says)

    def _on_done(self, result: object) -> None:
        self.setVisible(False)
        self.grew.emit()
        self.done.emit(result)

    def refuse(self, sentence: str) -> None:
        """Say why there is no result."""
        self._show(sentence, at_work=False)

    def _on_cancel(self) -> None:
        self._slices.stop()
        self._show("Stopped.", at_work=False)
        self.stopped.emit()

    def _show(self, says: str, *, at_work: bool) -> None:
        self._says.say(says)
        self._line.setVisible(at_work)
        self.setVisible(True)
        self.grew.emit()
        announce(self, says)
