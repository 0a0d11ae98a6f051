"""The sentences of the papers as this school has them."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.core.release import PAPERS
from ferpa_wizard.documents.wording import Wording, read_wording
from ferpa_wizard.requests.kept import with_release

OWN_WORDING = PAPERS
"""The folder of a home folder in which a school keeps its own."""


def school_wording(home: Path) -> Wording:
    """Ours, over them the school's own, over them those that the district sent. Raises DocumentError."""
    own = home / OWN_WORDING
    return with_release(home, lambda sent: read_wording(own, *([sent.folder / PAPERS] if sent else [])))
