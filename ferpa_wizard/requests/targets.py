"""Where people want something saved."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file


def target(out: Path, home: Path) -> Path:
    """The same file. Raises DocumentError where it has no name, or is one that the program keeps in its folder."""
    if out.name in ("", ".."):
        raise DocumentError(f"“{out}” names no file. Nothing was written. Add the name of a file.")
    if is_own_file(out, home):
        raise DocumentError(OWN_FILE)
    return out
