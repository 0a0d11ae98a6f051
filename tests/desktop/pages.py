"""Every page of the program, brought up by name."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.desktop.driving import Driver, Key
from tests.desktop.fake_desk import DONE, TUTORING, FakeDesk

DESK_PAGES = ("home", "log", "settings", "about", "record")
REQUEST_PAGES = (
    "question", "items", "checklist", "date", "check", "result", "trail", "decision", "reasons", "error", "saved",
)  # fmt: skip
PAGES = (*DESK_PAGES, *REQUEST_PAGES)

_ANSWERS: dict[str, dict[str, Any]] = {
    "items": {"who": "group", "works": "yes", "students": "few"},
    "checklist": {**TUTORING, "control": "spoken"},
    "date": {**TUTORING, "purpose": "research"},
    "question": TUTORING,
    "error": TUTORING,
}


def carry_on(drive: Driver, desk: FakeDesk, answers: dict[str, Any]) -> None:
    """Open a draft with these answers."""
    drive.window.carry_on(desk.new(answers).id)


def seal_one(drive: Driver, desk: FakeDesk) -> None:
    """Decide a request and stay on the page that says so."""
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return, Key.Key_2)
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved")


def show(drive: Driver, desk: FakeDesk, page: str) -> None:
    """Bring up a page with everything on it that it can have."""
    if page in (*DESK_PAGES, "saved"):
        seal_one(drive, desk)
    if page in DESK_PAGES:
        desk.new({"who": "press"})
        desk.troubles = ["One draft could not be read and was set aside."]
        drive.window.go_home()
    if page == "record":
        drive.window.desk_shell.show_record("2026-0001")
    elif page in DESK_PAGES:
        drive.window.desk_shell.go(page)
    elif page != "saved":
        carry_on(drive, desk, _ANSWERS.get(page, DONE))
        _go_on(drive, page)


def _go_on(drive: Driver, page: str) -> None:
    if page == "check":
        drive.press(Key.Key_R, ctrl=True)
    if page == "trail":
        drive.find(QPushButton, "How we got here").click()
    if page in ("decision", "reasons", "error"):
        drive.press(Key.Key_Return)
    if page == "reasons":
        drive.press(Key.Key_4)
