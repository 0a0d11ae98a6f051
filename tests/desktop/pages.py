"""Every page of the program, brought up by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.use import Use
from ferpa_wizard.desktop.controls.rows import PressRow
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.log.figures import FiguresPage
from ferpa_wizard.desktop.log.page import LogPage
from ferpa_wizard.desktop.pages.keeping import KeepingPage
from ferpa_wizard.desktop.pages.rules import RulesPage
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.push import push
from ferpa_wizard.ledger.share import Card
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import wait
from tests import real
from tests.desktop.driving import Driver, Key, name_of, settle, wait_for
from tests.desktop.sample_pack import DONE, TUTORING

RULE_PARTS = ("rules-diagram", "rules-coverage", "rules-sources", "rules-versions")
LOG_STATES = ("log-found", "log-none", "log-help", "log-table", "log-review", "log-charts", "log-pane")
DESK_PAGES = (
    "home", "log", *LOG_STATES, "agreements", "agreement", "rules", *RULE_PARTS, "practice", "school", "fact", "settings", "about", "record",
    "uses", "keeping",
)  # fmt: skip
REQUEST_PAGES = (
    "question", "items", "checklist", "date", "check", "result", "trail", "decision", "reasons", "error", "saved",
    "people", "told", "told-decision",
)  # fmt: skip
QUESTION_OF_LEVEL = (
    "Which kind of school is yours? A school up to grade 12, or a school district. until Aug 14, 2027. "
    "Change this answer"
)
SECOND = Decision("do-not-share", ("district",), "Our board closed this program.", "R. Osei", "registrar")
PAGES = (*DESK_PAGES, *REQUEST_PAGES)

_ANSWERS: dict[str, Mapping[str, Answer]] = {
    "items": {"requester": "group", "works": "yes", "students": "few"},
    "checklist": {**TUTORING, "control": "spoken"},
    "date": {**TUTORING, "purpose": "research"},
    "question": TUTORING,
    "error": TUTORING,
}


def draft(desk: Desk, answers: Mapping[str, Answer]) -> str:
    """A saved draft in which these answers were given, in the order of the questions; its id."""
    request = desk.new()
    while request.ask is not None and request.ask.id in answers:
        request.answer(answers[request.ask.id])
    return request.id


def kept(desk: Desk) -> dict[str, Answer]:
    """The answers that count in the draft saved last, as its file has them."""
    walk = desk.open_draft(desk.drafts()[0].id).walk
    return {given.ask.id: given.answer for given in walk.trail}


def carry_on(drive: Driver, desk: Desk, answers: Mapping[str, Answer]) -> None:
    """Open a draft with these answers."""
    drive.window.carry_on(draft(desk, answers))


def seal_one(drive: Driver, desk: Desk) -> None:
    """Decide a request and stay on the page that says so."""
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return, Key.Key_2)
    if desk.recent() == []:  # who sealed before is chosen already
        drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved")


NEWS: Mapping[str, Answer] = {"requester": "press", "students": "one", "items": ("name",), "purpose": "news"}


def stand_one(desk: Desk, until: str = "2027-06-30") -> str:
    """A decision that stands; its number."""
    number = desk.new(NEWS).decide(Decision("share", (), "", "R. Osei")).number
    desk.standing.stand(number, until, by="R. Osei")
    return number


def use_it(desk: Desk, number: str, *files: str) -> None:
    """Log a use for each file."""
    for file in files:
        desk.uses.log(Use(number, desk.today, file, "Oak School", "R. Osei"))


def show_uses(drive: Driver, desk: Desk) -> None:
    """The page of a standing decision that was used, and is refused now."""
    number = stand_one(desk)
    use_it(desk, number, *map(str, range(12)))
    desk.uses.strike(desk.uses.of(number)[-1].number, by="R. Osei")
    desk.standing.end(number, by="R. Osei")
    drive.window.desk_shell.show_uses(number)


def show_keeping(drive: Driver, desk: Desk) -> None:
    """The page of what is kept: two that may go, one that stays since it is held, and a restricted one of each."""
    now, desk._now = desk._now, lambda: datetime(2021, 11, 24, 10, tzinfo=UTC)
    numbers = []
    for keep_out in (False, False, True, False, True):
        request = desk.new(NEWS)
        request.note(Intake(keep_out=keep_out))
        numbers.append(request.decide(Decision("share", (), "", "R. Osei")).number)
    desk._now = now
    for number in numbers[-2:]:
        desk.keeping.holds.hold(number, "A lawsuit.", by="R. Osei")
    drive.window.desk_shell.show_keeping()
    wait_for(lambda: not drive.all(KeepingPage)[0].working.runs)


def passed_on(desk: Desk) -> Request:
    """A draft that another desk passed on, where it came out otherwise."""
    found = {"label": "FERPA allows this"}
    told = {"name": "Pat Lee", "role": "registrar", "school": "Lake", "at": "2026-11-23T09:00:00+00:00", "found": found}
    return desk.take_over(replace(desk.open_draft(draft(desk, DONE)).draft, passed_on=told))


def damage(desk: Desk, name: str) -> None:
    """Spoil the file of a draft."""
    file = next(file for file in desk.home.rglob("*.json") if name in file.name)
    file.write_text("{", encoding="utf-8")


def agreement(party: str = "Bright Path", ends: str = "2026-12-24", **fields: object) -> Agreement:
    """One on the sample rules, which settles all but the items."""
    answers: dict[str, Answer] = {
        "requester": "group", "purpose": "tutoring", "control": "writing", "papers-provider": ("p.n", "p.l"),
    }  # fmt: skip
    return replace(Agreement("", party, (), "provider", ("name", "grades"), "", ends, "", answers), **fields)  # type: ignore[arg-type]


def keep_agreements(desk: Desk, *parties: str) -> None:
    """A register with one that has ended, one that ends soon, and some more."""
    desk.agreements.keep(agreement("Old Bus", ends="2026-11-01", schools=("Oak School", "Elm School")))
    desk.agreements.keep(agreement(signed="2026-08-01", destroy="2027-01-31"))
    for party in parties:
        desk.agreements.keep(agreement(party, ends="2027-07-31"))


def show(drive: Driver, desk: Desk, page: str) -> None:
    """Bring up a page with everything on it that it can have."""
    if page in (*DESK_PAGES, "saved"):
        seal_one(drive, desk)
    if page in DESK_PAGES:
        draft(desk, {"requester": "press"})
        wait(desk.open_draft(draft(desk, DONE)), SECOND)
        damage(desk, draft(desk, {"requester": "group"}))
        keep_agreements(desk, "Choir", "Library", "Reading Partners", "Science Club")
        (desk.home / "profile.yaml").write_bytes((real.RULES / "profiles" / "example.yaml").read_bytes())
        drive.window.go_home()
        _show_desk(drive, desk, page)
    elif page.startswith("told"):
        drive.window.carry_on(passed_on(desk).id)
        drive.press(*[Key.Key_Return] * ("decision" in page))
    elif page != "saved":
        carry_on(drive, desk, _ANSWERS.get(page, DONE))
        drive.window.request_shell.panel.unfold(True)
        _go_on(drive, page)
    settle()  # what stands beside a page follows it


def _show_desk(drive: Driver, desk: Desk, page: str) -> None:
    if page == "home":
        stand_one(desk)
    if page == "uses":
        show_uses(drive, desk)
    elif page == "keeping":
        show_keeping(drive, desk)
    elif page == "record":
        drive.window.desk_shell.show_record("2026-0001")
    elif page == "agreement":
        drive.window.desk_shell.show_agreement("bright-path")
    elif page == "fact":
        drive.window.desk_shell.go("school")
        drive.find(PressRow, QUESTION_OF_LEVEL).click()
    elif page in LOG_STATES:
        show_log(drive, desk, page.removeprefix("log-"))
    else:
        name, _, part = page.partition("-")
        drive.window.desk_shell.go(name)
        if part:
            drive.all(RulesPage)[0].segments.choose(part)


def show_log(drive: Driver, desk: Desk, state: str) -> None:
    """The log with something looked for or opened in it."""
    if state == "charts":
        pull_a_desk(desk)
        show_charts(drive)
        return
    if state == "pane":
        drive.window.resize(1366, 800)
    drive.window.desk_shell.go("log")
    lines = {"found": "tutoring outcome:after-steps -review:agreed wrong:x", "none": "outcome:declined basis:consent"}
    if line := lines.get(state):
        drive.find(QLineEdit, "Search all decisions").setText(line)
        drive.find(QLineEdit, "Search all decisions").setFocus()
        drive.press(Key.Key_Return)
    if state == "review":
        drive.window._memory.reviewer = "R. Osei"
    presses = {"help": "Search help", "table": "Show as table", "review": "Review, 1 due"}
    if name := presses.get(state):
        for button in [one for one in drive.all(QPushButton) if name_of(one) == name]:
            button.click()
    drive.all(LogPage)[0].heading.setFocus()


def pull_a_desk(desk: Desk, name: str = "Oak Hill") -> str:
    """A copy of the chain of another desk, which has not been heard of for long; its installation."""
    other, share = (desk.home.parent / name / folder for folder in ("home", "share"))
    share.mkdir(parents=True)
    then = desk.now() - timedelta(days=60)
    theirs = Desk(other, lambda: (desk.pack, desk.profile), now=lambda: then)
    theirs.new(NEWS).decide(Decision("share", (), "", "R. Osei"))
    with theirs.chain() as chain:
        installation = chain.installation
    theirs.close()
    push(other, share, Card(name, "", 0, GENESIS, program="1.0", pack_version="7"), now=then)
    pull(desk.home, share, now=then)
    return installation


def show_charts(drive: Driver, line: str = "") -> FiguresPage:
    """All charts over what a line finds, once that was read, with what would have changed the answer."""
    drive.window.desk_shell.go("log")
    settle_work(drive)
    drive.all(LogPage)[0].look_for(line)
    drive.find(QPushButton, "All charts").click()
    (page,) = drive.all(FiguresPage)
    page.fixes.start.click()
    settle_work(drive)
    for row in drive.all(PressRow, page)[:1]:
        row.click()
    page.heading.setFocus()
    return page


def settle_work(drive: Driver) -> None:
    """Let all that goes on in the background come to its end."""
    wait_for(lambda: not any(work.runs for work in drive.all(Working)))


def _go_on(drive: Driver, page: str) -> None:
    if page == "check":
        drive.press(Key.Key_R, ctrl=True)
    if page == "trail":
        drive.find(QPushButton, "How we got here").click()
    if page == "people":
        for name in ("Pat Lee", "R. Osei"):
            drive.window._memory.sealed(name, "registrar")
    if page in ("decision", "reasons", "error", "people"):
        drive.press(Key.Key_Return)
    if page == "people":
        drive.find(QRadioButton, "Somebody else").click()
    if page == "reasons":
        drive.press(Key.Key_4)
