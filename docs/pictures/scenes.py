"""Every screen of the program, brought up one after the other on shipped examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from ferpa_wizard import paths
from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.examples import read_examples
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.core.use import Use
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.log.fixes import FixesCard
from ferpa_wizard.desktop.pages.keeping import KeepingPage
from ferpa_wizard.desktop.pages.rules import RulesPage
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.answers_file import read_answers
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.quick_starts import QuickStart
from ferpa_wizard.requests.retention import Row, Why
from ferpa_wizard.requests.waiting import wait

Shoot = Callable[[str, QWidget], None]
FIRST = "first-run.yaml"
REST_MS = 60
QUESTIONS = {"school-control": "question", "students": "students", "meal-role": "one-field"}
RESULTS = {
    "must-share": "parent-sees-grades",
    "may-share": "new-school-wants-file",
    "emergency": "proof-plan-to-the-emergency-room",
    "part": "press-names-and-grades",
    "consent": "club-own-program",
    "not-ferpa": "reporter-counts",
    "other-rule": "coach-wants-meal-status",
    "not-as-asked": "consent-refused",
    "judgement": "parent-paper-unclear",
}
UNSURE: Mapping[str, Answer] = {"dependent": "unsure"}
TRANSFER: Mapping[str, Answer] = {
    "requester": "school",
    "items": ("name", "grades", "transcript"),
    "purpose": "enrolment",
    "papers-ferpa-transfer-enrolment": ("tr.4b2",),
}
RULE_PARTS = ("diagram", "coverage", "sources", "versions")
DESK_PAGES = ("log", "agreements", "practice", "school", "settings", "about")


class Scenes:
    """`shoot` takes a picture of a window or sheet under a name."""

    def __init__(self, window: Window, desk: Desk, shoot: Shoot) -> None:
        self._window, self._desk, self._shoot = window, desk, shoot
        files = {file.name: file.read_bytes() for file in (paths.data() / "rules/examples").glob("*.yaml")}
        first = files.pop(FIRST)
        self._examples = {one.id: one.answers for one in read_examples(files, desk.pack)}
        self._first = read_answers(first, FIRST, desk.pack)

    def all(self) -> None:
        self._take("home")
        self._questions()
        self._results()
        self._deciding()
        self._records()
        self._desk_pages()

    # A request

    def _questions(self) -> None:
        self._window.start()
        shell = self._window.request_shell
        shell.panel.unfold(True)
        request = shell.request
        for question, answer in self._first.items():
            if question in QUESTIONS or question.startswith("papers-"):
                shell.open(request)
                self._take(QUESTIONS.get(question, "checklist"))
            request.answer(answer)
        self._sheet("details", shell.note)
        shell.open(request)
        self._take("result")
        shell.check_answers()
        self._take("check")
        shell.open(request)
        self._press("How we got here")
        self._take("trail")
        self._sheet("path", lambda: self._press("Show in the rules"))
        shell.open(request)
        self._sheet("pass-on", lambda: self._press("Pass this on"))
        self._put_away()

    def _results(self) -> None:
        for verdict, name in RESULTS.items():
            self._open(self._examples[name])
            self._take(f"result-{verdict}")
            self._put_away()
        self._open({**self._examples["adult-students-mother"], **UNSURE})
        self._take("result-missing-fact")
        self._put_away()

    def _deciding(self) -> None:
        self._open(self._first)
        self._press("Record a decision")
        self._take("decision")
        self._press("Do not share")
        self._press("FERPA")
        self._take("decision-reasons")
        self._press("Save the decision")
        self._take("decision-error")
        self._put_away()

    # Records

    def _records(self) -> None:
        request = self._desk.new(self._first)
        request.note(replace(request.intake, asker="Bright Path Tutoring", received=self._desk.today))
        sealed = request.decide(Decision("share-after-steps", (), "", "R. Osei", "Registrar"))
        self._desk.todos.note(
            Todo(sealed.number, "own-1", "The agreement with the group ends", "Ms. Ode", soon(self._desk))
        )
        self._window.go_home()
        self._take("due")
        for agreement in agreements(self._desk):
            self._desk.agreements.keep(agreement)
        wait(
            self._desk.new(self._first),
            Decision("not-now", ("practical",), "No time this week.", "R. Osei", "Registrar"),
        )
        self._window.desk_shell.show_record(sealed.number)
        self._take("record")
        self._sheet("hold", lambda: self._press("Hold this record"))
        self._keeping(sealed.number)
        self._saved()
        self._uses()
        self._window.go_home()
        self._take("home-full")

    def _keeping(self, held: str) -> None:
        """What is kept, and what would be seen in some years: the records of today are too young to go."""
        self._desk.keeping.holds.hold(held, "A request under the public records law is open.", by="R. Osei")
        self._window.desk_shell.show_keeping()
        self._rest()
        self._take("keeping")
        (page,) = self._window.findChildren(KeepingPage)
        page.working.done.emit(list(due()))
        self._take("keeping-due")
        self._sheet("purge", lambda: self._press("Purge 2 records…"))

    def _saved(self) -> None:
        """Share a transfer, in the window, so that the page after sealing is seen."""
        self._open(TRANSFER)
        self._press("Record a decision")
        self._press("Share now")
        for name, text in (("Your name", "R. Osei"), ("Your role", "Registrar")):
            self._field(name).setText(text)
        self._press("Save the decision")
        self._take("saved")
        self._window.go_home()

    def _uses(self) -> None:
        """A decision that stands, and was used."""
        number = self._desk.recent(1)[0].number
        self._desk.standing.stand(number, self._desk.standing.stay(number).latest, by="R. Osei")
        for file, school in (("47110", "Oak Hill High School"), ("47111", "Jefferson Middle School")):
            self._desk.uses.log(Use(number, self._desk.today, file, school, "R. Osei"))
        self._window.desk_shell.show_uses(number)
        self._take("uses")

    # The desk

    def _desk_pages(self) -> None:
        for page in DESK_PAGES:
            self._window.desk_shell.go(page)
            self._take(page)
        self._window.desk_shell.go("log")
        self._press("Search help")
        self._take("log-help")
        self._charts()
        self._window.desk_shell.go("log")
        self._sheet("export", lambda: self._press("Export"))
        self._window.desk_shell.go("rules")
        self._take("rules")
        for part in RULE_PARTS:
            self._window.findChildren(RulesPage)[0].segments.choose(part)
            self._rest()
            self._take(f"rules-{part}")
        self._window.desk_shell.show_agreement("bright-path-tutoring")
        self._take("agreement")
        self._window.go_home()

    def _charts(self) -> None:
        """All charts of the log, and at the end of the page what would have changed the answer."""
        self._press("All charts")
        self._take("log-charts")
        self._press("Find what would have helped")
        self._rest()
        settle()
        self._window.desk_shell.scroller.reveal(self._window.findChildren(FixesCard)[0])
        self._take("log-fixes")

    # Opening and taking

    def _open(self, answers: Mapping[str, Answer]) -> None:
        self._window.start(QuickStart("picture", "", answers))

    def _put_away(self) -> None:
        """Leave the request in view, and nothing of it on Home."""
        name = self._window.request_shell.request.id
        self._window.go_home()
        self._desk.discard(name)

    def _press(self, name: str) -> None:
        """Press the button of this name on the page in view."""
        buttons = (one for one in self._window.findChildren(QAbstractButton) if one.isVisible())
        next(one for one in buttons if name in (one.text(), one.accessibleName())).click()

    def _field(self, name: str) -> QLineEdit:
        fields = self._window.findChildren(QLineEdit)
        return next(one for one in fields if one.isVisible() and one.accessibleName() == name)

    def _rest(self) -> None:
        """Let long work come to its end."""
        while any(work.runs for work in self._window.findChildren(Working)):
            settle()

    def _take(self, name: str) -> None:
        settle()
        self._shoot(name, self._window)

    def _sheet(self, name: str, bring_up: Callable[[], object]) -> None:
        """A picture of the sheet that this brings up; it is put away again."""

        def take() -> None:
            sheet = QApplication.activeModalWidget()
            if sheet is None:
                raise LookupError(name)
            settle()
            self._shoot(name, sheet)
            sheet.close()

        QTimer.singleShot(0, take)
        bring_up()


def settle() -> None:
    """Let what is under way come to rest, also what waits for a timer."""
    QTest.qWait(REST_MS)


def agreements(desk: Desk) -> Iterator[Agreement]:
    """Some partners: the first has ended, the others hold for years, so that the picture stays the same."""
    settled = {"requester": "provider", "provider-who": "partner", "purpose": "school-service"}
    parties = (("Valley Bus Company", soon(desk)), ("Bright Path Tutoring", "2098-06-30"), ("MathApp", "2099-06-30"))
    for party, ends in parties:
        yield Agreement(
            "", party, basis="ferpa-school-official-outsourced", items=("name", "grades"), ends=ends, answers=settled
        )


def due() -> Iterator[Row]:
    """Made-up rows: two records that may go, and one that stays."""
    rule = Rule("decision", ("not-now",), 3).says
    for place, why in enumerate(((), (), (Why("It is on legal hold."),)), start=1):
        yield Row(f"2021-{place:04}", place, "2024-11-24", rule, why, restricted=False)


def soon(desk: Desk) -> str:
    """A day that Home shows as due: the same each year, since it has passed."""
    return f"{desk.today[:4]}-01-01"
