"""The push that follows each sealed decision, where the profile names a shared folder."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.errors import RequestsError

if TYPE_CHECKING:
    from ferpa_wizard.ledger.share import Card
    from ferpa_wizard.requests.desk import Desk


class Courier:
    """Pushes in the background after a decision was sealed, where the profile names a folder.

    `notes` tell on Home what the last push failed of. The program may end while it works: the next push goes on.
    """

    def __init__(self, desk: Desk) -> None:
        self.notes: tuple[str, ...] = ()
        self._desk = desk
        self._mutex = threading.Lock()
        self._wanted: tuple[Path, Card] | None = None
        self._thread: threading.Thread | None = None

    def go(self) -> None:
        """Have what is new pushed, without waiting for it; nothing is said where no folder is set. Raises nothing."""
        from ferpa_wizard.requests.share import about, set_folder

        try:
            wanted = set_folder(self._desk), about(self._desk, "", datetime.now(UTC))
        except (RequestsError, CoreError, OSError):
            return
        with self._mutex:
            self._wanted = wanted
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="push", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Return once nothing is left to push, or after so many seconds."""
        if (thread := self._thread) is not None:
            thread.join(seconds)

    def _work(self) -> None:
        from ferpa_wizard.ledger.push import push

        while (wanted := self._next()) is not None:
            try:
                push(self._desk.home, *wanted, now=datetime.now(UTC))
                self.notes = ()
            except LedgerError as error:
                self.notes = (str(error),)

    def _next(self) -> tuple[Path, Card] | None:
        with self._mutex:
            wanted, self._wanted = self._wanted, None
            if wanted is None:
                self._thread = None
            return wanted
