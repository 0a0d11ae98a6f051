"""What was ticked on a page, one after the other: taken back and done again before the page is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QAbstractButton

_State = frozenset[QAbstractButton]  # those that are ticked


class Ticks:
    """The boxes of one question; `start` once they show what was answered before."""

    def __init__(self, boxes: Sequence[QAbstractButton] = ()) -> None:
        self._boxes: list[QAbstractButton] = []
        self._undo: list[_State] = []
        self._redo: list[_State] = []
        self._is_one_step = False
        self._now: _State = frozenset()
        for box in boxes:
            self.add(box)

    def add(self, box: QAbstractButton) -> None:
        """One more box; if it is ticked it was so all along."""
        self._boxes.append(box)
        if box.isChecked():
            self._now |= {box}
            for states in (self._undo, self._redo):
                states[:] = [state | {box} for state in states]
        box.toggled.connect(self._on_toggled)

    def start(self) -> None:
        """What is ticked by now is not taken back."""
        self._undo.clear()
        self._redo.clear()
        self._now = self._state()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is ticked inside is taken back as one."""
        within, self._is_one_step = self._is_one_step, True
        yield
        self._is_one_step = within
        self._on_toggled()

    def undo(self) -> str:
        """Take back the last ticks; what there is to say, empty where there are none."""
        return self._swap(self._undo, self._redo, "The last ticks are undone.")

    def redo(self) -> str:
        """The same for doing them again."""
        return self._swap(self._redo, self._undo, "The ticks are done again.")

    def _swap(self, source: list[_State], target: list[_State], said: str) -> str:
        if not source:
            return ""
        target.append(self._now)
        self._now = source.pop()
        self._is_one_step = True
        for box in self._boxes:
            box.setChecked(box in self._now)
        self._is_one_step = False
        return said

    def _on_toggled(self) -> None:
        now = self._state()
        if not self._is_one_step and now != self._now:
            self._undo.append(self._now)
            self._redo.clear()
            self._now = now

    def _state(self) -> _State:
        return frozenset(box for box in self._boxes if box.isChecked())
