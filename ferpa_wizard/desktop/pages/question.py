"""One question on a page: the question, something to answer with, and its help; its kinds differ in the answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ferpa_wizard.core.walk import Ask
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.buttons import Disclosure
from ferpa_wizard.desktop.controls.cards import OptionCard, first_choice
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Heading, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.ticks import Ticks
from ferpa_wizard.desktop.remember import Memory

Answer = str | tuple[str, ...]
KEYS = 9  # options that a digit chooses


class Options(Group):
    """The question and its options: one group, named by the question, digits choose in it."""

    def __init__(self, look: Look, question: str, hint: str, *, style: str = "h1") -> None:
        super().__init__(look, question)
        self.buttons: list[QAbstractButton] = []
        self.setAccessibleDescription(hint)
        self.heading = Heading(look, question, style=style, inset=RING)
        self.cells.addWidget(self.heading)
        if hint:
            self.cells.addWidget(Gap(look, 4))
            self.cells.addWidget(Text(look, hint, "lead", ink="text2", inset=RING))
            self.cells.addWidget(Gap(look, 12))
        else:
            self.cells.addWidget(Gap(look, 10))

    def offer(self, button: QAbstractButton) -> None:
        """Add one thing to choose."""
        self.buttons.append(button)
        self.cells.addWidget(button)

    def chosen(self) -> list[int]:
        """The places of what is chosen."""
        return [place for place, button in enumerate(self.buttons) if button.isChecked()]

    def take_digit(self, event: QKeyEvent) -> bool:
        """Choose the option that a digit stands for; no if the key is not one of those."""
        place = event.key() - Qt.Key.Key_1
        if not 0 <= place < min(KEYS, len(self.buttons)) or _with_modifier(event):
            return False
        button = self.buttons[place]
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button.click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.take_digit(event):
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._move(step):
            return
        event.ignore()

    def _move(self, step: int) -> bool:
        at = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), -1)
        if at < 0 and step < 0:
            return False
        if 0 <= at + step < len(self.buttons):
            self.buttons[at + step].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False


def _with_modifier(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)


class Question(Box):
    """One answer of several; the other kinds differ in what there is to answer with."""

    changed = Signal()
    grew = Signal()  # more to answer with came in: the Tab order has to be set again
    ticks: Ticks | None = None  # where it is answered by ticks

    def __init__(self, look: Look, ask: Ask, *, given: Answer | None, memory: Memory, style: str = "h1") -> None:
        super().__init__(look, gap=4)
        self.ask, self.given, self._memory = ask, given, memory
        self._after = Text(look, "", "small", ink="text2", inset=RING)
        self._after.hide()
        self._again = Text(look, "", "small-medium", ink="steps", inset=RING)
        self._again.hide()
        self.add(self._after)
        self.add(self._again)
        self.options = Options(look, ask.text, ask.hint, style=style)
        self.add(self.options)
        self.offer()
        self._help = self._helps()
        if given is not None:
            self.fill(given)
        if self.ticks is not None:
            self.ticks.start()

    # -- what the kinds of question differ in ----------------------------------------------

    def offer(self) -> None:
        """Put what there is to answer with under the question."""
        for place, option in enumerate(self.ask.options, start=1):
            key = str(place) if place <= KEYS else ""
            card = OptionCard(self.look, option.label, hint=option.hint, key=key)
            card.toggled.connect(self._on_toggle)
            self.options.offer(card)

    def fill(self, given: Answer) -> None:
        """Show the answer that is already there."""
        for option, button in zip(self.ask.options, self.options.buttons, strict=False):
            if option.id == given:
                button.setChecked(True)

    def value(self) -> Answer | None:
        """The answer as it stands; None if there is none yet."""
        chosen = self.options.chosen()
        return self.ask.options[chosen[0]].id if chosen else None

    def nothing_yet(self) -> str:
        """What to do when there is no answer."""
        if any(option.id == "unsure" for option in self.ask.options):
            return "Choose one answer to go on. If you do not know, choose “I am not sure”."
        return "Choose one answer to go on."

    def key_hint(self) -> str:
        """The line beside the buttons."""
        keys = min(KEYS, len(self.options.buttons))
        return f"Press 1 to {keys}, then Enter" if keys > 1 else ""

    def opening(self) -> QWidget:
        """What takes the focus when the question is put."""
        chosen = [button for button in self.options.buttons if button.isChecked()]
        return chosen[0] if chosen else self.options.heading

    def refused(self, sentence: str) -> str:
        """Mark where the answer was not taken; the sentence as this question words it."""
        return sentence

    def mended(self) -> None:
        """Take the mark away."""

    def first_field(self) -> QWidget | None:
        """Where a problem is mended."""
        return first_choice(self.options.buttons)

    # -- what they share -------------------------------------------------------------------

    def in_words(self, value: Answer) -> str:
        """An answer as this question words it."""
        labels = {option.id: option.label for option in self.ask.options}
        parts = (value,) if isinstance(value, str) else value
        return ", ".join(labels.get(part, part) for part in parts) or "None of these"

    def refill(self) -> None:
        """Show again the answer that stands."""
        if self.given is not None:
            self.fill(self.given)

    def comes_after(self, answer: str) -> None:
        """Say which answer brought the question up: where it stands, that one may be out of sight."""
        self._after.say(f"You chose: {answer}")
        self._after.show()

    def put_again(self, reason: str) -> None:
        """Say why it is put although something had settled it; an empty reason says nothing."""
        self._again.say(reason)
        self._again.setVisible(bool(reason))

    def puts(self, ask: Ask) -> bool:
        """Does it put this very question, with these options?"""
        return (ask.id, _names(ask)) == (self.ask.id, _names(self.ask))

    def help(self) -> bool:
        """Open the help of this question; no if it has none."""
        if not self._help:
            return False
        last = self._help[-1]
        last.setChecked(True)
        last.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _on_toggle(self, on: bool) -> None:
        if on:
            self.changed.emit()

    def _helps(self) -> Sequence[Disclosure]:
        heads = Box(self.look, across=True, gap=4, margins=(0, 4, 0, 0))
        self.add(heads)
        made = []
        kept = self._memory.kept
        for label, text, cite, field, opened in (
            ("Why we ask", self.ask.why, self.ask.cite, "why_open", kept.why_open),
            ("How to find out", self.ask.find_out, "", "find_out_open", kept.find_out_open),
        ):
            if text:
                head = self._help_part(label, text, cite)
                heads.add(head)
                head.setChecked(opened)
                head.toggled.connect(self._keeper(field))
                made.append(head)
        heads.push()
        return made

    def _help_part(self, label: str, text: str, cite: str) -> Disclosure:
        body = Box(self.look, gap=3, margins=(RING + 10, 4, RING, 8))
        body.add(Text(self.look, label, "small-strong"))
        body.add(Text(self.look, text, "small", ink="text2"))
        if cite:
            body.add(Text(self.look, cite, "caption", ink="text2"))
        head = Disclosure(self.look, label, body)
        self.add(body)
        return head

    def _keeper(self, field: str) -> object:
        return lambda opened: self._memory.keep(**{field: opened})


def _names(ask: Ask) -> list[str]:
    return [option.id for option in ask.options]
