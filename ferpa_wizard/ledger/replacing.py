"""Writing a file so that it is either the old one or the whole new one, whatever happens."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

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
    import fcntl

    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is None:
        os.fsync(descriptor)
    else:
        fcntl.fcntl(descriptor, full)


def sync_folder(folder: Path) -> None:
    """Return when the names in this folder are on the disk."""
    if os.name == "nt":  # it has no such call; its file system journals names by itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
