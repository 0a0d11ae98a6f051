"""What is left to do, over all decisions of a home folder: kept in the ledger, each change an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from ferpa_wizard.core import todo as core
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.requests.decided import Decided
from ferpa_wizard.requests.entries import Entries, signed
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.following import Following

SOON = timedelta(days=14)


def with_todos(decision: Entry) -> Iterable[tuple[str, Mapping[str, object]]]:
    """The entries that go into the ledger along with a decision: its clocks."""
    body = decision.body or {}
    return [(core.KIND, one) for one in core.dated(decision.number, body)]


class Todos:
    """Reads and notes them."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._latest: dict[str, dict[str, tuple[Todo, bool]]] = {}
        self._following = Following(entries, self._latest.clear, core.KIND)

    def of(self, number: str) -> list[Todo]:
        """All that one decision asks for, as it stands. Raises LedgerError, RequestsError."""
        return self.on(self._entries.decided(number))

    def on(self, decision: Decided) -> list[Todo]:
        """The same of a decision that is at hand. Raises LedgerError."""
        self._catch_up()
        noted = [one for one, _ in self._latest.get(decision.number, {}).values()]
        return core.as_they_stand(core.todos_of(*decision), noted)

    def soon(self) -> list[Todo]:
        """Those that Home shows: overdue, or due within two weeks."""
        return self.due((self._entries.now().date() + SOON).isoformat())

    def own(self, number: str) -> Todo:
        """An empty one that people may fill in. Raises as `of` does."""
        others = sum(todo.id.startswith(core.OWN) for todo in self.of(number))
        return Todo(number, f"{core.OWN}{others + 1}", "")

    def due(self, until: str) -> list[Todo]:
        """Those that fall due by this day and are not done, the oldest first; none of restricted decisions."""
        try:
            self._catch_up()
        except LedgerMissing:
            return []
        found = (todo for noted in self._latest.values() for todo, restricted in noted.values() if not restricted)
        return sorted((one for one in found if one.due and not one.done and one.due <= until), key=lambda one: one.due)

    def note(self, todo: Todo, *, by: str = "") -> None:
        """Keep how it stands now. Raises DecisionError with what to mend, LedgerError, RequestsError."""
        if wrong := core.problems(todo):
            raise DecisionError(wrong)
        restricted = self._entries.decided(todo.record).body["restricted"] is True
        self._entries.append(core.KIND, core.entry_of_todo(todo, restricted=restricted, by=signed(by)))

    def _catch_up(self) -> None:
        """Read what has been noted since the last look: each is small, and the newest holds."""
        for entry in self._following.new():
            body: Mapping[str, Any] = entry.body or {}
            found = core.todo_in(body)
            if found is not None:
                self._latest.setdefault(found.record, {})[found.id] = found, body.get("restricted") is True
