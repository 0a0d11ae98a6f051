"""What would have changed the answer: run in the background, then a ranked list, each fix with its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import Line, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_fixes import Cleared, Fixes, Fixing, Place
from ferpa_wizard.requests.log_words import desk_in_words

MOST = 8  # fixes until more are asked for
RECORDS = 30  # buttons of records that are made at once
_SAYS = (
    "Each decision that was no plain yes is run again with one thing put right, under the rules in use. "
    "What clears most stands first. It does not say that the change is wise."
)
_SO_FAR = "You stopped it. This is what was found until then."


class FixesCard(Box):
    """`show_record` tells number and desk of a record, `grew` that Tab has other stops."""

    show_record = Signal(str, str)
    grew = Signal()

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, margins=(12, 12, 12, 12), gap=4)
        self.ground("surface", line="border")
        self._desk, self._search = desk, Search()
        self._fixing: Fixing | None = None
        self.start = Button(look, "Find what would have helped", "small", icon="search")
        self.start.clicked.connect(self._on_start)
        self._working = Working(look)
        self._working.done.connect(self._on_done)
        self._working.stopped.connect(self._on_stopped)
        self._working.grew.connect(self.grew)
        self._found = Box(look, gap=2)
        says = Text(look, _SAYS, "small", ink="text2", inset=RING)
        for part in (Title(look, "What would have changed the answer"), says, row(look, self.start)):
            self.add(part)
        self.add(self._working)
        self.add(self._found)

    def look_at(self, search: Search) -> None:
        """Forget what was found for another search."""
        if search != self._search:
            self._search, self._fixing = search, None
            self._working.stop()
            self._found.clear()
            self.grew.emit()

    def _on_start(self) -> None:
        self._found.clear()
        try:
            self._fixing = Fixing(self._desk.book, self._desk.pack, self._search)
        except RULES_ERRORS as error:
            self._working.refuse(without_rules(error))
        except STORE_ERRORS as error:
            self._working.refuse(str(error))
        else:
            self._working.run(self._fixing.looking(), "The decisions are run again.")

    def _on_done(self, found: Fixes) -> None:
        waited = self.start.hasFocus() or self._working.isAncestorOf(QApplication.focusWidget() or self)
        self._show(found.says(), found)
        if waited:  # who went on with something else meanwhile is left there
            QTimer.singleShot(0, self, self._to_first)

    def _on_stopped(self) -> None:
        if self._fixing is not None:
            found = self._fixing.found()
            self._show((_SO_FAR, *found.says()), found)
            QTimer.singleShot(0, self, self._to_first)

    def _show(self, says: Iterable[str], found: Fixes) -> None:
        self._found.clear()
        sentences = list(says)
        for sentence in sentences:
            self._found.add(Text(self.look, sentence, "small", inset=RING))
        announce(self, " ".join(sentences))
        ranked = _Ranked(self.look, found, self._desk.book.names, self._desk.book.chains.own)
        ranked.show_record.connect(self.show_record)
        ranked.grew.connect(self.grew)
        self._found.add(ranked)
        self._ranked = ranked
        self.grew.emit()

    def _to_first(self) -> None:
        """Put the focus on what clears most, once it has its place."""
        (self._ranked.first or self.start).setFocus()


class _Ranked(Box):
    """The fixes, each with the records that it clears under it once it was pressed."""

    show_record = Signal(str, str)
    grew = Signal()

    def __init__(self, look: Look, found: Fixes, names: Mapping[str, str], own: str) -> None:
        super().__init__(look)
        self._tried, self._names, self._own = found.tried, names, own
        self._left = list(found.ranked)
        self._rows: list[PressRow] = []
        self._more = Button(look, "", "link")
        self._more.clicked.connect(self._on_more)
        self.add(row(look, self._more, margins=(RING, 2, 0, 0)))
        self._add()

    @property
    def first(self) -> PressRow | None:
        return self._rows[0] if self._rows else None

    def _on_more(self) -> None:
        before = len(self._rows)
        self._add()
        self.grew.emit()
        self._rows[before].show()  # what is not shown yet cannot take the focus
        self._rows[before].setFocus()

    def _add(self) -> None:
        for one in self._left[:MOST]:
            self.cells.insertWidget(self.cells.count() - 1, self._fix(one))
        self._left = self._left[MOST:]
        self._more.words(f"Show {min(MOST, len(self._left))} more")
        self._more.setVisible(bool(self._left))

    def _fix(self, one: Cleared) -> Box:
        clears = f"Clears {len(one.records):,} of {self._tried:,}. By: {one.fix.by}."
        lines = (Line(one.fix.do, "small-medium"), Line(clears, "small", "text2"))
        pressed = PressRow(self.look, *lines, act="Show these records", icon=("list-checks", "text2"), hover_icon="")
        records = _Records(self.look, one.records, self._name_of)
        records.show_record.connect(self.show_record)
        records.grew.connect(self.grew)
        pressed.clicked.connect(records.turn)
        self._rows.append(pressed)
        return Box(self.look, pressed, records)

    def _name_of(self, place: Place) -> str:
        if place.installation == self._own:
            return place.number
        name = self._names.get(place.installation, "")
        return f"{place.number}, {desk_in_words(place.installation, mine=False, name=name)}"


class _Records(Box):
    """A button for each record, which opens it; made when they are first asked for."""

    show_record = Signal(str, str)
    grew = Signal()

    def __init__(self, look: Look, places: Sequence[Place], name_of: Callable[[Place], str]) -> None:
        super().__init__(look, margins=(32, 0, 0, 6), gap=0)
        self._left, self._name_of = list(places), name_of
        self.hide()

    def turn(self) -> None:
        """Show them, or put them away."""
        if not self.cells.count():
            self._add()
        self.setVisible(self.isHidden())
        self.grew.emit()

    def _add(self) -> Sequence[Button]:
        buttons = [self._button(place) for place in self._left[:RECORDS]]
        self._left = self._left[RECORDS:]
        self.add(Flow(self.look, *buttons, gap=0))
        if self._left:
            more = Button(self.look, f"Show more, {counted(len(self._left), 'record')} left", "link")
            line = row(self.look, more)
            more.clicked.connect(lambda: self._on_more(line))
            self.add(line)
        return buttons

    def _on_more(self, line: Box) -> None:
        first = self._add()[0]
        first.show()  # what is not shown yet cannot take the focus
        first.setFocus()
        line.hide()
        self.grew.emit()

    def _button(self, place: Place) -> Button:
        words = self._name_of(place)
        made = Button(self.look, words, "small")
        made.setAccessibleName(f"Open record {words}")
        made.clicked.connect(lambda: self.show_record.emit(place.number, place.installation))
        return made
