"""What somebody can do to the file of a ledger, and to what lies beside it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.schema import _GUARDS
from tests.ledger.attacks import cut_last, edit_text, loosened
from tests.ledger.samples import COUNT, NOW, fill, record

Attack = Callable[[Path], None]
NAME = "ledger.sqlite"


def unguarded(attack: Callable[[sqlite3.Connection], None]) -> Attack:
    """The attack with the guards out of the way, which are back in place afterwards."""

    def act(home: Path) -> None:
        with closing(sqlite3.connect(home / NAME, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # nothing here has to survive
            for name in _GUARDS:
                connection.execute(f"DROP TRIGGER {name}")
            attack(connection)
            for statement in _GUARDS.values():
                connection.execute(statement)

    return act


def statements(*texts: str) -> Attack:
    def act(home: Path) -> None:
        with closing(sqlite3.connect(home / NAME, isolation_level=None)) as connection:
            for text in texts:
                connection.execute(text)

    return act


def in_the_schema(*texts: str) -> Attack:
    return statements("PRAGMA writable_schema = ON", *texts)


def meta_of_another_type(column: str) -> Attack:
    def act(home: Path) -> None:
        with closing(sqlite3.connect(home / NAME, isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER meta_keep")
            loosened(connection, "meta", f"UPDATE meta SET {column} = CAST({column} AS BLOB)")  # noqa: S608  two constants
            connection.execute(_GUARDS["meta_keep"])

    return act


def written_over(at: int, data: bytes) -> Attack:
    def act(home: Path) -> None:
        with (home / NAME).open("r+b") as file:
            file.seek(at)
            file.write(data)

    return act


def replaced_in_bytes(good: bytes, bad: bytes) -> Attack:
    def act(home: Path) -> None:
        file = home / NAME
        data = file.read_bytes()
        assert good in data
        file.write_bytes(data.replace(good, bad))

    return act


def hide_an_entry_from_lists(home: Path) -> None:
    """The index has its own words again, but not the fourth entry."""
    with closing(sqlite3.connect(home / NAME, isolation_level=None)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'entries_by_kind'").fetchone()
        connection.execute("DROP INDEX entries_by_kind")
        connection.execute("CREATE INDEX entries_by_kind ON entries (kind, sequence) WHERE sequence <> 4")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'entries_by_kind'", (sql,))
        connection.execute("PRAGMA schema_version = 1000")


def empty_the_file(home: Path) -> None:
    (home / NAME).write_bytes(b"")


def cut_the_file_short(home: Path) -> None:
    data = (home / NAME).read_bytes()
    (home / NAME).write_bytes(data[: len(data) // 2 // 4096 * 4096])


def delete_the_file(home: Path) -> None:
    (home / NAME).unlink()


def put_a_text_in_its_place(home: Path) -> None:
    (home / NAME).write_text("Dear diary. " * 100)


def put_a_folder_in_its_place(home: Path) -> None:
    (home / NAME).unlink()
    (home / NAME).mkdir()


def put_another_database_in_its_place(home: Path) -> None:
    (home / NAME).unlink()
    statements("CREATE TABLE entries (sequence INTEGER)")(home)


def put_back_a_purged_text(home: Path) -> None:
    """The purge of the fifth entry is sealed by the program itself; the text lies there as it did before."""
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("purge", {"entries": [5]}, at=NOW)


def take_the_entries_of_another_desk(home: Path) -> None:
    """All of them from the fourth on, each as genuine as its seal."""
    fill(home / "other")
    unguarded(_from_other(home / "other" / NAME, 4))(home)


def take_all_entries_of_another_desk(home: Path) -> None:
    fill(home / "other")
    unguarded(_from_other(home / "other" / NAME, 1))(home)


def _from_other(file: Path, first: int) -> Callable[[sqlite3.Connection], None]:
    def act(connection: sqlite3.Connection) -> None:
        connection.execute("ATTACH ? AS other", (str(file),))
        for table in ("bodies", "entries"):
            connection.execute(f"DELETE FROM main.{table} WHERE sequence >= ?", (first,))  # noqa: S608  two constants
        for table in ("entries", "bodies"):
            connection.execute(
                f"INSERT INTO main.{table} SELECT * FROM other.{table} WHERE sequence >= ?",  # noqa: S608
                (first,),
            )
        connection.execute("DETACH other")

    return act


def leave_a_wal_beside_it(home: Path) -> None:
    """The file itself is as it was, but for two bytes; the forged text is in the log that SQLite reads first."""
    _beside(home, ["PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0"], forged_first=False)


def leave_a_journal_beside_it(home: Path) -> None:
    """The file itself is as it was; the forged text is in the journal that SQLite plays back when it opens."""
    _beside(home, ["PRAGMA cache_size = 1", "PRAGMA cache_spill = 1"], forged_first=True)


def _beside(home: Path, settings: Sequence[str], *, forged_first: bool) -> None:
    work = Path(shutil.copytree(home, home.with_name(home.name + "-work")))
    genuine = (home / NAME).read_bytes()
    if forged_first:
        unguarded(edit_text)(work)
    with closing(sqlite3.connect(work / NAME, isolation_level=None)) as connection:
        for setting in settings:
            connection.execute(setting).fetchall()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP TRIGGER bodies_keep")
        if forged_first:
            # Every text is changed again, so that the journal holds the forged pages, and long ones make it spill.
            connection.execute("UPDATE bodies SET body = CAST(body || randomblob(9000) AS BLOB)")
        else:
            edit_text(connection)
            connection.execute(_GUARDS["bodies_keep"])
            connection.execute("COMMIT")
        for path in work.iterdir():
            if path.name.startswith(NAME) and not path.name.endswith("-shm"):
                (home / path.name).write_bytes(path.read_bytes())
    if forged_first:
        (home / NAME).write_bytes(genuine)
    shutil.rmtree(work)


# Only a checkpoint kept elsewhere can find these.


def put_an_older_copy_in_its_place(home: Path) -> None:
    """A genuine file, as it was before the last entry."""
    unguarded(cut_last)(home)


def go_back_and_write_on(home: Path) -> None:
    """An older genuine file, and the program's own entries after it."""
    put_an_older_copy_in_its_place(home)
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("decision", record("Another"), at=NOW + timedelta(hours=COUNT))
        ledger.append("decision", record("One more"), at=NOW + timedelta(hours=COUNT + 1))


def put_an_empty_ledger_in_its_place(home: Path) -> None:
    for path in home.iterdir():
        path.unlink()
    Ledger.open(home, now=NOW).close()


def put_the_ledger_of_another_desk_in_its_place(home: Path) -> None:
    for path in home.iterdir():
        path.unlink()
    fill(home)
