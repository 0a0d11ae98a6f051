"""What a screen reader, a keyboard and a shaky hand need, on every page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, on_window, role_of, takes_tab
from tests.desktop.pages import LOG_STATES, PAGES, show, stand_one
from tests.desktop.sample_pack import MARKUP


@pytest.mark.parametrize("page", PAGES)
def test_page_serves_voice_keys_and_shaky_hands(drive: Driver, desk: Desk, page: str) -> None:
    show(drive, desk, page)
    assert not nameless(drive)
    assert not too_small(drive)
    assert not with_markup(drive)
    # A part shown before it has a parent would be a window for an instant, and take the focus with it.
    assert drive.window.isActiveWindow()
    assert drive.focused.window() is drive.window
    ring = list(drive.tab_ring())
    assert len(ring) == len(set(ring)), "something is visited twice"
    assert not [name_of(widget) or repr(widget) for widget in drive.tab_stops() if widget not in ring]


def nameless(drive: Driver) -> list[str]:
    stops = [widget for widget in drive.all(QWidget) if takes_tab(widget)]
    assert len(stops) > 3
    return [repr(widget) for widget in stops if not name_of(widget).strip()]


def too_small(drive: Driver) -> list[str]:
    buttons = [button for button in drive.all(QAbstractButton) if takes_tab(button)]
    return [name_of(button) for button in buttons if min(button.width(), button.height()) < 24]


def with_markup(drive: Driver) -> list[str]:
    labels = [label.text() for label in drive.all(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]
    named = [name_of(widget) for widget in drive.all(QWidget) if takes_tab(widget)]
    return [*labels, *(text for text in named if "<" in text.replace(MARKUP, "")), *tooltips_with_markup(drive)]


def tooltips_with_markup(drive: Driver) -> list[str]:
    return [widget.toolTip() for widget in drive.all(QWidget) if "<" in widget.toolTip()]


FITTING = (
    "home", "agreements", "agreement", "school", "fact", "question", "items", "checklist", "check", "result", "decision",
    "reasons", "people", "told-decision", "uses", "log", *LOG_STATES[:-1], "record",
)  # fmt: skip


MORE_SIZES = ((800, 600, 100), (640, 480, 100), (1366, 768, 200), (3840, 2160, 150))
SIZES = [
    (1024, 600, 100),
    (640, 480, 150),
    *(pytest.param(*size, marks=pytest.mark.long) for size in MORE_SIZES),
]


@pytest.mark.parametrize("page", FITTING)
@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_page_fits_its_window(drive: Driver, desk: Desk, page: str, *, width: int, height: int, percent: int) -> None:
    drive.window.resize(width, height)
    for _ in range((percent - 100) // 10):
        drive.press(Key.Key_Plus, ctrl=True)
    show(drive, desk, page)
    assert drive.window.width() == width
    assert not cut_texts(drive)
    for widget in drive.tab_ring():
        around = widget.visibleRegion().boundingRect()
        assert around == widget.rect(), f"{name_of(widget)!r} is cut: {around} of {widget.rect()}"
        assert drive.window.rect().contains(on_window(widget))


def cut_texts(drive: Driver) -> list[str]:
    """Labels that are lower or narrower than their text, or stand beside the window."""
    found = []
    for label in drive.all(QLabel):
        need = label.heightForWidth(label.width()) if label.hasHeightForWidth() else label.sizeHint().height()
        narrow = not label.wordWrap() and isinstance(label, Text) and label.width() < label.sizeHint().width()
        around = on_window(label)
        beside = around.left() < 0 or around.right() >= drive.window.width()
        if label.height() < need or narrow or beside:
            found.append(label.text())
    return found


def test_options_are_radio_buttons_in_a_group_with_the_name_of_the_question(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    option = drive.find(QRadioButton, "The press")
    assert role_of(option) == QAccessible.Role.RadioButton
    group = next(one for one in drive.all(QGroupBox) if one.isAncestorOf(option))
    assert role_of(group) == QAccessible.Role.Grouping
    assert name_of(group) == "Who wants the records?"


def test_ticks_are_check_boxes(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "items")
    ticks = drive.all(QCheckBox)
    assert len(ticks) == 7
    assert {role_of(tick) for tick in ticks} == {QAccessible.Role.CheckBox}


def test_a_field_is_named_by_the_label_above_it_and_described_by_its_problem(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "reasons")
    drive.press(Key.Key_Return)
    name = drive.find(QLineEdit, "Your name")
    assert name.accessibleDescription() == "Name the person who decided."


def test_a_field_is_described_by_its_hint_again_once_its_problem_is_gone(drive: Driver, desk: Desk) -> None:
    drive.window.desk_shell.show_uses(stand_one(desk))
    day = drive.find(QLineEdit, "Day")
    hint, typed = day.accessibleDescription(), day.text()
    assert hint
    day.setText("soon")
    drive.find(QPushButton, "Log this use").click()
    assert day.accessibleDescription() != hint
    day.setText(typed)
    drive.find(QPushButton, "Log this use").click()
    assert day.accessibleDescription() == hint
