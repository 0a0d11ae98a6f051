"""Programs that are worse on purpose: each of these spoils this process, and the harness has to notice it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ferpa_wizard.ledger import drafts, errors, export, file, ledger, push, turns
from tests.stress.kills.weak import in_place


def swallows_errors() -> None:
    """What the disk refuses is passed over, and the act is acknowledged."""

    @contextmanager
    def careless(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        with suppress(sqlite3.Error), file.transaction(connection):
            yield connection

    vars(ledger)["transaction"] = careless


def writes_in_place() -> None:
    """Files are written under their final names."""
    for module in (drafts, export, push):
        vars(module)["replacing"] = in_place


def tells_nothing() -> None:
    """Errors of the system and of SQLite come out as they are."""
    vars(errors)["from_os"] = lambda error, _file, **_: error
    vars(errors)["from_sqlite"] = vars(errors)["from_os"]


def takes_no_turns() -> None:
    """Nobody waits for anybody: the lock is always taken for one's own."""
    vars(turns)["_taken"] = lambda _: True
