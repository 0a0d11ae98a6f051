"""What the window remembers between starts: its look, its size, who decides. No request text."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

FILE = "window.json"


@dataclass(frozen=True)
class Kept:
    """The values, each with what holds on the first start."""

    theme: str = "system"
    percent: int = 100
    width: int = 1120
    height: int = 740
    why_open: bool = False
    find_out_open: bool = False
    panel_open: bool = False
    name: str = ""
    role: str = ""


class Memory:
    """Reads the file once and writes it whole after each change; a bad file counts as absent."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self.kept = _read(self._path)

    def keep(self, **changes: Any) -> None:
        """Remember values by name; nothing is written when nothing changed."""
        changed = replace(self.kept, **changes)
        if changed == self.kept:
            return
        self.kept = changed
        _write(self._path, json.dumps(asdict(changed), indent=1))


def _read(path: Path) -> Kept:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Kept()
    if not isinstance(found, dict):
        return Kept()
    first = asdict(Kept())
    fit: dict[str, Any] = {name: value for name, value in found.items() if type(value) is type(first.get(name))}
    return replace(Kept(), **fit)


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        log.info("the look of the window was not kept: %s", error.strerror)
