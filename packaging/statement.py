"""Writes what anybody can check a package by: the hash of every file, and what it was built from."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from components import ROOT

from ferpa_wizard import __version__

SUMS, STATEMENT = "SHA256SUMS", "build.json"
NO_HISTORY = 1767225600  # the date of a source that carries no history: 2026-01-01


def source_date() -> datetime:
    """The day of the source: SOURCE_DATE_EPOCH, or that of the last commit. Raises ValueError."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct") or NO_HISTORY
    return datetime.fromtimestamp(int(seconds), UTC)


def write(folder: Path, made: datetime) -> None:
    """Write SHA256SUMS, which `sha256sum --check` reads, and build.json into the folder. Raises OSError."""
    (folder / STATEMENT).unlink(missing_ok=True)
    (folder / SUMS).unlink(missing_ok=True)
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    lines = (f"{_sha256(folder / file)}  {file}\n" for file in files)
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    said = {
        "program": "ferpa-wizard",
        "version": __version__,
        "commit": _git("rev-parse", "HEAD") or None,
        "changed_since_commit": bool(_git("status", "--porcelain")),
        "source_date": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "qt": version("PySide6_Essentials"),
        "pyinstaller": version("pyinstaller"),
        "sha256_of_sha256sums": _sha256(folder / SUMS),
    }
    (folder / STATEMENT).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8", newline="\n")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _git(*words: str) -> str:
    """What git says of this checkout; nothing where there is no git or no history."""
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":  # anew, after programs in the folder were signed
    write(Path(sys.argv[1]), source_date())
