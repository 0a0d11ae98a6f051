"""What is left to do, over all decisions of a home folder: kept in the ledger, each change an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from ferpa_wizard.core import todo as core
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.decided import decided
from ferpa_wizard.requests.errors import DecisionError

SOON = timedelta(days=14)


def with_todos(decision: Entry) -> Iterable[tuple[str, Mapping[str, object]]]:
    """The entries that go into the ledger along with a decision: its clocks."""
    body = decision.body or {}
    return [(core.KIND, one) for one in core.dated(decision.number, body)]


class Todos:
    """Reads and notes them; `opened` gives the ledger, for writing or not."""

    def __init__(self, opened: Callable[[bool], Ledger], now: Callable[[], datetime]) -> None:
        self._opened, self._now = opened, now
        self._read = 0
        self._latest: dict[tuple[str, str], tuple[Todo, bool]] = {}

    def of(self, number: str) -> list[Todo]:
        """All that one decision asks for, as it stands. Raises LedgerError, RequestsError."""
        decision = decided(self._opened(False), number)
        self._catch_up()
        noted = [one for one, _ in self._latest.values() if one.record == decision.number]
        return core.as_they_stand(core.todos_of(*decision), noted)

    def soon(self) -> list[Todo]:
        """Those that Home shows: overdue, or due within two weeks."""
        return self.due((self._now().date() + SOON).isoformat())

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
        found = (todo for todo, restricted in self._latest.values() if not restricted)
        return sorted((one for one in found if one.due and not one.done and one.due <= until), key=lambda one: one.due)

    def note(self, todo: Todo, *, by: str = "") -> None:
        """Keep how it stands now. Raises DecisionError with what to mend, LedgerError, RequestsError."""
        if wrong := core.problems(todo):
            raise DecisionError(wrong)
        restricted = decided(self._opened(False), todo.record).body["restricted"] is True
        body = core.entry_of_todo(todo, restricted=restricted, by=by)
        self._opened(True).append(core.KIND, body, at=self._now())

    def _catch_up(self) -> None:
        """Read what has been noted since the last look: each is small, and the newest holds."""
        for entry in self._opened(False).every(core.KIND, after=self._read):
            self._read = entry.sequence
            body: Mapping[str, Any] = entry.body or {}
            found = core.todo_in(body)
            if found is not None:
                self._latest[found.record, found.id] = found, body.get("restricted") is True
