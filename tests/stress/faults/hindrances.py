"""What keeps a home from being written: locks that another program holds, a read-only mount, another account's rights."""

from __future__ import annotations

import ctypes
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ferpa_wizard.ledger.file import LOCK, NAME
from tests.stress.faults.acts import HOMES

_NOBODY = 65534
_OWN_MOUNTS, _OWN_USERS = 0x20000, 0x10000000  # CLONE_NEWNS, CLONE_NEWUSER
_BIND, _READ_ONLY, _REMOUNT, _RECURSIVE, _PRIVATE = 0x1000, 0x1, 0x20, 0x4000, 0x40000


@dataclass(frozen=True, slots=True)
class Hindrance:
    """`enter` is done in the process of the act; `held` is what goes on beside it. `reads`: reading works all the same.

    `root` says that it takes the rights of root to set up.
    """

    name: str
    says: str
    enter: Callable[[Path], None] = lambda _: None
    held: Callable[[Path], None] = lambda _: None
    reads: bool = True
    root: bool = False


def _takes_turn(at: Path) -> None:
    for home in HOMES:
        lock = os.open(at / home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)


_open: list[sqlite3.Connection] = []


def _locks_file(at: Path) -> None:
    for home in HOMES:
        if (at / home / NAME).exists():
            _open.append(sqlite3.connect(at / home / NAME, isolation_level=None))  # held as long as the process lives
            _open[-1].execute("BEGIN EXCLUSIVE")


def _mounts_read_only(at: Path) -> None:
    """Each home, for this process alone."""
    users = 0 if os.geteuid() == 0 else _OWN_USERS
    _done(ctypes.CDLL(None, use_errno=True).unshare(_OWN_MOUNTS | users))
    _mount("none", Path("/"), _RECURSIVE | _PRIVATE)
    for home in HOMES:
        _mount(str(at / home), at / home, _BIND)
        _mount("none", at / home, _REMOUNT | _BIND | _READ_ONLY)


def _mount(source: str, target: Path, flags: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    _done(libc.mount(source.encode(), str(target).encode(), None, ctypes.c_ulong(flags), None))


def _done(code: int) -> None:
    if code:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _as_another(at: Path) -> None:
    """The homes are open to read; everything else in the world may be written."""
    _open_to_all(at)
    for home in HOMES:
        for path in (at / home, *(at / home).rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    _become_nobody()


def _shut_out(at: Path) -> None:
    """The homes are open to nobody else."""
    _open_to_all(at)
    for home in HOMES:
        (at / home).chmod(0o700)
    _become_nobody()


def _open_to_all(at: Path) -> None:
    for path in (at, *at.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)


def _become_nobody() -> None:
    os.setgroups([])
    os.setgid(_NOBODY)
    os.setuid(_NOBODY)


TURN = Hindrance("another has the turn", "Another program is using", held=_takes_turn)
FILE = Hindrance("another has the file locked", "Another program is using", held=_locks_file, reads=False)
MOUNT = Hindrance("home on a read-only disk", "can be read, but not written", enter=_mounts_read_only)
ACCOUNT = Hindrance("home of another account", "can be read, but not written", enter=_as_another, root=True)
SHUT = Hindrance("home that may not be opened", "", enter=_shut_out, reads=False, root=True)
HINDRANCES = (TURN, FILE, MOUNT, ACCOUNT, SHUT)


@contextmanager
def beside(act: Callable[[], None]) -> Iterator[None]:
    """A process that does this, and lives for the block."""
    ready, told = os.pipe()
    waiting, end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(end)
            act()
            os.write(told, b">")
            os.read(waiting, 1)  # which ends when the parent closes the other end
        finally:
            os._exit(0)
    os.close(told)
    os.close(waiting)
    try:
        os.read(ready, 1)
        yield
    finally:
        os.close(end)
        os.close(ready)
        os.waitpid(child, 0)
