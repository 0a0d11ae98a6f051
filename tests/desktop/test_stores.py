"""A ledger that does not answer: whatever is pressed, the window says so and goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.failures import Failures
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.ledger.errors import LedgerUnreachable
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of
from tests.desktop.pages import seal_one, stand_one


@pytest.fixture(autouse=True)
def watched(window: Window) -> Iterator[None]:
    """What nobody caught is told as it is in the program."""
    failures = Failures()
    failures.happened.connect(window.tell, Qt.ConnectionType.QueuedConnection)
    failures.watch()
    yield
    failures.unwatch()


def gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """From now on the ledger does not answer; what is to be said of it."""
    error = LedgerUnreachable(desk.home / "ledger.sqlite")

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(desk, "_open", fail)
    return str(error)


def tells(drive: Driver, sentence: str) -> bool:
    return any(text.text() == sentence for text in drive.all(Text))


def press(drive: Driver, name: str) -> None:
    next(one for one in drive.all(QPushButton) if name_of(one).startswith(name)).click()


def test_the_log_says_so_where_its_records_would_be(drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seal_one(drive, desk)
    drive.window.go_home()
    sentence = gone(desk, monkeypatch)
    press(drive, "Decision log")
    assert drive.title.startswith("Decision log")
    assert tells(drive, sentence)
    monkeypatch.undo()
    press(drive, "Home")
    press(drive, "Decision log")
    assert not tells(drive, sentence)


def test_a_request_with_the_same_answers_is_not_begun(
    drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = stand_one(desk)
    desk.standing.end(number, by="R. Osei")
    drive.window.desk_shell.show_uses(number)
    sentence = gone(desk, monkeypatch)
    press(drive, "New request, same answers")
    assert tells(drive, sentence)


def test_a_new_version_is_not_begun(drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seal_one(drive, desk)
    drive.window.go_home()
    drive.window.desk_shell.show_record("2026-0001")
    sentence = gone(desk, monkeypatch)
    press(drive, "Make a new version")
    assert tells(drive, sentence)


def test_to_log_a_use_leads_home_from_a_request(drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drive.press(Key.Key_N, ctrl=True)
    drive.answer(1)
    sentence = gone(desk, monkeypatch)
    drive.press(Key.Key_L, ctrl=True)
    assert drive.title.startswith("Home")
    assert drive.window.desk_shell.isAncestorOf(drive.focused)
    assert tells(drive, sentence)


def test_the_entries_of_the_uses_are_not_written(drive: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drive.window.desk_shell.show_uses(stand_one(desk))
    sentence = gone(desk, monkeypatch)
    drive.find(QLineEdit, "From").setText("2")
    assert tells(drive, sentence)
    drive.window.desk_shell.notice.hide()
    press(drive, "Save to a folder")
    assert tells(drive, sentence)
