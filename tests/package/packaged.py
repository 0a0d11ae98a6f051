"""The packaged program, started as people start it: from its folder, with nothing of the builder's around."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "dist" / "ferpa-wizard"
# What a program that the system starts may count on: how text is written, and here no screen.
BARE = {"LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}

Words = Sequence[str | Path]
Done = subprocess.CompletedProcess[str]


def needs(*tools: str) -> None:
    """Skip the test that runs where one of these commands is missing; where all is to be tested, it fails."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        (pytest.fail if "CI" in os.environ else pytest.skip)(f"not installed: {', '.join(missing)}")


def run(command: Words, *, before: Words = (), environment: Mapping[str, str] | None = None) -> Done:
    """Run the command with this environment alone, from a folder that is not its own, under what stands before it."""
    said = [f"{name}={value}" for name, value in (BARE if environment is None else environment).items()]
    words = [*before, "env", "-i", *said, *command]
    return subprocess.run(words, cwd="/", capture_output=True, text=True, check=False, timeout=120)


def run_in_own_mounts(steps: str, command: Words, *, environment: Mapping[str, str] | None = None) -> Done:
    """Run the command after these mounts, which nobody else sees; skip where this account may not mount."""
    needs("unshare", "mount")
    alone = ("unshare", "--mount", "sh", "-c")
    if subprocess.run([*alone, "mount -t tmpfs none /mnt"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this account may not mount anything of its own (root may)")
    return run(command, before=[*alone, f'set -e\n{steps}\nexec "$@"', "sh"], environment=environment)


def assert_passed(done: Done) -> None:
    """A `self-test --json` that walked a request, sealed it, wrote its paper and printed it."""
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["passed"]
    assert {"window", "record", "ledger", "paper", "printing"} <= {check["check"] for check in told["checks"]}


def builders_places() -> list[Path]:
    """Where the builder's Python is: its virtual environment, and what that was made from if it is not the system's."""
    base = Path(sys.base_prefix)
    return [place for place in (ROOT / ".venv", base) if place.exists() and place != Path("/usr")]


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
