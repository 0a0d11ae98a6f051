"""Writing a file so that it is either the old one or the whole new one, whatever happens."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ferpa_wizard.paths import sync_folder

PART = ".part"
"""How the name of an unfinished file ends."""


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write; leaving the block puts it in place of `path`, durably, with mode 0600.

    When the block raises, `path` is as it was and nothing is left behind. Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            sync_file(file.fileno())
        part.replace(path)
    finally:
        # After the replacement this name is free; before it, a file that nobody asked for stands there.
        with suppress(FileNotFoundError):
            part.unlink()
    sync_folder(path.parent)


def sync_file(descriptor: int) -> None:
    """Return when the file's bytes are on the disk, also where plain fsync stops at its cache."""
    os.fsync(descriptor)
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # volumes that do not know it have done what they can
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)


def delete(files: Iterable[Path]) -> None:
    """Delete those of these files that are there, so that no power cut brings them back. Raises OSError."""
    folders = set()
    for file in files:
        with suppress(FileNotFoundError):
            file.unlink()
            folders.add(file.parent)
    for folder in folders:
        sync_folder(folder)
