"""Passing a request on: to whom, what to say, and the file for another desk; and what such a file says here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.people import people_for
from ferpa_wizard.core.profile import Person
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.blocks import Told
from ferpa_wizard.desktop.controls.box import Box, Gap, row
from ferpa_wizard.desktop.controls.buttons import Disclosure
from ferpa_wizard.desktop.controls.fields import LineField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day
from ferpa_wizard.desktop.dialogs import PHONE, Sheet
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.who import Who, in_words
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.draft import Draft
from ferpa_wizard.requests.passing import problems
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import changed

Keep = Callable[[str, str], Sequence[tuple[str, str]] | None]
FILE = "passed-on-request.json"
RESTRICTED = "This request is restricted. Give the file only to the person who has to see it."


class PassSheet(Sheet):
    """Closes once `keep` has written the file; what it refuses is shown, and None leaves things as they are."""

    def __init__(self, look: Look, parent: QWidget, request: Request, memory: Memory, keep: Keep) -> None:
        super().__init__(look, parent, "Pass this on")
        self._keep = keep
        if request.restricted:
            self.body.add(Told(look, RESTRICTED))
        self._people(request)
        self.body.add(Gap(look, 4))
        self.body.add(Title(look, "Say to them", "small-strong"))
        self.body.add(self._lines(_brief(request)))
        script = Box(look, self._lines(PHONE))
        self.body.add(row(look, Disclosure(look, "What to say to whoever asked", script)))
        self.body.add(script)
        self._file(memory)
        self.press("Save the file…", self.submit, default=True, icon="download")
        self.press("Close", self.reject)
        self.heading.setFocus()
        self.settle(560)

    def submit(self) -> None:
        self._who.mended()
        self._problem.say("")
        problems = self._keep(*self._who.person()) or ()
        for field, says in problems:
            if isinstance(self._who.field(field), LineField):
                self._who.wrong(field, says)
            else:
                self._problem.say(says)
        self._problem.setVisible(bool(self._problem.text()))
        if problems:
            self._turn_to(self._who.field(problems[0][0]) or self._problem, problems[0][1])

    def _turn_to(self, part: QWidget, says: str) -> None:
        part.setFocus()
        announce(self, says, urgent=True)
        QTimer.singleShot(0, self, lambda: self.scroller.reveal(part))  # once the sentence has its place

    def _people(self, request: Request) -> None:
        judge = request.so_far.judge
        people = people_for(request.profile, judge.role if judge else "")
        if judge is not None and not any(fits for _, fits in people):
            self.body.add(Text(self.look, f"Who must judge: {judge.role}.", "small-strong", inset=RING))
        if people:
            self.body.add(Facts(self.look, *(self._person(person, judge=fits) for person, fits in people), gap=2))
            return
        says = "The profile of your school names nobody. To add people, list role, name and phone under “people” in it."
        self.body.add(Text(self.look, says, "small", ink="text2", inset=RING))

    def _person(self, person: Person, *, judge: bool) -> FactRow:
        state = ("Must judge this", "ask") if judge else ("", "")
        who = Line(person.name or person.role, "small-strong")
        how = Line(", ".join(filter(None, (person.role if person.name else "", person.phone))), "small", "text2")
        return FactRow(self.look, who, how, icon=("user-check", "text2"), state=state)

    def _lines(self, lines: Sequence[tuple[str, str]]) -> Facts:
        rows = [FactRow(self.look, Line(says, "small"), Line(why, "small", "text2")) for says, why in lines]
        return Facts(self.look, *rows, gap=2)

    def _file(self, memory: Memory) -> None:
        look = self.look
        self.body.add(Gap(look, 4))
        self.body.add(Title(look, "A file for their desk", "small-strong"))
        holds = "It holds the answers and what you typed, and adds nothing about a student."
        reads = "It is not locked: anybody who has it can read it. They open it on their Home."
        self.body.add(Text(look, f"{holds} {reads}", "small", ink="text2", inset=RING))
        self._who = Who(look, "Passed on by", memory.kept.people)
        self._problem = Text(look, "", "small-strong", ink="no", inset=RING)
        self.body.add(self._problem)
        self.body.add(self._who)
        self._problem.hide()


def _brief(request: Request) -> list[tuple[str, str]]:
    """What the other person has to know, in sentences to say aloud."""
    found, judge = request.so_far, request.so_far.judge
    said = [(f"“I have a request for you: {request.title}.”", "")]
    said.append((f"“The rules say: {found.label}.”", "") if request.ask is None else ("“It is not finished yet.”", ""))
    if judge is not None:
        said.append((f"“Please judge this: {judge.test}.”", ""))
    return said


def pass_on(parent: QWidget, look: Look, request: Request, *, desk: Desk, memory: Memory, choosers: Choosers) -> str:
    """Show the sheet; a sentence that says where the file is, empty where none was made."""
    said: list[str] = []

    def keep(name: str, role: str) -> Sequence[tuple[str, str]] | None:
        if lacking := problems(name, role):
            return lacking
        out = choosers.file(sheet, "Save the file to pass on", name=FILE)
        if out is None:
            return None
        try:
            desk.pass_on(request, out, name=name, role=role)
        except STORE_ERRORS as error:
            return [("", str(error))]
        said.append(f"Saved as {out.name}. The request stays here as a draft, too.")
        sheet.accept()
        return None

    sheet = PassSheet(look, parent, request, memory, keep)
    sheet.exec()
    sheet.deleteLater()
    return "".join(said)


class PassedSheet(Sheet):
    """Who passed a request on, and how it comes out under the rules here, before it becomes a draft."""

    def __init__(self, look: Look, parent: QWidget, passed: Draft, here: Request) -> None:
        super().__init__(look, parent, "A request that was passed on")
        if here.restricted:
            self.body.add(Told(look, "This request is restricted. Nobody else should see this screen."))
        rows = [FactRow(look, Line(title, "small", "text2"), Line(says, "body")) for title, says in _rows(passed, here)]
        self.body.add(Facts(look, *rows, gap=4))
        self.press("Open it", self.accept, default=True)
        self.press("Cancel", self.reject)
        self.heading.setFocus()
        self.settle(520)


def _rows(passed: Draft, here: Request) -> list[tuple[str, str]]:
    rows = [("What it is", here.title), ("Passed on by", f"{_from(passed)} The name is as typed.")]
    rows.append(("The result", since_passed(passed, here) or _same(here)))
    if lost := len(here.walk.set_aside):
        rows.append(("Answers", f"{counted(lost, 'answer')} of theirs will not count under the rules here."))
    return rows


def _same(here: Request) -> str:
    if here.determination is None:
        return "Open: your school has to answer more first."
    return f"Under the rules here it is the same: “{here.so_far.label}”."


def _from(passed: Draft) -> str:
    told = passed.passed_on
    when = datetime.fromisoformat(told["at"])
    school = f"of {told['school']}" if told["school"] else ""
    return ", ".join(filter(None, (in_words((told["name"], told["role"])), school, f"on {day(when)}.")))


def since_passed(passed: Draft, here: Request) -> str:
    """How the result differs from the one of the desk that passed it on; empty where it does not, or is open."""
    found = here.determination
    return changed(passed.passed_on["found"], found, "passed on") if found is not None else ""


def take_over(parent: QWidget, look: Look, passed: Draft, desk: Desk) -> Request | None:
    """Show what a file holds; the new draft once people want it. Raises what `Desk.new` raises."""
    here = desk.unsaved(passed.answers)
    here.note(passed.intake)
    sheet = PassedSheet(look, parent, passed, here)
    wanted = sheet.exec() == QDialog.DialogCode.Accepted
    sheet.deleteLater()
    return desk.take_over(passed) if wanted else None


def since(request: Request) -> list[str]:
    """What to know before deciding: who passed it on, and how the result differs from what was seen before."""
    draft, found = request.draft, request.determination
    said = []
    if draft.passed_on:
        said.append(" ".join(filter(None, (f"Passed on by {_from(draft)}", since_passed(draft, request)))))
    told = draft.passed_on.get("found")
    if draft.waiting and draft.waiting["found"] != told and found is not None:
        said.append(changed(draft.waiting["found"], found, "filled in"))
    return [sentence for sentence in said if sentence]


def chosen_file(parent: QWidget, choosers: Choosers) -> Path | None:
    """The file that somebody passed on, or None when people think better of it."""
    return choosers.to_open(parent, "Open a request that was passed on", kind="Passed on (*.json)")
