"""What is looked for in the log: one line, which the field, the menus, the chips, views and charts all share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from ferpa_wizard.core.log_search import Search, read_search
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.ledger.log_queries import LogQueries
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.log_words import desk_in_words, search_in_words


class Looking(QObject):
    """`changed` when something else is looked for; `failed` has a sentence where the log cannot be read."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject, book: LogBook) -> None:
        super().__init__(parent)
        self._book = book
        self.line = ""
        self.search = Search()

    @property
    def queries(self) -> LogQueries:
        """What can be asked of the log. Raises LedgerError, as its questions do."""
        return self._book.queries

    def labels(self, field: str) -> Mapping[str, str]:
        """What people call the ids of a field. Raises LedgerError."""
        if field != "desk":
            return self.queries.labels(field)
        own, names = self._book.chains.own, self._book.names
        return {
            value: desk_in_words(one, mine=one == own, name=names.get(one, ""))
            for value in (value for part in self.search.filters if part.field == field for value in part.values)
            for one in self.queries.chains().values()
            if one.startswith(value.lower())
        }

    @property
    def in_words(self) -> str:
        """What the search leaves in; empty where it leaves all in. Raises LedgerError."""
        return search_in_words(self.search, self.labels)

    def telling(self, act: Callable[[], None]) -> Callable[[], None]:
        """The same act, which tells in `failed` where the log cannot be read."""

        def told() -> None:
            try:
                act()
            except STORE_ERRORS as error:
                self.failed.emit(str(error))

        return told

    def look_for(self, line: str) -> None:
        """Look for something else; the same again changes nothing."""
        if line == self.line:
            return
        self.line, self.search = line, read_search(line)
        self.changed.emit()
