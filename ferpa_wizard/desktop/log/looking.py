"""What is looked for in the log: one line, which the field, the menus, the chips, views and charts all share."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ferpa_wizard.core.log_search import Search, read_search
from ferpa_wizard.ledger.log_queries import LogQueries
from ferpa_wizard.requests.log_book import LogBook


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

    def look_for(self, line: str) -> None:
        """Look for something else; the same again changes nothing."""
        if line == self.line:
            return
        self.line, self.search = line, read_search(line)
        self.changed.emit()
