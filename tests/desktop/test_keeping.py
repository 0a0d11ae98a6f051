"""Legal holds and the purge in the window: by whom and why, what stays, and what the window forgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QRadioButton

from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.desktop.controls.rows import FactRow, PressRow
from ferpa_wizard.desktop.form_sheet import FormSheet
from ferpa_wizard.desktop.log.page import LogPage
from ferpa_wizard.desktop.pages.due_card import PAGE
from ferpa_wizard.desktop.pages.hold_card import HoldCard
from ferpa_wizard.desktop.pages.keeping import KeepingPage
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.ledger.errors import LedgerDamaged
from ferpa_wizard.requests.desk import Desk
from tests.desktop.conftest import NOW, PROFILE
from tests.desktop.driving import Driver, Key, name_of, settle, wait_for
from tests.desktop.pages import NEWS
from tests.desktop.sample_pack import sample_pack
from tests.desktop.test_passing import come_back
from tests.desktop.test_questions import in_dialog, press_in

PAST = datetime(2021, 11, 24, 10, tzinfo=UTC)
HOLD, END, PURGE = "Hold this record", "End a hold", "Purge for good"


class Clock:
    """The time of the desk, which the test sets."""

    at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def schedule() -> tuple[Rule, ...]:
    return PROFILE.retention


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, schedule: tuple[Rule, ...]) -> Iterator[Desk]:
    """A desk with a schedule."""
    profile = replace(PROFILE, retention=schedule)
    made = Desk(tmp_path / "home", lambda: (sample_pack(), profile), now=clock)
    yield made
    made.close()


@pytest.fixture
def seal(desk: Desk, clock: Clock) -> Callable[..., str]:
    """Seals a decision five years ago; its number."""

    def sealed(*, by: str = "R. Osei", words: str = "", restricted: bool = False) -> str:
        clock.at = PAST
        request = desk.new(NEWS)
        request.note(Intake(words=words, keep_out=restricted))
        number = request.decide(Decision("share", (), "", by)).number
        clock.at = NOW
        return number

    return sealed


Seal = Callable[..., str]


def fill(words: str, name: str, press: str = "Keep") -> Callable[[QDialog], None]:
    """Fill in the sheet and press; a name that is offered is chosen already, or picked."""

    def act(sheet: QDialog) -> None:
        if choices := [one for one in sheet.findChildren(QRadioButton) if one.isVisible()]:
            choices[-1].click()
        sheet.findChildren(QPlainTextEdit)[0].setPlainText(words)
        (field,) = (one for one in sheet.findChildren(QLineEdit) if name_of(one) == "Your name")
        field.setText(name)
        press_in(sheet, press)

    return act


def record(drive: Driver, number: str) -> HoldCard:
    drive.window.desk_shell.show_record(number)
    (card,) = drive.all(HoldCard)
    return card


def says(card: HoldCard) -> str:
    settle()
    return " ".join(row.text() for row in card.findChildren(FactRow) if row.isVisible())


def buttons(drive: Driver) -> list[str]:
    return [name_of(one) for one in drive.all(QPushButton)]


def keeping(drive: Driver) -> KeepingPage:
    """The page, once it has looked at all."""
    drive.window.desk_shell.show_keeping()
    (page,) = drive.all(KeepingPage)
    looked(page)
    return page


def looked(page: KeepingPage) -> None:
    wait_for(lambda: not page.working.runs)


def purge_button(drive: Driver) -> QPushButton:
    (button,) = (one for one in drive.all(QPushButton) if name_of(one).startswith("Purge"))
    return button


def gone(desk: Desk, number: str) -> bool:
    return desk._open(writing=False).get(number).text is None


# Holds on the page of a record


def test_a_record_is_held_and_freed_from_its_page(drive: Driver, desk: Desk, seal: Seal) -> None:
    number = seal()
    card = record(drive, number)
    free = says(card)
    assert END not in buttons(drive)
    drive.tab_to(QPushButton, HOLD)
    in_dialog(fill("A lawsuit.", "P. Lee"))
    drive.press(Key.Key_Space)
    (held,) = desk.keeping.holds.every()
    assert (held.record, held.history[0].hold.by, held.history[0].hold.words) == (number, "P. Lee", "A lawsuit.")
    assert "P. Lee" in says(card) and "A lawsuit." in says(card)
    assert says(card).split(".")[0] != free.split(".")[0]
    come_back(drive)
    assert card.isAncestorOf(drive.focused)
    in_dialog(fill("It was settled.", "P. Lee"))
    drive.find(QPushButton, END).click()
    assert desk.keeping.holds.every() == []
    assert "It was settled." in says(card)
    assert END not in buttons(drive)
    come_back(drive)
    assert name_of(drive.focused) == HOLD


def test_each_of_two_holds_is_ended_on_its_own(drive: Driver, desk: Desk, seal: Seal) -> None:
    number = seal()
    for why in ("A lawsuit.", "An audit."):
        desk.keeping.holds.hold(number, why, by="P. Lee")
    record(drive, number)
    in_dialog(fill("The audit is over.", "P. Lee"))
    drive.find(QPushButton, END).click()
    assert [one.count for one in desk.keeping.holds.every()] == [1]
    assert END in buttons(drive)


def test_a_hold_without_a_reason_keeps_the_sheet_open(drive: Driver, desk: Desk, seal: Seal) -> None:
    number, seen = seal(), []

    def act(sheet: QDialog) -> None:
        fill("", "P. Lee")(sheet)
        seen.append(sheet.isVisible() and isinstance(sheet.focusWidget(), QPlainTextEdit))

    record(drive, number)
    in_dialog(act)
    drive.find(QPushButton, HOLD).click()
    assert seen == [True]
    assert desk.keeping.holds.every() == []


def test_how_long_it_is_kept_follows_what_is_done_on_the_page(drive: Driver, desk: Desk, seal: Seal) -> None:
    number = seal()
    card = record(drive, number)
    before = card.findChildren(FactRow)[-1].text()
    desk.keeping.holds.hold(number, "A lawsuit.", by="P. Lee")
    card = record(drive, number)
    assert card.findChildren(FactRow)[-1].text() != before
    assert desk.keeping.retention.of(number).why[0].says in says(card)
    in_dialog(fill("Say more.", "P. Lee"))
    drive.find(QPushButton, "Ask for a change").click()
    assert all(why.says in says(card) for why in desk.keeping.retention.of(number).why)
    assert len(desk.keeping.retention.of(number).why) == 2


@pytest.mark.parametrize("button", [HOLD, "Ask for a change", "Add a note"])
def test_a_name_typed_on_a_restricted_record_is_not_remembered(
    button: str, drive: Driver, desk: Desk, seal: Seal
) -> None:
    for restricted in (True, False):
        record(drive, number := seal(restricted=restricted))
        before = desk.verify().count
        in_dialog(fill("A lawsuit.", "P. Lee"))
        drive.find(QPushButton, button).click()
        assert desk.verify().count == before + 1, number
        assert ("P. Lee" in dict(Memory(desk.home).kept.people)) is not restricted


# What may go


def test_the_log_leads_to_the_page_and_back(drive: Driver, desk: Desk, seal: Seal) -> None:
    seal()
    drive.window.desk_shell.go("log")
    drive.tab_to(QPushButton, "Keeping records")
    drive.press(Key.Key_Space)
    (page,) = drive.all(KeepingPage)
    assert drive.focused is page.heading
    drive.find(QPushButton, "Decision log", page).click()
    assert drive.all(LogPage)


def test_what_may_go_is_purged_and_what_is_not_ticked_stays(drive: Driver, desk: Desk, seal: Seal) -> None:
    go, off, held, secret = seal(), seal(), seal(), seal(restricted=True)
    desk.keeping.holds.hold(held, "A lawsuit.", by="P. Lee")
    page = keeping(drive)
    ticks = {name_of(one)[:9]: one for one in drive.all(QCheckBox, page)}
    assert all(one.isChecked() for one in ticks.values())
    assert go in ticks and off in ticks and held not in ticks
    assert not [widget for widget in drive.all(QPushButton, page) if secret in name_of(widget)]
    assert secret not in ticks and len(ticks) == 3
    ticks[off].click()
    assert "2" in name_of(purge_button(drive))
    in_dialog(fill("By the schedule.", "P. Lee", PURGE))
    purge_button(drive).click()
    looked(page)
    assert [gone(desk, one) for one in (go, off, held, secret)] == [True, False, False, True]
    come_back(drive)
    assert isinstance(drive.focused, FactRow)
    assert "2" in drive.focused.text()
    assert "1" in name_of(purge_button(drive))
    assert "P. Lee" in dict(Memory(desk.home).kept.people)


def test_what_stays_says_why_and_opens_its_record(drive: Driver, desk: Desk, seal: Seal) -> None:
    held = seal()
    desk.keeping.holds.hold(held, "A lawsuit.", by="P. Lee")
    hidden = seal(restricted=True)
    desk.keeping.holds.hold(hidden, "Another lawsuit.", by="P. Lee")
    page = keeping(drive)
    assert drive.all(QCheckBox, page) == []
    stays, listed = drive.all(PressRow, page)
    assert desk.keeping.retention.of(held).why[0].says in name_of(stays)
    assert "A lawsuit." in name_of(listed) and "P. Lee" in name_of(listed)
    stays.click()
    assert drive.all(HoldCard)


def test_what_is_held_while_the_sheet_is_open_stays_and_the_sheet_says_why(
    drive: Driver, desk: Desk, seal: Seal
) -> None:
    held, free, told = seal(), seal(), []

    def act(sheet: QDialog) -> None:
        desk.keeping.holds.hold(held, "A lawsuit.", by="P. Lee")
        fill("By the schedule.", "P. Lee", PURGE)(sheet)
        told.append(sheet.isVisible() and Driver.sees(Driver(sheet), held))  # type: ignore[arg-type]

    page = keeping(drive)
    in_dialog(act)
    purge_button(drive).click()
    looked(page)
    assert told == [True]
    assert not gone(desk, held) and not gone(desk, free)
    assert [name_of(one)[:9] for one in drive.all(QCheckBox, page)] == [free]


def test_escape_asks_and_keeps_records_and_ticks(drive: Driver, desk: Desk, seal: Seal) -> None:
    first, second, seen = seal(), seal(), []

    def act(sheet: QDialog) -> None:
        assert isinstance(sheet, FormSheet)
        assert isinstance(sheet.focusWidget(), FactRow)  # what happens is read first
        field = sheet.findChildren(QPlainTextEdit)[0]
        field.setFocus()
        QTest.keyClicks(field, "By the schedule.")
        in_dialog(lambda asked: QTest.keyClick(asked, Key.Key_Return))
        QTest.keyClick(field, Key.Key_Escape)
        seen.append(sheet.isVisible() and field.toPlainText() == "By the schedule.")
        in_dialog(lambda asked: press_in(asked, "Close without keeping it"))
        QTest.keyClick(field, Key.Key_Escape)
        seen.append(not sheet.isVisible())

    page = keeping(drive)
    drive.all(QCheckBox, page)[0].click()
    drive.tab_to(QPushButton, name_of(purge_button(drive)))
    in_dialog(act)
    drive.press(Key.Key_Space)
    assert seen == [True, True]
    assert not gone(desk, first) and not gone(desk, second)
    come_back(drive)
    assert drive.focused is purge_button(drive)
    assert [one.isChecked() for one in drive.all(QCheckBox, page)] == [False, True]


def test_enter_in_a_field_does_not_purge(drive: Driver, desk: Desk, seal: Seal) -> None:
    number = seal()

    def enter(sheet: QDialog) -> None:
        sheet.findChildren(QPlainTextEdit)[0].setPlainText("By the schedule.")
        (field,) = (one for one in sheet.findChildren(QLineEdit) if name_of(one) == "Your name")
        field.setText("P. Lee")
        field.setFocus()
        in_dialog(lambda asked: asked.reject())
        QTest.keyClick(field, Key.Key_Return)

    keeping(drive)
    in_dialog(enter)
    purge_button(drive).click()
    assert not gone(desk, number)


def test_all_ticks_come_and_go_at_once_also_those_not_shown(drive: Driver, desk: Desk, seal: Seal) -> None:
    for _ in range(PAGE + 2):
        seal()
    page = keeping(drive)
    assert len(drive.all(QCheckBox, page)) == PAGE
    drive.find(QPushButton, "Tick none").click()
    assert page._due.chosen() == []
    purge_button(drive).click()
    assert drive.window.desk_shell.notice.isVisible()
    drive.find(QPushButton, "Show more").click()
    ticks = drive.all(QCheckBox, page)
    assert len(ticks) == PAGE + 2
    assert drive.focused is ticks[PAGE]
    assert not ticks[-1].isChecked()
    ticks[-1].click()
    assert len(page._due.chosen()) == 1
    drive.find(QPushButton, "Tick all").click()
    assert len(page._due.chosen()) == PAGE + 2


@pytest.mark.parametrize("schedule", [()])
def test_without_a_schedule_nothing_may_go(drive: Driver, desk: Desk, seal: Seal) -> None:
    number = seal()
    page = keeping(drive)
    assert drive.sees("retention:")
    assert drive.all(QCheckBox, page) == []
    assert [name for name in buttons(drive) if name.startswith("Purge")] == []
    assert desk.keeping.retention.of(number).why[0].says in says(record(drive, number))


def test_what_could_not_be_cleaned_up_is_told(drive: Driver, desk: Desk, seal: Seal) -> None:
    seal(words="The grades of somebody.")
    (desk.home / "notes.txt").write_text("The grades of somebody.")
    page = keeping(drive)
    in_dialog(fill("By the schedule.", "P. Lee", PURGE))
    purge_button(drive).click()
    looked(page)
    assert any("notes.txt" in row.text() for row in drive.all(FactRow, page))


def test_a_log_that_cannot_be_read_is_told(
    drive: Driver, desk: Desk, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal()

    def broken(*_: object) -> None:
        raise LedgerDamaged(desk.home, "It cannot be read.")

    monkeypatch.setattr(desk.keeping.retention, "_row", broken)
    page = keeping(drive)
    assert drive.sees("It cannot be read.")
    assert drive.all(QCheckBox, page) == []


# What the window forgets


def test_names_and_views_of_what_was_purged_are_not_written_back(drive: Driver, desk: Desk, seal: Seal) -> None:
    memory = drive.window._memory
    seal(by="Zora Quill", words="The grades of Wexford.")
    kept_one = desk.new(NEWS).decide(Decision("share", (), "", "R. Osei", "registrar"))
    memory.sealed("R. Osei", "registrar")
    memory.sealed("Zora Quill", "")
    memory.save_view("Their case", "wexford")
    memory.save_view("Not now", "outcome:not-now")
    drive.window.desk_shell.go("log")
    (log,) = drive.all(LogPage)
    log.tools.field.setText("wexford")
    page = keeping(drive)
    in_dialog(fill("By the schedule.", "P. Lee", PURGE))
    purge_button(drive).click()
    looked(page)
    memory.keep(theme="dark")
    kept = Memory(desk.home).kept
    assert {name for name, _ in kept.people} == {"P. Lee", "R. Osei"}
    assert [name for name, _ in kept.views] == ["Not now"]
    drive.window.desk_shell.go("log")
    (log,) = drive.all(LogPage)
    assert log.tools.field.text() == ""
    assert desk.record(kept_one.number).body
