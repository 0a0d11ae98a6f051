"""The program's own log: small, rotating, and without a word of anybody's request."""

from __future__ import annotations

import copy
import faulthandler
import logging
import os
import re
import traceback
from collections.abc import Mapping
from io import TextIOWrapper
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
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Ids, hashes, numbers and versions look like this; names of people and sentences do not.
_HARMLESS = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,79}")
_HIDDEN = "(text)"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Log:
    """A started log; `stop` closes its files."""

    def __init__(self, handler: logging.Handler, crashes: IO[bytes] | None) -> None:
        self._handler = handler
        self._crashes = crashes

    def stop(self) -> None:
        logging.getLogger(_LOGGER).removeHandler(self._handler)
        self._handler.close()
        if self._crashes is not None:
            faulthandler.disable()
            self._crashes.close()


def start(home: Path, *, level: int = logging.INFO) -> Log | None:
    """Write what our loggers say, and where a crash happened, to `home/logs`.

    None, and no log, where that folder cannot be written: nobody is kept from working by that.
    """
    folder = home / "logs"
    try:
        private_folder(folder)
        handler = _Handler(folder / _NAME)
        crashes = _watch_for_crashes(folder / _CRASHES)
    except OSError:
        return None
    handler.setFormatter(_Formatter(_FORM))
    logger = logging.getLogger(_LOGGER)
    logger.setLevel(level)
    logger.addHandler(handler)
    return Log(handler, crashes)


def _watch_for_crashes(path: Path) -> IO[bytes] | None:
    """Have crashes of the interpreter written there, unless somebody watches for them already."""
    if faulthandler.is_enabled():
        return None
    small = path.exists() and path.stat().st_size < FILE_BYTES
    crashes = path.open("ab" if small else "wb")
    faulthandler.enable(crashes)
    return crashes


class _Handler(RotatingFileHandler):
    """Files of mode 0600; a log that cannot be written is silent."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        # The builtin, because Path.open takes no opener, and with it no mode.
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the base class's name
        """A full disk is told where work is saved; here it would only be noise."""


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Formatter(logging.Formatter):
    """Lets through constant messages, and of their values only those that cannot be words."""

    def format(self, record: logging.LogRecord) -> str:
        shown = copy.copy(record)
        shown.msg = record.msg if isinstance(record.msg, str) else _HIDDEN
        shown.exc_text = None  # made by another formatter, with the message in it
        if isinstance(record.args, Mapping):
            shown.args = {name: _harmless(value) for name, value in record.args.items()}
        elif record.args:
            shown.args = tuple(map(_harmless, record.args))
        return super().format(shown)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802  the base class's name
        """Where it happened and of what type it was; messages may quote what people typed."""
        error = ei[1]
        lines = []
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
            lines.append(type(error).__name__)
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def _harmless(value: object) -> object:
    if value is None or isinstance(value, (int, float, PurePath)):
        return value
    return value if isinstance(value, str) and _HARMLESS.fullmatch(value) else _HIDDEN
