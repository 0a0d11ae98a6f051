"""The pages of papers as they will be printed, and the size of their sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.fields import ChoiceField, Labelled
from ferpa_wizard.desktop.controls.paint import RADIUS, RING, body_of, focus_ring, painting, rounded
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dialogs import SIDE, Sheet
from ferpa_wizard.desktop.focus import chain
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.printing import SHEETS, Pages
from ferpa_wizard.desktop.room import PAPER_ERRORS
from ferpa_wizard.documents.pdf import PaperSize

PAPERS: dict[PaperSize, str] = {"us-letter": "Letter, 8.5 × 11 inches", "a4": "A4, 210 × 297 mm"}
WIDTH = 700
Draw = Callable[[PaperSize, float], Sequence[tuple[str, Pages]]]


class PagePicture(QLabel):
    """One page on white, as wide as there is room; a Tab stop, so that keys bring it into view."""

    def __init__(self, look: Look, picture: bytes, paper: PaperSize) -> None:
        super().__init__()
        self._look, self._picture = look, picture
        self._shape = SHEETS[paper].sizePoints()
        # A label with a picture is one to a screen reader, too. The page itself is unpacked when it is painted:
        # hundreds of slips would take a gigabyte.
        self.setPixmap(QPixmap(1, 1))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def rescale(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self._look.px(WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(120))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = 2 * self._look.px(RING)
        return round((width - around) * self._shape.height() / self._shape.width()) + around

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:  # noqa: N802 - Qt's name
        # Where Qt's own scrolling looks when Tab arrives here: at the top of the page, and not in its middle.
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return QRect(0, 0, 1, 1)
        return super().inputMethodQuery(query)

    def paintEvent(self, _event: QPaintEvent) -> None:
        page, look = QPixmap(), self._look
        page.loadFromData(self._picture)
        with painting(self) as painter:
            body = body_of(self, look)
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(body), page, QRectF(page.rect()))
            rounded(painter, body, 0, line=look.color("border"))
            if self.hasFocus():
                focus_ring(painter, look, body, look.px(RADIUS - 4))


class PreviewSheet(Sheet):
    """Shows what `draw` makes for a size of paper and pixels an inch; `wanted` when it is to be printed."""

    wanted = Signal()

    def __init__(self, look: Look, parent: QWidget, draw: Draw, paper: PaperSize) -> None:
        super().__init__(look, parent, "Print")
        self._draw, self.pages = draw, 0
        self._size = ChoiceField(look, list(PAPERS.values()), list(PAPERS).index(paper))
        self._size.currentIndexChanged.connect(self._redraw)
        self._count = Text(look, "", "small", ink="text2", inset=RING)
        self._problem = Text(look, "", "small-strong", ink="no", inset=RING)
        self._problem.setVisible(False)
        self._shown = Box(look, gap=8)
        for part in (Labelled(look, "Paper", self._size), Gap(look, 2), self._count, self._problem, self._shown):
            self.body.add(part)
        self._make_buttons()
        self._redraw()
        self.settle(WIDTH + 2 * SIDE)

    @property
    def paper(self) -> PaperSize:
        """The size that is chosen now."""
        return list(PAPERS)[self._size.currentIndex()]

    def refuse(self, sentence: str) -> None:
        """Say why there are no pages, or why they were not printed; an empty sentence takes it away."""
        self._problem.say(sentence)
        self._problem.setVisible(bool(sentence))
        if sentence:
            self.scroller.to_top()
            announce(self, sentence, urgent=True)

    def _redraw(self) -> None:
        try:
            drawn = self._draw(self.paper, self._ppi())
        except PAPER_ERRORS as error:
            self.refuse(str(error))
            return
        self.refuse("")
        self._show(drawn)
        self._count.say(counted(self.pages, "page"))
        announce(self, self._count.text())

    def _show(self, drawn: Sequence[tuple[str, Pages]]) -> None:
        self._shown.clear()
        self.pages, number = sum(len(pages) for _, pages in drawn), 0
        for title, pages in drawn:
            if len(drawn) > 1:
                self._shown.add(Title(self.look, title, "small-strong"))
            for page in pages:
                number += 1
                picture = PagePicture(self.look, page, self.paper)
                picture.setAccessibleName(f"Page {number} of {self.pages}")
                picture.setAccessibleDescription(title)
                self._shown.add(picture)
        chain([self.scroller, self.buttons])

    def _ppi(self) -> float:
        """So many pixels an inch that a page fills the sheet without being stretched."""
        inches = SHEETS[self.paper].size(SHEETS[self.paper].Unit.Inch).width()
        return (self.wide(WIDTH + 2 * SIDE) - 2 * self.look.px(SIDE)) * self.devicePixelRatioF() / inches

    def _make_buttons(self) -> None:
        onward = self.press("Print…", self.wanted, default=True, icon="printer")
        self.press("Close", self.reject)
        onward.setFocus(Qt.FocusReason.OtherFocusReason)
