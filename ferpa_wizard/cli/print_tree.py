"""`rules print`: the whole tree as one paper, for the wall or a meeting."""

from __future__ import annotations

import argparse
import sys

from ferpa_wizard.cli import codes
from ferpa_wizard.core.model import Pack
from ferpa_wizard.requests.tree import save_tree


def print_tree(pack: Pack, args: argparse.Namespace) -> int:
    """Write the paper to `args.out`, in the form of its suffix."""
    sys.stdout.write(f"Saved {save_tree(pack, args.out, home=args.home)}.\n")
    return codes.FINE
