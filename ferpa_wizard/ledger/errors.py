"""What can go wrong with ledger, drafts and exports, each with sentences for people.

    LedgerError
    ├── LedgerMissing      there is no ledger to read
    ├── LedgerGone         there was one, and the file has gone
    ├── LedgerUnusable     does not pass by itself
    │   ├── LedgerDamaged  the file is empty, cut short or altered
    │   ├── LedgerForeign  the file is something else, and was not touched
    │   └── LedgerNewer    a newer program wrote it
    ├── LedgerLocked       another program keeps it from being written
    ├── LedgerReadOnly     file or folder may only be read
    ├── LedgerMisplaced    the file lies on a network drive, or in a folder that is synchronized
    ├── LedgerUnreachable  the disk or the folder does not answer
    ├── DiskFull           no room on the disk
    ├── NoSuchEntry        no entry has this number
    ├── ExportFailed       an export could not be written
    ├── IndexFailed        the index of the log cannot be used
    ├── FileNotSaved       a file of the school could not be written
    ├── ShareUnreachable   the folder that desks share does not answer
    ├── NeedsPerson        desk and share do not fit together, and nobody but a person can say why
    │   ├── DeskBehind     the share has entries of this desk that this computer lacks, or others
    │   └── ShareDamaged   a file on the share cannot be used
    ├── NotRestored        no ledger was put in place
    └── DraftError         a draft cannot be saved or opened
        ├── DraftMissing
        └── DraftDamaged   moved aside

`str()` of each says what happened, whether work is safe, and what to do now.
"""

# ruff: noqa: N818  these names tell what happened; a person who meets one in a log should understand it

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ferpa_wizard.ledger.installations import is_copy

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MEGABYTE = 1_000_000
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class LedgerError(Exception):
    """Base of all; `file` is the file that it is about."""

    happened = "The ledger {file} could not be used."
    safe = "Nothing in it was changed."
    now = "Try again; if it stays so, show this to your IT staff."

    def __init__(self, file: Path, detail: str = "") -> None:
        self.file = file
        self.detail = detail
        told = self.happened.format(file=file)
        super().__init__(" ".join(part for part in (told, detail, self.safe, self.now) if part))


class LedgerMissing(LedgerError):
    happened = "There is no ledger at {file}."
    safe = "Nothing is lost by that: the first decision makes one."
    now = "If there should be one, check that this is the right folder."


class LedgerGone(LedgerError):
    happened = "The ledger {file} is gone, though one was kept here."
    safe = "No new one was made in its place, and your drafts are safe."
    now = (
        "Put it back with `ferpa-wizard log restore`, from a backup or the shared folder. To start anew on purpose,"
        " delete the file ledger.lock beside it."
    )


class LedgerUnusable(LedgerError):
    """It does not pass by itself: the file has to be replaced, or the program."""

    def __init__(self, file: Path, detail: str = "") -> None:
        if is_copy(file):
            self.happened = "The copy {file} of the log of another desk cannot be used."
            self.safe = "The log of this desk is not affected."
            self.now = f"Delete the folder {file.parent}, then pull again."
        super().__init__(file, detail)


class LedgerDamaged(LedgerUnusable):
    happened = "The ledger {file} is damaged."
    safe = "It was left as it is, and your drafts are safe."
    now = "Keep a copy of the file, put the last backup in its place, and tell the privacy officer."


class LedgerForeign(LedgerUnusable):
    happened = "The file {file} is not a ledger of FERPA Wizard."
    safe = "It was not touched, and your drafts are safe."
    now = "Move that file away, or choose another folder."


class LedgerNewer(LedgerUnusable):
    happened = "The ledger {file} was written by a newer FERPA Wizard than this one."
    safe = "Nothing in it was changed, and your drafts are safe."
    now = "Install the newer program, then open it again."


class LedgerLocked(LedgerError):
    happened = "Another program is using the ledger {file}."
    safe = "This was not written; what you have entered is still here."
    now = "Close other windows of FERPA Wizard, wait for a backup or export to end, then try again."


class LedgerReadOnly(LedgerError):
    happened = "The ledger {file} can be read, but not written."
    safe = "The records in it are safe; nothing new can be added."
    now = "Ask your IT staff for the right to write in this folder."


class LedgerMisplaced(LedgerError):
    happened = "No decision can be saved in {file}."
    safe = "Records that are there can still be read, and your drafts are safe."
    now = (
        "Ask your IT staff to keep the home folder on a disk of this computer. To share records, use"
        " `ferpa-wizard log push`."
    )


class LedgerUnreachable(LedgerError):
    happened = "The ledger {file} does not answer."
    safe = "What was sealed before stays as the disk holds it, and nothing was half written."
    now = "Check that the disk or network folder is connected and that you may open it, then try again."


class DiskFull(LedgerError):
    """Tells how much room is enough: `needs` bytes where that is known, and twice what the file takes now.

    Most writes want far less: a ledger needs its own size only where all of it is written anew, and a file that is
    replaced stays until the new one is whole.
    """

    happened = "The disk with {file} is full."
    safe = "This was not written; everything saved before is safe."

    def __init__(self, file: Path, detail: str = "", *, needs: int = 0) -> None:
        self.needs = max(needs, 2 * size_of(file))
        enough = f"{max(1, -(-self.needs // _MEGABYTE)):,} MB"
        self.now = f"Free some space on that disk, then try again; {enough} are enough."
        super().__init__(file, detail)


