"""Writing a file so that it is either the old one or the whole new one, whatever happens."""

from __future__ import annotations

import glob
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ferpa_wizard.paths import sync_folder

PART = ".part"
"""How the name of an unfinished file ends."""
_DAY_SECONDS = 86_400


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write; leaving the block puts it in place of `path`, durably, with mode 0600.

    When the block raises, `path` is as it was and nothing is left behind. What a program left that was killed while it
    wrote this file goes, once a day has passed. Raises OSError.
    """
    sweep(path.parent, path.name + ".")
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


def sweep(folder: Path, name: str = "") -> None:
    """Delete what killed programs left here of files whose names begin so; what is of today may still grow."""
    with suppress(OSError):
        for part in folder.glob(f".{glob.escape(name)}*{PART}"):
            if time.time() - part.stat().st_mtime > _DAY_SECONDS:
                shutil.rmtree(part) if part.is_dir() else part.unlink()


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
