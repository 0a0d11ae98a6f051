"""Blocks of a page: the verdict, a list of problems, a passing notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RADIUS, body_of, focus_ring, painting, rounded
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line, PressRow
from ferpa_wizard.desktop.controls.text import Heading, Mark, Text
from ferpa_wizard.desktop.look import Look

NOTICE_SECONDS = 10
Undo = Callable[[], str]  # takes back what was done, wherever people are by then; what there is to say of it
_UNDER = 12  # free room under the problems


class Verdict(Box):
    """The block that says what the rules say: icon, kind, one sentence, basis."""

    def __init__(self, look: Look, *, icon: str, ink: str, label: str, sentence: str) -> None:
        super().__init__(look, across=True, margins=(18, 15, 20, 17), gap=14)
        self.ground(f"{ink}_t", line=ink)
        self.add(Mark(look, icon, ink, size=28), top=True)
        first, _, others = sentence.partition(". ")
        self.heading = Heading(look, first + "." if others else first, style="verdict")
        self.heading.setAccessibleName(sentence)  # it is read as a whole
        self.words = Box(look, Text(look, label, "option", ink=ink), self.heading, gap=4)
        if others:
            self.words.add(Text(look, others, "option"))
        self.add(self.words, 1)

    def also(self, text: str, style: str = "body") -> None:
        """One more line under the sentence."""
        self.words.add(Text(self.look, text, style))


class Told(Box):
    """Sentences to read before going on; Tab reaches them."""

    def __init__(self, look: Look, *sentences: str) -> None:
        super().__init__(look, margins=(12, 6, 12, 6))
        self.ground("ask_t", line="ask")
        rows = [FactRow(look, Line(says, "small-medium"), icon=("info", "ask")) for says in sentences]
        self.add(Facts(look, *rows))
        if rows:
            self.setFocusProxy(rows[0])


class Problems(Box):
    """What to mend before going on: takes the focus, each line leads to its field."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(20, 14, 20, 14 + _UNDER), gap=4)
        self.setVisible(False)

    def show_problems(self, problems: Sequence[tuple[str, QWidget | None]]) -> None:
        """Show sentences, each with the field it is about."""
        self.clear()
        title = self._title([says for says, _ in problems])
        head = Box(self.look, Mark(self.look, "circle-alert", "no", size=20), across=True, gap=8)
        head.add(title, 1)
        self.add(head)
        for sentence, field in problems:
            self.add(self._line(sentence, field))
        self.setVisible(True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, title.accessibleName(), urgent=True)

    def hide_problems(self) -> None:
        self.clear()
        self.setVisible(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self.look
        with painting(self) as painter:
            body = body_of(self, look).adjusted(0, 0, 0, -look.px(_UNDER))
            fill, line = look.color("no_t"), look.color("no")
            rounded(painter, body, look.px(RADIUS), fill=fill, line=line, width=look.px(2))
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(RADIUS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def _title(self, says: Sequence[str]) -> Heading:
        """The heading, which holds the focus and is read with the sentences: a screen reader may skip a plain block."""
        title = Heading(self.look, "There is a problem", style="h2")
        title.say(title.text(), "no")
        title.setAccessibleName(" ".join(("There is a problem.", *says)))
        title.installEventFilter(self)
        self.setFocusProxy(title)
        return title

    def _line(self, sentence: str, field: QWidget | None) -> QWidget:
        if field is None:
            return Text(self.look, sentence, "small-medium", inset=28)
        line = Line(sentence, "small-medium", "no")
        link = PressRow(self.look, line, icon=("chevron-right", "no"), hover_icon="")
        link.clicked.connect(lambda: field.setFocus(Qt.FocusReason.ShortcutFocusReason))
        return link


class Notice(Box):
    """A line that says what was just done, for ten seconds, perhaps with a way back.

    `undone` when that was gone: whatever shows how things stand reads them again.
    """

    undone = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, across=True, margins=(24, 4, 12, 4), gap=12)
        self.ground("sunken", edges="t")
        self._text = Text(look, "", "small-medium")
        self._undo = Button(look, "Undo", "link", icon="undo-2")
        self._undo.clicked.connect(self._on_undo)
        self._act: Undo | None = None
        self.add(Mark(look, "info", "text2", size=16))
        self.add(self._text, 1)
        self.add(self._undo)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(NOTICE_SECONDS * 1000)
        self._clock.timeout.connect(self.hide)
        self.setVisible(False)

    def tell(self, text: str, undo: Undo | None = None) -> None:
        """Show a sentence; with `undo`, a button that takes it back."""
        self._text.say(text)
        self._act = undo
        self._undo.setVisible(undo is not None)
        self.setVisible(True)
        self._clock.start()
        announce(self, text)

    def _on_undo(self) -> None:
        act, self._act = self._act, None
        self.setVisible(False)
        if act is not None:
            says = act()
            self.undone.emit()
            self.tell(says)  # once the focus has its place: what is said before that is cut off
