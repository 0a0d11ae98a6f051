"""What a screen reader, a keyboard and a shaky hand need, on every page."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QGroupBox, QLabel, QLineEdit, QRadioButton, QToolTip, QWidget

from ferpa_wizard.requests import Desk
from tests.desktop.driving import Driver, Key, name_of, on_window, role_of, takes_tab
from tests.desktop.pages import PAGES, show


@pytest.mark.parametrize("page", PAGES)
def test_whatever_takes_the_focus_has_a_name_without_markup(drive: Driver, desk: Desk, page: str) -> None:
    show(drive, desk, page)
    names = {repr(widget): name_of(widget) for widget in drive.all(QWidget) if takes_tab(widget)}
    assert len(names) > 3
    nameless = [widget for widget, name in names.items() if not name.strip()]
    assert not nameless
    assert not [name for name in names.values() if "<" in name and "<b>bold</b>" not in name]


@pytest.mark.parametrize("page", PAGES)
def test_tab_visits_everything_once_and_comes_back(drive: Driver, desk: Desk, page: str) -> None:
    show(drive, desk, page)
    ring = list(drive.tab_ring())
    assert len(ring) == len(set(ring)), "something is visited twice"
    assert not [name_of(widget) or repr(widget) for widget in drive.tab_stops() if widget not in ring]


@pytest.mark.parametrize("page", PAGES)
def test_targets_are_large_enough(drive: Driver, desk: Desk, page: str) -> None:
    show(drive, desk, page)
    small = [
        (name_of(button), button.size())
        for button in drive.all(QAbstractButton)
        if min(button.width(), button.height()) < 24 and takes_tab(button)
    ]
    assert not small


@pytest.mark.parametrize("page", PAGES)
def test_no_label_reads_markup_and_no_tooltip_has_any(drive: Driver, desk: Desk, page: str) -> None:
    show(drive, desk, page)
    formats = {label.textFormat().name for label in drive.all(QLabel)}
    assert formats == {"PlainText"}
    assert not [widget.toolTip() for widget in drive.all(QWidget) if "<" in widget.toolTip()]
    assert QToolTip.text() == ""


@pytest.mark.parametrize("page", ["home", "question", "items", "check", "result", "decision", "reasons"])
@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (1366, 768, 200)])
def test_what_has_the_focus_is_in_full_view(
    drive: Driver, desk: Desk, page: str, *, width: int, height: int, percent: int
) -> None:
    drive.window.resize(width, height)
    for _ in range((percent - 100) // 10):
        drive.press(Key.Key_Plus, ctrl=True)
    show(drive, desk, page)
    for widget in drive.tab_ring():
        around = widget.visibleRegion().boundingRect()
        assert around == widget.rect(), f"{name_of(widget)!r} is cut: {around} of {widget.rect()}"
        assert drive.window.rect().contains(on_window(widget))


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
    assert len(ticks) > 10
    assert {role_of(tick) for tick in ticks} == {QAccessible.Role.CheckBox}


def test_a_field_is_named_by_the_label_above_it_and_described_by_its_problem(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "reasons")
    drive.press(Key.Key_Return)
    name = drive.find(QLineEdit, "Your name")
    assert name.accessibleDescription() == "Write the name of the person who decided."


@pytest.mark.parametrize("page", PAGES)
def test_only_the_window_is_a_window(drive: Driver, desk: Desk, page: str) -> None:
    # A part shown before it has a parent would be a window for an instant, and take the focus with it.
    show(drive, desk, page)
    assert drive.window.isActiveWindow()
    assert drive.focused.window() is drive.window
