"""Joins the review and the notes on the page of one record to the desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.log.reviewing import About, Reviewing
from ferpa_wizard.desktop.pages.record import RecordPage
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_record import log_record


class RecordReview(QObject):
    """The page is its parent. On the record of another desk it shows the notes too, which no one else does."""

    def __init__(self, page: RecordPage, record: tuple[str, str], desk: Desk, memory: Memory, notice: Notice) -> None:
        super().__init__(page)
        self._page, self._desk, self._notice = page, desk, notice
        self._about = About(*record, desk.is_own(record[1]))
        reviewing = Reviewing(page, page.look, desk, memory)
        reviewing.done.connect(self._on_done)
        reviewing.told.connect(notice.tell)
        page.review.acted.connect(lambda act: reviewing.act(act, self._about))
        notice.undone.connect(self._draw)
        if not self._about.mine:
            page.of_another_desk()
        self._draw()

    def _draw(self) -> None:
        number, installation, mine = self._about
        try:
            record = log_record(self._desk, number, installation)
        except STORE_ERRORS as error:
            self._notice.tell(str(error))
            return
        self._page.review.draw(record)
        if not mine:
            replaces = str(record.sealed.body.get("replaces", ""))
            self._page.later.draw(record.notes, replaces=replaces, replaced_by=record.replaced_by, mine=False)

    def _on_done(self, says: str, undo: Callable[[], str] | None) -> None:
        self._draw()
        self._page.opening().setFocus()
        self._notice.tell(says, undo)
