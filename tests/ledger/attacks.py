"""What somebody with a database tool, or with this program's source, can do to a ledger."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from ferpa_wizard.core.entry import Header, body_hash, canonical, seal_of
from tests.ledger.samples import COUNT, PURGE, PURGED, headers, put, rechain, record

Connection = sqlite3.Connection
SALT = bytes(32)


def move(connection: Connection, sequence: int, to: int) -> None:
    connection.execute("UPDATE entries SET sequence = ? WHERE sequence = ?", (to, sequence))
    connection.execute("UPDATE bodies SET sequence = ? WHERE sequence = ?", (to, sequence))


def renumber(connection: Connection, first: int, by: int) -> None:
    rows = connection.execute("SELECT sequence FROM entries WHERE sequence >= ? ORDER BY sequence", (first,))
    for (sequence,) in sorted(rows.fetchall(), reverse=by > 0):
        move(connection, sequence, sequence + by)


def drop(connection: Connection, sequence: int) -> None:
    connection.execute("DELETE FROM bodies WHERE sequence = ?", (sequence,))
    connection.execute("DELETE FROM entries WHERE sequence = ?", (sequence,))


def edit_text(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = 4", (canonical(record("Another")),))


def edit_one_byte(connection: Connection) -> None:
    (text,) = connection.execute("SELECT body FROM bodies WHERE sequence = 4").fetchone()
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = 4", (text.replace(b"Request 4", b"Request 5"),))


def move_bytes_into_the_salt(connection: Connection) -> None:
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(
        "UPDATE bodies SET salt = CAST(salt || substr(body, 1, 1) AS BLOB), body = substr(body, 2) WHERE sequence = 4"
    )


def loosened(connection: Connection, table: str, statement: str) -> None:
    """Run a statement that a STRICT table would refuse."""
    connection.execute("PRAGMA writable_schema = ON")
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    change = "UPDATE sqlite_schema SET sql = ? WHERE name = ?"
    connection.execute(change, (sql.replace(" STRICT", ""), table))
    connection.execute("PRAGMA schema_version = 100")
    connection.execute(statement)
    connection.execute(change, (sql, table))
    connection.execute("PRAGMA schema_version = 101")


def text_of_another_type(connection: Connection) -> None:
    loosened(connection, "bodies", "UPDATE bodies SET body = CAST(body AS TEXT) WHERE sequence = 4")


def drop_text(connection: Connection) -> None:
    connection.execute("DELETE FROM bodies WHERE sequence = 4")


def edit_time_in_header(connection: Connection) -> None:
    connection.execute(
        "UPDATE entries SET header = CAST(replace(CAST(header AS TEXT), '2026', '2025') AS BLOB),"
        " time = replace(time, '2026', '2025') WHERE sequence = 4"
    )


def edit_kind_in_header(connection: Connection) -> None:
    old = headers(connection)[3]
    put(connection, 4, Header(old.installation, 4, "note", time=old.time, previous=old.previous, body=old.body))


def edit_listed_kind(connection: Connection) -> None:
    connection.execute("UPDATE entries SET kind = 'note' WHERE sequence = 4")


def edit_listed_time(connection: Connection) -> None:
    connection.execute("UPDATE entries SET time = replace(time, '2026', '2025') WHERE sequence = 4")


def garble_listed_kind(connection: Connection) -> None:
    connection.execute("UPDATE entries SET kind = CAST(x'ff00' AS TEXT) WHERE sequence = 4")


def edit_header_space(connection: Connection) -> None:
    connection.execute("UPDATE entries SET header = CAST(header || x'20' AS BLOB) WHERE sequence = 4")


def garble_header(connection: Connection) -> None:
    connection.execute("UPDATE entries SET header = x'ff' WHERE sequence = 4")


def repeat_key_in_header(connection: Connection) -> None:
    doubled = headers(connection)[3].encoded().replace(b"{", b'{"kind":"note",')
    connection.execute("UPDATE entries SET header = ? WHERE sequence = 4", (doubled,))


def list_kind_as_bytes(connection: Connection) -> None:
    loosened(connection, "entries", "UPDATE entries SET kind = CAST(kind AS BLOB) WHERE sequence = 4")


def drop_first(connection: Connection) -> None:
    drop(connection, 1)


def drop_middle(connection: Connection) -> None:
    drop(connection, 4)


def drop_middle_and_close_the_gap(connection: Connection) -> None:
    drop(connection, 4)
    renumber(connection, 5, -1)


def drop_last_but_its_text(connection: Connection) -> None:
    connection.execute("DELETE FROM entries WHERE sequence = 9")


def swap_texts(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET sequence = 100 WHERE sequence = 4")
    connection.execute("UPDATE bodies SET sequence = 4 WHERE sequence = 5")
    connection.execute("UPDATE bodies SET sequence = 5 WHERE sequence = 100")


def swap_entries(connection: Connection) -> None:
    move(connection, 4, 100)
    move(connection, 5, 4)
    move(connection, 100, 5)


def duplicate(connection: Connection) -> None:
    renumber(connection, 4, 1)
    connection.execute("INSERT INTO entries SELECT 4, kind, time, header FROM entries WHERE sequence = 5")
    connection.execute("INSERT INTO bodies SELECT 4, salt, body FROM bodies WHERE sequence = 5")


def insert_well_made(connection: Connection) -> None:
    third = headers(connection)[2]
    renumber(connection, 4, 1)
    text = canonical(record("Never asked"))
    made = Header(
        third.installation, 4, "decision",
        time=third.time, previous=seal_of(third.encoded()), body=body_hash(SALT, text),
    )  # fmt: skip
    connection.execute("INSERT INTO entries VALUES (4, ?, ?, ?)", (made.kind, made.time, made.encoded()))
    connection.execute("INSERT INTO bodies VALUES (4, ?, ?)", (SALT, text))


def insert_before_all(connection: Connection) -> None:
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("INSERT INTO entries SELECT 0, kind, time, header FROM entries WHERE sequence = 1")


def insert_far_away(connection: Connection) -> None:
    connection.execute(
        "INSERT INTO entries SELECT 9223372036854775807, kind, time, header FROM entries WHERE sequence = 9"
    )


def append_copy_of_last(connection: Connection) -> None:
    connection.execute("INSERT INTO entries SELECT 10, kind, time, header FROM entries WHERE sequence = 9")


def rechain_from_the_middle_but_forget_one(connection: Connection) -> None:
    edit_text(connection)
    last = headers(connection)[-1]
    rechain(connection, 4)
    put(connection, 9, last)


def take_from_another_ledger(connection: Connection) -> None:
    old = headers(connection)[3]
    put(connection, 4, Header("f" * 32, 4, old.kind, time=old.time, previous=old.previous, body=old.body))


def rename_installation(connection: Connection) -> None:
    connection.execute("UPDATE meta SET value = ? WHERE name = 'installation'", ("f" * 32,))


def widen_the_purge(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = ?", (canonical({"entries": [3, 4]}), PURGE))
    drop_text(connection)


def purge_by_a_forged_row(connection: Connection) -> None:
    text = canonical({"entries": [4]})
    connection.execute("INSERT INTO entries VALUES (10, 'purge', 'x', x'7b7d')")
    connection.execute("INSERT INTO bodies VALUES (10, ?, ?)", (SALT, text))
    drop_text(connection)


def purge_named_a_later_entry(connection: Connection) -> None:
    text = canonical({"entries": [PURGED, PURGE + 1]})
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = ?", (text, PURGE))
    rechain(connection, PURGE)
    connection.execute("DELETE FROM bodies WHERE sequence = ?", (PURGE + 1,))


def half_a_text(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET body = x'' WHERE sequence = 4")


# Only a head kept elsewhere can find these.


def cut_last(connection: Connection) -> None:
    drop(connection, COUNT)


def cut_half(connection: Connection) -> None:
    for sequence in range(COUNT, 4, -1):
        drop(connection, sequence)
    connection.execute("DELETE FROM bodies WHERE sequence = 3")


def rechain_from_the_middle(connection: Connection) -> None:
    edit_text(connection)
    rechain(connection, 4)


def rechain_without_the_first(connection: Connection) -> None:
    drop(connection, 1)
    renumber(connection, 2, -1)
    made = [
        Header(h.installation, n, h.kind, time=h.time, previous=h.previous, body=h.body)
        for n, h in enumerate(headers(connection), 1)
    ]
    for header in made:
        put(connection, header.sequence, header)
    text = canonical({"entries": [PURGED - 1]})
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = ?", (text, PURGE - 1))
    rechain(connection, 1)


def rechain_all_with_other_times(connection: Connection) -> None:
    for header in headers(connection):
        time = header.time.replace("2026", "2025")
        put(connection, header.sequence, replace(header, time=time))
    rechain(connection, 1)


def rechain_the_last_only(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = 9", (canonical(record("Another")),))
    rechain(connection, 9)


# The same by other hands.


def edit_first_text(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = 1", (canonical(record("Another")),))


def edit_last_text(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = 9", (canonical(record("Another")),))


def add_a_space_to_a_text(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET body = CAST(body || x'20' AS BLOB) WHERE sequence = 4")


def change_the_salt(connection: Connection) -> None:
    connection.execute("UPDATE bodies SET salt = zeroblob(32) WHERE sequence = 4")


def copy_a_text_over_another(connection: Connection) -> None:
    connection.execute(
        "UPDATE bodies SET (salt, body) = (SELECT salt, body FROM bodies WHERE sequence = 5) WHERE sequence = 4"
    )


def reseal_one_and_forget_the_rest(connection: Connection) -> None:
    """The text and its own header fit again; the header after it names the old seal."""
    edit_text(connection)
    row = connection.execute("SELECT salt, body FROM bodies WHERE sequence = 4").fetchone()
    put(connection, 4, replace(headers(connection)[3], body=body_hash(*row)))


def hash_in_capitals(connection: Connection) -> None:
    header = headers(connection)[3]
    data = header.encoded().replace(header.previous.encode(), header.previous.upper().encode())
    connection.execute("UPDATE entries SET header = ? WHERE sequence = 4", (data,))


def header_of_another_type(connection: Connection) -> None:
    loosened(connection, "entries", "UPDATE entries SET header = CAST(header AS TEXT) WHERE sequence = 4")


def drop_first_three(connection: Connection) -> None:
    for sequence in (1, 2, 3):
        drop(connection, sequence)


def drop_first_and_close_the_gap(connection: Connection) -> None:
    drop(connection, 1)
    renumber(connection, 2, -1)


def drop_the_purge_and_close_the_gap(connection: Connection) -> None:
    drop(connection, PURGE)
    renumber(connection, PURGE + 1, -1)


def drop_the_text_of_the_purge(connection: Connection) -> None:
    connection.execute("DELETE FROM bodies WHERE sequence = ?", (PURGE,))


def open_a_gap(connection: Connection) -> None:
    renumber(connection, 5, 1)


def swap_listed_times(connection: Connection) -> None:
    rows = connection.execute("SELECT time FROM entries WHERE sequence IN (4, 5) ORDER BY sequence").fetchall()
    for sequence, (time,) in zip((5, 4), rows, strict=True):
        connection.execute("UPDATE entries SET time = ? WHERE sequence = ?", (time, sequence))


def swap_headers(connection: Connection) -> None:
    fourth, fifth = headers(connection)[3:5]
    put(connection, 4, replace(fifth, sequence=4))
    put(connection, 5, replace(fourth, sequence=5))


def a_text_without_entry(connection: Connection) -> None:
    connection.execute("INSERT INTO bodies SELECT 100, salt, body FROM bodies WHERE sequence = 4")


def a_text_before_all(connection: Connection) -> None:
    connection.execute("INSERT INTO bodies SELECT -1, salt, body FROM bodies WHERE sequence = 4")


def a_note_listed_as_a_purge(connection: Connection) -> None:
    """The text says what a purge says, and fits its header; only the listing makes a purge of it."""
    text = canonical({"entries": [4]})
    connection.execute("UPDATE bodies SET body = ? WHERE sequence = 9", (text,))
    rechain(connection, 9)
    connection.execute("UPDATE entries SET kind = 'purge' WHERE sequence = 9")
    drop_text(connection)


def put_another_text_where_one_was_purged(connection: Connection) -> None:
    connection.execute("INSERT INTO bodies VALUES (?, ?, ?)", (PURGED, SALT, canonical(record("Another"))))


def rechain_as_another_desk(connection: Connection) -> None:
    rename_installation(connection)
    for header in headers(connection):
        put(connection, header.sequence, replace(header, installation="f" * 32))
    rechain(connection, 1)
