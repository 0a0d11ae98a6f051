"""What is left to do on a record: the sheet for one of them, and keeping what was changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.core.todo import OWN, Todo
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Gap
from ferpa_wizard.desktop.controls.cards import CheckCard
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.form_sheet import FormSheet
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.todo_card import TodoCard
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError

Keep = Callable[[Todo], Sequence[tuple[str, str]]]


class TodoSheet(FormSheet):
    """What is to do, by which day, who does it, and whether it is done."""

    def __init__(self, look: Look, parent: QWidget, todo: Todo, keep: Keep, *, today: str) -> None:
        title = "To do" if todo.says else "Add a date"
        super().__init__(look, parent, title, lambda: keep(self.todo()), self.todo)
        self._todo, self._today = todo, today
        self._says = LineField(look, todo.says)
        if todo.id.startswith(OWN):
            hint = "For example: the agreement ends, or the data is to be destroyed."
            self.put("says", Labelled(look, "What is due", self._says, hint=hint))
        else:
            self.body.add(Text(look, todo.says, "body", inset=RING))
            self.body.add(Gap(look, 4))
        self._due, self._owner = LineField(look, todo.due), LineField(look, todo.owner)
        day = "As 2026-01-31. Leave it empty if there is none."
        self.put("due", Labelled(look, "By which day", self._due, hint=day))
        self.put("owner", Labelled(look, "Who does it", self._owner, hint="A person or an office."))
        self._done = CheckCard(look, "It is done")
        self._done.setChecked(bool(todo.done))
        self.body.add(self._done)
        self.ready(480)
        if todo.says:
            self._due.setFocus()

    def todo(self) -> Todo:
        """What is in the fields now."""
        return replace(
            self._todo,
            says=self._says.text().strip(),
            due=self._due.text().strip(),
            owner=self._owner.text().strip(),
            done=(self._todo.done or self._today) if self._done.isChecked() else "",
        )


class Todos(QObject):
    """Joins the card of one record to the desk; the card is its parent. `tell` says what went wrong."""

    changed = Signal()

    def __init__(self, card: TodoCard, desk: Desk, memory: Memory, number: str, tell: Callable[[str], None]) -> None:
        super().__init__(card)
        self._card, self._desk, self._memory, self._number, self._tell = card, desk, memory, number, tell
        card.change.connect(self._change)
        card.more.connect(self._add)
        self._draw()

    def _draw(self, focus: str = "") -> None:
        try:
            todos = self._desk.todos.of(self._number)
        except STORE_ERRORS as error:
            self._tell(str(error))
            return
        self._card.draw(todos, self._desk.today)
        if focus:
            self._card.focus_on(focus, todos)

    def _add(self) -> None:
        try:
            self._change(self._desk.todos.own(self._number))
        except STORE_ERRORS as error:
            self._tell(str(error))

    def _change(self, todo: Todo) -> None:
        sheet = TodoSheet(self._card.look, self._card.window(), todo, self._keep, today=self._desk.today)
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self._draw(todo.id)
            self.changed.emit()
            announce(self._card, "Kept.")
        sheet.deleteLater()

    def _keep(self, todo: Todo) -> Sequence[tuple[str, str]]:
        try:
            self._desk.todos.note(todo, by=self._memory.only[0])
        except DecisionError as error:
            return error.problems
        except STORE_ERRORS as error:
            return [("due", str(error))]
        return []
