"""The decision log: one search over all records, with charts, a list, the record beside it, and the review."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.log_search import Search, read_search
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.review import OPEN
from ferpa_wizard.core.short_names import short_names
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.beside import Beside
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button, Disclosure
from ferpa_wizard.desktop.controls.menus import MenuButton
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.log.charts import Charts
from ferpa_wizard.desktop.log.detail import DetailPane
from ferpa_wizard.desktop.log.head import LogHead
from ferpa_wizard.desktop.log.list import LogList
from ferpa_wizard.desktop.log.looking import Looking
from ferpa_wizard.desktop.log.menus import SortMenu
from ferpa_wizard.desktop.log.reading import Reading
from ferpa_wizard.desktop.log.reviewing import NOTE, About, Reviewing
from ferpa_wizard.desktop.log.rows import LogRows, Order
from ferpa_wizard.desktop.log.tools import Chips, LogTools, SearchHelp
from ferpa_wizard.desktop.log.views import Views
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_book import Listed
from ferpa_wizard.requests.log_record import log_record
from ferpa_wizard.requests.log_views import VIEWS
from ferpa_wizard.requests.log_words import desk_in_words, left_out_in_words, years_in_words

CHIPS = 200  # the least room of the chips beside the buttons
PANE_FROM = 1050  # width of the page from which the record stands beside the list: a window of 1280
CHARTS_FROM = 640  # height of the window from which charts leave room for the list
REVIEW = VIEWS[0]
_NUMBER = re.compile(r"\d{4}-\d{4,}")
_KEYS = "J and K move. A agrees, C asks for a change, N adds a note."
_NOT_HERE = "These keys review only in the list of what is due. Press Review first."


class LogPage(DeskPage):
    """`show_record` tells number and desk, `start` asks for a new request, `show_charts` for all charts of a search,
    `export` for a file of what is looked for. `grew` tells that Tab has other stops.
    """

    show_record = Signal(str, str)
    start = Signal(object)
    show_charts = Signal(str)
    verify = Signal()
    export = Signal(object)
    keeping = Signal()
    title = "Decision log"
    under = "log"
    fills = True
    width_limit = 0

    def __init__(self, look: Look, desk: Desk, memory: Memory, notice: Notice) -> None:
        super().__init__(look, "Decision log", gap=2)
        self._desk, self._memory, self._notice = desk, memory, notice
        self._found, self._shown, self._left = 0, False, False
        self._looking = Looking(self, desk.book)
        self._rows = LogRows(desk.book, desk.today, lambda: short_names(desk.pack) if desk.has_rules else {})
        self._reviewing = Reviewing(self, look, desk, memory)
        self._head = LogHead(look, self.heading)
        self.tools = LogTools(look, self._looking, memory, desk.today)
        self._views = Views(self.tools, self._looking, memory, notice)
        self._wrong = Text(look, "", "small", ink="steps", inset=RING)
        self._chips = Chips(look, self._looking, self.tools.field)
        self._charts = Charts(look)
        self._help = SearchHelp(look, self._looking)
        self._working = Reading(look)
        self._queue = Text(look, "", "small", ink="text2")
        self._other = Button(look, "Somebody else reviews", "link")
        self.list = LogList(look, self._rows)
        self.table = self.list.table
        self._left_out = Text(look, "", "small", ink="text2", inset=RING)
        self._keeping = Button(look, "Keeping records", "link")
        self.pane = DetailPane(look)
        self._pane_box = Box(look, self.pane, margins=(0, 0, RING, RING))
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._draw_pane)
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        for part in (self._head, self.tools, self._wrong, self._line(), self._help, self._working):
            self.add(part)
        self._hint = Box(self.look, across=True, margins=(RING, 0, RING, 2), gap=12)
        self._hint.add(self._queue, 1)
        self._hint.add(self._other)
        left = Box(self.look, self._charts, self._hint)
        left.add(self.list, 1)
        foot = Box(self.look, across=True, gap=12)
        foot.add(self._left_out, 1)
        foot.add(self._keeping)
        left.add(foot)
        body = Box(self.look, across=True, gap=4)
        body.add(left, 1)
        body.add(self._pane_box)
        self.add(body, 1)
        for part in (self._wrong, self._hint, self._pane_box):
            part.setVisible(False)

    def _line(self) -> Box:
        """Chips at the left, and at the right what changes how the list is shown."""
        menu = SortMenu(self.look, lambda: self._rows.order)
        menu.chosen.connect(self._sort)
        self._opener = Disclosure(self.look, "Charts", self._charts)
        self._opener.toggled.connect(self._on_charts)
        holder = Box(self.look, self._chips, margins=(RING, 2, 0, 0))
        sort = MenuButton(self.look, "Sort", menu, kind="quiet")
        helps = Disclosure(self.look, "Search help", self._help)
        every = Button(self.look, "All charts", "quiet")
        every.clicked.connect(lambda: self.show_charts.emit(self._looking.line))
        return Beside(self.look, holder, sort, helps, self._opener, every, least=CHIPS)

    def _join(self) -> None:
        looking, head, table = self._looking, self._head, self.table
        head.verify.connect(self.verify)
        head.export.connect(self.ask_export)
        head.review.connect(self._review)
        looking.changed.connect(self._on_looking)
        looking.failed.connect(self.list.refuse)
        self._rows.failed.connect(self.list.refuse)
        self.tools.left.connect(self._on_left)
        self._other.clicked.connect(self._on_other)
        self._keeping.clicked.connect(self.keeping)
        self._chips.cleared.connect(self._clear)
        self._chips.saves.connect(self._views.save)
        self._charts.chosen.connect(looking.look_for)
        self.list.starts.connect(lambda: self.start.emit(None))
        self.list.clears.connect(self._clear)
        self.list.again.connect(self.refresh)
        table.opened.connect(self._open)
        table.current.connect(lambda: self._clock.start(0))
        table.sorts.connect(self._sort)
        table.acted.connect(self._on_letter)
        self.pane.opened.connect(lambda: self._open(table.row()))
        self.pane.acted.connect(self._act)
        self._reviewing.done.connect(self._on_reviewed)
        self._reviewing.told.connect(self._notice.tell)
        self._working.done.connect(lambda _: self._show())
        self._working.stopped.connect(self._show)
        for part in (self._chips, self._charts, self._working, self.pane):
            part.grew.connect(self._on_grew)

    def _on_grew(self) -> None:
        if self.window() is not self:  # else it is not in the window yet
            self.grew.emit()

    # -- being shown -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Take in what came since, in the background if it is much, and show what there is."""
        self._working.catch_up(self._desk.book)
        self._show()

    def opening(self) -> QWidget:
        """The list, for those who come back from a record or go on with the review."""
        came_back, self._left = self._left, False
        return self.table if (came_back or self.in_review) and self._found else self.heading

    def look_for(self, line: str) -> None:
        """Show what a line finds."""
        self._looking.look_for(line)
        if self._found:
            self.table.setFocus()

    def ask_export(self) -> None:
        """Ask for an export of what is looked for, also of what was typed just now."""
        self.tools.look_now()
        self.export.emit(self._looking.search)

    def to_search(self) -> None:
        """Go to the search field."""
        self.tools.field.setFocus()
        self.tools.field.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            tall = self.window().height() >= self.look.px(CHARTS_FROM)
            self._opener.setChecked(self._memory.kept.charts_open and tall)
            self._shown = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def rescale(self) -> None:
        super().rescale()
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= self.look.px(PANE_FROM)
        if beside == self._pane_box.isHidden():
            self._pane_box.setVisible(beside)
            self._clock.start(0)

    # -- what is found ---------------------------------------------------------------------

    def _on_looking(self) -> None:
        self._show(anew=True)
        wrong = self._wrong.text()
        self.tools.field.setAccessibleDescription(wrong)
        announce(self.tools.field, f"{counted(self._found, 'record')} found. {wrong}".rstrip())

    def _show(self, *, anew: bool = False) -> None:
        """Show what the search finds; the same record stays current unless something else is looked for."""
        before = None if anew else self.table.row()
        place = 0 if anew else max(self.table.place, 0)
        try:
            self._count()
            self._rows.find(self._looking.search, self._rows.order, self._found)
            self._chips.draw()
            self._draw_charts()
        except STORE_ERRORS as error:
            self.list.refuse(str(error))
            return
        self._show_list(self._rows.place_of(before, place) if before else place)
        self._wrong.say(" ".join(self._looking.search.wrong))
        self._wrong.setVisible(bool(self._looking.search.wrong))

    def _count(self) -> None:
        queries, search = self._looking.queries, self._looking.search
        self._found, self._all = queries.count(search), queries.count(Search())
        says = f"{self._found:,} of {counted(self._all, 'record')} found"
        if str(search) == "":
            says = ", ".join(filter(None, (counted(self._all, "record"), years_in_words(*queries.span(search)))))
        self._head.say(f"{says}{', still reading' * self._working.runs}", queries.count(read_search(REVIEW.line)))
        self.table.setAccessibleName(f"Decision log, {counted(self._found, 'record')}")
        self.table.show_desks(len(queries.chains()) > 1)
        self._left_out.say(left_out_in_words(self._desk.book.left_out()))
        self._queue.say(_KEYS + (f" Reviewing as {who}." if (who := self._memory.reviewer) else ""))
        self._other.setVisible(bool(self._memory.reviewer))
        self._hint.setVisible(self.in_review and self._found > 0)

    def _show_list(self, place: int) -> None:
        if self._found:
            self.list.show_rows()
            self.table.choose(place)
        elif self._working.runs:
            self.list.say_reading()
        elif not self._all:
            self.list.say_empty()
        elif self.in_review:
            self.list.say_done()
        else:
            self.list.say_none()
        self._clock.start(0)

    def _draw_charts(self) -> None:
        shown = self._opener.isChecked() and self._all > 0
        self._charts.setVisible(shown)
        if shown:
            self._charts.draw(self._desk.book, self._looking.search)

    def _draw_pane(self) -> None:
        """The record that is current, once the keys that led to it have been taken."""
        if self._pane_box.isHidden():
            return
        row = self.table.row() if self._found else None
        if row is None:
            self.pane.say("The record that is chosen in the list is shown here.")
            return
        try:
            record = log_record(self._desk, row.number, row.installation)
            self.pane.show_record(record, desk_in_words(row.installation, mine=row.mine, name=row.desk))
        except STORE_ERRORS as error:
            self.pane.say(str(error))

    # -- what people ask for ---------------------------------------------------------------

    @property
    def in_review(self) -> bool:
        """Does the list hold only what is open for review?"""
        wanted = self._looking.search.values("review")
        return bool(wanted) and set(wanted) <= OPEN

    def _open(self, row: Listed | None) -> None:
        if row is not None:
            self._left = True
            self.show_record.emit(row.number, row.installation)

    def _on_left(self) -> None:
        """From the field to the list, or to the record whose number stands in it."""
        if _NUMBER.fullmatch(line := self._looking.line.strip()):
            self.show_record.emit(line, "")
        elif self._found:
            self.table.setFocus()

    def _review(self) -> None:
        self.look_for(REVIEW.line)

    def _clear(self) -> None:
        line = self._looking.line
        self._looking.look_for("")
        self.tools.field.setFocus()
        self._notice.tell("The search is cleared.", lambda: self._look_again(line))

    def _look_again(self, line: str) -> str:
        self._looking.look_for(line)
        return "The search is back."

    def _sort(self, order: Order) -> None:
        self._rows.find(self._looking.search, order, self._found)
        self.table.choose(0)

    def _on_charts(self, opened: bool) -> None:
        if self._shown:  # else the room decides it, not a person
            self._memory.keep(charts_open=opened)
        try:
            self._draw_charts()
        except STORE_ERRORS as error:
            self.list.refuse(str(error))

    # -- review ----------------------------------------------------------------------------

    def _on_letter(self, act: str) -> None:
        if act != NOTE and not self.in_review:
            self._notice.tell(_NOT_HERE)
        else:
            self._act(act)

    def _act(self, act: str) -> None:
        if (row := self.table.row()) is not None:
            self._reviewing.act(act, About(row.number, row.installation, row.mine))

    def _on_other(self) -> None:
        """Ask again who reviews, with the next act."""
        self._memory.reviewer = ""
        self._show()
        self.table.setFocus()

    def _on_reviewed(self, says: str, undo: Callable[[], str] | None) -> None:
        self.refresh()
        left = f" {self._found:,} left." if self.in_review else ""
        self._notice.tell(says + left, undo)
