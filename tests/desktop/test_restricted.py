"""The window shows nothing of what is restricted until somebody asks: a person at the counter may see the screen."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QWidget

from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.desktop.controls.buttons import Disclosure
from ferpa_wizard.desktop.controls.rows import ListRow
from ferpa_wizard.desktop.pages.decision import DecisionPage
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, takes_tab
from tests.requests.secrets import leaked, seed

WORD = "zanzibar"
IMMIGRATION: dict[str, Answer] = {"requester": "government", "government-who": "immigration"}
COURT: dict[str, Answer] = {"requester": "government", "government-who": "court-paper", "items": ("grades",)}
SECRET: dict[str, Answer] = {**COURT, "court-kind": "grand-jury-secret"}


@pytest.fixture
def desk(real_desk: Desk) -> Desk:
    return real_desk


def _draft(desk: Desk, answers: dict[str, Answer]) -> str:
    request = desk.new()
    for question, answer in answers.items():
        assert request.ask is not None and request.ask.id == question
        request.answer(answer)
    request.note(Intake(reference=WORD, words=WORD, identity=WORD))
    return request.id


def _opener(drive: Driver, name: str = "1 restricted draft") -> Disclosure:
    return drive.find(Disclosure, name)


def _rows(drive: Driver) -> list[str]:
    return [name_of(one) for one in drive.all(ListRow)]


@pytest.mark.parametrize("answers", [IMMIGRATION, SECRET])
def test_a_restricted_draft_stands_apart_and_closed(
    answers: dict[str, Answer], drive: Driver, desk: Desk, window: Window
) -> None:
    _draft(desk, answers)
    _draft(desk, {"requester": "provider"})
    window.go_home()
    assert not _opener(drive).isChecked()
    assert len(_rows(drive)) == 1
    assert not any("restricted" in name.lower() for name in _rows(drive))
    shown = " ".join(name_of(one) for one in drive.all(QWidget)).lower()
    for word in (WORD, "immigration", "grand jury", "court"):
        assert word not in shown.replace("police or court", "")  # one of the quick starts


def test_it_opens_by_keyboard_and_is_carried_on(drive: Driver, desk: Desk, window: Window) -> None:
    _draft(desk, IMMIGRATION)
    window.go_home()
    assert _rows(drive) == []
    assert takes_tab(_opener(drive))
    drive.tab_to(Disclosure, "1 restricted draft")
    drive.press(Key.Key_Return)
    assert _opener(drive).isChecked()
    drive.press(Key.Key_Tab)
    assert [name_of(drive.focused)] == _rows(drive)
    drive.press(Key.Key_Return)
    assert window.request_shell.isVisible()
    assert window.request_shell.request.restricted
    assert WORD not in drive.title


def test_a_click_opens_and_closes_it_and_coming_home_closes_it(drive: Driver, desk: Desk, window: Window) -> None:
    for answers in (IMMIGRATION, SECRET):
        _draft(desk, answers)
    window.go_home()
    for shown in (2, 0, 2):
        _opener(drive, "2 restricted drafts").click()
        assert len(_rows(drive)) == shown
    window.go_home()
    assert _rows(drive) == []


def test_a_deleted_one_comes_back_apart(drive: Driver, desk: Desk, window: Window) -> None:
    kept = _draft(desk, IMMIGRATION)
    window.go_home()
    _opener(drive).click()
    delete = next(one for one in drive.all(QPushButton) if name_of(one).startswith("Delete draft"))
    delete.click()
    assert desk.drafts() == []
    assert not any(isinstance(one, Disclosure) for one in drive.all(QPushButton))
    drive.find(QPushButton, "Undo").click()
    assert [row.id for row in desk.drafts()] == [kept]
    assert not _opener(drive).isChecked()


def test_a_draft_that_is_restricted_no_more_is_listed_by_its_title(drive: Driver, desk: Desk, window: Window) -> None:
    request = desk.open_draft(_draft(desk, IMMIGRATION))
    request.edit("government-who")
    request.answer("police")
    window.go_home()
    assert len(_rows(drive)) == 1
    assert drive.all(Disclosure) == []


def _shown(drive: Driver) -> str:
    """All that is in the window, tooltips and the cells of tables included."""
    said = [drive.title]
    for widget in drive.all(QWidget):
        said += [name_of(widget), widget.toolTip(), widget.accessibleDescription()]
    for table in drive.all(QTableView):
        model = table.model()
        cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
        said += [str(cell.data()) for cell in cells]
    return "\n".join(said)


def test_no_page_of_the_desk_says_a_word_of_them(drive: Driver, desk: Desk, window: Window) -> None:
    seeded = seed(desk, random.Random(3))
    title = str(desk.record(seeded.ordinary[0]).body["request"]["title"])  # type: ignore[index]
    for page in ("home", "log", "settings", "about", "home"):
        window.desk_shell.go(page)
        text = _shown(drive)
        assert leaked(seeded, text) == [], page
        assert not any(number in text for number in seeded.in_records), page
        assert (title in text) == (page in ("home", "log"))
    window.desk_shell.show_record(next(iter(seeded.in_records)))
    assert not leaked(seeded, drive.title)


def _page(window: Window) -> Page:
    page = window.request_shell.page
    assert page is not None
    return page


def test_what_was_typed_for_one_does_not_come_up_in_the_next(drive: Driver, desk: Desk, window: Window) -> None:
    window.carry_on(_draft(desk, SECRET))
    shell = window.request_shell
    while shell.request.ask is not None:
        options = [option.id for option in shell.request.ask.options]
        shell.request.answer(options[:1] if shell.request.ask.kind == "many" else options[-1])
    shell.open(shell.request)
    for _ in range(2):
        if not isinstance(_page(window), DecisionPage):
            _page(window).submit()
    drive.press(Key.Key_5)
    for field in drive.all(QLineEdit):
        field.setText(WORD)
    _page(window).submit()
    assert drive.title.startswith("Decision saved")
    files = [file for file in desk.home.glob("*") if file.is_file() and "ledger" not in file.name]
    assert not any(WORD in file.read_text(encoding="utf-8") for file in files)
