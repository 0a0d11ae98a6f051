"""A tool tip shows the text of a request as it is: Qt would take it for markup, and open what that names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.desktop.controls.text import as_tip
from ferpa_wizard.desktop.log.rows import LogRows, Order
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_book import LogBook
from tests.desktop.pages import stand_one

HOSTILE = ('<img src="file:///etc/hostname">', "&lt;b>", "<!DOCTYPE a>", "a < b <b>c</b>", "&lt;<i>")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_a_tip_of_markup(text: str, qapp: QApplication) -> None:
    assert not Qt.mightBeRichText(as_tip(text))


def test_the_tips_of_the_log_are_plain(desk: Desk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_one(desk)
    desk.book.catch_up()
    (listed,) = desk.book.page(Search())
    monkeypatch.setattr(LogBook, "page", lambda *_given, **_how: [replace(listed, title=HOSTILE[0])])
    rows = LogRows(desk.book, desk.today)
    rows.find(Search(), Order(), 1)
    tips = [rows.data(rows.index(0, column), Qt.ItemDataRole.ToolTipRole) for column in range(rows.columnCount())]
    assert any("hostname" in tip for tip in tips)
    assert not any(map(Qt.mightBeRichText, tips))
