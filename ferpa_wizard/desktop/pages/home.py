"""Home: start a request, carry on with one, see what was decided."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.controls.box import Box, Gap, Rule, card, row
from ferpa_wizard.desktop.controls.buttons import Button, Disclosure
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import ListRow
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.dates import when
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.shown import CHOICES
from ferpa_wizard.desktop.pages.stand_card import StandingCard
from ferpa_wizard.desktop.pages.todo_card import TAIL, DueCard
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS
from ferpa_wizard.requests.desk import Desk, DraftRow, RecordRow
from ferpa_wizard.requests.quick_starts import QuickStart

DANGER = "danger"  # the quick start that the red button and Ctrl+D take
RECENT = 5
RESTRICTED = "Restricted request"


class HomePage(DeskPage):
    """Asks for requests to be started or opened, and for records to be shown."""

    start = Signal(object)  # a QuickStart, or None for an empty request
    carry_on = Signal(str)
    show_record = Signal(str)
    show_agreement = Signal(str)
    start_under = Signal(str)  # an agreement, by its id
    log_use = Signal(str)  # of the standing decision with this number
    open_passed = Signal()
    title = "Home"
    width_limit = 800

    def __init__(self, look: Look, desk: Desk, notice: Notice) -> None:
        super().__init__(look, "Who wants student data?", gap=4)
        self._desk, self._notice = desk, notice
        self._choosing = False
        self._problems = Box(look, gap=6, margins=(0, 0, 0, 12))
        self.add(self._problems)
        self.add(self.heading)
        lead = "Tell us who asked, what they want and why. We will show you what the law lets you do."
        self.add(Text(look, lead, "lead", ink="text2", inset=RING))
        self.add(Gap(look, 8))
        self._starts()
        self.add(Gap(look, 14))
        self._partners = Box(look, gap=14, margins=(0, 0, 0, 14))
        self._due = Box(look, margins=(0, 0, 0, 14))
        self._standing = Box(look, margins=(0, 0, 0, 14))
        self._lists = Box(look, gap=14)
        self.add(self._partners)
        self.add(self._due)
        self.add(self._standing)
        self.add(self._lists)

    def refresh(self) -> None:
        self._problems.clear()
        self._due.clear()
        self._due.hide()
        self._partners.clear()
        self._partners.hide()
        self._standing.clear()
        self._standing.hide()
        self._lists.clear()
        drafts, recent, problems = self._read()
        for sentence in problems:
            self._problems.add(self._problem(sentence))
        self._problems.setVisible(bool(problems))
        waiting = [draft for draft in drafts if draft.waiting and draft.title]
        others = [draft for draft in drafts if draft not in waiting]
        if waiting:
            block = self._block("Waiting for a second person")
            self._rows(block, [(draft, draft.title) for draft in waiting])
            self._lists.add(block)
        if others:
            self._lists.add(self._carry_on(others))
        if recent:
            self._lists.add(self._recent(recent))
        if not drafts and not recent:
            self._lists.add(self._empty())
        QTimer.singleShot(0, self, self._show_due)  # Home itself is up first
        QTimer.singleShot(0, self, self._show_agreements)
        QTimer.singleShot(0, self, self._show_standing)
        QTimer.singleShot(0, self, self._show_altered)  # which reading all that may have met

    def _show_due(self) -> None:
        """What is overdue, or due within two weeks."""
        try:
            todos = self._desk.todos.soon()
        except STORE_ERRORS:
            return  # told with the records, which cannot be read either
        self._due.clear()
        self._due.setVisible(bool(todos))
        if todos:
            made = DueCard(self.look, todos, self._desk.today)
            made.show_record.connect(self.show_record)
            made.grew.connect(self.grew)
            self._due.add(made)
            self.grew.emit()

    def _show_agreements(self) -> None:
        """The known partners and what ends soon; once the rules are read, without which nothing of it can be told."""
        if not self._desk.has_rules or not self._desk.agreements.exists:
            return
        from ferpa_wizard.desktop.pages.agreement_list import AgreementList

        self._partners.clear()
        self._partners.show()
        today = self._desk.today
        try:
            partners, ending = self._desk.agreements.partners(), self._desk.agreements.ending()
        except RULES_ERRORS as error:
            first = str(error).splitlines()[0]
            self._partners.add(self._problem(f"The known partners cannot be shown. All else works. {first}"))
            return
        for title, found, signal in (
            ("Known partners", partners, self.start_under),
            ("Agreements that end", ending, self.show_agreement),
        ):
            if found:
                made = AgreementList(self.look, title, found, today, most=RECENT)
                made.chosen.connect(signal)
                self._partners.add(made)
        self.grew.emit()

    def _show_standing(self) -> None:
        """The decisions that stand, with the buttons that log a use; people may have come to choose one."""
        try:
            standing = [(one, len(self._desk.uses.standing(one.record))) for one in self._desk.standing.every()]
        except STORE_ERRORS:
            return  # told with the records, which cannot be read either
        self._standing.clear()
        self._standing.setVisible(bool(standing))
        if not standing:
            return
        made = StandingCard(self.look, standing, self._desk.today)
        made.show_record.connect(self.show_record)
        made.log_use.connect(self.log_use)
        self._standing.add(made)
        self.grew.emit()
        if self._choosing:
            self._choosing = False
            made.show()  # what is not shown yet cannot take the focus
            made.buttons[0].setFocus()

    def _show_altered(self) -> None:
        """The entries that do not match their seal, and are left out of all that Home shows."""
        if says := self._desk.altered:
            self._problems.add(self._problem(says))
            self._problems.show()

    def choose_standing(self) -> None:
        """Put the focus on the first button that logs a use, once the page is up."""
        self._choosing = True

    def _read(self) -> tuple[list[DraftRow], list[RecordRow], list[str]]:
        """What there is to show; a ledger that cannot be read is a problem to tell, not an end."""
        drafts = self._desk.drafts()  # reading them finds the damaged ones
        problems = self._desk.problems()
        try:
            return drafts, self._desk.recent(RECENT), problems
        except STORE_ERRORS as error:
            return drafts, [], [*problems, str(error)]

    # -- starting --------------------------------------------------------------------------

    def _starts(self) -> None:
        look = self.look
        new = Button(look, "Start a new request", "primary", icon="plus")
        new.clicked.connect(lambda: self.start.emit(None))
        urgent = Button(look, "Someone is in danger now", "danger", icon="siren")
        urgent.clicked.connect(lambda: self.start.emit(danger_of(self._desk)))
        self.add(Flow(look, new, urgent, gap=4))
        say = Button(look, "What do I say right now?", "link")
        say.clicked.connect(self._say)
        passed = Button(look, "Open a request that was passed on", "link")
        passed.clicked.connect(self.open_passed)
        self.add(Flow(look, say, passed, gap=14))
        quick = [one for one in self._desk.quick_starts if one.id != DANGER]
        if quick:
            self.add(Gap(look, 6))
            words = "Or pick what fits"
            self.add(Text(look, words, "small-strong", ink="text2", inset=RING))
            self.add(Flow(look, *(self._quick(one) for one in quick), gap=0))

    def _say(self) -> None:
        from ferpa_wizard.desktop.dialogs import PhoneSheet

        sheet = PhoneSheet(self.look, self.window())
        sheet.exec()
        sheet.deleteLater()

    def _quick(self, one: QuickStart) -> Button:
        button = Button(self.look, one.label, "small")
        button.clicked.connect(lambda: self.start.emit(one))
        return button

    # -- lists -----------------------------------------------------------------------------

    def _carry_on(self, drafts: list[DraftRow]) -> QWidget:
        block = self._block("Carry on")
        listed = [(draft, draft.title) for draft in drafts if draft.title]
        apart = [(draft, RESTRICTED) for draft in drafts if not draft.title]
        self._rows(block, listed)
        if listed and apart:
            block.add(Rule(self.look))
        if apart:
            block.add(self._apart(apart))
        return block

    def _apart(self, drafts: list[tuple[DraftRow, str]]) -> QWidget:
        """Restricted drafts, closed until somebody asks: others may look at this screen."""
        body = Box(self.look)
        self._rows(body, drafts)
        opener = Disclosure(self.look, counted(len(drafts), "restricted draft"), body)
        return Box(self.look, row(self.look, opener), body)

    def _rows(self, block: Box, drafts: list[tuple[DraftRow, str]]) -> None:
        """One line for each draft and its title: it opens, and a button beside it deletes."""
        for place, (draft, title) in enumerate(drafts):
            if place:
                block.add(Rule(self.look))
            line = Box(self.look, across=True)
            says, saved = draft.says, when(draft.saved, datetime.now(UTC))
            opener = ListRow(self.look, title, says=says, at=saved, icon=("pencil", "text2"))
            opener.clicked.connect(lambda _=False, name=draft.id: self.carry_on.emit(name))
            line.add(opener, 1)
            delete = Button(self.look, f"Delete draft: {title}", "quiet", icon="trash-2")
            delete.bare()
            delete.clicked.connect(lambda _=False, name=draft.id, title=title: self._delete(name, title))
            line.add(delete)
            block.add(line)

    def _recent(self, records: list[RecordRow]) -> QWidget:
        block = self._block("Recent decisions")
        for place, record in enumerate(records):
            if place:
                block.add(Rule(self.look))
            at = when(record.at, datetime.now(UTC))
            icon = CHOICES.get(record.choice, ("file-text", "text2"))
            row = ListRow(self.look, record.title, says=record.label, at=at, icon=icon)
            row.clicked.connect(lambda _=False, number=record.number: self.show_record.emit(number))
            block.add(Box(self.look, row, margins=(0, 0, TAIL, 0)))
        return block

    def _block(self, title: str) -> Box:
        block = card(self.look, gap=0, margins=(12, 12, 12, 6))
        block.add(Text(self.look, title, "h2", inset=RING))
        block.add(Gap(self.look, 4))
        return block

    def _empty(self) -> QWidget:
        block = card(self.look, gap=4, margins=(20, 18, 20, 18))
        block.add(Text(self.look, "You have no saved work yet", "h2"))
        says = "Your drafts and past decisions will show up here."
        block.add(Text(self.look, says, "small", ink="text2"))
        return block

    def _problem(self, sentence: str) -> QWidget:
        block = Box(self.look, across=True, margins=(14, 10, 14, 10), gap=10)
        block.ground("steps_t", line="steps")
        block.add(Mark(self.look, "triangle-alert", "steps"), top=True)
        block.add(Text(self.look, sentence, "small-medium"), 1)
        return block

    def _delete(self, draft: str, title: str) -> None:
        try:
            self._desk.discard(draft)
        except STORE_ERRORS as error:
            self._notice.tell(str(error))
            return
        self.refresh()
        self.heading.setFocus()
        self._notice.tell(f"Deleted: {title}.", partial(self._restore, draft, title))

    def _restore(self, draft: str, title: str) -> str:
        try:
            self._desk.restore(draft)
        except STORE_ERRORS as error:
            return str(error)
        return f"{title} is back."


def danger_of(desk: Desk) -> QuickStart | None:
    """The quick start for danger, if the rules have one."""
    return next((one for one in desk.quick_starts if one.id == DANGER), None)
