"""Buttons that open a menu, and menus in which several things can be ticked before they close."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QMenu

from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import painting
from ferpa_wizard.desktop.look import Look

WIDEST = 380


class Entry(NamedTuple):
    """What an entry says, the number at its right, whether it is ticked."""

    label: str
    number: int | None = None
    ticked: bool = False


class TickMenu(QMenu):
    """A click or Space ticks and the menu stays; Enter ticks and closes it. With `one`, one entry is chosen at most.

    `renew` has it filled with the entries that there are, each time before it opens.
    """

    def __init__(self, look: Look, name: str, renew: Callable[[], object], *, one: bool = False) -> None:
        super().__init__()
        self._look, self._group = look, QActionGroup(self)
        self._group.setExclusive(one)
        self._one = one
        self.setAccessibleName(name)
        self._renew_entries = renew
        self.aboutToShow.connect(self.renew)

    def renew(self) -> None:
        """Have the entries that there are now."""
        self.empty()
        self._renew_entries()

    def fill(self, entries: Iterable[Entry], ticked: Callable[[int], object]) -> None:
        """Have these entries; `ticked` is called with the place of one that people tick or untick."""
        for place, entry in enumerate(entries):
            action = self._group.addAction(self._words(entry))
            action.setCheckable(True)
            action.setChecked(entry.ticked)
            action.triggered.connect(lambda _on, place=place: ticked(place))
            self.addAction(action)

    def empty(self) -> None:
        """Have no entries; those of the group would otherwise stay with it, and be ticked unseen."""
        self.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
            action.deleteLater()

    def also(self, words: str, does: Callable[[], object], *, apart: bool = False) -> QAction:
        """One more entry that does something, perhaps under a line."""
        if apart:
            self.addSeparator()
        action = self.addAction(escaped(words))
        action.triggered.connect(lambda _on: does())
        return action

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            tick = self._look.icon("check", "accent", size=14)
            for action in self.actions():
                if action.isChecked():
                    at = self.actionGeometry(action)
                    top = at.center().y() - self._look.px(7) + 1
                    painter.drawPixmap(QPoint(at.left() + self._look.px(6), top), tick)

    def _tick(self, action: QAction | None) -> bool:
        """Tick it and stay open; False where that is not how it works."""
        if self._one or action is None or not action.isCheckable():
            return False
        action.trigger()
        self.update()
        return True

    def _words(self, entry: Entry) -> str:
        room, middle = self._look.px(WIDEST), Qt.TextElideMode.ElideRight
        label = self._look.metrics("body").elidedText(entry.label, middle, room)
        return escaped(label) + ("" if entry.number is None else f"\t{entry.number:,}")


class MenuButton(Button):
    """Opens its menu under itself; `filling` is called each time before."""

    def __init__(self, look: Look, text: str, menu: QMenu, *, kind: str = "menu", icon: str = "") -> None:
        super().__init__(look, text, kind, icon=icon, trailing="chevron-down")
        self.opens = menu
        self.setMenu(menu)
        self.destroyed.connect(menu.deleteLater)


def escaped(words: str) -> str:
    """Words in a menu, in which an ampersand would mark a key."""
    return words.replace("&", "&&").replace("\t", " ")
