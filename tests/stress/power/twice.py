"""A second power cut, while a program that starts puts right what the first one left.

python -m tests.stress.power.twice ROOT is that program: it opens the ledger in the folder of a day, and reads in it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.ledger import Ledger
from tests.ledger.samples import NOW
from tests.stress.power import state
from tests.stress.power.calls import Calls
from tests.stress.power.disk import Disk, Image, lay_out
from tests.stress.power.recording import calls_in, record

_JOURNAL = f"{state.HOME}/{NAME}-journal"
_HOT = bytes.fromhex("d9d505f920a163d7")
"""How a journal begins that is to be played back."""


def is_unfinished(image: Image) -> bool:
    """Did the power go in the middle of a write to the ledger?"""
    return (image.get(_JOURNAL) or b"").startswith(_HOT)


def starting(image: Image, folder: Path) -> Iterator[Disk]:
    """The disk with this image, after each call of a program that opens the ledger in it."""
    root, trace = folder / "root", folder / "trace"
    lay_out(image, root)
    disk = Disk.of(root)
    record("tests.stress.power.twice", str(root), trace=trace)
    calls = Calls(str(root), disk)
    for call in calls_in(trace):
        if calls.play(call):
            yield disk
    shutil.rmtree(folder)


if __name__ == "__main__":
    # What the first power cut spoilt is for the check to tell.
    with suppress(LedgerError), Ledger.open(Path(sys.argv[1]) / state.HOME, now=NOW) as opened:
        opened.head()
