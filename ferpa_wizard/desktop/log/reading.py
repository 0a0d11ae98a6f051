"""Bringing the log up to date: at once where little came in, else in slices with a line that says how far it is."""

from __future__ import annotations

from time import perf_counter

from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.log_book import LogBook

AT_ONCE = 0.15  # seconds


class Reading(Working):
    """Says how far the reading is; nothing is seen of it where little came in."""

    def catch_up(self, book: LogBook) -> None:
        """Take in what came since, in the background if it is much."""
        if self.runs:
            return
        work, until = book.catching_up(), perf_counter() + AT_ONCE
        try:
            if all(perf_counter() <= until for _ in work):
                self.setVisible(False)  # what it may have said of an earlier try
            else:
                self.run(work, "The log is being read.")
        except STORE_ERRORS as error:
            self.refuse(str(error))
