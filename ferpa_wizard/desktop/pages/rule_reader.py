"""A book of the rules to read: an outline with a search, and beside it what the chosen entry says."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.letters import raised
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.beside import lie
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.fields import Frame, SearchField
from ferpa_wizard.desktop.controls.outline import Outline, OutlineFrame
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.scroll import Scroll
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.rule_book import Book, Node
from ferpa_wizard.requests.rule_lines import Line as Said

BESIDE = 700  # width from which the text stands beside the outline, at 100 %
_STYLES: Mapping[str, tuple[str, str]] = {
    "part": ("option", "text"),
    "rule": ("small-medium", "text"),
    "note": ("small", "text2"),
}
_STEP = 16  # how far a line moves in for each step of its depth


class RulePart(Box):
    """A part of the page of the rules; `grew` when what Tab visits has changed, `tool` is what stands above it."""

    grew = Signal()
    tool: QWidget | None = None

    def refresh(self) -> None:
        """Show things as they are now; called each time the part comes up."""


class Reader(Box):
    """`entered` tells the id of the entry on which Enter was pressed, `grew` that what Tab visits has changed."""

    entered = Signal(str)
    grew = Signal()

    def __init__(self, look: Look, *, name: str, search: str) -> None:
        super().__init__(look, across=True, gap=6)
        self._book = Book("", "", ())
        self._nodes: dict[str, Node] = {}
        self._notes: Mapping[str, str] = {}
        self._search = SearchField(look)
        self._search.setPlaceholderText(search)
        self._search.setAccessibleName(search)
        self._search.textChanged.connect(self._on_search)
        self._search.left.connect(self._to_outline)
        self._found = Text(look, "", "small", ink="text2", inset=RING)
        self._outline = Outline(look, name)
        self._outline.chosen.connect(self._on_chosen)
        self._outline.entered.connect(lambda: self.entered.emit(self._outline.current))
        left = Box(look, Frame(look, self._search, icon="search"), self._found)
        # In line with the body of the field above, which leaves room for its ring.
        left.add(Box(look, OutlineFrame(look, self._outline), margins=(RING, RING, RING, RING)), 1)
        self._found.setVisible(False)
        self._text = RuleText(look)
        self.add(left, 2)
        self.add(Box(look, self._text, margins=(RING, RING, RING, RING)), 3)

    def show_book(self, book: Book, first: str = "") -> None:
        """Hold this book, open at an entry or at its first."""
        self._hold(book)
        self._outline.show_entries(book.nodes)
        self.choose(first or book.nodes[0].id)

    def renew(self, book: Book) -> None:
        """Hold a book that has more in it, with the entry and the search as they stand; the focus stays, too."""
        self._hold(book)
        self._outline.renew(book.nodes)
        if self._search.text().strip():
            self._narrow(self._search.text())

    @property
    def in_use(self) -> bool:
        """Do people read or type in it?"""
        return self.isAncestorOf(self.window().focusWidget())

    def _hold(self, book: Book) -> None:
        self._book, self._nodes = book, {node.id: node for node in book.all()}

    def choose(self, name: str) -> None:
        """Show one entry, and what stands above it."""
        if self._search.text():
            self._search.clear()
        self._outline.choose(name)

    def note(self, notes: Mapping[str, str]) -> None:
        """Say one thing more beside these entries."""
        self._notes = notes
        self._outline.note(notes)
        if self._outline.current in notes:
            self._on_chosen(self._outline.current)

    def to_text(self) -> None:
        """Go to the first line of what the entry says."""
        self._text.take_focus()

    def to_outline(self) -> None:
        """Go to the outline, at the entry that is chosen."""
        self._outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def rescale(self) -> None:
        super().rescale()
        self._arrange()

    def _arrange(self) -> None:
        px = self.look.px
        beside = self.width() >= px(BESIDE)
        lie(self, across=beside)
        self._outline.setMinimumHeight(px(200))
        self._text.setMinimumHeight(0 if beside else px(240))

    def _on_chosen(self, name: str) -> None:
        self._text.show_node(self._nodes[name], self._notes.get(name, ""))
        self.grew.emit()

    def _on_search(self, wanted: str) -> None:
        announce(self._search, self._narrow(wanted))

    def _narrow(self, wanted: str) -> str:
        """Show what has these words; what there is to say of it."""
        found = self._book.found(wanted) if wanted.strip() else None
        self._outline.narrow(found)
        says = ""
        if found is not None:
            number = sum(found.values())
            says = f"{number} found" if number else "No rule has these words. Try fewer, or a citation."
        self._found.say(says)
        self._found.setVisible(bool(says))
        return says

    def _to_outline(self) -> None:
        """From the search to the first entry that was found."""
        found = self._book.found(self._search.text())
        first = next((name for name, own in found.items() if own), "")
        if first and first in self._outline.shown():
            self._outline.choose(first)
        self.to_outline()


class RuleText(Box):
    """What one entry says: its title, its citation, and a list of lines to read with the arrow keys."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(1, 1, 1, 1))
        self.ground("surface", line="border")
        self._scroll = Scroll(look, margins=(12, 12, 12, 12), gap=6)
        self._node: Node | None = None
        self.add(self._scroll, 1)

    def show_node(self, node: Node, note: str = "") -> None:
        """Show an entry, and one thing more that is known of it; where it is shown already, people read on in it."""
        if node != self._node:
            rows = self._rows() if self._node is not None and self._node.id == node.id else []
            held = next((place for place, row in enumerate(rows) if row.hasFocus()), -1)
            self._node = node
            self._draw(node)
            if held >= 0:
                self._focus_on(held)
        self._note.say(f"{raised(note)}." if note else "")
        self._note.setVisible(bool(note))

    def _draw(self, node: Node) -> None:
        column = self._scroll.column
        column.clear()
        column.cells.addStretch(0)
        column.add(Title(self.look, node.title))
        if node.cite:
            column.add(Text(self.look, node.cite, "small-medium", ink="accent", inset=RING))
        self._note = Text(self.look, "", "small", ink="text2", inset=RING)
        column.add(self._note)
        self._facts = Facts(self.look, *(_SaidRow(self.look, line) for line in node.lines), gap=0)
        column.add(self._facts)
        column.push()
        self._scroll.to_top()

    def take_focus(self) -> None:
        """Go to the first line."""
        self._focus_on(0)

    def _focus_on(self, place: int) -> None:
        """Go to the line in this place, or to the last."""
        if rows := self._rows():
            row = rows[min(place, len(rows) - 1)]
            self._facts.show()  # what is not shown yet cannot take the focus
            row.show()
            row.setFocus(Qt.FocusReason.TabFocusReason)

    def _rows(self) -> list[FactRow]:
        return self._facts.findChildren(FactRow) if self._node is not None else []


class _SaidRow(FactRow):
    """One line of a rule, moved in by its depth."""

    def __init__(self, look: Look, said: Said) -> None:
        self._depth = said.depth
        style, ink = _STYLES.get(said.kind, ("small", "text"))
        super().__init__(look, Line(said.text, style, ink), Line(said.cite, "caption", "text2"))

    def _left(self) -> int:
        return super()._left() + self._look.px(_STEP * self._depth)
