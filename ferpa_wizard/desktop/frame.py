"""The places of the request shell: header, rail, page, panel, footer; and how they collapse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.scroll import Scroll
from ferpa_wizard.desktop.controls.text import Mark, Text
from ferpa_wizard.desktop.focus import chain
from ferpa_wizard.desktop.header import Header, ways_open
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.panel import Panel
from ferpa_wizard.desktop.rail import Rail, shortened
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.views import RailSection

WIDE, MIDDLE, NARROW = "wide", "middle", "narrow"
RAIL, PANEL = 216, 277
SIDE = 28  # from the edge of the column to the body of a card, less the room for its ring


class Frame(Box):
    """Holds one page; the rail and the panel go into a drawer where there is no room for them."""

    check = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.ground("canvas")
        self.page: Page | None = None
        self._mode = ""
        self._opened = ""
        self.header, self.rail, self.panel = Header(look), Rail(look), Panel(look)
        self.notice = Notice(look)
        self.warning = _Warning(look)
        self._has_panel = self._has_rail = False
        self._build()

    # -- what pages and shell do -----------------------------------------------------------

    def show_page(self, page: Page, *, rail: bool, panel: bool) -> None:
        """Put a page in the middle; say whether rail and panel belong to it."""
        before = self.page
        if before is not None:
            _out_of_the_way(before)
        self.page, self._has_rail, self._has_panel, self._opened = page, rail, panel, ""
        self.centre.add(page)
        page.grew.connect(self._on_grew)
        self._arrange(self._fitting_mode())
        self.scroller.to_top()
        self.once_painted(self._order)
        self._settle(page)
        page.show()  # what is not shown yet cannot take the focus
        page.footer.show()
        page.opening().setFocus()
        if before is not None:
            self._drop(before)  # only now: hidden with the focus in it, it would send a screen reader elsewhere first

    def _settle(self, page: Page) -> None:
        """Give the page its width before it is shown: Qt would lay it out in every width on the way there."""
        self.cells.activate()
        self._columns.cells.activate()
        self.scroller.column.cells.activate()
        page.resize(self.centre.width(), page.height())

    def _show_now(self) -> None:
        if self.rail.now is not None and self._rail_scroll.column.isAncestorOf(self.rail.now):
            self._rail_scroll.reveal(self.rail.now)

    def _on_grew(self, part: QWidget) -> None:
        if self.page is None or not self.page.isAncestorOf(part):
            return  # of a page that goes: what waits for a part that is deleted is kept by PySide for good
        self._order()
        QTimer.singleShot(0, part, lambda: self.scroller.reveal(part))

    def draw_around(self, request: Request) -> None:
        """Draw what stands around every page."""
        sections, short = request.rail(), shortened(request)
        self.once_painted(lambda: self._draw_rail(sections, short))
        answered = sum(not row.now for section in sections for row in section.rows)
        self.header.draw(request.title, request.saved_at, answers=answered)
        if self.warning.draw(request.save_problem):
            announce(self, request.save_problem or "", urgent=True)

    def _draw_rail(self, sections: Sequence[RailSection], short: Mapping[str, str]) -> None:
        self.rail.draw(sections, short)
        QTimer.singleShot(0, self, self._show_now)  # once the rows have their places

    def draw_panel(self, request: Request) -> str:
        """Draw what stands beside a question; what it has to say."""
        view = request.panel()
        words = ways_open(len(view.open))
        self.header.ways_are(words)
        self.ways.words(words)
        return self.panel.draw(view)

    def panes(self) -> list[QWidget]:
        """The parts that F6 jumps between."""
        footer = [self.page.footer] if self.page is not None else []
        return [self.rail, self.scroller, self.panel, *footer, self.header]

    def toggle_drawer(self, name: str) -> None:
        """Open the rail or the panel above the question, or close it."""
        self._opened = "" if self._opened == name else name
        if self._opened == "panel":
            self.panel.unfold(True)  # who opens the drawer wants to see what is in it
        self._arrange(self._mode)
        self.scroller.to_top()
        self._order()

    def rescale(self) -> None:
        super().rescale()
        self._arrange(self._fitting_mode())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        mode = self._fitting_mode()
        if mode != self._mode:
            self._arrange(mode)
            self._order()
        elif mode == NARROW:
            self._place_footer(narrow=True)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        look = self.look
        self._rail_scroll = Scroll(look)
        # The rows get their height in several goes, each of which moves the last of them further down.
        self._rail_scroll.verticalScrollBar().rangeChanged.connect(self._show_now)
        self._check = Button(look, "Check all answers", "quiet", icon="list-checks")
        self._check.clicked.connect(self.check)
        foot = Box(look, self._check, across=True, margins=(8, 2, 8, 2))
        foot.ground("sunken", edges="t")
        foot.push()
        self._rail_side = Box(look, self._rail_scroll, foot)
        self._rail_side.ground("sunken", edges="r").fixed(width=RAIL + 2)
        self._panel_scroll = Scroll(look)
        self._panel_side = Box(look, self._panel_scroll)
        self._panel_side.ground("surface", edges="l").fixed(width=PANEL)
        self.scroller = Scroll(look, margins=(SIDE, 20, SIDE, 16), gap=8)
        self._drawer = Box(look, gap=0)
        self._drawer.ground("surface", line="border")
        self._bar = self._make_bar()
        self.centre = Box(look)
        self.scroller.column.add(self._bar)
        self.scroller.column.add(self._drawer)
        self.scroller.column.add(self.centre)
        self.scroller.column.push()
        self._footer_place = Box(look)
        middle = Box(look, self.warning)
        middle.add(self.scroller, 1)
        middle.add(self.notice)
        middle.add(self._footer_place)
        self._columns = Box(look, across=True)
        self._columns.add(self._rail_side)
        self._columns.add(middle, 1)
        self._columns.add(self._panel_side)
        self.add(self.header)
        self.add(self._columns, 1)
        self.panel.grew.connect(self._order)
        self.header.answers.connect(lambda: self.toggle_drawer("rail"))
        self.header.ways.connect(lambda: self.toggle_drawer("panel"))

    def _make_bar(self) -> Box:
        self.ways = Button(self.look, "", "small", icon="circle-dot", trailing="chevron-down")
        self.ways.clicked.connect(lambda: self.toggle_drawer("panel"))
        bar = Box(self.look, self.ways, across=True)
        bar.push()
        return bar

    def _drop(self, page: Page) -> None:
        for part in (page, page.footer):
            part.hide()
            part.deleteLater()

    # -- collapsing ------------------------------------------------------------------------

    def _fitting_mode(self) -> str:
        width = self.width() / (self.look.percent / 100)
        return WIDE if width >= 1000 else MIDDLE if width >= 760 else NARROW

    def _arrange(self, mode: str) -> None:
        self._mode = mode
        narrow, wide = mode == NARROW, mode == WIDE
        self.header.arrange(narrow=narrow, wide=wide, rail=self._has_rail, panel=self._has_panel)
        self._rail_side.setVisible(self._has_rail and not narrow)
        self._panel_side.setVisible(self._has_panel and wide)
        self._bar.setVisible(self._has_panel and mode == MIDDLE)
        opened = self._opened if not wide else ""
        self._place(self.rail, opened == "rail" and narrow, self._rail_scroll.column)
        self._place(self.panel, opened == "panel", self._panel_scroll.column)
        self._drawer.setVisible(bool(opened))
        self._place_footer(narrow=narrow)
        self._limit()

    def _place(self, part: Rail | Panel, in_drawer: bool, home: Box) -> None:
        target = self._drawer if in_drawer else home
        if part.parentWidget() is not target:
            target.add(part)
        part.setVisible(True)

    def _place_footer(self, *, narrow: bool) -> None:
        if self.page is None:
            return
        target = self.centre if narrow else self._footer_place
        if self.page.footer.parentWidget() is not target:
            target.add(self.page.footer)
        self.page.footer.flat(narrow, self.centre.width())

    def _limit(self) -> None:
        self.scroller.limit(self.page.width_limit if self.page is not None else 0)

    def _order(self) -> None:
        if self.page is None:
            return
        page_parts = self.page.reading_order()
        chain(
            [self._bar, self._drawer, *page_parts, self.page.footer, self._panel_scroll,
             self.header, self._rail_scroll, self._check, self.notice]
        )  # fmt: skip


def _out_of_the_way(page: Page) -> None:
    """Take a page out of the layout, so that it takes no room while it still holds the focus."""
    for part in (page, page.footer):
        around = part.parentWidget()
        layout = around.layout() if around is not None else None
        if layout is not None:
            layout.removeWidget(part)
            part.lower()


class _Warning(Box):
    """Stays as long as the draft cannot be saved."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, across=True, margins=(24, 8, 24, 8), gap=10)
        self.ground("no_t", edges="b")
        self._text = Text(look, "", "small-strong", ink="no")
        self.add(Mark(look, "triangle-alert", "no"), top=True)
        self.add(self._text, 1)
        self.setVisible(False)

    def draw(self, problem: str | None) -> bool:
        """Show the problem, or nothing; answers whether it is a new one."""
        fresh = bool(problem) and problem != self._text.text()
        self._text.say(problem or "")
        self.setVisible(bool(problem))
        return fresh
