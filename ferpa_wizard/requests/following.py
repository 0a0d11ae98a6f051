"""Reading on in the ledger: each entry once, until a purge has taken texts that were read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.retention import PURGE
from ferpa_wizard.requests.entries import Entries


class Following:
    """Entries of some kinds; `forget` is called when what was read counts no more, and all is read anew."""

    def __init__(self, entries: Entries, forget: Callable[[], object], *kinds: str) -> None:
        self._entries, self._forget = entries, forget
        self._read = dict.fromkeys(kinds, 0)
        self._purges = 0

    def new(self) -> Iterator[Entry]:
        """Those that came since the last look, by kind, the oldest first. Raises LedgerError."""
        purges = self._entries.opened(False).count(PURGE)
        if purges != self._purges:
            self._forget()
            self._read, self._purges = dict.fromkeys(self._read, 0), purges
        yield from self._entries.since(self._read)
