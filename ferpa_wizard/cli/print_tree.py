"""`rules print`: the whole tree as one paper, for the wall or a meeting."""

from __future__ import annotations

import argparse
import sys

from ferpa_wizard import paths
from ferpa_wizard.cli import codes
from ferpa_wizard.core.model import Pack
from ferpa_wizard.documents.tree_paper import tree_paper
from ferpa_wizard.documents.wording import LETTERHEAD, read_wording
from ferpa_wizard.documents.write import write
from ferpa_wizard.requests.papers import OWN_WORDING


def print_tree(pack: Pack, args: argparse.Namespace) -> int:
    """Write the paper to `args.out`, in the form of its suffix, with the school's own head and size of paper."""
    wording = read_wording(paths.home(args.home) / OWN_WORDING)
    paper = tree_paper(pack, school=wording.sheet(LETTERHEAD)("school"))
    written = write(paper, args.out, paper=wording.paper)
    sys.stdout.write(f"Saved {written}.\n")
    return codes.FINE
