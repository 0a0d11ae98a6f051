"""What is left to do on a decision, on its record; and what falls due over all of them, on Home."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ferpa_wizard.core.todo import Todo
from ferpa_wizard.desktop.controls.box import Box, Gap, Rule, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.rows import Line, ListRow, PressRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day_of
from ferpa_wizard.desktop.look import Look

MOST = 5  # rows on Home until all are asked for
AT_ONCE = 200  # rows that are made when all are asked for
TAIL = 46  # the room that a button takes after a row of Home, so that the columns of its lists agree


class TodoCard(Box):
    """A row for each; pressed, it asks for its owner, its day, and whether it is done."""

    change = Signal(object)  # the one that was pressed
    more = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=4)
        self.ground("surface", line="border")
        self._rows = Box(look, gap=2)
        self.add(Title(look, "To do"))
        self.add(self._rows)
        add = Button(look, "Add a date", "small", icon="plus")
        add.clicked.connect(self.more)
        self.add(row(look, add))

    def draw(self, todos: Sequence[Todo], today: str) -> None:
        """Show these and no others."""
        self._rows.clear()
        if not todos:
            says = "Nothing is left to do. You can add a date, like the end of an agreement."
            self._rows.add(Text(self.look, says, "small", ink="text2", inset=12))
        for todo in todos:
            self._rows.add(self._row(todo, today))

    def focus_on(self, name: str, todos: Sequence[Todo]) -> None:
        """Put the focus on the row of this id, where there is one."""
        place = next((place for place, todo in enumerate(todos) if todo.id == name), None)
        cell = self._rows.cells.itemAt(place) if place is not None else None
        widget = cell.widget() if cell is not None else None
        if widget is not None:
            widget.show()  # what is not shown yet cannot take the focus
            widget.setFocus()

    def _row(self, todo: Todo, today: str) -> PressRow:
        lines = (Line(todo.says, "small-medium"), Line(state_of(todo, today), "small", "text2"))
        made = PressRow(self.look, *lines, icon=_icon(todo, today), act="Change owner, day or state")
        made.clicked.connect(lambda: self.change.emit(todo))
        return made


class DueCard(Box):
    """What is overdue or falls due soon, the oldest first; a row leads to its record.

    `grew` tells that there are more rows, which Tab has to visit.
    """

    show_record = Signal(str)
    grew = Signal()

    def __init__(self, look: Look, todos: Sequence[Todo], today: str) -> None:
        super().__init__(look, gap=0, margins=(12, 12, 12, 6))
        self.ground("surface", line="border")
        late = sum(todo.is_overdue(today) for todo in todos)
        self.add(Title(look, f"Due: {late:,} overdue" if late else "Due soon"))
        self.add(Gap(look, 4))
        self._todos, self._today = todos, today
        for place, todo in enumerate(todos[:MOST]):
            if place:
                self.add(Rule(look))
            self.add(self._row(todo, today))
        self._shown = MOST
        self._more = Button(look, "", "quiet")
        self._more.clicked.connect(self._show_more)
        self.add(self._more)
        self._offer_more()  # after it has a parent, or it would be a window

    def _row(self, todo: Todo, today: str) -> Box:
        at = f"{'overdue' if todo.is_overdue(today) else 'by'} {day_of(todo.due, today)}"
        made = ListRow(self.look, todo.says, says=f"Record {todo.record}", at=at, icon=_icon(todo, today))
        made.clicked.connect(lambda: self.show_record.emit(todo.record))
        return Box(self.look, made, margins=(0, 0, TAIL, 0))

    def _show_more(self) -> None:
        """Make the next rows, of thousands not all at once, and go to the first of them."""
        made = [self._row(todo, self._today) for todo in self._todos[self._shown : self._shown + AT_ONCE]]
        self._shown += len(made)
        for one in made:
            self.cells.insertWidget(self.cells.indexOf(self._more), one)
            one.show()
        self.grew.emit()
        made[0].findChildren(ListRow)[0].setFocus()
        self._offer_more()

    def _offer_more(self) -> None:
        left, every = len(self._todos) - self._shown, len(self._todos)
        self._more.words(f"Show all {every:,}" if left <= AT_ONCE else f"Show {AT_ONCE} more of {every:,}")
        self._more.setVisible(left > 0)


def state_of(todo: Todo, today: str) -> str:
    """Who does it, and where it stands, in one line."""
    return ", ".join(part for part in (todo.owner, _day_of(todo, today)) if part)


def _day_of(todo: Todo, today: str) -> str:
    if todo.done:
        return f"done {day_of(todo.done)}"
    if not todo.due:
        return ""
    return f"overdue since {day_of(todo.due)}" if todo.is_overdue(today) else f"by {day_of(todo.due)}"


def _icon(todo: Todo, today: str) -> tuple[str, str]:
    if todo.done:
        return ("circle-check", "yes")
    return ("circle-alert", "no") if todo.is_overdue(today) else ("circle", "text2")
