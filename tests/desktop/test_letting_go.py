"""What was deleted is really gone: nothing in Python holds what is left of it."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from ferpa_wizard.desktop.focus import chain
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver
from tests.desktop.pages import carry_on
from tests.desktop.sample_pack import DONE


class Row(QPushButton):
    """A class of Python, so that there is something to be left over."""


def delete(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()


def go_on() -> None:
    """Delete what is to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def test_of_rows_that_tab_visits_nothing_is_left(qapp: QApplication) -> None:
    column = QWidget()
    layout = QVBoxLayout(column)
    rows = [Row(str(place)) for place in range(5)]
    left = [weakref.ref(row) for row in rows]
    for place in range(5):
        layout.addWidget(rows[place])
    chain([column])
    while rows:  # the one that was asked before the one that followed
        layout.removeWidget(rows[0])
        delete(rows.pop(0))
        go_on()
    assert [made() for made in left] == [None] * 5


def test_of_a_page_that_grows_while_it_goes_nothing_is_left(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    page = drive.window.request_shell.page
    assert page is not None
    part = page.opening()
    left = weakref.ref(part)
    page.submit()
    page.grew.emit(part)
    delete(page)
    del page, part
    go_on()
    assert left() is None
