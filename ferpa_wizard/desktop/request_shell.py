"""One request with nothing else on screen: takes answers to the room and shows what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog

from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.walk import Ask
from ferpa_wizard.desktop import partners
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.dates import clock
from ferpa_wizard.desktop.dialogs import ChangeSheet, ConfirmSheet, KeysSheet
from ferpa_wizard.desktop.frame import Frame
from ferpa_wizard.desktop.journey import CHECK, QUESTION, RESULT, Journey
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.question import Answer, Question
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.papers import papers
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.sealed import Sealed

if TYPE_CHECKING:
    from ferpa_wizard.desktop.pages.decision import Filled

DECISION, SAVED = "decision", "saved"


class RequestShell(Frame):
    """The request in work; `closed` when people go home."""

    closed = Signal()
    renamed = Signal(str)

    def __init__(self, look: Look, desk: Desk, memory: Memory, choosers: Choosers) -> None:
        super().__init__(look)
        self._desk, self._memory, self._choosers = desk, memory, choosers
        self._request: Request | None = None
        self._filled: dict[str, Filled] = {}  # by the id of the draft: decisions begun in this window
        self._shown = ""
        self.header.home.connect(self.closed)
        self.header.help.connect(self.help)
        self.header.details.connect(self.note)
        self.rail.edit.connect(self.edit)
        self.panel.edit.connect(self.edit)
        self.panel.unfold(memory.kept.panel_open)
        self.panel.unfolded.connect(lambda unfolded: memory.keep(panel_open=unfolded))
        self.check.connect(self.check_answers)

    # -- opening and moving ----------------------------------------------------------------

    @property
    def request(self) -> Request:
        """The request in work."""
        if self._request is None:
            raise LookupError("no request is open")
        return self._request

    def open(self, request: Request) -> None:
        """Take up a request where it stands."""
        self._request = request
        self.notice.hide()  # what it would take back is of the request before
        self._questioned: list[tuple[str, str]] = []
        self._journey = Journey(request)
        self.panel.begin()
        waits = bool(request.draft.waiting) and request.determination is not None
        self._go(DECISION if waits else self._journey.here())

    def back(self) -> None:
        """The page seen before this one; nothing is changed."""
        if self._shown == QUESTION:
            self._back_from_question()
        elif self._shown == DECISION:
            self._go(RESULT)
        elif self._shown == RESULT:
            self._go(CHECK)
        elif self._shown == CHECK:
            self._go(QUESTION if self.request.page_back() else CHECK)
        else:
            self.closed.emit()

    def _back_from_question(self) -> None:
        came_from = self._journey.turn_back()
        if came_from:
            self._go(came_from)
        elif self.request.page_back():
            self._go(QUESTION)
        else:
            self.closed.emit()

    def edit(self, question: str) -> None:
        """Open a question again, from wherever it was asked for."""
        self._journey.leave(self._shown)
        self.request.edit(question)
        self._go(QUESTION)

    def check_answers(self) -> None:
        """Show every answer; not once the decision is saved."""
        if self._shown != SAVED:
            self.request.forward()
            self._go(CHECK)

    def undo(self) -> None:
        self.notice.tell((self.page.undo() if self.page is not None else "") or self._undone())

    def redo(self) -> None:
        said = self.page.redo() if self.page is not None else ""
        self.notice.tell(said or self._redrawn(self.request.redo, "There is nothing to do again."))

    def say_saved(self) -> None:
        """Say when the draft was saved, on the screen and to a screen reader."""
        saved = self.request.saved_at
        when = f"Draft saved {clock(saved)}." if saved else "There is nothing to save yet."
        if self._shown == SAVED:
            when = "Your decision is saved."
        self.notice.tell(self.request.save_problem or when)

    def help(self) -> None:
        """Help for this page: how to find out, else the keys."""
        if self.page is None or not self.page.help():
            sheet = KeysSheet(self.look, self)
            sheet.exec()
            sheet.deleteLater()

    def note(self) -> None:
        """What is known of the request as it came in: when, how, by when, in which words."""
        if self._shown in (SAVED, ""):
            return
        from ferpa_wizard.desktop.intake import IntakeSheet

        sheet = IntakeSheet(self.look, self, self.request.intake, self._keep_intake)
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self.draw_around(self.request)
            if self.page is not None:
                self.page.noted(self.request.intake)
            self.say_saved()
        sheet.deleteLater()

    def _keep_intake(self, found: Intake) -> Sequence[tuple[str, str]]:
        return self._not_asked_yet(self.request.questions_of(found)) or self.request.note(found)

    def _not_asked_yet(self, questions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those to put now; each is put once, and saving again keeps the text."""
        asked = [one for one in questions if one not in self._questioned]
        self._questioned.extend(asked)
        return asked

    # -- answers ---------------------------------------------------------------------------

    def _take(self, values: dict[str, Answer]) -> None:
        page = self.page
        if not isinstance(page, QuestionPage):
            return
        try:
            if not self._agreed(page, values):
                return
            self.request.answer_page(values)
        except AnswerError as error:
            page.refuse(str(error))
            return
        self.notice.hide()  # what it would take back is not the last change any more
        self._go(self._journey.here())

    def _agreed(self, page: QuestionPage, values: dict[str, Answer]) -> bool:
        """Whether a change that drops later answers is wanted."""
        changed = page.changed_answers()
        change = self.request.preview(values) if changed else None
        if change is None or not change.loses:
            return True
        question, old, new = changed[0]
        words = (question.ask.text, question.in_words(old), question.in_words(new))
        sheet = ChangeSheet(self.look, self, change, words=words)
        wanted = sheet.exec() == QDialog.DialogCode.Accepted
        sheet.deleteLater()
        if not wanted:
            page.refill()
        return wanted

    def _undone(self) -> str:
        return self._redrawn(self.request.undo, "There is nothing to undo.")

    def _redrawn(self, act: Callable[[], str | None], otherwise: str) -> str:
        """Do it, and show what came of it; what there is to say."""
        said = act() if self._shown not in (SAVED, "") else None
        if said is not None:
            keep = self._shown in (CHECK, RESULT) and self.request.ask is None
            self._go(self._shown if keep else self._journey.here())
        return said or otherwise

    def _remove(self, items: tuple[str, ...]) -> None:
        self.request.remove_items(items)
        self._go(self._journey.here())
        self.notice.tell("Taken off the list.", self._undone)

    def _pass_on(self) -> None:
        from ferpa_wizard.desktop.passing import pass_on

        said = pass_on(self, self.look, self.request, desk=self._desk, memory=self._memory, choosers=self._choosers)
        if said:
            self.notice.tell(said)

    def _leave(self) -> None:
        """Close the request without a record, once people have agreed to it."""
        sheet = ConfirmSheet(
            self.look,
            self,
            "Close without a record?",
            says=(
                "The answers are deleted. The log counts that an answer was given, and keeps nothing of it.",
                "If data goes out, make a record: it holds the reason, and the entry for the student's file.",
            ),
            act="Close without a record",
            stay="Go on",
        )
        wanted = sheet.exec() == QDialog.DialogCode.Accepted
        sheet.deleteLater()
        if not wanted:
            return
        try:
            self.request.leave_without_record()
        except STORE_ERRORS as error:
            self.notice.tell(str(error))
            return
        self._filled.pop(self.request.id, None)
        self.closed.emit()

    # -- pages -----------------------------------------------------------------------------

    def _go(self, name: str) -> None:
        makers = {
            QUESTION: self._question,
            CHECK: self._check_page,
            RESULT: self._result,
            DECISION: self._decision,
        }
        self._keep_filled()
        self._shown = name
        self.draw_around(self.request)
        self._show(makers[name](), panel=name == QUESTION, rail=name != CHECK)
        if name == QUESTION:
            self.once_painted(self._tell_beside)  # and once the focus has moved: what is said before that is cut off

    def _tell_beside(self) -> None:
        if self._shown == QUESTION:
            announce(self, self.draw_panel(self.request))

    def _keep_filled(self) -> None:
        """Before the page of a decision goes: what is filled in there comes up with it again."""
        from ferpa_wizard.desktop.pages.decision import DecisionPage

        if isinstance(self.page, DecisionPage):
            self._filled[self.page.request.id] = self.page.filled()

    def _show(self, page: Page, *, panel: bool = False, rail: bool = True) -> None:
        page.renamed.connect(lambda: self.renamed.emit(page.title))
        self.show_page(page, rail=rail, panel=panel)
        self.renamed.emit(page.title)

    def _question(self) -> Page:
        request = self.request
        asks = request.page()
        if not asks:
            return self._check_page()
        titles = {section.id: section.title for section in self._desk.pack.sections}
        page = QuestionPage(
            self.look, asks, section=titles.get(asks[0].section, ""), make=self._put, inside=self.centre
        )
        if asks[0].on_page != asks[0].id:
            page.changed.connect(lambda: page.show_asks(request.page(page.values())))
        if partners.may_be_one(request, self._desk, asks[0]):
            page.add(partners.link(self.look, self._pick_partner))
        page.answered.connect(self._take)
        page.back.connect(self.back)
        return page

    def _pick_partner(self) -> None:
        try:
            agreement = partners.pick(self, self._desk)
        except RULES_ERRORS as error:
            self.notice.tell(str(error).splitlines()[0])
            return
        if agreement is not None:
            self.request.put_under(agreement)
            self._go(self._journey.here())
            self.notice.tell(f"This request is now under the agreement with {agreement.party}.", self._undone)

    def _put(self, ask: Ask, style: str) -> Question:
        from ferpa_wizard.desktop.pages.kinds import question_of

        given = self.request.given(ask.id)
        made = question_of(self.look, ask, given=given, memory=self._memory, style=style, pack=self._desk.pack)
        made.put_again(self.request.asked_again(ask.id))
        return made

    def _check_page(self) -> Page:
        from ferpa_wizard.desktop.pages.check import CheckPage

        request = self.request
        done = request.ask is None
        page = CheckPage(self.look, request.check_rows(), request.unsure(), done=done)
        page.change.connect(self.edit)
        page.back.connect(self.back)
        page.go_on.connect(lambda: self._go(RESULT if done else QUESTION))
        return page

    def _result(self) -> Page:
        from ferpa_wizard.desktop.pages.result import ResultPage

        request = self.request
        found = request.determination
        if found is None:
            return self._question()
        page = ResultPage(self.look, found, request.check_rows(), self._desk.pack.items, since=self._since())
        page.pass_on.connect(self._pass_on)
        page.edit.connect(self.edit)
        page.remove.connect(self._remove)
        page.check.connect(self.check_answers)
        page.decide.connect(lambda: self._go(DECISION))
        page.leave.connect(self._leave)
        page.show_rules.connect(self._show_rules)
        request.see_result()
        self._journey.saw_result()
        return page

    def _show_rules(self) -> None:
        """Draw how the request went through the rules."""
        from ferpa_wizard.desktop.path_sheet import PathSheet
        from ferpa_wizard.requests.rule_picture import path_of

        path = path_of(self.request.walk, self.request.determination)
        sheet = PathSheet(self.look, self, self._desk, self._choosers, path)
        sheet.exec()
        sheet.deleteLater()

    def _decision(self) -> Page:
        from ferpa_wizard.desktop.deciding import Deciding
        from ferpa_wizard.desktop.pages.decision import DecisionPage

        layers = [(layer.id, layer.title) for layer in self._desk.pack.layers]
        people = self._memory.kept.people
        page = DecisionPage(
            self.look,
            self.request,
            layers=layers,
            people=people,
            since=self._since(),
            before=self._filled.get(self.request.id),
        )
        deciding = Deciding(page, self.request, self._memory, self._not_asked_yet)
        deciding.sealed.connect(self._show_saved)
        deciding.waits.connect(self.closed)
        page.pass_on.connect(self._pass_on)
        page.back.connect(self.back)
        return page

    def _since(self) -> list[str]:
        """What to know before deciding: who passed it on, and what changed since."""
        draft = self.request.draft
        if not (draft.passed_on or draft.waiting):
            return []
        from ferpa_wizard.desktop.passing import since

        return since(self.request)

    def _show_saved(self, sealed: Sealed) -> None:
        from ferpa_wizard.desktop.agreements import keep_card
        from ferpa_wizard.desktop.pages.saved import SavedPage
        from ferpa_wizard.desktop.papers import Papers
        from ferpa_wizard.desktop.standing import Stands
        from ferpa_wizard.desktop.todos import Todos

        self._shown = SAVED
        self._filled.pop(self.request.id, None)
        page = SavedPage(self.look, sealed, papers(sealed))
        page.done.connect(self.closed)
        self._papers = Papers(page.papers, sealed, self._choosers, self._desk)
        Todos(page.todos, self._desk, self._memory, sealed.number, self.notice.tell)
        if keep := keep_card(self.look, self._desk, sealed, self.notice.tell):
            page.offer(keep)
        Stands(page.standing, sealed, self._desk, self._memory, notice=self.notice)
        page.standing.grew.connect(lambda: page.grew.emit(page.standing))
        self.header.draw_sealed()
        self._show(page, rail=False)
