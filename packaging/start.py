"""Where the packaged program begins."""

import os
import sys
from pathlib import Path
from typing import TextIO

from ferpa_wizard.cli import main

PRINT_SERVICE = "/run/cups/cups.sock"
PRINT_SETTINGS = ("/etc/cups/client.conf", "~/.cups/client.conf")


def ask_only_the_own_print_service() -> None:
    """Where nobody chose a print server, CUPS asks this computer's through a file, then by network: only the former."""
    # Those of Path would raise for an account without a folder, and for one that may not look into it.
    if not any(os.path.exists(os.path.expanduser(file)) for file in PRINT_SETTINGS):  # noqa: PTH110, PTH111
        os.environ.setdefault("CUPS_SERVER", PRINT_SERVICE)


def leave_others_their_libraries() -> None:
    """The starter needed LD_LIBRARY_PATH for our libraries; a file manager that is opened from here needs its own."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


def print_into_nothing() -> None:
    """A Windows program without a console has no output at all; a warning written to none would be a fault."""
    sys.stdout = sys.stdout or _nothing()
    sys.stderr = sys.stderr or _nothing()


def _nothing() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")  # open until the program ends


if __name__ == "__main__":
    print_into_nothing()
    if sys.platform == "linux":
        ask_only_the_own_print_service()
        leave_others_their_libraries()
    sys.exit(main())
