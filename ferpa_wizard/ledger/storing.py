"""Rows of a ledger, written as they are."""

from __future__ import annotations

import hashlib
import sqlite3

from ferpa_wizard.core.entry import Stored


def store_pack(connection: sqlite3.Connection, pack: bytes) -> None:
    """Keep rules under their hash, once. Raises sqlite3.Error."""
    sha256 = hashlib.sha256(pack).hexdigest()
    there = connection.execute("SELECT 1 FROM packs WHERE sha256 = ?", (sha256,)).fetchone()
    if there is None:
        connection.execute("INSERT INTO packs VALUES (?, ?)", (sha256, pack))


def store(connection: sqlite3.Connection, stored: Stored) -> None:
    """Write one more entry as it is, with its text if it has one. Raises sqlite3.Error."""
    row = (stored.sequence, stored.kind, stored.time, stored.header)
    connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", row)
    if stored.body is not None:
        connection.execute("INSERT INTO bodies VALUES (?, ?, ?)", (stored.sequence, stored.salt, stored.body))
