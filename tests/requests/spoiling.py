"""Changes the text of an entry after it was sealed, as no program of ours does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def spoil(home: Path, number: str, old: str, new: str) -> None:
    """Put other words into the text of the entry with this number; the guards of the ledger stay."""
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        (text,) = connection.execute("SELECT body FROM bodies WHERE sequence = ?", (int(number[5:]),)).fetchone()
        spoiled = text.replace(old.encode(), new.encode())
        assert spoiled != text
        connection.execute("UPDATE bodies SET body = ? WHERE sequence = ?", (spoiled, int(number[5:])))
        for _, sql in guards:
            connection.execute(sql)
