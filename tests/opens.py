"""How often the system is asked for anything under a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class Opens:
    """Counts how often this process asks the system for anything under a folder, and for the folder itself."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.count, self._folder = 0, str(folder)
        for name in ("stat", "lstat", "open", "scandir", "listdir", "readlink", "access"):
            patch.setattr(os, name, self._counted(getattr(os, name)))
        self.active = True
        sys.addaudithook(self._audit)

    def stop(self) -> None:
        self.active = False  # no hook can be taken away

    def _counted(self, real_one: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._note(args)
            return real_one(*args, **kwargs)

        return call

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if self.active and event == "open":
            self._note(args)

    def _note(self, args: tuple[Any, ...]) -> None:
        if args and isinstance(args[0], str | os.PathLike) and str(os.fspath(args[0])).startswith(self._folder):
            self.count += 1
