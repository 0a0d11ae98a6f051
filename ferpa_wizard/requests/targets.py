"""Where people want something saved."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.core.typed import sound
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file


def target(out: Path, home: Path) -> Path:
    """The same file. Raises DocumentError where it has no name that can be told, or is one of the program's own."""
    if out.name in ("", ".."):
        raise DocumentError(f"“{out}” names no file. Nothing was written. Add the name of a file.")
    if not sound(str(out)):
        raise DocumentError("This name holds half a character. Nothing was written. Choose another name.")
    if is_own_file(out, home):
        raise DocumentError(OWN_FILE)
    return out
