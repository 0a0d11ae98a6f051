"""One act on a district, in a process that kills itself at a call of its choice: python -m tests.ledger.killed.

    killed.py ACT CALL FOLDER [CALL FOLDER ...]

Each CALL is a number counted over all calls of built-in functions: writes, renames, statements, locks. One that the act
does not reach kills nothing. Prints how many calls the act took where it was not killed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger import file
from ferpa_wizard.ledger import push as pushing
from ferpa_wizard.ledger.backup import backup
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.restore import restore_from_file, restore_from_share
from ferpa_wizard.ledger.share import Card
from tests.ledger.samples import NOW

ACTS: dict[str, Callable[[Path], object]] = {
    "push": lambda at: pushing.push(at / "north", at / "share", Card("north", "", 0, GENESIS), now=NOW),
    "pull": lambda at: pull(at / "officer", at / "share", now=NOW),
    "backup": lambda at: backup(at / "north", at / "backups", now=NOW, keep=1),
    "restore": lambda at: restore_from_file(at / "new", at / "backups" / "old.sqlite", now=NOW),
    "restore-share": lambda at: restore_from_share(at / "new", at / "share", desk="north", now=NOW),
}


def _killed(act: Callable[[Path], object], folder: Path, call: int) -> int:
    """How many calls it took; does not return where it is killed."""
    count = 0

    def watch(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        if event.startswith("c_"):
            count += 1
            if count == call:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    act(folder)
    sys.setprofile(None)
    return count


def _main(name: str, *pairs: str) -> None:
    pragmas = file._pragmas
    # A killed process loses nothing that it wrote, so that waiting for the disk shows nothing here.
    file._pragmas = lambda *, writable: pragmas(writable=writable) + ["PRAGMA synchronous = OFF"] * writable
    os.fsync = lambda fd: None
    pushing._SEGMENT_ENTRIES = 3
    for call, folder in zip(pairs[::2], pairs[1::2], strict=True):
        child = os.fork()
        if child == 0:
            sys.stdout.write(f"{_killed(ACTS[name], Path(folder), int(call))}\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    _main(*sys.argv[1:])
