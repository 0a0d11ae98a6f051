"""The rules to read: an outline with a search, and beside it what the chosen entry says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import Frame, LineField
from ferpa_wizard.desktop.controls.outline import Outline, OutlineFrame
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.scroll import Scroll
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.room import PAPER_ERRORS, RULES_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.rule_book import Book, Node, rule_book
from ferpa_wizard.requests.rule_lines import Line as Said
from ferpa_wizard.requests.tree import TREE_FILE, save_tree

BESIDE = 700  # width from which the text stands beside the outline, at 100 %
SEARCH = "Find a rule, a word or a citation"
_STYLES: Mapping[str, tuple[str, str]] = {
    "part": ("option", "text"),
    "rule": ("small-medium", "text"),
    "note": ("small", "text2"),
}
_STEP = 16  # how far a line moves in for each step of its depth


class RulesPage(DeskPage):
    """Reads the rules when it is first shown; nothing here can change them."""

    grew = Signal()  # what Tab visits changed
    title = "Rules"
    fills = True
    width_limit = 1240

    def __init__(self, look: Look, desk: Desk, choosers: Choosers, tell: Callable[[str], None]) -> None:
        super().__init__(look, "Rules", gap=8)
        self._desk, self._choosers, self._tell = desk, choosers, tell
        self._book: Book | None = None
        self._nodes: dict[str, Node] = {}
        self._save = Button(look, "Print or save the tree…", "small", icon="printer")
        self._save.clicked.connect(self._on_save)
        head = Box(look, self.heading, across=True, gap=8)
        head.push()
        head.add(self._save)
        self.add(head)
        self._which = Text(look, "", "small", ink="text2", inset=RING)
        self.add(self._which)
        self._body = Box(look, across=True, gap=6)
        self._body.add(self._make_left(), 2)
        self._text = _RuleText(look)
        self._body.add(Box(look, self._text, margins=(RING, RING, RING, RING)), 3)
        self.add(self._body, 1)

    def refresh(self) -> None:
        """Read the rules, unless they are here already."""
        if self._book is not None:
            return
        try:
            book = rule_book(self._desk.pack)
        except RULES_ERRORS as error:
            self._show_body(False)
            self._which.say(without_rules(error))
            return
        self._book, self._nodes = book, {node.id: node for node in book.all()}
        self._which.say(f"{book.head} {book.review}")
        self._outline.show_entries(book.nodes)
        self._show_body(True)
        self._outline.choose(book.nodes[0].id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def rescale(self) -> None:
        super().rescale()
        self._arrange()

    # -- parts -----------------------------------------------------------------------------

    def _make_left(self) -> QWidget:
        self._search = _SearchField(self.look)
        self._search.setPlaceholderText(SEARCH)
        self._search.setAccessibleName(SEARCH)
        self._search.textChanged.connect(self._on_search)
        self._search.left.connect(self._to_outline)
        self._found = Text(self.look, "", "small", ink="text2", inset=RING)
        self._outline = Outline(self.look, "The rules")
        self._outline.chosen.connect(self._on_chosen)
        self._outline.entered.connect(self._to_text)
        self._left = Box(self.look, Frame(self.look, self._search, icon="search"), self._found)
        # In line with the body of the field above, which leaves room for its ring.
        self._left.add(Box(self.look, OutlineFrame(self.look, self._outline), margins=(RING, RING, RING, RING)), 1)
        self._found.setVisible(False)
        return self._left

    def _show_body(self, shown: bool) -> None:
        self._body.setVisible(shown)
        self._save.setVisible(shown)

    def _arrange(self) -> None:
        px, direction = self.look.px, QBoxLayout.Direction
        beside = self.width() >= px(BESIDE)
        self._body.cells.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._outline.setMinimumHeight(px(200))
        self._text.setMinimumHeight(0 if beside else px(240))

    # -- reading ---------------------------------------------------------------------------

    def _on_chosen(self, name: str) -> None:
        self._text.show_node(self._nodes[name])
        if self.window() is not self:  # else it is not in the window yet
            self.grew.emit()

    def _to_text(self) -> None:
        self._text.take_focus()

    def _on_search(self, wanted: str) -> None:
        if self._book is None:
            return
        found = self._book.found(wanted) if wanted.strip() else None
        self._outline.narrow(found)
        says = ""
        if found is not None:
            number = sum(found.values())
            says = f"{number} found" if number else "No rule has these words. Try fewer, or a citation."
        self._found.say(says)
        self._found.setVisible(bool(says))
        announce(self._search, says)

    def _to_outline(self) -> None:
        """From the search to the first entry that was found."""
        found = self._book.found(self._search.text()) if self._book is not None else {}
        first = next((name for name, own in found.items() if own), "")
        if first and first in self._outline.shown():
            self._outline.choose(first)
        self._outline.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the paper -------------------------------------------------------------------------

    def _on_save(self) -> None:
        target = self._choosers.file(self, "Save the decision tree", name=TREE_FILE)
        if target is not None:
            self._tell("Making the paper. This takes a moment.")
            # One turn of the event loop, so that the line is painted before the work.
            QTimer.singleShot(0, self, lambda: self._write(target))

    def _write(self, target: Path) -> None:
        try:
            written = save_tree(self._desk.pack, target, home=self._desk.home)
        except PAPER_ERRORS as error:
            self._tell(str(error))
            return
        self._tell(f"Saved {written.name}. Open it to print it.")


class _SearchField(LineField):
    """Down and Enter lead to what was found, Escape takes the words away."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _RuleText(Box):
    """What one entry says: its title, its citation, and a list of lines to read with the arrow keys."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(1, 1, 1, 1))
        self.ground("surface", line="border")
        self._scroll = Scroll(look, margins=(12, 12, 12, 12), gap=6)
        self._facts: Facts | None = None
        self.add(self._scroll, 1)

    def show_node(self, node: Node) -> None:
        """Show another entry from its beginning."""
        column = self._scroll.column
        column.clear()
        column.cells.addStretch(0)
        column.add(Title(self.look, node.title))
        if node.cite:
            column.add(Text(self.look, node.cite, "small-medium", ink="accent", inset=RING))
        self._facts = Facts(self.look, *(_SaidRow(self.look, line) for line in node.lines), gap=0)
        column.add(self._facts)
        column.push()
        self._scroll.to_top()

    def take_focus(self) -> None:
        """Go to the first line."""
        rows = self._facts.findChildren(FactRow) if self._facts is not None else []
        if rows:
            rows[0].setFocus(Qt.FocusReason.TabFocusReason)


class _SaidRow(FactRow):
    """One line of a rule, moved in by its depth."""

    def __init__(self, look: Look, said: Said) -> None:
        self._depth = said.depth
        style, ink = _STYLES.get(said.kind, ("small", "text"))
        super().__init__(look, Line(said.text, style, ink), Line(said.cite, "caption", "text2"))

    def _left(self) -> int:
        return super()._left() + self._look.px(_STEP * self._depth)
