"""The desk: navigation at the left, one page beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import NavButton
from ferpa_wizard.desktop.controls.scroll import Scroll
from ferpa_wizard.desktop.focus import chain
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.home import HomePage
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk

if TYPE_CHECKING:
    from ferpa_wizard.core.log_search import Search
    from ferpa_wizard.desktop.agreements import Register
    from ferpa_wizard.desktop.log.figures import FiguresPage
    from ferpa_wizard.desktop.log.page import LogPage
    from ferpa_wizard.desktop.pages.record import RecordPage

NAV, NAV_ICONS = 168, 64
WIDE = 1000

_ENTRIES = (
    ("home", "Home", "house"),
    ("log", "Decision log", "scroll-text"),
    ("agreements", "Agreements", "signature"),
    ("rules", "Rules", "scale"),
    ("practice", "Practice", "bookmark"),
    ("school", "Your school", "landmark"),
    ("settings", "Settings", "settings"),
    ("about", "About", "info"),
)
_LOWER = "school"  # this one and those after it stand at the foot


class DeskShell(Box):
    """Home, log, agreements, rules, practice, school, settings, about; pages are made when they are first shown."""

    start = Signal(object)
    carry_on = Signal(str)
    start_under = Signal(str)  # an agreement, by its id
    again = Signal(str)  # a request with the answers of a record, by its number
    new_version = Signal(str)  # of a record, by its number
    open_passed = Signal()
    practise = Signal(object)  # what makes the desk to practise on
    renamed = Signal(str)

    def __init__(self, look: Look, desk: Desk, memory: Memory, choosers: Choosers) -> None:
        super().__init__(look, across=True)
        self.ground("canvas")
        self._desk, self._memory, self._choosers = desk, memory, choosers
        self._pages: dict[str, DeskPage] = {}
        self._page: DeskPage | None = None
        self.notice = Notice(look)
        self.notice.undone.connect(self._on_undone)
        self._nav = self._make_nav()
        self.scroller = Scroll(look, margins=(20, 20, 20, 20))
        self.scroller.column.push()
        beside = Box(look)
        beside.add(self.scroller, 1)
        beside.add(self.notice)
        self.add(self._nav)
        self.add(beside, 1)

    def go(self, name: str) -> None:
        """Show a page of the navigation."""
        self._entries[name].setChecked(True)
        self.show_page(self._page_of(name))

    def _page_of(self, name: str) -> DeskPage:
        if name not in self._pages:
            self._pages[name] = self._make(name)
        return self._pages[name]

    def show_record(self, number: str, installation: str = "") -> None:
        """Show one sealed record, perhaps of another desk whose chain is here."""
        from ferpa_wizard.desktop.agreements import keep_card
        from ferpa_wizard.desktop.holds import HoldsOf
        from ferpa_wizard.desktop.later import LaterOf
        from ferpa_wizard.desktop.log.record_review import RecordReview
        from ferpa_wizard.desktop.pages.record import RecordPage
        from ferpa_wizard.desktop.papers import Papers
        from ferpa_wizard.desktop.standing import Onward, Stands
        from ferpa_wizard.desktop.todos import Todos
        from ferpa_wizard.requests.log_record import log_record

        try:
            sealed = log_record(self._desk, number, installation).sealed
        except STORE_ERRORS as error:
            self.notice.tell(str(error))
            return
        came = next(
            (name for name in ("charts", "keeping") if self._page and self._page is self._pages.get(name)), "log"
        )
        page = RecordPage(self.look, sealed, back=self._pages[came].title if came in self._pages else "Decision log")
        page.back.connect(lambda: self.show_page(self._page_of(came)))
        page.later.open_record.connect(lambda newer: self.show_record(newer, installation))
        RecordReview(page, (number, installation), self._desk, self._memory, self.notice)
        page.review.grew.connect(page.grew)
        if not self._desk.is_own(installation):
            self.show_page(page)
            return
        page.rerun.connect(lambda: self._rerun(page, number))
        Papers(page.papers, sealed, self._choosers, self._desk)
        todos = Todos(page.todos, self._desk, self._memory, number, self.notice.tell)
        holds = HoldsOf(page.holds, sealed, self._desk, self._memory, self.notice.tell)
        for changed in (todos.changed, page.review.grew, page.standing.grew):  # each may keep the record here
            changed.connect(holds.draw)
        if keep := keep_card(self.look, self._desk, sealed, self.notice.tell):
            page.offer(keep)
        onward = Onward(self.show_uses, self.again.emit)
        Stands(page.standing, sealed, self._desk, self._memory, notice=self.notice, onward=onward)
        LaterOf(page.later, sealed, self._desk, self._memory, tell=self.notice.tell, begin=self.new_version.emit)
        page.later.open_record.connect(self.show_record)
        for part in (page.standing, page.holds, page.later):
            part.grew.connect(page.grew)
        self.show_page(page)

    def show_keeping(self) -> None:
        """Show how long records are kept, and what may go."""
        self.show_page(self._page_of("keeping"))

    def show_in_log(self, line: str) -> None:
        """Show what a line finds in the log."""
        self._log().look_for(line)

    def _log(self) -> LogPage:
        self.go("log")
        return cast("LogPage", self._pages["log"])

    def show_charts(self, line: str) -> None:
        """Show all charts over what a line finds in the log."""
        page = cast("FiguresPage", self._page_of("charts"))
        page.look_at(line)
        self.show_page(page)

    def search_log(self) -> None:
        """Go to the search of the log."""
        self._log().to_search()

    def export_log(self) -> None:
        """Export the log, where it is up."""
        from ferpa_wizard.desktop.log.page import LogPage

        if isinstance(self._page, LogPage):
            self._page.ask_export()

    def show_agreement(self, name: str) -> None:
        """Show one agreement."""
        self._entries["agreements"].setChecked(True)
        self.register.open(name)

    @cached_property
    def register(self) -> Register:
        """The pages of the register of agreements, made when they are first needed."""
        from ferpa_wizard.desktop.agreements import Register

        made = Register(self.look, self._desk, self._choosers, self.show_page, self.notice.tell)
        made.begin.connect(self.start_under)
        self._pages["agreements"] = made.page
        return made

    def show_uses(self, number: str) -> None:
        """Show the page that logs the uses of a standing decision."""
        from ferpa_wizard.desktop.uses import open_uses

        try:
            page = open_uses(self.look, self._desk, number, self._memory, choosers=self._choosers, notice=self.notice)
        except STORE_ERRORS as error:
            self.notice.tell(str(error))
            return
        page.back.connect(lambda: self.show_record(number))
        page.renew.connect(lambda: self.again.emit(number))
        self.show_page(page)

    def log_use(self) -> None:
        """Log a use of the one standing decision; of several, Home lets people choose."""
        try:
            standing = self._desk.standing.every()
        except STORE_ERRORS as error:
            self.go("home")
            self.notice.tell(str(error))
            return
        if len(standing) == 1:
            self.show_uses(standing[0].record)
            return
        self.go("home")
        page = self._page
        if not standing:
            self.notice.tell("No decision stands yet. Open a record that shares, and let it stand.")
        elif isinstance(page, HomePage):
            page.choose_standing()

    def _rerun(self, page: RecordPage, number: str) -> None:
        try:
            page.tell_today(self._desk.rerun(number).says)
        except STORE_ERRORS as error:
            page.tell_today(str(error))
        except RULES_ERRORS as error:
            page.tell_today(without_rules(error))

    def show_page(self, page: DeskPage) -> None:
        """Put a page beside the navigation."""
        if self._page is not None and self._page is not page:
            self._put_away(self._page)
        self._page = page
        page.grew.connect(self._order, Qt.ConnectionType.UniqueConnection)
        if page.under:
            self._entries[page.under].setChecked(True)
        page.refresh()
        if self.scroller.column.cells.indexOf(page) < 0:
            self.scroller.column.cells.insertWidget(0, page, 1000 if page.fills else 0)
        self._limit()
        page.show()
        self.scroller.to_top()
        self._order()
        page.opening().setFocus()
        self.renamed.emit(page.title)

    def _order(self) -> None:
        """Set what Tab visits: parts came or went."""
        if self._page is not None:
            chain([self._nav, self._page, self.notice])

    def refresh(self) -> None:
        """Read the page that is up again."""
        if self._page is not None:
            self._page.refresh()

    def _on_undone(self) -> None:
        """The page that offered it may be gone: the one that is up shows how things stand, and gets the focus back."""
        self.refresh()
        if self._page is not None:
            self._page.opening().setFocus()

    def panes(self) -> list[QWidget]:
        """The parts that F6 jumps between."""
        return [self._nav, self.scroller]

    def rescale(self) -> None:
        super().rescale()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # -- parts -----------------------------------------------------------------------------

    def _make_nav(self) -> Box:
        nav = Box(self.look, margins=(8, 14, 8, 14), gap=0)
        nav.ground("sunken", edges="r")
        self._entries: dict[str, NavButton] = {}
        for name, words, icon in _ENTRIES:
            if name == _LOWER:
                nav.push()
            entry = NavButton(self.look, words, icon=icon)
            entry.clicked.connect(self._goer(name))
            self._entries[name] = entry
            nav.add(entry)
        return nav

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def _make(self, name: str) -> DeskPage:
        makers: dict[str, Callable[[], DeskPage]] = {
            "home": self._make_home,
            "log": self._make_log,
            "charts": self._make_charts,
            "keeping": self._make_keeping,
            "agreements": lambda: self.register.page,
            "rules": self._make_rules,
            "practice": self._make_practice,
            "school": self._make_school,
            "settings": self._make_settings,
            "about": self._make_about,
        }
        return makers[name]()

    def _make_home(self) -> DeskPage:
        page = HomePage(self.look, self._desk, self.notice)
        page.start.connect(self.start)
        page.carry_on.connect(self.carry_on)
        page.open_passed.connect(self.open_passed)
        page.show_record.connect(self.show_record)
        page.show_agreement.connect(self.show_agreement)
        page.start_under.connect(self.start_under)
        page.log_use.connect(self.show_uses)
        return page

    def _make_log(self) -> DeskPage:
        from ferpa_wizard.desktop.log.page import LogPage

        page = LogPage(self.look, self._desk, self._memory, self.notice)
        page.start.connect(self.start)
        page.show_record.connect(self.show_record)
        page.show_charts.connect(self.show_charts)
        page.verify.connect(self._verify)
        page.export.connect(self._export)
        page.keeping.connect(self.show_keeping)
        return page

    def _make_charts(self) -> DeskPage:
        from ferpa_wizard.desktop.log.figures import FiguresPage

        page = FiguresPage(self.look, self._desk)
        page.back.connect(lambda: self.go("log"))
        page.chosen.connect(self.show_in_log)
        page.show_record.connect(self.show_record)
        return page

    def _make_keeping(self) -> DeskPage:
        from ferpa_wizard.desktop.pages.keeping import KeepingPage

        page = KeepingPage(self.look, self._desk, self._memory, self.notice)
        page.back.connect(lambda: self.go("log"))
        page.show_record.connect(self.show_record)
        page.purged.connect(self._forget_pages)
        return page

    def _forget_pages(self) -> None:
        """Let go of the pages that hold what they read of records: a purge took some of it."""
        for name in ("log", "charts", "rules"):
            if name in self._pages:
                self._pages.pop(name).deleteLater()

    def _make_rules(self) -> DeskPage:
        from ferpa_wizard.desktop.pages.rules import RulesPage

        page = RulesPage(self.look, self._desk, self._choosers, self.notice.tell)
        page.show_record.connect(self.show_record)
        return page

    def _make_practice(self) -> DeskPage:
        from ferpa_wizard.desktop.pages.practice import PracticePage

        page = PracticePage(self.look)
        page.begin.connect(self.practise)
        return page

    def _make_school(self) -> DeskPage:
        from ferpa_wizard.desktop.pages.school import SchoolPage

        return SchoolPage(self.look, self._desk, self._memory, self.notice.tell)

    def _make_settings(self) -> DeskPage:
        from ferpa_wizard.desktop.pages.settings import SettingsPage

        return SettingsPage(self.look, self._memory, self._desk.policy)

    def _make_about(self) -> DeskPage:
        from ferpa_wizard.desktop.pages.about import AboutPage

        return AboutPage(self.look, self._desk)

    def _put_away(self, page: DeskPage) -> None:
        page.hide()
        self.scroller.column.cells.removeWidget(page)
        if page not in self._pages.values():
            page.deleteLater()

    def _arrange(self) -> None:
        wide = self.width() / (self.look.percent / 100) >= WIDE
        self._nav.fixed(width=NAV if wide else NAV_ICONS)
        for entry in self._entries.values():
            entry.bare(not wide)
        self._limit()

    def _limit(self) -> None:
        self.scroller.limit(self._page.width_limit if self._page is not None else 0)

    # -- the log ---------------------------------------------------------------------------

    def _verify(self) -> None:
        try:
            self.notice.tell(self._desk.verify().says)
        except STORE_ERRORS as error:
            self.notice.tell(str(error))

    def _export(self, search: Search) -> None:
        from ferpa_wizard.desktop.log.export_sheet import export_log

        try:
            export_log(self, self.look, self._desk, choosers=self._choosers, search=search)
        except STORE_ERRORS as error:
            self.notice.tell(str(error))