class NoSuchEntry(LedgerError):
    happened = "The ledger {file} has no entry with this number."
    safe = ""
    now = "Numbers look like 2026-0042."


class ExportFailed(LedgerError):
    happened = "The export {file} could not be written."
    safe = "The ledger is safe, and no half file was left under that name."
    now = "Choose another folder, or close the program that has the file open."


class IndexFailed(LedgerError):
    happened = "The index of the log, {file}, could not be used."
    safe = "The records themselves are not touched."
    now = "Open the log again: the index is then made anew. If it stays so, show this to your IT staff."


class FileNotSaved(LedgerError):
    happened = "The file {file} could not be saved."
    safe = "What stood there before is still there."
    now = "Choose another folder, or close the program that has the file open, then try again."


class ShareUnreachable(LedgerError):
    happened = "The shared folder {file} could not be used."
    safe = "What was sealed is safe in the ledger on this computer."
    now = "Check that the network folder is connected and that you may write in it, then try again."


class NeedsPerson(LedgerError):
    """Trying again does not help."""


class DeskBehind(NeedsPerson):
    happened = "The shared folder {file} holds entries of this desk that this computer lacks."
    safe = "Nothing was added to it, and nothing here was changed."
    now = (
        "The ledger here was put back from an old copy, or another computer goes on with the same one. Move"
        " ledger.sqlite out of its folder and keep it, then run `ferpa-wizard log restore` with the shared folder."
    )


class ShareDamaged(NeedsPerson):
    happened = "Something in the shared folder {file} cannot be used."
    safe = "The ledger on this computer is not affected."
    now = "Delete that file on the share. The next push of its desk writes it anew."


class NotRestored(LedgerError):
    happened = "No ledger was put in place at {file}."
    safe = "What was there is still there."
    now = ""


class DraftError(LedgerError):
    happened = "The draft {file} could not be saved or opened."
    safe = "What was saved before is safe."
    now = "Check that the folder can be written, then try again."


class DraftMissing(DraftError):
    happened = "There is no draft {file}."
    safe = "Other drafts are not affected."
    now = "It may have been decided or deleted in another window."


class DraftDamaged(DraftError):
    happened = "The draft {file} cannot be read."
    safe = "Other drafts and the records are not affected."
    now = ""


_BY_CODE: dict[int, type[LedgerError]] = {
    sqlite3.SQLITE_PERM: LedgerReadOnly,
    sqlite3.SQLITE_BUSY: LedgerLocked,
    sqlite3.SQLITE_LOCKED: LedgerLocked,
    sqlite3.SQLITE_READONLY: LedgerReadOnly,
    sqlite3.SQLITE_CORRUPT: LedgerDamaged,
    sqlite3.SQLITE_NOTADB: LedgerDamaged,
    # A guard or a type of ours said no: the file is not in the state that this program leaves.
    sqlite3.SQLITE_CONSTRAINT: LedgerDamaged,
    sqlite3.SQLITE_ERROR: LedgerDamaged,
    sqlite3.SQLITE_SCHEMA: LedgerDamaged,
}


# The second, because SQLite's message may quote damaged bytes that Python cannot decode.
FROM_SQLITE = (sqlite3.Error, UnicodeDecodeError)


def from_sqlite(error: Exception, file: Path, *, needs: int = 0) -> LedgerError:
    """The error of ours that says what SQLite's means; `needs` are bytes that a full disk has to have."""
    if isinstance(error, UnicodeDecodeError):
        return LedgerDamaged(file, "(SQLite finds bytes where names should be.)")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_INTERNAL) & 0xFF
    detail = f"(SQLite says: {error}.)"
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(file, detail, needs=needs)
    return _BY_CODE.get(code, LedgerUnreachable)(file, detail)


def from_os(
    error: OSError, file: Path, *, otherwise: type[LedgerError] = LedgerUnreachable, needs: int = 0
) -> LedgerError:
    """The error of ours that says what the system's means; `needs` are bytes that a full disk has to have."""
    if error.errno in _NO_ROOM:
        return DiskFull(file, needs=needs)
    if error.errno in _FORBIDDEN and otherwise is LedgerUnreachable and _can_be_read(file):
        return LedgerReadOnly(file)
    return otherwise(file, f"(The system says: {error.strerror or error}.)")


def _can_be_read(file: Path) -> bool:
    return os.access(file, os.R_OK) or os.access(file.parent, os.R_OK)


def size_of(file: Path) -> int:
    """The bytes that a file takes; 0 where there is none, or it does not answer."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


@contextmanager
def translated(file: Path, *, otherwise: type[LedgerError] = LedgerUnreachable, needs: int = 0) -> Iterator[None]:
    """Inside, errors of SQLite and of the system come out as errors of ours; for `needs` see DiskFull."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # a mistake of ours, which no sentence would mend
    except FROM_SQLITE as error:
        raise from_sqlite(error, file, needs=needs) from error
    except OSError as error:
        raise from_os(error, file, otherwise=otherwise, needs=needs) from error
