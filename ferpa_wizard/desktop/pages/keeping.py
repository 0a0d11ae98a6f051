"""Keeping records: what the schedule lets go and what stays all the same, legal holds, and the purge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.hold import HOLD
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.more import MadeRows
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.dates import day, day_of
from ferpa_wizard.desktop.form_sheet import Problems
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.due_card import PAGE, DueCard
from ferpa_wizard.desktop.remember import Memory, Person
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.desktop.words_sheet import WhoField, WordsSheet
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.holds import Held
from ferpa_wizard.requests.retention import Purged, Row

Listed = TypeVar("Listed", Row, Held)
_HOW = (
    "To write one, put rules under retention: into profile.yaml in the home folder, for example:",
    "retention: [{kind: decision, years: 7}]",
    "The guide for privacy officers (docs/guides/officer.md) has more. How long to keep what, your district sets.",
)
_HAPPENS = (
    "The texts of these records go for good, and so do their notes, things to do, uses, papers, reviews and holds.",
    "Nothing brings them back.",
    "Their places in the chain stay, with number and day. The log can still be verified.",
    "Saved papers, exports, backups and copies of the log elsewhere are not reached. Delete those by your own rules.",
)
_WHY = ("Why, and who told you to", "It stays in the log for good. Leave out names of students.")
_MANY, _LONG = 500, "With so many records this takes a while. The window does not answer until it is done."
_NONE_TICKED = "Nothing is ticked. Tick the records that are to go first."


class KeepingPage(DeskPage):
    """`show_record` asks for a record, `purged` tells that pages have to forget, `grew` that Tab has other stops."""

    back = Signal()
    show_record = Signal(str)
    purged = Signal()
    title = "Keeping records"
    under = "log"
    width_limit = 760

    def __init__(self, look: Look, desk: Desk, memory: Memory, notice: Notice) -> None:
        super().__init__(look, "Keeping records", gap=12)
        self._desk, self._memory, self._notice = desk, memory, notice
        back = Button(look, "Decision log", "quiet", icon="arrow-left")
        back.clicked.connect(self.back)
        self._says = Text(look, "", "small", inset=RING)
        self._how = Box(look, *(Text(look, says, "small", ink="text2", inset=RING) for says in _HOW), gap=2)
        self._done = Box(look)
        self.working = Working(look)
        self._lists = Box(look, gap=12)
        self._elsewhere = Text(look, "", "small", ink="text2", inset=RING)
        for part in (row(look, back), self.heading, self._says, self._how, self._done, self.working, self._lists):
            self.add(part)
        self.add(self._elsewhere)
        self.working.done.connect(self._draw)
        self.working.grew.connect(self._on_grew)

    def refresh(self) -> None:
        """Look anew at what may go, in the background."""
        retention = self._desk.keeping.retention
        self._lists.clear()
        try:
            says, elsewhere = retention.says, retention.elsewhere
            scheduled = bool(self._desk.profile.retention)
        except STORE_ERRORS as error:
            self.working.refuse(str(error))
            return
        except RULES_ERRORS as error:
            self.working.refuse(without_rules(error))
            return
        self._says.say(says)
        self._how.setVisible(not scheduled)
        self._elsewhere.say(elsewhere)
        self._elsewhere.setVisible(bool(elsewhere))
        self.working.run(retention.looking(), "Looking at what the schedule lets go.")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._done.clear()

    # -- the lists -------------------------------------------------------------------------

    def _draw(self, rows: Sequence[Row]) -> None:
        self._lists.clear()
        go = [one for one in rows if one.may_go]
        stay = [one for one in rows if not one.may_go]
        if go:
            self._due = DueCard(self.look, go)
            self._due.purge.connect(self._ask)
            self._due.grew.connect(self._on_grew)
            self._lists.add(self._due)
        elif self._desk.profile.retention:
            self._list("Nothing may go today.", [], self._staying)
        if stay:
            self._list(f"Time is up, and it stays: {counted(len(stay), 'record')}", stay, self._staying)
        try:
            held = self._desk.keeping.holds.every()
        except STORE_ERRORS as error:
            self.working.refuse(str(error))
            return
        title = f"On legal hold: {counted(len(held), 'record')}" if held else "No record is on legal hold."
        self._list(title, held, self._on_hold)
        self._on_grew()

    def _list(self, title: str, every: Sequence[Listed], make: Callable[[Listed], QWidget]) -> None:
        """A card with those that are not restricted, and how many are."""
        listed = [one for one in every if not one.restricted]
        part = card(self.look, Title(self.look, title), gap=6)
        if listed:
            rows = MadeRows(self.look, lambda place: make(listed[place]), len(listed), page=PAGE)
            rows.grew.connect(self._on_grew)
            part.add(rows)
        if left := len(every) - len(listed):
            says = f"{counted(left, 'restricted record')} of them {'is' if left == 1 else 'are'} not listed here."
            part.add(Text(self.look, says, "small", ink="text2", inset=RING))
        self._lists.add(part)

    def _staying(self, one: Row) -> QWidget:
        until = f"Kept until {day_of(one.last_day)}. {raised(one.rule)}."
        return self._opener(one.number, " ".join(why.says for why in one.why), until, icon="clock")

    def _on_hold(self, one: Held) -> QWidget:
        last = [kept for kept in one.history if kept.hold.act == HOLD][-1]
        more = f" {one.count} holds stand on it." if one.count > 1 else ""
        return self._opener(one.record, last.hold.words, f"By {last.hold.by}, {day(last.at)}.{more}", icon="lock")

    def _opener(self, number: str, says: str, small: str, *, icon: str) -> QWidget:
        lines = (Line(number, "small-medium"), Line(says, "small"), Line(small, "caption", "text2"))
        made = PressRow(self.look, *lines, act="Open the record", icon=(icon, "steps"), hover_icon="chevron-right")
        made.clicked.connect(lambda: self.show_record.emit(number))
        return made

    def _on_grew(self) -> None:
        if self.window() is not self:  # else it is not in the window yet
            self.grew.emit()

    # -- the purge -------------------------------------------------------------------------

    def _ask(self) -> None:
        numbers = self._due.chosen()
        if not numbers:
            self._notice.tell(_NONE_TICKED)
            return
        title = f"Purge {counted(len(numbers), 'record')}?"
        who = WhoField(self.look, "Who purges?", self._memory.kept.people)
        says = (*_HAPPENS, _LONG) if len(numbers) > _MANY else _HAPPENS
        result: list[Purged | None] = []
        sheet = WordsSheet(
            self.look, self.window(), title, partial(self._purge, numbers, result), says=says, words=_WHY, who=who,
            final="Purge for good",
        )  # fmt: skip
        sheet.exec()
        sheet.deleteLater()
        if not result:
            return  # the ticks stay as they are
        self.refresh()
        self.heading.setFocus()
        if (done := result[-1]) is not None:
            self._tell(done)
            self.purged.emit()

    def _purge(self, numbers: Sequence[str], result: list[Purged | None], words: str, who: Person) -> Problems:
        """Purge them; `result` gets what went, or None where a record stays after all."""
        name, role = who
        try:
            result.append(self._desk.keeping.retention.purge(numbers, by=name, words=words))
        except DecisionError as error:
            if any(field == "record" for field, _ in error.problems):
                result.append(None)
            return error.problems
        except (*STORE_ERRORS, *RULES_ERRORS) as error:
            return [("words", str(error))]
        self._memory.read_anew()
        self._memory.met(name, role)
        return []

    def _tell(self, done: Purged) -> None:
        """Say what went, and what is left to do; the focus is there."""
        self._done.clear()
        went = f"{counted(done.records, 'record')} and {counted(done.entries, 'text')} in all are purged. "
        says = [(f"{went}The log says so in entry {done.number}.", ("circle-check", "yes"))]
        if done.views:
            held = f"{counted(done.views, 'saved view')} of the log held a word of them and went, too."
            says.append((held, ("circle-check", "yes")))
        says += [(sentence, ("circle-alert", "steps")) for sentence in done.left]
        if not done.left:
            says.append(("No word of them that the program knows of is left in the home folder.", ("info", "text2")))
        facts = Facts(self.look, *(FactRow(self.look, Line(one, "small"), icon=icon) for one, icon in says), gap=4)
        self._done.add(card(self.look, Title(self.look, "Purged"), facts, gap=6))
        first = facts.findChildren(FactRow)[0]
        first.show()  # what is not shown yet cannot take the focus
        first.setFocus()
        self._notice.tell(says[0][0])
