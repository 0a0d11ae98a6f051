"""What joins the page of uses to the desk: logs, strikes out, and writes the entries for the students' files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from ferpa_wizard.core.standing_decision import do_each_time, each_time
from ferpa_wizard.core.typed import is_day
from ferpa_wizard.core.use import Logged, Use, chosen
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.entries_card import Days
from ferpa_wizard.desktop.pages.uses import UsesPage
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import PAPER_ERRORS, RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.entries import signed
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.papers import why_no_entry, write_entries
from ferpa_wizard.requests.sealed import Sealed


def open_uses(look: Look, desk: Desk, number: str, memory: Memory, *, choosers: Choosers, notice: Notice) -> UsesPage:
    """The page for the uses of a record that stands. Raises LedgerError, RequestsError."""
    sealed, standing = desk.record(number), desk.standing.of(number)
    if standing is None:
        raise RequestsError(f"Record {number} does not stand. Let it stand first, on its page.")
    each = {"True each time, or do not use it": each_time(sealed.body), "To do each time": do_each_time(sealed.body)}
    page = UsesPage(look, standing, each, today=desk.today, by=memory.only[0])
    UseLog(page, sealed, desk, memory, choosers=choosers, notice=notice)
    return page


class UseLog(QObject):
    """The page is its parent. The notice says what was done, and offers to take it back."""

    def __init__(
        self, page: UsesPage, sealed: Sealed, desk: Desk, memory: Memory, *, choosers: Choosers, notice: Notice
    ) -> None:
        super().__init__(page)
        self._page, self._sealed, self._desk, self._memory = page, sealed, desk, memory
        self._choosers, self._tell = choosers, notice.tell
        notice.undone.connect(self._draw)
        page.form.log.connect(self._log)
        page.strike.connect(self._strike)
        page.entries.write.connect(self._write)
        page.entries.changed.connect(self._count)
        self._open()

    def _open(self) -> None:
        """Show what there is; what can be used no more says so before anything is typed."""
        try:
            if refused := self._desk.standing.refusals(self._sealed.number, self._desk.today):
                self._page.refuse(refused)
            if why := why_no_entry(self._sealed, self._desk.home):
                self._page.entries.none_due(why)
        except (*STORE_ERRORS, *PAPER_ERRORS) as error:
            self._tell(str(error))
        except RULES_ERRORS as error:
            self._tell(without_rules(error))
        self._draw()

    def _draw(self) -> None:
        uses, number = self._desk.uses, self._sealed.number
        try:
            self._page.draw(uses.of(number), uses.recipients(number), self._desk.today)
            self._count()
        except STORE_ERRORS as error:
            self._tell(str(error))

    def _log(self, use: Use) -> None:
        try:
            logged = self._desk.uses.log(use)
        except DecisionError as error:
            self._refuse(error.problems)
            return
        except STORE_ERRORS as error:
            self._page.refuse([str(error)])
            return
        except RULES_ERRORS as error:
            self._page.refuse([without_rules(error)])
            return
        self._memory.met(use.by)
        self._page.take()
        self._draw()
        self._page.form.next()
        self._tell(f"Logged: file {use.file}, {use.recipient}.", partial(_strike_out, self._desk, logged, use.by))

    def _refuse(self, problems: Sequence[tuple[str, str]]) -> None:
        """What is about a field stands at it; what lapsed stands on top, with the way on."""
        if at_fields := [one for one in problems if one[0]]:
            self._page.form.wrong(at_fields)
            announce(self._page, " ".join(says for _, says in at_fields), urgent=True)
            return
        self._page.form.mended()
        self._page.refuse([says for _, says in problems])

    def _strike(self, logged: Logged) -> None:
        says = _strike_out(self._desk, logged, self._page.form.by)
        self._draw()
        self._page.form.opening().setFocus()
        self._tell(says)

    # -- entries ---------------------------------------------------------------------------

    def _chosen(self, days: Days) -> list[Logged]:
        uses = self._desk.uses.of(self._sealed.number)
        return chosen(uses, since=days.since, until=days.until, new=days.new)

    def _count(self) -> None:
        self._page.entries.counted(len(self._chosen(self._page.entries.days())))

    def _write(self, days: Days) -> None:
        card = self._page.entries
        uses = self._chosen(days)
        if not all(is_day(day) for day in (days.since, days.until) if day):
            card.refused("Write each day as 2026-01-31, or leave it empty.")
        elif not days.formats:
            card.refused("Tick a form first, like PDF.")
        elif not uses:
            card.refused("No use fits these days. Nothing was written.")
        elif (folder := self._choosers.folder(self._page, "Save the entries in this folder")) is not None:
            self._write_to(folder, uses, days.formats)

    def _write_to(self, folder: Path, uses: Sequence[Logged], formats: Sequence[str]) -> None:
        number = self._sealed.number
        try:
            by = signed(self._page.form.by)
            files = write_entries(self._sealed, uses, folder, formats, home=self._desk.home)
        except (*PAPER_ERRORS, DecisionError) as error:
            self._not_written(str(error))
            return
        try:
            self._desk.issued.note(number, files)
            self._desk.uses.note_written(number, uses, by=by)
        except (*STORE_ERRORS, OSError) as error:
            self._not_written(f"The entries are saved. The log could not note that they were written: {error}")
            return
        self._draw()
        self._page.entries.written(files)
        announce(self._page, f"Saved {len(files)} files.")

    def _not_written(self, sentence: str) -> None:
        self._page.entries.refused(sentence)
        announce(self._page, sentence, urgent=True)


def _strike_out(desk: Desk, logged: Logged, by: str) -> str:
    """Strike a use out; what there is to say of it."""
    try:
        struck = desk.uses.strike(logged.number, by=by)
    except STORE_ERRORS as error:
        return str(error)
    also = " It was written out before, so take it off the student’s file, too." if struck.written else ""
    return f"Struck out: file {logged.use.file}, {logged.use.recipient}.{also}"
