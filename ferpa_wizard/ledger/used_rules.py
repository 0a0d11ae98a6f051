"""Which rules the decisions of a ledger used, read without their whole texts."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from ferpa_wizard.core.entry import Stored, read_entry

# Of each decision a few words only, so that SQLite and not Python reads the texts.
_USES = """
    SELECT e.sequence, e.kind, e.time, e.header, b.salt, b.body, CASE WHEN json_valid(b.text) THEN json_extract(
        b.text, '$.pack.sha256', '$.pack.id', '$.pack.version', '$.pack.law_as_of', '$.pack.review',
        '$.determination.basis.id') END
    FROM entries AS e JOIN (SELECT *, CAST(body AS TEXT) AS text FROM bodies) AS b ON b.sequence = e.sequence
    WHERE e.kind = 'decision' AND e.sequence > ? ORDER BY e.sequence LIMIT ?"""

_RULES_NAMED = """
    SELECT DISTINCT CASE WHEN json_valid(text) THEN json_extract(text, '$.pack.sha256') END
    FROM (SELECT CAST(body AS TEXT) AS text FROM bodies WHERE sequence > ?)"""


class Use(NamedTuple):
    """The rules of a decision, as its record names them, and the id of its basis; what it lacks is empty."""

    sequence: int
    sha256: str
    id: str
    version: str
    law_as_of: str
    review: str
    basis: str


def uses(connection: sqlite3.Connection, *, after: int, limit: int) -> list[Use]:
    """The rules and the basis of so many decisions after a sequence. Raises sqlite3.Error."""
    return [_use(Stored._make(stored), words) for *stored, words in connection.execute(_USES, (after, limit))]


def _use(stored: Stored, words: str | None) -> Use:
    entry = read_entry(stored)
    found = json.loads(words) if words and entry.matches else [""] * (len(Use._fields) - 1)
    return Use(entry.sequence, *(str(word or "") for word in found))


def rules_named(connection: sqlite3.Connection, *, after: int) -> list[str]:
    """The hashes of the rules that entries after a sequence name. Raises sqlite3.Error."""
    return [sha256 for (sha256,) in connection.execute(_RULES_NAMED, (after,)) if isinstance(sha256, str)]
