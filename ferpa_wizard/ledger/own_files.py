"""The files that the program keeps in a home folder, which nothing that people save may take the place of."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.ledger import log_tables
from ferpa_wizard.ledger.drafts import DRAFTS
from ferpa_wizard.ledger.file import FILES
from ferpa_wizard.ledger.installations import DESKS

OWN_FILE = "That is a file that FERPA Wizard keeps for itself. Nothing was written. Choose another name."
CENTRAL, CENTRAL_STATE, CENTRAL_LOCK = "central", "central.json", "central.lock"
_FOLDERS = (DRAFTS, "papers", DESKS, CENTRAL)
SETTINGS = "window.json"
MOST_SETTINGS = 1024 * 1024  # bytes; a full one has some thousands
NOTES = (SETTINGS, "pushed.json", "push.lock", "backup.lock", CENTRAL_STATE, CENTRAL_LOCK)
_RULES = (".yaml", ".yml")  # the profile, the agreements, and overlays of the school's own, whatever their names


def is_own_file(path: Path, home: Path) -> bool:
    """Whether this names a file of the program in `home`: of the ledger, a draft, the school's own rules or wording."""
    if any(_same(path, home / name) for name in (*FILES, *log_tables.FILES)):
        return True
    folder, name = path.parent.resolve(), path.name.lower()
    if any(_same(one, home / own) for one in (folder, *folder.parents) for own in _FOLDERS):
        return True
    return _same(folder, home) and (name in (*FILES, *log_tables.FILES, *NOTES) or name.endswith(_RULES))


def _same(one: Path, other: Path) -> bool:
    """Are both there, and one and the same, whatever they are called?"""
    try:
        return one.samefile(other)
    except OSError:
        return False
