"""The few dialogs: a change that drops answers, and the list of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ferpa_wizard.core.change import Change
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.actions import ACTIONS
from ferpa_wizard.desktop.controls.box import Box, Rule
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.scroll import Scroll
from ferpa_wizard.desktop.controls.text import Heading, Text
from ferpa_wizard.desktop.look import Look

SIDE = 24  # room at the left and right of what a sheet shows


PHONE = (
    ("“Thank you for calling. I want to help, and I will find out what I can do.”", "Nothing is refused yet."),
    ("“What do you need, and what is it for? By when?”", "Write it down in their words."),
    ("“Who is asking, and for which school or office do you work?”", "A name on the phone is no proof of who it is."),
    (
        "“I will call you back today, at the number that we have on file or that your office lists.”",
        "That call is how you check who they are. If someone is in danger now, do not wait: press Ctrl+D.",
    ),
)


Does = Callable[[], object] | SignalInstance


class Sheet(QDialog):
    """A plain dialog: a heading, a body that scrolls, buttons."""

    def __init__(self, look: Look, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(title)
        self.setModal(True)
        self._cells = QVBoxLayout(self)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setSpacing(0)
        self.scroller = Scroll(look, margins=(SIDE, 20, SIDE, 16), gap=8)
        self.body = self.scroller.column
        self.heading = Heading(look, title, style="h2", inset=RING)
        self.body.add(self.heading)
        self._cells.addWidget(self.scroller, 1)
        self.buttons = Box(look, across=True, margins=(20, 9, 20, 9), gap=6)
        self.buttons.ground("surface", edges="t")
        self.buttons.push()
        self._cells.addWidget(self.buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.scroller.move_by(event.key()):
            super().keyPressEvent(event)

    def press(self, label: str, does: Does, *, default: bool = False, icon: str = "") -> Button:
        """A button below the body; Enter presses the default one."""
        button = Button(self.look, label, "primary" if default else "secondary", icon=icon)
        button.clicked.connect(does)
        button.setDefault(default)
        self.buttons.add(button)
        return button

    def settle(self, width: int) -> None:
        """Take the size that the body needs, within the window behind."""
        self.body.push()
        wide = self.wide(width)
        need = self.body.heightForWidth(wide) + self.buttons.sizeHint().height() + 4
        self.resize(wide, min(need, self._outer().height() - self.look.px(48)))

    def wide(self, width: int) -> int:
        """How wide it gets, in pixels, when it would be `width` at 100 % text: no wider than the window behind."""
        return min(self.look.px(width), self._outer().width() - self.look.px(32))

    def _outer(self) -> QSize:
        behind = self.parentWidget()
        return behind.window().size() if behind is not None else self.size()


class ChangeSheet(Sheet):
    """What a changed answer would drop; keeping the answer is the default."""

    def __init__(self, look: Look, parent: QWidget, change: Change, *, words: tuple[str, str, str]) -> None:
        super().__init__(look, parent, "Change this answer?")
        question, old, new = words
        self.body.add(Text(look, question, "small", ink="text2", inset=RING))
        self.body.add(Text(look, f"{old}  →  {new}", "option", inset=RING))
        self.body.add(Rule(look))
        self._lost(change)
        if change.kept:
            kept = "1 other answer stays." if len(change.kept) == 1 else f"{len(change.kept)} other answers stay."
            self.body.add(Text(look, kept, "small", inset=RING))
        stay = "The answers that no longer fit are set aside. Change back, and they return."
        self.body.add(Text(look, stay, "small", ink="text2", inset=RING))
        keep = self.press("Keep my answer", self.reject, default=True)
        self.press("Change it", self.accept)
        keep.setFocus(Qt.FocusReason.OtherFocusReason)
        self.settle(520)

    def _lost(self, change: Change) -> None:
        lost = (*change.asked_again, *change.set_aside)
        fit = "no longer fits" if len(lost) == 1 else "no longer fit"
        self.body.add(Text(self.look, f"{counted(len(lost), 'later answer')} {fit}:", "small-strong", inset=RING))
        rows = [
            FactRow(
                self.look,
                Line(given.ask.text, "small", "text2"),
                Line(given.label, "small-medium"),
                icon=("circle-dashed", "steps"),
            )
            for given in lost
        ]
        self.body.add(Facts(self.look, *rows))


class ConfirmSheet(Sheet):
    """Asks before something that cannot be taken back; to go on as before is the default."""

    def __init__(self, look: Look, parent: QWidget, title: str, *, says: Sequence[str], act: str, stay: str) -> None:
        super().__init__(look, parent, title)
        for sentence in says:
            self.body.add(Text(look, sentence, "small", inset=RING))
        keep = self.press(stay, self.reject, default=True)
        self.press(act, self.accept)
        keep.setFocus(Qt.FocusReason.OtherFocusReason)
        self.settle(460)


class PhoneSheet(Sheet):
    """What can be said to somebody on the phone before anything is known."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, "What to say right now")
        rows = [FactRow(look, Line(says, "body"), Line(why, "small", "text2")) for says, why in PHONE]
        self.body.add(Facts(look, *rows, gap=6))
        self.press("Close", self.accept, default=True).setFocus(Qt.FocusReason.OtherFocusReason)
        self.settle(520)


class KeysSheet(Sheet):
    """Every key of the program."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, "Keys")
        rows = [FactRow(look, Line(act.label, "small"), state=(" or ".join(act.keys), "text2")) for act in ACTIONS]
        self.body.add(Facts(look, *rows, gap=2))
        self.press("Close", self.accept, default=True)
        self.settle(460)
