"""What people do between requests: each thing is done in one place of a cycle of fifty."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.desktop.controls.buttons import Button, Disclosure
from ferpa_wizard.desktop.controls.rows import PressRow
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.log.export_sheet import ExportSheet
from ferpa_wizard.desktop.log.page import LogPage
from ferpa_wizard.desktop.pages.papers_card import PapersCard
from ferpa_wizard.desktop.pages.practice import PracticePage
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.desktop.pages.rules import PARTS, RulesPage
from tests.stress.long_use.walk import Aside, Steps, Walker

Found = TypeVar("Found", bound=QWidget)
CYCLE = 50
FOUND = "after:2026 item:transcript"  # what the log is searched for


def finish_a_draft(walker: Walker) -> Steps:
    """Leave a request in its middle, go on with it from Home, change an answer, undo that and do it again."""
    yield from _begin(walker)
    walker.window.go_home()
    yield
    walker.window.carry_on(walker.desk.drafts()[0].id)
    yield
    yield from walker.answer_all(walker.example(1))
    shell = walker.shell
    shell.edit(shell.request.walk.trail[0].ask.id)
    yield
    page = walker.page()
    if isinstance(page, QuestionPage):
        page.questions[0].options.buttons[0].click()
        yield from walker.press()  # a sheet says what goes, and the answer is kept
    for act in (shell.undo, shell.redo, shell.check_answers):
        act()
        yield
    yield from walker.press()
    yield from walker.answer_all(walker.example(1))
    yield from walker.seal()


def drop_a_draft(walker: Walker) -> Steps:
    """Leave a request, delete its draft on Home and have it back; then close it with no record."""
    yield from _begin(walker)
    walker.window.go_home()
    yield
    draft = walker.desk.drafts()[0]
    home = walker.window.desk_shell._page_of("home")
    home._delete(draft.id, draft.title)  # type: ignore[attr-defined]
    yield
    walker.window.desk_shell.notice.findChildren(Button)[0].click()
    yield
    walker.window.carry_on(draft.id)
    yield
    yield from walker.answer_all(walker.example(1))
    yield from walker.press()  # the result
    walker.wanted = QDialog.DialogCode.Accepted
    walker.shell._leave()
    walker.wanted = QDialog.DialogCode.Rejected
    yield


def look_at_help(walker: Walker) -> Steps:
    """Sheets of a request, and the help of a question."""
    walker.window.start()
    yield
    for act in (walker.shell.note, walker.shell.help, walker.shell.help, walker.window._show_keys):
        act()
        yield
    for opener in walker.shell.findChildren(Disclosure):
        opener.click()
        opener.click()
    walker.shell.toggle_drawer("panel")
    walker.shell.toggle_drawer("panel")
    yield


def follow_the_rules(walker: Walker) -> Steps:
    """How a request went through the rules, as a drawing."""
    walker.window.start()
    yield
    yield from walker.answer_all(walker.example(2))
    yield from walker.press()  # the result
    walker.shell._show_rules()
    yield
    yield from walker.seal()


def write_papers(walker: Walker) -> Steps:
    """The papers of a record as files, as text, and as they would be printed."""
    yield from _record(walker)
    (card,) = _shown(walker.window, PapersCard)
    for button in _shown(card, Button)[:3]:  # save, print, copy
        button.click()
        yield


def read_the_log(walker: Walker) -> Steps:
    """Search, sort by all columns, leave for a record and come back."""
    shell = walker.window.desk_shell
    shell.go("log")
    yield from _until_read(walker)
    shell.show_in_log(FOUND)
    yield
    shell.show_in_log("")
    yield
    (page,) = _shown(shell, LogPage)
    for column in range(page.table.model().columnCount()):
        page.table._on_title(column)
        yield
    page.list.table._open()
    yield
    shell.go("log")
    yield


def read_charts(walker: Walker) -> Steps:
    walker.window.desk_shell.go("log")
    yield from _until_read(walker)
    walker.window.desk_shell.show_charts(FOUND)
    yield from _until_read(walker)


def read_rules(walker: Walker) -> Steps:
    """Every part of the page of the rules."""
    walker.window.desk_shell.go("rules")
    yield
    (page,) = _shown(walker.window, RulesPage)
    for part in (*PARTS, next(iter(PARTS))):
        page.segments.choose(part)
        yield from _until_read(walker)


def export(walker: Walker) -> Steps:
    """One record, in a thread of its own."""
    shell = walker.window.desk_shell
    shell.go("log")
    yield from _until_read(walker)
    shell.show_in_log(walker.exported)
    yield
    plain, walker.leave_sheet = walker.leave_sheet, partial(_export, walker)  # type: ignore[method-assign]
    shell.export_log()
    walker.leave_sheet = plain  # type: ignore[method-assign]
    shell.show_in_log("")
    yield


def practise(walker: Walker) -> Steps:
    """A worked request on a desk of its own, left without a decision."""
    walker.window.desk_shell.go("practice")
    yield
    (page,) = _shown(walker.window, PracticePage)
    _shown(page, PressRow)[walker.number // CYCLE % 5].click()
    yield
    practice = walker.window._practice
    if practice is None:
        raise LookupError("practice did not begin")
    shell, desk = practice
    yield from walker.answer_all(desk.example, shell)
    yield from walker.seal(shell)


def change_the_look(walker: Walker) -> Steps:
    """Another theme and larger text, and back, on the page of the settings."""
    walker.window.desk_shell.go("settings")
    yield
    look = walker.window._look
    for theme in ("dark", "system"):
        look.use(theme, look.percent)
        yield
    for steps in (1, 0):
        walker.window._grow(steps)
        yield


def see_the_rest(walker: Walker) -> Steps:
    for page in ("agreements", "school", "about", "home"):
        walker.window.desk_shell.go(page)
        yield
    walker.window.desk_shell.show_keeping()
    yield from _until_read(walker)


ASIDES: dict[int, Aside] = {
    4: finish_a_draft,
    8: drop_a_draft,
    12: look_at_help,
    16: follow_the_rules,
    20: write_papers,
    24: read_the_log,
    28: read_charts,
    32: read_rules,
    36: export,
    40: practise,
    44: change_the_look,
    47: see_the_rest,
}


def _begin(walker: Walker) -> Steps:
    """A request of which only the first page is answered."""
    walker.window.start()
    yield
    page = walker.page()
    if isinstance(page, QuestionPage):
        walker.answer(page, walker.example(1))
    yield from walker.press()


def _record(walker: Walker) -> Steps:
    walker.window.desk_shell.show_record(walker.desk.recent(1)[0].number)
    yield


def _until_read(walker: Walker) -> Steps:
    """Turns of the loop until nothing is worked on in the background."""
    yield
    while any(work.runs for work in walker.window.findChildren(Working)):
        yield


def _shown(within: QWidget, kind: type[Found]) -> list[Found]:
    return [one for one in within.findChildren(kind) if one.isVisible()]


def _export(walker: Walker, sheet: QDialog) -> None:
    """Press the button, wait until the file is there, close."""
    if not isinstance(sheet, ExportSheet):
        sheet.done(walker.wanted)
    elif not sheet.runs and not sheet._out.name:
        sheet._go.click()
    elif not sheet.runs:
        sheet.grab()
        sheet.done(walker.wanted)
