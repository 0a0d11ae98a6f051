"""The rules over time: which there are, what changed between two, and what past decisions come to now."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import ChoiceField, Labelled
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.rule_reader import Reader, RulePart
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.past_decisions import RECORD, PastDecisions
from ferpa_wizard.requests.rule_book import Book, Node
from ferpa_wizard.requests.rule_versions import comparing, to_compare, told, versions_node

ALONE = "All decisions in the log rest on the rules in use now. There is nothing to compare yet."


class VersionsPart(RulePart):
    """`show_record` asks for a record by its number."""

    show_record = Signal(str)

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, gap=4)
        self._desk = desk
        self._found: dict[str, Node] = {}  # what was worked out, beside the list of the rules
        self._past: PastDecisions | None = None
        self._packs: list[str] = []
        self._working = Working(look)
        self._working.done.connect(self._on_done)
        self._working.stopped.connect(self._on_stopped)
        self._working.grew.connect(self.grew)
        self._alone = Text(look, ALONE, "small", ink="text2", inset=RING)
        self._tools = self._make_tools()
        self.reader = Reader(look, name="Rules over time", search="Find rules, a decision or a word")
        self.reader.entered.connect(self._on_entered)
        self.reader.grew.connect(self.grew)
        for part in (self._alone, self._tools, self._working):
            self.add(part)
        self.add(self.reader, 1)
        self._show("versions")

    def refresh(self) -> None:
        """Count the decisions that came since, unless other work goes on."""
        if not self._working.runs:
            self._working.run(self._desk.history.use.counting(), "Counting the decisions in the log.")

    # -- parts -----------------------------------------------------------------------------

    def _make_tools(self) -> Box:
        self._before, self._after = (ChoiceField(self.look, [], 0, least=16) for _ in range(2))
        changed = Button(self.look, "Show what changed", "small", icon="git-branch")
        changed.clicked.connect(self._on_compare)
        past = Button(self.look, "Look at past decisions", "small", icon="clock")
        past.clicked.connect(self._on_past)
        fields = Box(self.look, across=True, gap=8)
        fields.add(Labelled(self.look, "Rules before", self._before), 1)
        fields.add(Labelled(self.look, "Rules after", self._after), 1)
        return Box(self.look, fields, Flow(self.look, changed, past, gap=4), gap=2)

    def _show(self, first: str = "") -> None:
        """Show what there is by now, opened at an entry unless people are reading another one."""
        node = versions_node(self._desk.pack, self._desk.history.use)
        self._fill([one.id.removeprefix("versions/") for one in node.nodes])
        book = Book("", "", (node, *self._found.values()))
        if first and not self.reader.in_use:
            self.reader.show_book(book, first)
        else:
            self.reader.renew(book)
        self.grew.emit()

    def _fill(self, packs: list[str]) -> None:
        """Offer the rules of the log; from the oldest to those in use at first."""
        self._alone.setVisible(len(packs) < 2)
        self._tools.setVisible(len(packs) > 1)
        if packs == self._packs:
            return
        self._packs = packs
        used = self._desk.history.use.packs
        words = [told(self._desk.pack), *(told(used[sha256]) for sha256 in packs[1:])]
        for field, at in ((self._before, len(words) - 1), (self._after, 0)):
            field.clear()
            field.addItems(words)
            field.setCurrentIndex(at)

    # -- work ------------------------------------------------------------------------------

    def _on_compare(self) -> None:
        history = self._desk.history
        try:
            before, after = (history.pack(self._packs[one.currentIndex()]) for one in (self._before, self._after))
        except (*STORE_ERRORS, *RULES_ERRORS) as error:
            self._working.refuse(str(error))
            return
        self._past = None
        self._working.run(comparing(before, after, to_compare(before, after)), "Putting made-up requests to both.")

    def _on_past(self) -> None:
        self._past = self._desk.history.past(self._packs[self._before.currentIndex()])
        self._working.run(self._past.looking(), "Looking at past decisions.")

    def _on_done(self, found: Node | None) -> None:
        if found is None:
            self._show()
            return
        self._found[found.id] = found
        self._show(found.id)
        if self.reader.in_use:
            announce(self, f"{found.title}: this is in the list now.")

    def _on_stopped(self) -> None:
        if self._past is not None:
            self._on_done(self._past.node())

    def _on_entered(self, name: str) -> None:
        if name.startswith(RECORD):
            self.show_record.emit(name.removeprefix(RECORD))
        else:
            self.reader.to_text()
