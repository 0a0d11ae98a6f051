"""Driving a window as a person or a screen reader does: by role, by name, by key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QWidget

from ferpa_wizard.desktop.window import Window

Found = TypeVar("Found", bound=QWidget)
Key = Qt.Key
PATIENCE = 30  # seconds until work in slices has to be done


def name_of(widget: QWidget) -> str:
    """What a screen reader calls the widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and widget.isEnabled()


class Driver:
    """Keys and look-ups in one window."""

    def __init__(self, window: Window) -> None:
        self.window = window

    # -- looking ---------------------------------------------------------------------------

    def all(self, kind: type[Found], within: QWidget | None = None) -> list[Found]:
        """Every visible widget of a kind."""
        settle()
        return [widget for widget in (within or self.window).findChildren(kind) if widget.isVisible()]

    def find(self, kind: type[Found], name: str, within: QWidget | None = None) -> Found:
        """The visible widget of a kind that has this name."""
        every = self.all(kind, within)
        named = [widget for widget in every if name_of(widget) == name]
        assert len(named) == 1, f"{name!r} among {[name_of(widget) for widget in every]}"
        return named[0]

    def sees(self, text: str) -> bool:
        """Whether some visible label holds the text."""
        return any(text in label.text() for label in self.all(QLabel))

    @property
    def title(self) -> str:
        return self.window.windowTitle()

    @property
    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def tab_stops(self) -> list[QWidget]:
        """Everything that Tab may visit."""
        return [widget for widget in self.all(QWidget) if takes_tab(widget)]

    def tab_ring(self) -> Iterator[QWidget]:
        """What Tab visits from here until it comes back."""
        self.press(Key.Key_Tab)
        first = self.focused
        yield first
        for _ in range(300):
            self.press(Key.Key_Tab)
            if self.focused is first:
                return
            yield self.focused
        raise AssertionError("Tab does not come back")

    # -- pressing --------------------------------------------------------------------------

    def press(self, *keys: Qt.Key, ctrl: bool = False, shift: bool = False, alt: bool = False) -> None:
        """Press keys where the focus is."""
        held = Qt.KeyboardModifier.NoModifier
        for on, modifier in (
            (ctrl, Qt.KeyboardModifier.ControlModifier),
            (shift, Qt.KeyboardModifier.ShiftModifier),
            (alt, Qt.KeyboardModifier.AltModifier),
        ):
            held = held | modifier if on else held
        for key in keys:
            target = QApplication.activeModalWidget() or self.window
            focused: QWidget | None = target.focusWidget()
            QTest.keyClick(target if focused is None else focused, key, held)
            settle()

    def write(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focused, text)
        settle()

    def tab_to(self, kind: type[QWidget], name: str) -> None:
        """Press Tab until a control has the focus."""
        for _ in range(200):
            if isinstance(self.focused, kind) and name_of(self.focused) == name:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {name!r}")

    def answer(self, *digits: int) -> None:
        """A digit and Enter for each question."""
        for digit in digits:
            self.press(Key(Key.Key_0 + digit), Key.Key_Return)

    def chosen(self) -> str:
        """The radio button that is chosen."""
        return next((name_of(one) for one in self.all(QRadioButton) if one.isChecked()), "")


def settle() -> None:
    """Let what is posted happen."""
    for _ in range(3):
        QApplication.processEvents()


def wait_for(holds: Callable[[], bool]) -> None:
    """Let the window work until something holds; the test fails where that does not come."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "this never came to hold"
        settle()


def on_window(widget: QWidget) -> QRect:
    """Where a widget is in its window."""
    return QRect(widget.mapTo(widget.window(), widget.rect().topLeft()), widget.size())
