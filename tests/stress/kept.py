"""What jobs found, kept in build/stress: an interrupted run goes on where it was."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.stress.parts import Tally

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "stress"
_SOURCES = ("ferpa_wizard/**/*.py", "rules/**/*.yaml", "resources/**/*.*", "tests/**/*.py", "constraints.txt")


def fingerprint() -> str:
    """Of all that a figure depends on; with another one nothing that was found counts any more."""
    digest = hashlib.sha256()
    for file in sorted(
        file for pattern in _SOURCES for file in ROOT.glob(pattern) if not file.name.startswith("test_")
    ):
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class Kept:
    """The results of one scale ("short" or "long")."""

    def __init__(self, scale: str) -> None:
        self._folder = FOLDER / scale
        self._of = fingerprint()

    def file(self, part: str, job: str) -> Path:
        return self._folder / part / f"{job}.json"

    def load(self, part: str, job: str) -> Tally | None:
        """What this job found with the code as it is; None where it has to run."""
        try:
            found = json.loads(self.file(part, job).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if found.pop("of", None) != self._of:
            return None
        return Tally(**found)

    def save(self, part: str, job: str, tally: Tally) -> None:
        file = self.file(part, job)
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(json.dumps({"of": self._of, **tally.as_json()}) + "\n", encoding="utf-8")
        new.replace(file)
