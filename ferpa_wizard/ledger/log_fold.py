"""What each kind of entry changes in the index of the log."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ferpa_wizard.core.entry import Entry, EntryError, canonical
from ferpa_wizard.core.later import NOTE, SUPERSEDE, note_in, superseded_in
from ferpa_wizard.core.log_facts import LogFacts, log_facts
from ferpa_wizard.core.retention import named_in
from ferpa_wizard.core.review import KIND as REVIEW
from ferpa_wizard.core.review import review_in, state
from ferpa_wizard.core.todo import KIND as STEP_OR_DUTY
from ferpa_wizard.core.todo import todo_in, todos_of

_NUMBER = re.compile(r"\d{4}-0*(\d{1,15})", re.ASCII)
_ROW = f"INSERT INTO decisions VALUES ({', '.join('?' * 19)})"
_LABEL = (
    "INSERT INTO labels VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET label = excluded.label WHERE label <> excluded.label"
)


def fold(connection: sqlite3.Connection, chain: int, key: int, entry: Entry) -> str:
    """Put an entry in; the seal of the decision whose review it may change, empty if of none."""
    body = entry.body or {}
    if entry.kind == "decision":
        return entry.seal if _decision(connection, chain, key, entry) else ""
    if not _is_sound(body):
        return ""
    if entry.kind == SUPERSEDE and (pair := superseded_in(body)):
        return _replaced(connection, chain, sequence_of(pair[0]), pair[1])
    if entry.kind == REVIEW and (one := review_in(body)):
        row = (one.seal, entry.at.isoformat(), chain, entry.sequence, one.act)
        connection.execute("INSERT INTO reviews VALUES (?, ?, ?, ?, ?)", row)
        return one.seal
    if entry.kind == STEP_OR_DUTY:
        _todo(connection, chain, body)
    elif entry.kind == NOTE:
        _note(connection, chain, body)
    return ""


def _is_sound(body: dict[str, Any]) -> bool:
    """Can it have been sealed by a program of ours? Half a character fits into no table."""
    try:
        canonical(body)
    except EntryError:
        return False
    return True


def settle(connection: sqlite3.Connection, seals: Collection[str]) -> None:
    """Write the state of these decisions from what their reviews say; those that are not here yet wait.

    By the seal, so that no review counts for what somebody put in the place of the record that was reviewed.
    """
    for seal in seals:
        acts = connection.execute("SELECT act FROM reviews WHERE seal = ? ORDER BY time, chain, entry", (seal,))
        here = "SELECT EXISTS (SELECT 1 FROM replaced JOIN decisions USING (chain, sequence) WHERE seal = ?)"
        found = state(
            (act for (act,) in acts.fetchall()), replaced=connection.execute(here, (seal,)).fetchone()[0] == 1
        )
        connection.execute("UPDATE decisions SET review = ? WHERE seal = ?", (found, seal))


def purge(connection: sqlite3.Connection, chain: int, entry: Entry) -> list[int]:
    """Take out what a purge names; its sequences."""
    gone = [sequence for sequence in named_in(entry.body or {}) if 0 < sequence < entry.sequence]
    for sequence in gone:
        take_out(connection, "SELECT id FROM decisions WHERE chain = ? AND sequence = ?", (chain, sequence))
        connection.execute("DELETE FROM restricted WHERE chain = ? AND sequence = ?", (chain, sequence))
    forget_names(connection)
    return gone


def forget_names(connection: sqlite3.Connection) -> None:
    """Take out the names of whom no decision names any more."""
    for name in ("by", "school"):  # what people typed; the others are words of the rules
        connection.execute(
            f"DELETE FROM labels WHERE field = ? AND value NOT IN (SELECT {name} FROM decisions)", (name,)
        )


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
        facts = log_facts(body := entry.body or {})
        todos_of(entry.number, body)  # which whoever opens it from a list is shown
        connection.execute(_ROW, _row(chain, key, entry, facts))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, sqlite3.IntegrityError):
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
        *(facts.school, facts.differs, facts.edited, facts.took, facts.missing.id, "", entry.seal),
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


def _replaced(connection: sqlite3.Connection, chain: int, sequence: int, by: str) -> str:
    connection.execute("INSERT OR IGNORE INTO replaced VALUES (?, ?, ?)", (chain, sequence, by))
    row = connection.execute(
        "SELECT seal FROM decisions WHERE chain = ? AND sequence = ?", (chain, sequence)
    ).fetchone()
    return str(row[0]) if row else ""


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
