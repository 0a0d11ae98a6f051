"""Where the packaged program begins."""

import os
import sys
from pathlib import Path

from ferpa_wizard.cli import main

PRINT_SERVICE = "/run/cups/cups.sock"
PRINT_SETTINGS = (Path("/etc/cups/client.conf"), Path.home() / ".cups" / "client.conf")


def ask_only_the_own_print_service() -> None:
    """Where nobody chose a print server, CUPS asks this computer's through a file, then by network: only the former."""
    if sys.platform == "linux" and not any(file.exists() for file in PRINT_SETTINGS):
        os.environ.setdefault("CUPS_SERVER", PRINT_SERVICE)


if __name__ == "__main__":
    ask_only_the_own_print_service()
    sys.exit(main())
