"""Taking turns: one process writes at a time, and a killed one leaves no lock behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ferpa_wizard.ledger.errors import LedgerLocked

# Short beside a commit, so that one busy process does not keep the others from their turn.
_PAUSE_SECONDS = 0.002
# On Windows locked bytes cannot be read by others, and the file has a text in it.
_FAR_BYTE = 1 << 20


@contextmanager
def turn(lock: Path, *, about: Path, wait: float) -> Iterator[int]:
    """Hold the lock file, whose descriptor is given, for the block.

    Raises LedgerLocked (about the file `about`) when others hold it for `wait` seconds, and OSError.
    The system frees the lock when the process ends, however it ends.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(descriptor, about, time.monotonic() + wait)
        try:
            yield descriptor
        finally:
            _release(descriptor)
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, about: Path, deadline: float) -> None:
    while not _taken(descriptor):
        if time.monotonic() > deadline:
            raise LedgerLocked(about)
        time.sleep(_PAUSE_SECONDS)  # noqa: TID251  another process gives no signal to wait for


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, _FAR_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
