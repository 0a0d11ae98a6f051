"""The program's own log: small, rotating, and without a word of anybody's request."""

from __future__ import annotations

import faulthandler
import logging
import os
import re
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from types import TracebackType
from typing import IO

from ferpa_wizard.paths import private_folder

FILE_BYTES = 1_000_000
FILES = 5
_LOGGER = "ferpa_wizard"
_NAME = "ferpa-wizard.log"
_CRASHES = "crash.log"
# Ids, hashes, numbers and versions look like this; names and sentences do not.
_HARMLESS = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,79}")
_HIDDEN = "(text)"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Log:
    """A started log; `stop` closes its files."""

    def __init__(self, handler: logging.Handler, crashes: IO[bytes]) -> None:
        self._handler = handler
        self._crashes = crashes

    def stop(self) -> None:
        logging.getLogger(_LOGGER).removeHandler(self._handler)
        self._handler.close()
        faulthandler.disable()
        self._crashes.close()


def start(home: Path, *, level: int = logging.INFO) -> Log | None:
    """Write what our loggers say to `home/logs`, and crashes beside it.

    None, and no log, where that folder cannot be written: that must not keep anybody from working.
    """
    folder = home / "logs"
    try:
        private_folder(folder)
        handler = _Handler(
            folder / _NAME, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8", opener=_private
        )
    except OSError:
        return None
    return None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
