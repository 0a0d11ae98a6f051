"""Orca, as it runs on a desktop, with no voice: what it would speak is read from its log."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import tempfile
from types import TracebackType

SECONDS = 20
QUIET = 0.8  # seconds without a word of the log after which Orca has said all
# Orca keeps its log to itself until a block of it is full. Here each line is wanted as it comes.
_BY_LINES = """
import builtins, runpy, shutil
as_it_is = builtins.open
def by_lines(file, mode="r", *rest, **more):
    return as_it_is(file, mode, 1, **more) if mode == "w" and not rest else as_it_is(file, mode, *rest, **more)
builtins.open = by_lines
runpy.run_path(shutil.which("orca"), run_name="__main__")
"""
_SAID = re.compile(r"SPEECH OUTPUT: '(.*)'(?:\{.*\})?$")


class Orca:
    """Started on entering; `said` gives what it spoke since it was asked last."""

    def __enter__(self) -> Orca:
        self._folder = tempfile.TemporaryDirectory()
        command = [sys.executable, "-c", _BY_LINES, "--replace", "--debug-file=/dev/stdout"]
        alone = {**os.environ, "HOME": self._folder.name}  # nobody's settings
        self._process = subprocess.Popen(
            command, env=alone, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._wait_for_a_word()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.communicate(timeout=SECONDS)
        self._folder.cleanup()

    def _wait_for_a_word(self) -> None:
        while lines := self._lines(SECONDS):
            if any(map(_SAID.search, lines)):
                return
        raise TimeoutError("Orca does not speak")

    def said(self) -> list[str]:
        """What it spoke, once it has said something and come to rest. Each key of the way has its answer."""
        found: list[str] = []
        while lines := self._lines(QUIET if found else SECONDS):
            found += [said[1] for line in lines if (said := _SAID.search(line))]
        return found

    def _lines(self, patience: float) -> list[str]:
        """What it wrote; nothing if it wrote nothing for so many seconds."""
        out = self._process.stdout
        if out is None or not select.select([out], [], [], patience)[0]:
            return []
        text = self._rest + os.read(out.fileno(), 1 << 20).decode("utf-8", "replace")
        *lines, self._rest = text.split("\n")
        return lines or [""]

    _rest = ""
