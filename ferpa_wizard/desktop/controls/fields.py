"""Fields to type in: a frame around a plain Qt control, its label tied to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.paint import RING, body_of, focus_ring, painting, rounded
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.look import Look


class Frame(Box):
    """The outline of a field; the ring shows while the field has the focus."""

    def __init__(self, look: Look, field: QWidget, *, icon: str = "") -> None:
        super().__init__(look, across=True, margins=(RING + 12, RING, RING + 12, RING), gap=8)
        self._field, self._wrong = field, False
        if icon:
            self.add(Mark(look, icon, "text2"))
        self.add(field, 1)
        field.installEventFilter(self)

    def wrong(self, wrong: bool) -> None:
        """Outline the field as one to look at again."""
        self._wrong = wrong
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self.look
        with painting(self) as painter:
            body, radius = body_of(self, look), look.px(7)
            line = look.color("no" if self._wrong else "control")
            width = look.px(2) if self._wrong else 1
            rounded(painter, body, radius, fill=look.color("surface"), line=line, width=width)
            if self._field.hasFocus():
                focus_ring(painter, look, body, radius)


class LineField(QLineEdit):
    """One line of typing."""

    def __init__(self, look: Look, text: str = "", *, places: int = 0) -> None:
        super().__init__(text)
        self._look, self._places = look, places
        self._to_select = False  # all of it, for Tab led here
        if places:
            self.setMaxLength(places)
        self.rescale()

    def rescale(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(self._look.px(40))
        if self._places:
            self.setFixedWidth(self._look.px(18 + 11 * self._places))

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt tells what it selects before it tells who has the focus; a screen reader then says nothing of the field.
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(QFocusEvent(event.type(), Qt.FocusReason.OtherFocusReason) if by_tab else event)
        if by_tab and self.text():
            self._to_select = True
            QTimer.singleShot(0, self, self._select)

    def _select(self) -> None:
        if self._to_select:
            self._to_select = False
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._select()  # a key may come before the timer, which would then select what it wrote
        super().keyPressEvent(event)


class SearchField(LineField):
    """Down and Enter lead to what was found, Escape takes the words away."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class WordsField(QPlainTextEdit):
    """Several lines of plain typing; Tab moves on, Ctrl+Enter is left to the page."""

    def __init__(self, look: Look, text: str = "") -> None:
        super().__init__(text)
        self._look = look
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.rescale()

    def rescale(self) -> None:
        self.setFont(self._look.font("body"))
        self.setFixedHeight(self._look.px(84))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class ChoiceField(QComboBox):
    """One of a few, in a list that drops down; `least` is how many letters of it are always seen, all for 0."""

    def __init__(self, look: Look, labels: Sequence[str], chosen: int, *, least: int = 0) -> None:
        super().__init__()
        self._look = look
        if least:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(least)
        self.addItems(list(labels))
        self.setCurrentIndex(chosen)
        self.rescale()

    def rescale(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(self._look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._look.px(18)
        with painting(self) as painter:
            arrow = self._look.icon("chevron-down", "text2", size=18)
            painter.drawPixmap(self.width() - side, (self.height() - side) // 2, arrow)


class Asked(Box):
    """A part of a form; `field` takes the focus, `problem` is the line that says what to mend, to be put in place."""

    field: QWidget

    def __init__(self, look: Look, *, gap: int) -> None:
        super().__init__(look, gap=gap)
        self.problem = Text(look, "", "small-strong", ink="no", inset=RING)
        self.problem.hide()

    def wrong(self, sentence: str) -> None:
        """Show what to do about it; an empty sentence takes it away."""
        self.problem.say(sentence)
        self.problem.setVisible(bool(sentence))


class Labelled(Asked):
    """A label, a hint and a field under one another; the label is the field's buddy."""

    def __init__(self, look: Look, label: str, field: LineField | WordsField | ChoiceField, *, hint: str = "") -> None:
        super().__init__(look, gap=3)
        self.field: LineField | WordsField | ChoiceField = field
        self._label = Text(look, label, "small-strong", inset=RING)
        self._label.setBuddy(field)
        self._hint = Text(look, hint, "small", ink="text2", inset=RING)
        self.frame = Frame(look, field)
        field.setAccessibleName(label)  # Qt looks for a buddy beside the field only, not around its frame
        field.setAccessibleDescription(hint)
        for part in (self._label, self._hint, self.problem, self.frame):
            self.add(part)
        self._hint.setVisible(bool(hint))  # after it has a parent, or it would be a window

    def wrong(self, sentence: str) -> None:
        super().wrong(sentence)
        self.frame.wrong(bool(sentence))
        self.field.setAccessibleDescription(sentence or self._hint.text())
