"""What each kind of entry changes in the index of the log."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.later import NOTE, SUPERSEDE, note_in, superseded_in
from ferpa_wizard.core.log_facts import LogFacts, log_facts
from ferpa_wizard.core.todo import KIND as STEP_OR_DUTY
from ferpa_wizard.core.todo import todo_in

State = Callable[[Sequence[str], bool], str]
"""The state that a decision is in, from the acts of its reviews, oldest first, and whether another took its place."""
Record = tuple[str, int]
"""The installation and the sequence of a decision."""
_NUMBER = re.compile(r"\d{4}-0*(\d{1,15})", re.ASCII)
_ROW = f"INSERT INTO decisions VALUES ({', '.join('?' * 18)})"
_LABEL = (
    "INSERT INTO labels VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET label = excluded.label WHERE label <> excluded.label"
)


def fold(connection: sqlite3.Connection, chain: int, installation: str, key: int, entry: Entry) -> Iterator[Record]:
    """Put an entry in; yields the decisions whose review it may change."""
    body = entry.body or {}
    if entry.kind == "decision":
        if _decision(connection, chain, key, entry):
            yield installation, entry.sequence
    elif entry.kind == STEP_OR_DUTY:
        _todo(connection, chain, body)
    elif entry.kind == NOTE:
        _note(connection, chain, body)
    elif entry.kind == SUPERSEDE and (pair := superseded_in(body)):
        connection.execute("INSERT OR REPLACE INTO replaced VALUES (?, ?, ?)", (chain, sequence_of(pair[0]), pair[1]))
        yield installation, sequence_of(pair[0])
    elif entry.kind == "review":
        yield from _review(connection, chain, installation, entry)


def settle(connection: sqlite3.Connection, records: Collection[Record], state: State) -> None:
    """Write the state of these decisions from what their reviews say; those that are not here yet wait."""
    for installation, sequence in records:
        acts = connection.execute(
            "SELECT act FROM reviews WHERE installation = ? AND sequence = ? ORDER BY time, chain, entry",
            (installation, sequence),
        )
        values = {"installation": installation, "sequence": sequence}
        place = "chain = (SELECT chain FROM chains WHERE installation = :installation) AND sequence = :sequence"
        replaced = connection.execute(f"SELECT 1 FROM replaced WHERE {place}", values).fetchone()
        values["review"] = state([act for (act,) in acts], replaced is not None)
        connection.execute(f"UPDATE decisions SET review = :review WHERE {place}", values)


def purge(connection: sqlite3.Connection, chain: int, entry: Entry) -> list[int]:
    """Take out what a purge names; its sequences."""
    named = (entry.body or {}).get("entries")
    gone = [one for one in named if type(one) is int] if isinstance(named, list) else []
    for sequence in gone:
        take_out(connection, "SELECT id FROM decisions WHERE chain = ? AND sequence = ?", (chain, sequence))
    return gone


def take_out(connection: sqlite3.Connection, ids: str, values: Sequence[object]) -> None:
    """Take decisions out, with all that was said of them."""
    for (one,) in connection.execute(ids, values).fetchall():
        _unword(connection, one)
        for table in ("texts", "tags", "todos", "decisions"):
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (one,))


def sequence_of(number: object) -> int:
    """The sequence in a number like 2026-0042; 0, which no entry has, for anything else."""
    found = _NUMBER.fullmatch(number) if isinstance(number, str) else None
    return int(found[1]) if found else 0


def _decision(connection: sqlite3.Connection, chain: int, key: int, entry: Entry) -> bool:
    try:
        facts = log_facts(entry.body or {})
        connection.execute(_ROW, _row(chain, key, entry, facts))
    except (KeyError, TypeError, ValueError, sqlite3.IntegrityError, sqlite3.InterfaceError):
        return False  # sealed as a decision by no program of ours
    _word(connection, key, facts.text)
    tags = [*(("layer", layer) for layer in facts.layers), *(("item", item) for item in facts.items)]
    connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", [(*tag, key) for tag in tags])
    connection.executemany(_LABEL, [row for row in _labels(facts) if row[1]])
    return True


def _row(chain: int, key: int, entry: Entry, facts: LogFacts) -> tuple[object, ...]:
    return (
        *(key, chain, entry.sequence, entry.number, entry.at.astimezone().date().isoformat()),
        *(facts.title, facts.asked.id, facts.basis.id, facts.verdict, facts.choice, facts.figure, facts.by),
        *(facts.school, facts.differs, facts.edited, facts.took, facts.missing.id, ""),
    )


def _labels(facts: LogFacts) -> Iterator[tuple[str, str, str]]:
    named = {"asked": facts.asked, "basis": facts.basis, "missing": facts.missing}
    yield from ((field, one.id, one.says) for field, one in named.items())
    yield from (("by", facts.by, facts.by), ("school", facts.school, facts.school))


def _todo(connection: sqlite3.Connection, chain: int, body: dict[str, Any]) -> None:
    todo = todo_in(body)
    if todo is None or (key := _key_of(connection, chain, todo.record)) is None:
        return
    connection.execute("DELETE FROM todos WHERE id = ? AND todo = ?", (key, todo.id))
    if todo.due and not todo.done:
        connection.execute("INSERT INTO todos VALUES (?, ?, ?)", (key, todo.id, todo.due))


def _note(connection: sqlite3.Connection, chain: int, body: dict[str, Any]) -> None:
    note = note_in(body)
    if note is None or (key := _key_of(connection, chain, note.record)) is None:
        return
    (text,) = connection.execute("SELECT text FROM texts WHERE id = ?", (key,)).fetchone()
    _unword(connection, key)
    connection.execute("DELETE FROM texts WHERE id = ?", (key,))
    _word(connection, key, f"{text}\n{note.says}")


def _review(connection: sqlite3.Connection, chain: int, installation: str, entry: Entry) -> Iterator[Record]:
    body = entry.body or {}
    about, act = body.get("installation") or installation, body.get("act")
    sequence = sequence_of(body.get("record"))
    if isinstance(about, str) and isinstance(act, str) and sequence:
        row = (about, sequence, entry.at.isoformat(), act, chain, entry.sequence)
        connection.execute("INSERT INTO reviews VALUES (?, ?, ?, ?, ?, ?)", row)
        yield about, sequence


def _key_of(connection: sqlite3.Connection, chain: int, number: str) -> int | None:
    values = (chain, sequence_of(number))
    row = connection.execute("SELECT id FROM decisions WHERE chain = ? AND sequence = ?", values).fetchone()
    return int(row[0]) if row else None


def _word(connection: sqlite3.Connection, key: int, text: str) -> None:
    connection.execute("INSERT INTO texts VALUES (?, ?)", (key, text))
    connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (key, text))


def _unword(connection: sqlite3.Connection, key: int) -> None:
    connection.execute(
        "INSERT INTO words (words, rowid, text) SELECT 'delete', id, text FROM texts WHERE id = ?", (key,)
    )
