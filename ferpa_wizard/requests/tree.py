"""The whole decision tree as a file, with the school's own head and size of paper."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.model import Pack
from ferpa_wizard.documents.tree_paper import tree_paper
from ferpa_wizard.documents.wording import LETTERHEAD, read_wording
from ferpa_wizard.documents.write import write
from ferpa_wizard.requests.papers import OWN_WORDING

TREE_FILE = "decision-tree.pdf"


def save_tree(pack: Pack, out: Path, *, home: Path | None = None) -> Path:
    """Save the tree in the form of the suffix, PDF without one; the file. Raises DocumentError."""
    wording = read_wording(paths.home(home) / OWN_WORDING)
    paper = tree_paper(pack, school=wording.sheet(LETTERHEAD)("school"))
    return write(paper, out if out.suffix else out.with_suffix(".pdf"), paper=wording.paper)
