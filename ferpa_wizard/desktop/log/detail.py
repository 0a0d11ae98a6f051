"""The pane beside the list of the log: the record that is current, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Signal

from ferpa_wizard.core.review import AGREE, ASK_CHANGE, REOPEN, refusal
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.scroll import Scroll
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day
from ferpa_wizard.desktop.log.reviewing import NOTE
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.shown import CHOICES
from ferpa_wizard.documents.words import LAYERS
from ferpa_wizard.requests.log_record import LogRecord
from ferpa_wizard.requests.log_words import OUTCOMES, REVIEWS

Json = Mapping[str, Any]
WIDTH = 348
BUTTONS: Mapping[str, tuple[str, str]] = {
    AGREE: ("Agree", "check"),
    ASK_CHANGE: ("Ask for a change", "pencil"),
    REOPEN: ("Reopen", "undo-2"),
    NOTE: ("Add a note", "plus"),
}
REVIEWED: Mapping[str, str] = {AGREE: "Agreed", ASK_CHANGE: "Asked for a change", REOPEN: "Reopened"}


class DetailPane(Box):
    """`acted` tells one of BUTTONS, `opened` that the whole record is wanted, `grew` that Tab has other stops."""

    opened = Signal()
    acted = Signal(str)
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(1, 1, 1, 1))
        self.ground("surface", line="border")
        self._scroll = Scroll(look, margins=(10, 12, 10, 10), gap=4)
        self._buttons = {act: self._button(act) for act in BUTTONS}
        self._open = Button(look, "Open record", "small", icon="file-text")
        self._open.clicked.connect(self.opened)
        self._foot = Box(look, margins=(10, 4, 6, 6))
        self._foot.ground(edges="t")
        self._foot.add(Flow(look, self._open, *self._buttons.values(), gap=0))
        self.add(self._scroll, 1)
        self.add(self._foot)
        self.rescale()

    def rescale(self) -> None:
        super().rescale()
        self.fixed(width=WIDTH)

    def show_record(self, record: LogRecord, desk: str) -> None:
        """Show a record of a desk, named as in the list, from its beginning."""
        body: Json = record.sealed.body
        self._fill(str(body["request"]["title"]), f"Record {record.sealed.number}, {desk}, {day(record.sealed.at)}")
        self._scroll.column.add(Facts(self.look, *map(self._fact, facts_of(record)), gap=4))
        self._scroll.column.push()
        for act, button in self._buttons.items():
            button.setVisible(record.mine if act == NOTE else not refusal(record.state, act))
        self._foot.show()
        self.grew.emit()

    def say(self, sentence: str) -> None:
        """Show a sentence and no record."""
        self._fill("", sentence)
        self._scroll.column.push()
        self._foot.hide()
        self.grew.emit()

    def _fill(self, title: str, says: str) -> None:
        column = self._scroll.column
        column.clear()
        if title:
            column.add(Title(self.look, title))
        column.add(Text(self.look, says, "caption" if title else "small", ink="text2", inset=RING))
        self._scroll.to_top()

    def _fact(self, fact: tuple[str, str, tuple[str, str]]) -> FactRow:
        title, says, icon = fact
        return FactRow(self.look, Line(title, "caption", "text2"), Line(says, "small"), icon=icon)

    def _button(self, act: str) -> Button:
        words, icon = BUTTONS[act]
        button = Button(self.look, words, "small", icon=icon)
        button.clicked.connect(lambda: self.acted.emit(act))
        return button


def facts_of(record: LogRecord) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """What a reviewer needs to see: title, words, icon."""
    body: Json = record.sealed.body
    decision, basis = body["decision"], body["determination"]["basis"]
    choice = decision["choice"]
    yield "Outcome", OUTCOMES.get(choice, decision["label"]), CHOICES.get(choice, ("file-text", "text2"))
    asked = next((row["label"] for row in body["answers"] if row["question"] == "requester"), "")
    yield "Asked by", ", ".join(filter(None, (asked, body["request"].get("asker")))), ("user-check", "text2")
    yield "Result", body["determination"]["says"], ("scale", "text2")
    yield "Basis", f"{basis['title']}, {basis['cite']}" if basis else "None fits", ("landmark", "text2")
    if decision["reasons"]:
        yield "True reason", ", ".join(LAYERS.get(one, one) for one in decision["reasons"]), ("info", "text2")
    if decision["words"]:
        yield "In their words", decision["words"], ("pencil", "text2")
    if decision["correction"]:
        yield "About this reason", decision["correction"], ("info", "steps")
    if decision["differs"]:
        yield "Differs from the result", "The words above say why.", ("circle-alert", "steps")
    by = decision["by"]
    yield "Decided by", ", ".join(filter(None, (by["name"], by["role"]))), ("user-check", "text2")
    for note in record.notes:
        yield f"Note, {note.note.by}, {day(note.at)}", note.note.says, ("pencil", "text2")
    if record.replaced_by:
        yield "New version", f"Record {record.replaced_by}", ("file-text", "text2")
    yield "Review", REVIEWS[record.state], ("shield-check", "text2")
    yield from reviews_of(record)


def reviews_of(record: LogRecord) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """The reviews so far, the oldest first."""
    for one in record.reviews:
        review = one.review
        yield f"{REVIEWED.get(review.act, review.act)}, {review.by}, {day(one.at)}", review.words, ("clock", "text2")
