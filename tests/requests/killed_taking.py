"""Takes a release in a process that kills itself at a call of its choice: python -m tests.requests.killed_taking.

    killed_taking.py CALL FOLDER [CALL FOLDER ...]

Each CALL is a number counted over the calls that change a disk; one that is not reached kills nothing. Prints how many
calls it took where it was not killed.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from ferpa_wizard.requests import rules
from ferpa_wizard.requests.taking import take_newest
from tests import real
from tests.requests.releases import AT, source

_CHANGES = frozenset(
    {"open", "write", "flush", "close", "mkdir", "rename", "replace", "unlink", "rmdir", "chmod", "truncate", "flock"}
)


def _killed(folder: Path, call: int) -> int:
    """How many calls it took; does not return where it is killed."""
    count = 0

    def watch(_frame: object, event: str, what: object) -> None:
        nonlocal count
        if event in ("c_call", "c_return") and getattr(what, "__name__", "") in _CHANGES:
            count += 1
            if count == call:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    take_newest(folder / "home", source(folder / "share"), AT)
    sys.setprofile(None)
    return count


def _main(*pairs: str) -> None:
    # A killed process loses nothing that it wrote, so that waiting for the disk shows nothing here.
    os.fsync = lambda fd: None
    vars(rules)["read_pack"] = real.read_once
    real.pack()
    for call, folder in zip(pairs[::2], pairs[1::2], strict=True):
        child = os.fork()
        if child == 0:
            sys.stdout.write(f"{_killed(Path(folder), int(call))}\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    _main(*sys.argv[1:])
