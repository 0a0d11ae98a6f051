"""The whole decision tree as a file, with the school's own head and size of paper."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.model import Pack
from ferpa_wizard.documents.tree_paper import tree_paper
from ferpa_wizard.documents.wording import LETTERHEAD
from ferpa_wizard.documents.write import write
from ferpa_wizard.requests.targets import target
from ferpa_wizard.requests.wording import school_wording

TREE_FILE = "decision-tree.pdf"


def save_tree(pack: Pack, out: Path, *, home: Path | None = None) -> Path:
    """Save the tree in the form of the suffix, PDF without one; the file. Raises DocumentError."""
    place = paths.home(home)
    file, wording = target(out, place), school_wording(place)
    paper = tree_paper(pack, school=wording.sheet(LETTERHEAD)("school"))
    return write(paper, file if file.suffix else file.with_suffix(".pdf"), paper=wording.paper)
