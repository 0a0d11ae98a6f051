"""A made-up table of mounts in place of the kernel's, for a folder that is to look like one on a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ferpa_wizard.ledger import disks

Mount = Callable[[Path, str], None]
ROOT = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw"


def line(point: Path, kind: str, source: str = "server:/export") -> str:
    """One line as proc(5) describes them."""
    escaped = str(point).replace("\\", "\\134").replace(" ", "\\040")
    return f"41 27 0:48 / {escaped} rw,relatime shared:1 - {kind} {source.replace(' ', chr(92) + '040')} rw"


def mounting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Mount:
    """Gives the function that mounts a file system of some type on a folder, until the end of the test."""
    table = folder / "mountinfo"
    table.write_text(ROOT + "\n", encoding="utf-8")
    monkeypatch.setattr(disks, "MOUNTS", table)

    def mount(point: Path, kind: str) -> None:
        with table.open("a", encoding="utf-8") as file:
            file.write(line(point, kind) + "\n")

    return mount
