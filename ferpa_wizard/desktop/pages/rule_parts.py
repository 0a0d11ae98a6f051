"""The parts of the page of the rules that are read as an outline: the rules, their coverage, their sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.rule_reader import Reader, RulePart
from ferpa_wizard.desktop.room import PAPER_ERRORS
from ferpa_wizard.desktop.slices import Slices
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.rule_book import Book, rule_book
from ferpa_wizard.requests.tree import TREE_FILE, save_tree

SEARCH = "Find a rule, a word or a citation"


class OutlinePart(RulePart):
    """The rules themselves, and how often the log used each way to share."""

    def __init__(self, look: Look, desk: Desk, choosers: Choosers, tell: Callable[[str], None]) -> None:
        super().__init__(look)
        self._desk, self._choosers, self._tell = desk, choosers, tell
        self.reader = Reader(look, name="The rules", search=SEARCH)
        self.reader.entered.connect(lambda _name: self.reader.to_text())
        self.reader.grew.connect(self.grew)
        self.tool = Button(look, "Print or save the tree…", "small", icon="printer")
        self.tool.clicked.connect(self._on_save)
        self.add(self.reader, 1)
        self.reader.show_book(rule_book(desk.pack))
        self._slices = Slices(self)
        self._slices.done.connect(self._on_counted)

    def refresh(self) -> None:
        """Count the decisions that came since."""
        self._slices.run(self._desk.history.use.counting())

    def _on_counted(self) -> None:
        used = self._desk.history.use.bases
        self.reader.note({f"way/{basis}": _used(number) for basis, number in used.items()})

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


def _used(number: int) -> str:
    return f"used in {counted(number, 'decision')}"


class CoveragePart(RulePart):
    """What the rules leave to people first; then, once it is measured, what they hold of the law."""

    def __init__(self, look: Look, desk: Desk) -> None:
        from ferpa_wizard.requests.rule_coverage import limits_book

        super().__init__(look, gap=4)
        self._desk = desk
        self._head = Text(look, "", "small", ink="text2", inset=RING)
        self._working = Working(look)
        self._working.done.connect(self._on_measured)
        self._working.grew.connect(self.grew)
        self.reader = Reader(look, name="What the rules cover", search=SEARCH)
        self.reader.entered.connect(lambda _name: self.reader.to_text())
        self.reader.grew.connect(self.grew)
        for part in (self._head, self._working):
            self.add(part)
        self.add(self.reader, 1)
        self._head.setVisible(False)
        self.reader.show_book(limits_book(desk.pack))

    def refresh(self) -> None:
        """Measure, unless that is done or goes on."""
        from ferpa_wizard.requests.rule_coverage import measuring

        if not self._working.runs and not self._head.text():
            self._working.run(measuring(self._desk.pack), "Measuring the rules against the law. You can read on.")

    def _on_measured(self, book: Book) -> None:
        self._head.say(book.head)
        self._head.setVisible(True)
        self.reader.renew(book)


class SourcesPart(RulePart):
    """What the rules rest on, and how far each of it was checked."""

    def __init__(self, look: Look, desk: Desk) -> None:
        from ferpa_wizard.requests.rule_sources import sources_book

        super().__init__(look, gap=4)
        book = sources_book(desk.pack)
        self.reader = Reader(look, name="The sources", search="Find a source, a word or a citation")
        self.reader.entered.connect(lambda _name: self.reader.to_text())
        self.reader.grew.connect(self.grew)
        self.add(Text(look, book.head, "small", ink="text2", inset=RING))
        self.add(self.reader, 1)
        self.reader.show_book(book)
